import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { META_CODES } from '#channels/meta/codes';
import { createMessengers } from '#channels/registry/messengers';
import { createWapi } from '#channels/wapi/index';
import { describeMessenger, type MessengerDouble } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { type GraphDouble, startGraph } from '#test/doubles/graph';
import { PATIENCE_MS } from '#test/patience';
import { credentialsOf } from './outgoing.ts';
import {
  DANA,
  DANA_ID,
  DANA_PARENT,
  echoed,
  escapedJson,
  history,
  message,
  NUMBER,
  NUMBER_ID,
  said,
  statuses,
  TIME,
  value,
  WABA_ID,
  webhook,
} from './webhooks.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const TOKEN = 'EAAdoubletoken';
const APP_SECRET = 'double-app-secret';
const wapi = createWapi();

/** The Graph API, and an address that it can ask. */
async function startMeta(): Promise<MessengerDouble & { readonly graph: GraphDouble }> {
  const receiver = await startReceiver(wapi, { credentials: {}, webhookSecret: WEBHOOK_SECRET });
  const graph = await startGraph({ requiresProof: true, callbackUrl: 'https://app.example/webhook' });
  return {
    graph,
    baseUrl: graph.baseUrl,
    calls: graph.calls,
    answerNext: graph.answerNext,
    callbackUrl: receiver.url,
    stop: async () => {
      await Promise.all([graph.stop(), receiver.stop()]);
    },
  };
}

/** A refusal in Meta's shape. */
function no(code: number, words: string, status = 400, more: object = {}) {
  return { status, body: { error: { message: words, type: 'OAuthException', code, fbtrace_id: 'A1', ...more } } };
}

const signature = (body: Uint8Array, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

const allCodes = META_CODES.flatMap(({ codes, kind, reason }) =>
  codes.map((code) => ({ code: typeof code === 'number' ? code : code[1], kind, reason })),
);

const DOCUMENT = Buffer.from('%PDF-1.7 act');

const wrong = ['credentials.phoneNumberId', 'credentials.accessToken', 'credentials.appSecret'];
const good = { phoneNumberId: NUMBER_ID, accessToken: TOKEN, appSecret: APP_SECRET };

describeMessenger('wapi', {
  create: (setupTimeoutMs) => createWapi({ setupTimeoutMs }),
  double: startMeta,
  fixtures: {
    tending: {
      inspect: {
        outcomes: {
          'an address of another program': {
            method: 'GET phone',
            status: 200,
            body: { id: NUMBER_ID, webhook_configuration: { phone_number: 'https://crm.example/secret' } },
            kind: 'elsewhere',
          },
          'no address of the number, and another of the app': {
            method: 'GET phone',
            status: 200,
            body: { id: NUMBER_ID, webhook_configuration: { application: 'https://crm.example/app' } },
            kind: 'deaf',
          },
          'a permission that was taken away': {
            method: 'GET phone',
            ...no(200, 'Permissions error', 403),
            kind: 'unauthorized',
          },
          'a limit': { method: 'GET phone', ...no(4, 'Application request limit reached'), kind: 'unknown' },
        },
      },
    },
    verify: {
      secret: SECRET,
      headers: (body, secret) => ({ 'x-hub-signature-256': signature(body, secret) }),
      knownBy: (appSecret) => ({ credentials: { appSecret }, webhookSecret: WEBHOOK_SECRET }),
    },
    greet: {
      asks: (webhookSecret) => ({
        method: 'GET',
        query: { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': webhookSecret },
      }),
      text: '1158201444',
    },
    webhooks: {
      clientText: {
        body: said({ type: 'text', text: { body: 'Café open today?' } }),
        expected: {
          chatId: DANA,
          providerId: 'wamid.M01==',
          time: TIME * 1000,
          text: 'Café open today?',
          authorId: DANA,
        },
      },
      unknownKind: said({ type: 'hologram', hologram: { id: 'h1' } }),
      service: said({
        type: 'system',
        system: { type: 'customer_identity_changed', body: 'Dana’s security code changed' },
      }),
      echo: {
        body: echoed({ type: 'text', text: { body: 'Yes, until 9 pm' } }),
        expected: { chatId: DANA, providerId: 'wamid.E01==', time: TIME * 1000 },
      },
      shared: {
        accounts: {
          body: {
            object: 'whatsapp_business_account',
            entry: [
              {
                id: WABA_ID,
                changes: [
                  { field: 'messages', value: value({ messages: [message({ type: 'text', text: { body: 'a' } })] }) },
                  {
                    field: 'messages',
                    value: value({ messages: [message({ type: 'text', text: { body: 'b' } })] }, '440'),
                  },
                ],
              },
              {
                id: '99887766',
                time: TIME,
                changes: [{ field: 'account_update', value: { event: 'ACCOUNT_DELETED' } }],
              },
            ],
          },
          accounts: [NUMBER_ID, '440', '99887766'],
        },
        ids: {
          body: said({ from_parent_user_id: DANA_PARENT, type: 'text', text: { body: 'a' } }),
          ids: [DANA, DANA_ID, DANA_PARENT],
        },
        receipts: {
          body: (...all) =>
            statuses(
              ...all.map((status) => ({
                status,
                biz_opaque_callback_data: 'c1#whatsapp#12025550142',
                ...(status === 'failed' && {
                  errors: [
                    { code: 131047, title: 'Re-engagement message', error_data: { details: '24 hours passed' } },
                  ],
                }),
              })),
            ),
          providerId: 'wamid.OUT17==',
          opaque: 'c1#whatsapp#12025550142',
          failed: { code: '131047', reason: '24_HOURS_EXCEEDED' },
        },
        history: [
          history(
            message({ type: 'text', text: { body: 'Thanks!' }, history_context: { status: 'READ' } }),
            { from: NUMBER, id: 'wamid.H2==', timestamp: String(TIME), type: 'text', text: { body: 'Here you are' } },
            { from: NUMBER, to: DANA, id: 'wamid.H3==', timestamp: String(TIME), type: 'media_placeholder' },
          ),
        ],
      },
      leftAlone: webhook('security', { event: 'PIN_CHANGED', display_phone_number: NUMBER }),
      foreign: {
        null: null,
        'a string': 'webhook',
        'an array': [said({ type: 'text' })],
        'an empty object': {},
        'an update of Telegram': { update_id: 1, message: { message_id: 1 } },
        'no entries': { object: 'whatsapp_business_account' },
        'entries that are no list': { object: 'whatsapp_business_account', entry: { id: '1' } },
        'an object that is none': { object: 5, entry: [] },
      },
    },
    files: {
      sent(double) {
        const { graph } = double as Awaited<ReturnType<typeof startMeta>>;
        const person = graph.person({ phone: DANA, userId: DANA_ID });
        graph.sendsFile(person, 'document', 'application/pdf', DOCUMENT);
        const { messages } = graph.waiting.at(-1)!.value as { messages: [{ document: { id: string } }] };
        return { fileId: messages[0].document.id, bytes: DOCUMENT };
      },
      outcomes: {
        'an id that has ended': {
          method: 'GET media',
          ...no(100, 'Unsupported get request. Object with ID does not exist', 400, { error_subcode: 33 }),
          kind: 'gone',
        },
        'a file that is no longer there': { method: 'GET file', status: 404, body: '', kind: 'gone' },
        'a token that has ended': { method: 'GET media', ...no(190, 'Session has expired', 401), kind: 'unauthorized' },
        'a token without the permission': {
          method: 'GET media',
          ...no(10, 'No permission', 403),
          kind: 'unauthorized',
        },
        'another secret of the app': {
          method: 'GET media',
          ...no(100, 'Invalid appsecret_proof provided in the API argument'),
          kind: 'unauthorized',
        },
        'a token that opens no file': { method: 'GET file', status: 401, body: '', kind: 'unauthorized' },
        'a limit of the app': { method: 'GET media', ...no(4, 'Too many calls'), kind: 'later', afterSeconds: 5 },
        'a fault of Meta’s': { method: 'GET media', ...no(131000, 'Something went wrong', 500), kind: 'later' },
        'an answer that is none': { method: 'GET media', status: 200, body: [], kind: 'later' },
        'a fault of the file server': { method: 'GET file', status: 502, body: '<html>', kind: 'later' },
        'a redirect': { method: 'GET file', status: 302, body: '', kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ ...good, wabaId: WABA_ID, apiBaseUrl: baseUrl }),
      secrets: [TOKEN, APP_SECRET, createHmac('sha256', APP_SECRET).update(TOKEN).digest('hex')],
      wrong: {
        nothing: { input: undefined, fields: wrong },
        'no object': { input: TOKEN, fields: wrong },
        'nothing in it': { input: {}, fields: wrong },
        'a number as id': { input: { ...good, phoneNumberId: 330119902200410 }, fields: ['credentials.phoneNumberId'] },
        'a phone number as id': {
          input: { ...good, phoneNumberId: '+1 202 555' },
          fields: ['credentials.phoneNumberId'],
        },
        'a path in the id': {
          input: { ...good, phoneNumberId: `${NUMBER_ID}/messages` },
          fields: ['credentials.phoneNumberId'],
        },
        'a name as account': { input: { ...good, wabaId: 'my account' }, fields: ['credentials.wabaId'] },
        'a line break after the token': {
          input: { ...good, accessToken: `${TOKEN}\n` },
          fields: ['credentials.accessToken'],
        },
        'an empty secret': { input: { ...good, appSecret: '' }, fields: ['credentials.appSecret'] },
        'another protocol': { input: { ...good, apiBaseUrl: 'ftp://x' }, fields: ['credentials.apiBaseUrl'] },
        'a password': { input: { ...good, apiBaseUrl: 'https://a:b@x' }, fields: ['credentials.apiBaseUrl'] },
        'a query': { input: { ...good, apiBaseUrl: 'https://x/?a=1' }, fields: ['credentials.apiBaseUrl'] },
        several: {
          input: { ...good, accessToken: '', apiBaseUrl: '' },
          fields: ['credentials.accessToken', 'credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'GET phone',
      identity: { id: NUMBER_ID, plainId: NUMBER, name: 'Konvert' },
      refused: {
        ...no(190, 'Invalid OAuth access token - Cannot parse access token', 401),
        words: 'Invalid OAuth access token - Cannot parse access token',
      },
    },
    register: {
      method: 'POST phone',
      unregisterMethod: 'POST phone',
      read: (body) => {
        const { override_callback_uri, verify_token } = (body as { webhook_configuration: Record<string, unknown> })
          .webhook_configuration;
        return { url: override_callback_uri, secret: verify_token };
      },
      typedIn: (webhookSecret) => ({
        verifyToken: webhookSecret,
        webhookFields: [
          ...[
            'messages',
            'calls',
            'smb_message_echoes',
            'user_preferences',
            'history',
            'standby',
            'messaging_handovers',
          ],
          ...['account_update', 'phone_number_quality_update', 'business_capability_update'],
          'message_template_status_update',
        ],
      }),
    },
    send: {
      method: 'POST messages',
      message: textTo(DANA, 'Hi', {}, 'whatsapp'),
      read: (body) => {
        const { to, text } = body as { to: string; text: { body: string } };
        return { chatId: to.replace('+', ''), text: text.body };
      },
      accepted: { status: 200, body: { messaging_product: 'whatsapp', contacts: [], messages: [{ id: 'wamid.A==' }] } },
      refused: {
        ...no(131026, '(#131026) Message undeliverable', 400, { error_data: { details: 'Message Undeliverable.' } }),
        code: '131026',
        description: '(#131026) Message undeliverable: Message Undeliverable.',
      },
      unauthorized: {
        ...no(190, 'Error validating access token: Session has expired', 401),
        code: '190',
        description: 'Error validating access token: Session has expired',
      },
      throttled: { ...no(130429, '(#130429) Rate limit hit', 429), seconds: 5 },
      table: META_CODES,
      errors: Object.fromEntries(
        allCodes.map(({ code, kind, reason }) => [
          String(code),
          { ...no(code, 'No'), kind, ...((kind === 'refused' || kind === 'unauthorized') && { reason }) },
        ]),
      ),
      limits: {
        'a text': {
          taken: { type: 'text', text: 'я'.repeat(4096) },
          refused: { type: 'text', text: 'я'.repeat(4097) },
          code: 'MESSAGES_TOO_LONG_WABA',
        },
        'a value of a template': {
          taken: { type: 'template', templateId: '1', values: ['я'.repeat(1024)] },
          refused: { type: 'template', templateId: '1', values: ['я'.repeat(1025)] },
          code: 'MESSAGES_TOO_LONG_WABA_TEMPLATE',
        },
      },
    },
  },
});

describe('register', () => {
  let meta: Awaited<ReturnType<typeof startMeta>>;

  beforeEach(async () => {
    meta = await startMeta();
  });

  afterEach(() => meta.stop());

  const register = (webhookSecret = WEBHOOK_SECRET, more: object = {}, url = meta.callbackUrl!) =>
    wapi.setup.register({ credentials: { ...credentialsOf(meta.graph), ...more }, webhookSecret }, url);

  test('leads the webhooks of the number to the address that Meta has asked', async () => {
    await register();

    expect(meta.graph.webhookUrl).toBe(meta.callbackUrl);
    expect(meta.calls.map(({ method }) => method)).toEqual(['POST subscribed_apps', 'POST phone']);
  });

  test('without the business account the app is not subscribed, which an operator has to do', async () => {
    const { wabaId: _, ...credentials } = credentialsOf(meta.graph);
    await wapi.setup.register({ credentials, webhookSecret: WEBHOOK_SECRET }, meta.callbackUrl!);

    expect(meta.calls.map(({ method }) => method)).toEqual(['POST phone']);
  });

  test('is refused if the address does not know the secret that Meta asks with', async () => {
    await expect(register('another')).rejects.toMatchObject({ name: 'CredentialsRefusedError' });
  });

  test('of an address that Meta refuses blames no number', async () => {
    meta.answerNext(
      'POST phone',
      no(100, 'Invalid parameter', 400, { error_data: { details: 'override_callback_uri' } }),
    );

    await expect(register()).rejects.toMatchObject({ fields: ['credentials'] });
  });

  test('is refused for an address that Meta would not take, before anything is changed', async () => {
    const url = `https://konvert.example/${'x'.repeat(200)}`;

    await expect(register(WEBHOOK_SECRET, {}, url)).rejects.toMatchObject({ name: 'CredentialsRefusedError' });
    expect(meta.calls).toEqual([]);
  });

  test('unregister gives the webhooks back to the address of the app', async () => {
    await register();
    await wapi.setup.unregister(credentialsOf(meta.graph), meta.callbackUrl!);

    const { body } = meta.calls.at(-1)!;
    expect(body).toEqual({ webhook_configuration: { override_callback_uri: '' } });
  });
});

describe('the field that is to blame', () => {
  test.each([
    ['a token', { accessToken: 'EAAanother-token' }, 'credentials.accessToken'],
    ['a secret of another app', { appSecret: 'another-app-secret' }, 'credentials.appSecret'],
    ['a number of somebody else', { phoneNumberId: '440000000000000' }, 'credentials.phoneNumberId'],
  ])('%s', async (_, more, field) => {
    const meta = await startMeta();
    const credentials = { ...credentialsOf(meta.graph), ...more };

    const error = await wapi.setup.connect(credentials).catch((refused: unknown) => refused);

    expect(error).toMatchObject({ name: 'CredentialsRefusedError', fields: [field] });
    await meta.stop();
  });
});

describe('a signature is over the bytes as they came', () => {
  const body = said({ type: 'text', text: { body: 'Café: https://konvert.example/a' } });
  const bytes = escapedJson(body);
  const verifies = (given: Uint8Array, header: string | undefined = signature(bytes, SECRET)) =>
    wapi.inbound.verify(
      { method: 'POST', query: {}, headers: { 'x-hub-signature-256': header }, body: given },
      { credentials: { appSecret: SECRET }, webhookSecret: WEBHOOK_SECRET },
    );

  test('what Meta escaped stays escaped', () => {
    expect(bytes.toString()).toContain('Caf\\u00e9: https:\\/\\/konvert.example\\/a');
    expect(verifies(bytes)).toBe(true);
    expect(verifies(bytes)).toBe(true);
  });

  test.each([
    ['written anew', Buffer.from(JSON.stringify(body))],
    ['without its last byte', bytes.subarray(0, -1)],
    ['with a byte more', Buffer.concat([bytes, Buffer.from(' ')])],
    ['with another number', Buffer.from(bytes.toString().replace(DANA, '12025550143'))],
    ['empty', Buffer.alloc(0)],
  ])('a body %s is not Meta’s', (_, forged) => {
    expect(verifies(forged)).toBe(false);
  });

  test.each([
    ['of SHA-1', `sha1=${createHmac('sha1', SECRET).update(bytes).digest('hex')}`],
    ['without its kind', signature(bytes, SECRET).slice(7)],
    ['in capitals', signature(bytes, SECRET).toUpperCase()],
    ['twice', `${signature(bytes, SECRET)},${signature(bytes, SECRET)}`],
    ['that is empty', ''],
  ])('a signature %s is none', (_, header) => {
    expect(verifies(bytes, header)).toBe(false);
  });
});

describe('what Meta asks a new address', () => {
  const ask = (query: Record<string, string>, method = 'GET') =>
    wapi.inbound.greet!(
      { method, query, headers: {}, body: new Uint8Array() },
      { credentials: {}, webhookSecret: WEBHOOK_SECRET },
    );
  const query = { 'hub.mode': 'subscribe', 'hub.verify_token': WEBHOOK_SECRET };

  test.each([
    ['a page', '<script>alert(1)</script>'],
    ['a long text', '1'.repeat(129)],
    ['nothing', ''],
    ['two lines', '1\n2'],
  ])('is not repeated if it is %s', (_, challenge) => {
    expect(ask({ ...query, 'hub.challenge': challenge })).toBeUndefined();
  });

  test('is only answered if it is a subscription', () => {
    expect(ask({ ...query, 'hub.mode': 'unsubscribe', 'hub.challenge': '1' })).toBeUndefined();
  });
});

describe('a file', () => {
  test('the token goes to the hosts of Meta only, and along no redirect', async () => {
    const asked: { url: string; authorization: string | undefined; redirect: string | undefined }[] = [];
    const answers = [
      Response.json({ url: 'https://evil.example/file', mime_type: 'image/jpeg' }),
      Response.json({ url: 'http://lookaside.fbsbx.com/file' }),
      Response.json({ url: 'http://graph.facebook.com/file' }),
      Response.json({ url: 'https://lookaside.fbsbx.com.evil.example/file' }),
      Response.json({ url: 'https://lookaside.fbsbx.com/file' }),
      new Response(null, { status: 302, headers: { location: 'https://evil.example/file' } }),
    ];
    const { inbound } = createWapi({
      async fetch(url, init) {
        asked.push({
          url: String(url).split('?')[0]!,
          authorization: new Headers(init?.headers).get('authorization') ?? undefined,
          redirect: init?.redirect,
        });
        return answers.shift()!;
      },
    });
    const open = () => inbound.openFile!({ ...good }, '901177', AbortSignal.timeout(PATIENCE_MS));

    for (let n = 0; n < 5; n += 1) expect(await open()).toMatchObject({ kind: 'later' });

    const graph = {
      url: 'https://graph.facebook.com/v26.0/901177',
      authorization: `Bearer ${TOKEN}`,
      redirect: 'manual',
    };
    const file = { url: 'https://lookaside.fbsbx.com/file', authorization: `Bearer ${TOKEN}`, redirect: 'manual' };
    expect(asked).toEqual([graph, graph, graph, graph, graph, file]);
  });

  test.each([
    ['in hex digits', 'A1'.repeat(32), 'a1'.repeat(32)],
    ['in base64', Buffer.from('a1'.repeat(32), 'hex').toString('base64'), 'a1'.repeat(32)],
    ['that is none', 'q83v', undefined],
  ])('a checksum %s', async (_, sha256, expected) => {
    const answers = [
      Response.json({ url: 'https://lookaside.fbsbx.com/file', sha256, file_size: '3' }),
      new Response('abc'),
    ];
    const { inbound } = createWapi({ fetch: async () => answers.shift()! });

    const opened = await inbound.openFile!({ ...good }, '901177', AbortSignal.timeout(PATIENCE_MS));

    expect(opened).toMatchObject({ kind: 'file', size: 3 });
    expect('sha256' in opened ? opened.sha256 : undefined).toBe(expected);
  });
});

test('an address of the API that is not https is refused where that is wanted', async () => {
  const input = { ...good, apiBaseUrl: 'http://graph.example' };

  expect((await createMessengers({ httpsOnly: true }).messengerFor('wapi'))?.setup.readCredentials(input)).toEqual({
    fields: ['credentials.apiBaseUrl'],
  });
  expect((await createMessengers().messengerFor('wapi'))?.setup.readCredentials(input)).toHaveProperty('credentials');
});

test('items for a channel may name its number and its business account', () => {
  expect(wapi.inbound.furtherAccounts?.({ ...good, wabaId: WABA_ID })).toEqual([WABA_ID]);
  expect(wapi.inbound.furtherAccounts?.(good)).toEqual([]);
});
