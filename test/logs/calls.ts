import { CHAT, MARK, markedUpdates, PHONE, TOKEN, WRONG_KEY } from '#test/logs/marks';

/** The Konvert that is called, with an account and a channel. */
export interface Site {
  readonly key: string;
  readonly operatorKey: string;
  readonly channelId: string;
  readonly secret: string;
  readonly apiBaseUrl: string;
  /** The present `seenUpTo` of the marked chat. */
  seenUpTo(): Promise<string>;
  /** The id of a reply that was sent. */
  messageId(): Promise<string>;
  /** The path of a file. Its id may be in no log. */
  filePath(): Promise<string>;
  /** The id of a reply that was refused. */
  deliveryId(): Promise<string>;
}

interface CallOptions {
  readonly key?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A call of a route. Without a `key` the account's own is sent. */
export interface Call extends CallOptions {
  readonly path: string;
}

/** The id of a message of the team that was sent. Any id if there is none. */
export function sentIn(
  messages: readonly { readonly messageId: string; readonly status?: string | undefined }[] = [],
): string {
  return messages.find(({ status }) => status === 'sent')?.messageId ?? MARK;
}

const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

function chatPath({ channelId }: Site): string {
  return `/v1/chats/${channelId}/telegram/${CHAT}`;
}

function newChannel({ apiBaseUrl }: Site, more: object = {}) {
  return { transport: 'telegram', name: `${MARK} channel`, credentials: { botToken: TOKEN, apiBaseUrl }, ...more };
}

const registrations = async ({ apiBaseUrl }: Site): Promise<Call[]> =>
  [
    {
      webhooksUri: `${apiBaseUrl}/${MARK}?key=${MARK}`,
      crmKey: `${MARK}-key`,
      subscriptions: { channelsUpdates: true },
    },
    { webhooksUri: `http://${MARK}:${MARK}@crm.example`, crmKey: MARK },
    {
      webhooksUri: `${apiBaseUrl}/${MARK}`,
      crmKey: `${MARK}\n`,
      subscriptions: { [MARK]: MARK, channelsUpdates: MARK },
    },
    {},
  ].map((body) => ({ path: '/v3/webhooks', body }));

const contact = {
  id: MARK,
  responsibleUserId: MARK,
  name: `${MARK} contact`,
  contactData: [{ chatType: 'telegram', chatId: String(CHAT), username: MARK, phone: PHONE }],
  uri: `https://crm.example/${MARK}`,
};
const deal = {
  id: MARK,
  responsibleUserId: MARK,
  name: `${MARK} deal`,
  contacts: [MARK],
  closed: false,
  uri: `https://crm.example/${MARK}`,
};

async function filesOf(site: Site): Promise<Call[]> {
  const path = await site.filePath();
  const headers = { range: MARK, 'if-none-match': MARK };
  return [
    { path },
    { path, headers },
    { path: `/files/${MARK}/${MARK}` },
    { path: `/files/${'F'.repeat(27)}/${MARK}` },
  ];
}

/** Only users have drafts, and the account of these calls has one by the id of the mark. */
function draftsOf(...bodies: readonly unknown[]): (site: Site) => Promise<Call[]> {
  const headers = { 'Konvert-User': MARK };
  return async ({ channelId }) =>
    bodies.flatMap((body) => [
      { path: `/v1/drafts/${channelId}/telegram/${CHAT}`, headers, body },
      { path: `/v1/drafts/${channelId}/telegram/${CHAT}`, body },
      { path: `/v1/drafts/${MARK}/${MARK}/${MARK}`, headers, body },
    ]);
}

/**
 * The calls of each route of `lib/routes.ts`, with marks in every value. A route without a row fails the test. Each
 * call is also made with the mistakes of `spoilt`.
 */
export const calls: Readonly<Record<string, (site: Site) => Promise<Call[]>>> = {
  'GET /webhooks/{transport}/{channelId}': async ({ channelId, secret }) => [
    { path: `/webhooks/telegram/${channelId}?hub.challenge=${MARK}`, headers: { [SECRET_HEADER]: secret } },
    { path: `/webhooks/${MARK}/${MARK}` },
  ],
  'POST /webhooks/{transport}/{channelId}': async ({ channelId, secret }) => {
    const path = `/webhooks/telegram/${channelId}`;
    const headers = { [SECRET_HEADER]: secret };
    return [
      ...markedUpdates.map((body) => ({ path, headers, body })),
      { path, headers: { [SECRET_HEADER]: `${MARK}-wrong` }, body: markedUpdates[0] },
      { path: `/webhooks/telegram/${MARK}`, headers, body: markedUpdates[0] },
      { path: `/webhooks/${MARK}/${channelId}`, headers, body: markedUpdates[0] },
      { path, headers, body: { update_id: 1, message: { text: MARK, [MARK]: MARK } } },
      { path, headers, body: { update_id: 1, [MARK]: { text: MARK } } },
    ];
  },
  'POST /v3/message': async (site) => {
    const { channelId } = site;
    const sane = { channelId, chatType: 'telegram', chatId: String(CHAT), text: `${MARK} reply`, crmUserId: MARK };
    return [
      { ...sane, crmMessageId: MARK, seenUpTo: await site.seenUpTo() },
      { ...sane, crmMessageId: MARK },
      sane,
      { ...sane, refMessageId: MARK },
      { ...sane, seenUpTo: MARK },
      { ...sane, channelId: MARK },
      { ...sane, chatType: MARK },
      { ...sane, contentUri: `https://example.com/${MARK}` },
      { ...sane, text: '', contentUri: `${site.apiBaseUrl}/${MARK}?key=${MARK}` },
      { ...sane, text: '', contentUri: `http://${MARK}:${MARK}@127.0.0.1:1/${MARK}` },
      { ...sane, text: undefined, templateId: MARK, templateValues: [MARK] },
      { ...sane, text: `@template: 0b9f4f3e-6f0c-8a55-9a53-0c8a1f6d2b11 { [[${MARK}]] }` },
      { ...sane, buttonsObject: [{ text: MARK, payload: MARK }] },
      {
        ...sane,
        buttonsObject: { replyMarkup: MARK, buttons: [[{ text: MARK, url: `https://example.com/${MARK}` }]] },
      },
      { ...sane, text: MARK.repeat(1_000) },
    ].map((body) => ({ path: '/v3/message', body }));
  },
  'PATCH /v3/message/{messageId}': async (site) => {
    const path = `/v3/message/${await site.messageId()}`;
    return [
      { path, body: { text: `${MARK} better`, crmUserId: MARK } },
      { path, body: { text: `${MARK} better`, contentUri: `https://example.com/${MARK}` } },
      { path, body: { contentUri: `https://example.com/${MARK}` } },
      { path, body: { text: MARK.repeat(1_000) } },
      { path: `/v3/message/${MARK}`, body: { text: `${MARK} better` } },
    ];
  },
  'DELETE /v3/message/{messageId}': async (site) => [
    { path: `/v3/message/${await site.messageId()}` },
    { path: `/v3/message/${MARK}` },
  ],
  'GET /v3/templates/whatsapp': async () => [
    { path: '/v3/templates/whatsapp' },
    { path: `/v3/templates/whatsapp?limit=1&offset=${MARK}` },
  ],
  'POST /v1/files': async () =>
    [
      { name: `${MARK}.txt`, type: 'text/plain', size: 5 },
      { name: MARK, type: `${MARK}/${MARK}`, size: 5 },
      { name: MARK, type: MARK, size: MARK },
    ].map((body) => ({ path: '/v1/files', body })),
  'POST /v3/iframe': async () => {
    const address = { chatType: 'telegram', chatId: String(CHAT), name: MARK };
    const sane = { user: { id: MARK, name: MARK }, scope: 'card', filter: [address], activeChat: address };
    return [sane, { ...sane, scope: MARK }, { ...sane, user: MARK }, { ...sane, filter: [{ [MARK]: MARK }] }].map(
      (body) => ({ path: '/v3/iframe', body }),
    );
  },
  'POST /v1/doorbells': async () => [{ path: '/v1/doorbells' }, { path: '/v1/doorbells', key: WRONG_KEY }],
  'POST /v1/page-links': async () =>
    [{ userId: MARK }, { settings: true }, { settings: MARK, userId: [MARK] }].map((body) => ({
      path: '/v1/page-links',
      body,
    })),
  'POST /v1/page-tokens': async () =>
    [{ link: MARK }, { link: MARK.repeat(20) }, { link: [MARK] }].map((body) => ({ path: '/v1/page-tokens', body })),
  'POST /v1/page-tokens/renew': async () => {
    const path = '/v1/page-tokens/renew';
    const headers = { cookie: `__Host-konvert-device=${MARK}.${MARK}.${'k'.repeat(43)}; ${MARK}=${MARK}` };
    return [
      { path, headers, body: undefined },
      { path, headers, body: { accountId: MARK, userId: MARK } },
      { path, headers: { ...headers, origin: `https://${MARK}` }, body: { accountId: [MARK] } },
    ];
  },
  'DELETE /v1/page-tokens': async () => [
    { path: '/v1/page-tokens', key: `kp_${MARK}` },
    { path: '/v1/page-tokens', headers: { cookie: `__Host-konvert-device=${MARK}` } },
  ],
  'GET /v1/devices': async () => [{ path: '/v1/devices' }],
  'DELETE /v1/devices/{deviceId}': async () => [{ path: `/v1/devices/${MARK}` }],
  'GET /v1/me': async () => [{ path: '/v1/me' }, { path: '/v1/me', key: `kp_${MARK}` }],
  'GET /v3/channels': async () => [{ path: '/v3/channels' }],
  'GET /v3/unanswered/{id}': async () => [{ path: `/v3/unanswered/${MARK}` }, { path: `/v3/unanswered/${CHAT}` }],
  'POST /v1/accounts': async ({ operatorKey, key }) => [
    { path: '/v1/accounts', key: operatorKey, body: { name: `${MARK} company` } },
    { path: '/v1/accounts', key, body: { name: `${MARK} company` } },
  ],
  'PATCH /v1/accounts/{accountId}': async ({ operatorKey }) => [
    { path: `/v1/accounts/${MARK}`, key: operatorKey, body: { enabled: false } },
    { path: `/v1/accounts/${MARK}`, key: operatorKey, body: { enabled: MARK } },
  ],
  'DELETE /v1/accounts/{accountId}': async ({ operatorKey }) => [{ path: `/v1/accounts/${MARK}`, key: operatorKey }],
  'POST /v1/accounts/{accountId}/keys': async ({ operatorKey }) => [
    { path: `/v1/accounts/${MARK}/keys`, key: operatorKey, body: { name: `${MARK} key` } },
    { path: `/v1/accounts/${MARK}/keys`, key: operatorKey, body: { name: [MARK] } },
  ],
  'GET /v1/account/keys': async () => [{ path: '/v1/account/keys' }],
  'GET /v1/audit': async () => [{ path: '/v1/audit' }],
  'GET /v1/erasures': async () => [{ path: '/v1/erasures' }, { path: `/v1/erasures?after=${MARK}` }],
  'GET /v1/erasures/{erasureId}': async () => [{ path: `/v1/erasures/${MARK}` }],
  'GET /v1/people/{chatType}/{chatId}': async () => [
    { path: `/v1/people/telegram/${MARK}` },
    { path: `/v1/people/telegram/1?after=${MARK}` },
  ],
  'DELETE /v1/people/{chatType}/{chatId}': async () => [
    { path: `/v1/people/telegram/${MARK}` },
    { path: `/v1/people/${MARK}/${MARK}` },
  ],
  'POST /v1/checks': async ({ operatorKey }) => [{ path: '/v1/checks', key: operatorKey }],
  'GET /v1/checks/{checkId}': async ({ operatorKey }) => [{ path: `/v1/checks/${MARK}`, key: operatorKey }],
  'POST /v1/account/keys': async () => [{ path: '/v1/account/keys' }],
  'DELETE /v1/account/keys/{keyId}': async () => [{ path: `/v1/account/keys/${MARK}`, body: undefined }],
  'POST /v1/channels': async (site) =>
    [
      newChannel(site),
      newChannel(site, { setWebhook: false, plainId: `${MARK}-bot` }),
      newChannel(site, { transport: MARK }),
      newChannel(site, { credentials: { botToken: `${MARK} ${TOKEN}`, apiBaseUrl: `${MARK}` } }),
      newChannel(site, { credentials: { [MARK]: TOKEN } }),
    ].map((body) => ({ path: '/v1/channels', body })),
  'PATCH /v1/channels/{channelId}': async ({ channelId, apiBaseUrl }) =>
    [
      { name: `${MARK} renamed` },
      { credentials: { botToken: TOKEN, apiBaseUrl } },
      { credentials: { botToken: MARK } },
    ].map((body) => ({ path: `/v1/channels/${channelId}`, body })),
  'POST /v1/channels/{channelId}/webhook-secret': async ({ channelId }) => [
    { path: `/v1/channels/${MARK}/webhook-secret` },
    { path: `/v1/channels/${channelId}/webhook-secret` },
  ],
  'GET /v3/webhooks': async () => [{ path: '/v3/webhooks' }],
  'PATCH /v3/webhooks': registrations,
  'POST /v3/webhooks': registrations,
  'POST /v1/webhooks/secret': async () => [{ path: '/v1/webhooks/secret' }],
  'POST /v1/webhooks/test': async () => [{ path: '/v1/webhooks/test' }],
  'GET /v1/webhooks/answers': async () => [{ path: '/v1/webhooks/answers' }],
  'GET /v1/crm': async () => [{ path: '/v1/crm' }],
  'POST /v1/crm': async () =>
    [
      { crm: 'amocrm', credentials: { host: `${MARK}.amocrm.ru`, token: `${MARK}-token`, clientSecret: MARK } },
      { crm: 'hubspot', credentials: { token: MARK, [MARK]: [MARK] } },
      { crm: MARK, credentials: { [MARK]: MARK } },
      { crm: 'bitrix24', credentials: MARK },
    ].map((body) => ({ path: '/v1/crm', body })),
  'PATCH /v1/crm': async () =>
    [{ enabled: false }, { enabled: MARK }, { credentials: { token: `${MARK}-token`, [MARK]: MARK } }].map((body) => ({
      path: '/v1/crm',
      body,
    })),
  'DELETE /v1/crm': async () => [{ path: '/v1/crm' }],
  'POST /v1/crm/refresh': async () => [{ path: '/v1/crm/refresh' }],
  'GET /v1/crm/callback/{crm}': async () => [
    { path: `/v1/crm/callback/amocrm?code=${MARK}&state=${MARK}&referer=${MARK}.amocrm.ru` },
    { path: `/v1/crm/callback/${MARK}?error=${MARK}&state=${'s'.repeat(43)}` },
  ],
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': async () => [
    { path: `/webhooks/crm/amocrm/${MARK}/${MARK}?account_id=${MARK}&client_uuid=${MARK}&signature=${MARK}` },
  ],
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': async () => [
    { path: `/webhooks/crm/amocrm/${MARK}/${MARK}?event=${MARK}`, body: `leads[add][0][id]=${MARK}` },
    { path: `/webhooks/crm/${MARK}/${MARK}/${MARK}`, body: { [MARK]: MARK } },
  ],
  'GET /webhooks/frame/{crm}/{connectionId}': async () => [
    { path: `/webhooks/frame/amocrm/${MARK}?token=${MARK}` },
    { path: `/webhooks/frame/${MARK}/${MARK}`, headers: { 'x-auth-token': MARK } },
  ],
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': async () => [
    { path: `/webhooks/frame/amocrm/${MARK}?token=${MARK}`, headers: { origin: `https://${MARK}.example` } },
  ],
  'POST /webhooks/frame/{crm}/{connectionId}': async () => [
    { path: `/webhooks/frame/bitrix24/${MARK}`, body: `AUTH_ID=${MARK}&PLACEMENT_OPTIONS=${MARK}` },
    { path: `/webhooks/frame/${MARK}/${MARK}`, body: { [MARK]: MARK } },
  ],
  'GET /v1/channels/{channelId}/qr': async ({ channelId }) => [
    { path: `/v1/channels/${channelId}/qr` },
    { path: `/v1/channels/${MARK}/qr` },
  ],
  'GET /v1/channels/{channelId}/newest-message': async ({ channelId }) => [
    { path: `/v1/channels/${channelId}/newest-message` },
    { path: `/v1/channels/${MARK}/newest-message` },
  ],
  'DELETE /v1/channels/{channelId}': async () => [{ path: `/v1/channels/${MARK}` }],
  'GET /v1/chats': async () => [
    { path: '/v1/chats' },
    { path: `/v1/chats?find=${MARK}` },
    { path: `/v1/chats?find=${CHAT}` },
    { path: `/v1/chats?find=${encodeURIComponent(PHONE)}&cursor=${MARK}` },
  ],
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': async (site) => [
    { path: chatPath(site) },
    { path: `/v1/chats/${site.channelId}/telegram/${MARK}` },
    { path: `/v1/chats/${MARK}/${MARK}/${CHAT}` },
  ],
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': async (site) => [
    { path: `${chatPath(site)}/messages` },
    { path: `${chatPath(site)}/messages?before=${MARK}` },
  ],
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': async (site) =>
    [
      { noReplyNeeded: true, seenUpTo: await site.seenUpTo(), reason: `${MARK} reason` },
      { noReplyNeeded: true, seenUpTo: MARK, reason: `${MARK} reason` },
      { noReplyNeeded: MARK, reason: [MARK] },
      { noReplyNeeded: false },
    ].map((body) => ({ path: `${chatPath(site)}/no-reply-needed`, body })),
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': async (site) => [
    { path: `${chatPath(site)}/deals` },
    { path: `/v1/chats/${MARK}/${MARK}/${CHAT}/deals` },
  ],
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': async (site) => [
    { path: `${chatPath(site)}/deals`, headers: { 'Konvert-User': MARK } },
    { path: `${chatPath(site)}/deals` },
    { path: `/v1/chats/${MARK}/${MARK}/${CHAT}/deals` },
  ],
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': draftsOf(undefined),
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': draftsOf(
    { text: `${MARK} draft`, quotedMessageId: MARK },
    { text: [MARK], [MARK]: MARK },
  ),
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': draftsOf(undefined),
  'PUT /v1/push-subscriptions/{id}': async () =>
    [
      { endpoint: `https://${MARK}.example/${MARK}` },
      { endpoint: `https://fcm.googleapis.com/${MARK}` },
      { endpoint: MARK },
      { endpoint: [MARK] },
    ].map((body) => ({
      path: `/v1/push-subscriptions/${MARK}`,
      headers: { 'Konvert-User': MARK },
      body,
    })),
  'GET /v1/me/notices': async () => [{ path: '/v1/me/notices', headers: { 'Konvert-User': MARK } }],
  'DELETE /v1/push-subscriptions/{id}': async () => [
    { path: `/v1/push-subscriptions/${MARK}`, headers: { 'Konvert-User': MARK } },
    { path: `/v1/push-subscriptions/${MARK}` },
  ],
  'GET /v1/quick-replies': async () => [{ path: '/v1/quick-replies' }],
  'PUT /v1/quick-replies': async () =>
    [
      { quickReplies: [{ id: MARK, title: MARK, text: `${MARK} text` }] },
      { quickReplies: [{ id: MARK, title: MARK, text: MARK }], version: 7 },
      { quickReplies: [{ id: MARK, title: [MARK], text: MARK }, { [MARK]: MARK }], version: MARK },
    ].map((body) => ({ path: '/v1/quick-replies', body })),
  'GET /v1/users': async () => [{ path: '/v1/users' }],
  'PUT /v1/users/{userId}/status': async () =>
    [{ status: 'away', reason: MARK }, { status: MARK }, { status: 'away', until: MARK, [MARK]: MARK }].map((body) => ({
      path: `/v1/users/${MARK}/status`,
      body,
    })),
  'PUT /v1/users/{userId}/schedule': async () =>
    [{ schedule: MARK }, { schedule: null }, { schedule: [MARK] }].map((body) => ({
      path: `/v1/users/${MARK}/schedule`,
      body,
    })),
  'GET /v1/statistics': async () => [
    { path: '/v1/statistics' },
    { path: `/v1/statistics?userId=${MARK}&groupBy=user&format=csv` },
    { path: `/v1/statistics?channelId=${MARK}` },
    { path: `/v1/statistics?zone=${MARK}&from=${MARK}` },
  ],
  'GET /v1/settings/channels/{channelId}/would-return': async ({ channelId }) => [
    { path: `/v1/settings/channels/${channelId}/would-return?returnAfterMinutes=15` },
    { path: `/v1/settings/channels/${MARK}/would-return?days=${MARK}` },
  ],
  'GET /v1/assignments': async () => [
    { path: '/v1/assignments' },
    { path: `/v1/assignments?channelId=${MARK}` },
    { path: `/v1/assignments?channelId=${MARK}&chatType=${MARK}&chatId=${CHAT}` },
  ],
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': async (site) =>
    [{ stillOwed: true }, { stillOwed: MARK }, { stillOwed: false }].map((body) => ({
      path: `${chatPath(site)}/still-owed`,
      body,
    })),
  'GET /v1/deliveries': async () => [
    { path: '/v1/deliveries' },
    { path: '/v1/deliveries?state=pending' },
    { path: `/v1/deliveries?target=${MARK}` },
  ],
  'POST /v1/deliveries/retry': async (site) => [
    { path: '/v1/deliveries/retry', body: { target: `${site.channelId}#telegram#${CHAT}` } },
    { path: '/v1/deliveries/retry', body: { target: MARK } },
  ],
  'POST /v1/deliveries/replay': async () =>
    [
      { target: 'webhook', from: new Date(0).toISOString() },
      { target: MARK, from: MARK, to: MARK },
    ].map((body) => ({
      path: '/v1/deliveries/replay',
      body,
    })),
  'POST /v1/deliveries/{deliveryId}/retry': async (site) => [
    { path: `/v1/deliveries/${await site.deliveryId()}/retry` },
    { path: `/v1/deliveries/${MARK}/retry` },
  ],
  'GET /v3/users': async () => [{ path: '/v3/users' }],
  'POST /v3/users': async () => [
    { path: '/v3/users', body: [{ id: MARK, name: `${MARK} user`, phone: PHONE }] },
    { path: '/v3/users', body: [{ id: MARK, name: [MARK], phone: { [MARK]: PHONE } }] },
  ],
  'GET /v3/users/{id}': async () => [{ path: `/v3/users/${MARK}` }],
  'DELETE /v3/users/{id}': async () => [{ path: `/v3/users/${MARK}` }],
  'PATCH /v3/users/bulk_delete': async () => [{ path: '/v3/users/bulk_delete', body: [MARK, PHONE] }],
  'GET /v3/pipelines': async () => [{ path: '/v3/pipelines' }],
  'POST /v3/pipelines': async () => [
    { path: '/v3/pipelines', body: [{ id: MARK, name: MARK, stages: [{ id: MARK, name: MARK }] }] },
    { path: '/v3/pipelines', body: [{ id: MARK, name: MARK, stages: [{ id: MARK, [MARK]: MARK }] }] },
  ],
  'PUT /v1/pipelines': async () => [
    { path: '/v1/pipelines', body: [{ id: MARK, name: MARK, stages: [{ id: MARK, name: MARK }] }] },
    { path: '/v1/pipelines', body: [{ id: MARK, name: MARK, stages: [{ id: MARK, [MARK]: MARK }] }] },
  ],
  'GET /v3/contacts': async () => [{ path: '/v3/contacts' }],
  'POST /v3/contacts': async () => [
    { path: '/v3/contacts', body: [contact] },
    { path: '/v3/contacts', body: [{ ...contact, contactData: [{ chatType: MARK, chatId: PHONE }] }] },
  ],
  'GET /v3/contacts/{id}': async () => [{ path: `/v3/contacts/${MARK}` }],
  'PUT /v3/contacts/{id}': async () => [
    { path: `/v3/contacts/${MARK}`, body: { name: MARK } },
    { path: `/v3/contacts/${MARK}`, body: { id: PHONE, [MARK]: MARK } },
  ],
  'DELETE /v3/contacts/{id}': async () => [{ path: `/v3/contacts/${MARK}` }],
  'PATCH /v3/contacts/bulk_delete': async () => [{ path: '/v3/contacts/bulk_delete', body: [MARK, PHONE] }],
  'GET /v3/deals': async () => [{ path: '/v3/deals' }],
  'POST /v3/deals': async () => [
    { path: '/v3/deals', body: [deal] },
    { path: '/v3/deals', body: [{ ...deal, closed: MARK, contacts: { [MARK]: PHONE } }] },
  ],
  'GET /v3/deals/{id}': async () => [{ path: `/v3/deals/${MARK}` }],
  'DELETE /v3/deals/{id}': async () => [{ path: `/v3/deals/${MARK}` }],
  'PATCH /v3/deals/bulk_delete': async () => [{ path: '/v3/deals/bulk_delete', body: [MARK, PHONE] }],
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': async (site) => [
    { path: `${chatPath(site)}/responsible`, body: { userId: MARK } },
    { path: `${chatPath(site)}/responsible`, body: { userId: [MARK] } },
  ],
  'GET /v1/health': async () => [{ path: '/v1/health' }],
  'GET /v1/settings': async () => [{ path: '/v1/settings' }],
  'PATCH /v1/settings': async () => [
    { path: '/v1/settings', body: { notifyHeadsAboutAllMessages: false, [MARK]: MARK } },
    { path: '/v1/settings', body: { notifyHeadsAboutAllMessages: MARK } },
    {
      path: '/v1/settings',
      body: { schedules: { [MARK]: { zone: MARK, week: { mon: [[MARK, MARK]] } } }, zone: MARK },
    },
    { path: '/v1/settings', body: { frameAncestors: [MARK, `https://${MARK}.example`] } },
  ],
  'PUT /v1/settings/channels/{channelId}': async ({ channelId }) => [
    {
      path: `/v1/settings/channels/${channelId}`,
      body: { newClients: { mode: 'round-robin', pipelineId: MARK, stageId: MARK }, userRoles: [] },
    },
    {
      path: `/v1/settings/channels/${channelId}`,
      body: { newClients: { mode: 'first-reply' }, userRoles: [{ userId: MARK, role: 'seller' }] },
    },
  ],
  'POST /v1/settings/channels/{channelId}/preview': async ({ channelId }) => [
    {
      path: `/v1/settings/channels/${channelId}/preview`,
      body: { newClients: { mode: 'first-reply' }, userRoles: [{ userId: MARK, role: 'seller' }] },
    },
    {
      path: `/v1/settings/channels/${channelId}/preview`,
      body: { newClients: { mode: 'first-reply' }, userRoles: [] },
    },
  ],

  'GET /files/{file}/{name}': filesOf,
  'HEAD /files/{file}/{name}': filesOf,

  'GET /healthz': async () => [{ path: '/healthz' }],
  'GET /openapi.json': async () => [{ path: '/openapi.json' }],
  'GET /docs': async () => [{ path: '/docs' }],
  'GET /docs/{file}': async () => [{ path: `/docs/${MARK}` }],
  'GET /': async () => [{ path: '/' }],
  'GET /chat/{accountId}': async () => [{ path: `/chat/${MARK}` }],
  'GET /page/{file}': async () => [{ path: `/page/${MARK}` }],
};

/** The call, and the same call with mistakes that any caller may make. */
export function spoilt(call: Call): Call[] {
  const { path, headers } = call;
  const more = path.includes('?') ? '&' : '?';
  return [
    call,
    { ...call, key: WRONG_KEY },
    { ...call, headers: { ...headers, 'Konvert-User': MARK, 'User-Agent': MARK, 'X-Forwarded-For': MARK } },
    { ...call, path: `${path}${more}limit=${MARK}&cursor=${MARK}&${MARK}=${CHAT}` },
    { ...call, body: `{"text": "${MARK}", ${MARK} at ${MARK} (x.ts:1:1)` },
    { ...call, body: `"${MARK}"` },
  ];
}
