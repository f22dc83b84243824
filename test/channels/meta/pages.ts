import { createHmac } from 'node:crypto';
import type { Messenger } from '#channels/channel';
import { META_CODES, META_SUBCODES } from '#channels/meta/codes';
import type { MessengerDouble, MessengerFixtures } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { startReceiver } from '#test/channels/receiver';
import { type PagesDouble, type PagesOptions, startPages } from '#test/doubles/graph-pages';

export const SECRET = '0123456789abcdef0123456789abcdef';
export const TOKEN = 'EAAdoubletoken';
export const APP_SECRET = 'double-app-secret';
export const APP_ID = '77001122334';
export const TIME = 1791806400987;

type Fields = Readonly<Record<string, unknown>>;

/** A double, and an address that it can ask. */
export async function startMeta(
  messenger: Messenger,
  options: PagesOptions,
): Promise<MessengerDouble & { readonly pages: PagesDouble }> {
  const receiver = await startReceiver(messenger, { credentials: {}, webhookSecret: WEBHOOK_SECRET });
  const pages = await startPages(options);
  pages.writer('5500112233445566');
  pages.meta.writers[0]!.wroteAt = pages.clock.now();
  return {
    pages,
    baseUrl: pages.baseUrl,
    calls: pages.calls,
    answerNext: pages.answerNext,
    callbackUrl: receiver.url,
    stop: async () => {
      await Promise.all([pages.stop(), receiver.stop()]);
    },
  };
}

/** A refusal in Meta's shape. */
export function no(code: number, words: string, status = 400, more: object = {}) {
  return { status, body: { error: { message: words, type: 'OAuthException', code, fbtrace_id: 'A1', ...more } } };
}

export const signature = (body: Uint8Array, secret: string) =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

export const CLIENT = '5500112233445566';

/** Bodies of an account. */
export function bodies(object: 'instagram' | 'page', account: string) {
  const item = (fields: Fields, own = false) => ({
    sender: { id: own ? account : CLIENT },
    recipient: { id: own ? CLIENT : account },
    timestamp: TIME,
    ...fields,
  });
  const body = (list: 'messaging' | 'standby', ...items: readonly unknown[]) => ({
    object,
    entry: [{ id: account, time: TIME + 114, [list]: items }],
  });
  return {
    body,
    item,
    /** A message of the client's. */
    said: (message: Fields) => body('messaging', item({ message: { mid: 'mid1', ...message } })),
    /** A message of the account's. */
    echoed: (message: Fields) => body('messaging', item({ message: { mid: 'mid2', is_echo: true, ...message } }, true)),
    /** Anything else about the client. */
    told: (fields: Fields) => body('messaging', item(fields)),
  };
}

const pairs = [
  ...META_CODES.map((row) => ({ ...row, isSubcode: false })),
  ...META_SUBCODES.map((row) => ({ ...row, isSubcode: true })),
].flatMap(({ codes, kind, reason, isSubcode }) =>
  codes.map((code) => ({ code: typeof code === 'number' ? code : code[1], kind, reason, isSubcode })),
);

/** An answer for each code that Meta has, and for each subcode. */
export const errors: MessengerFixtures['send']['errors'] = Object.fromEntries(
  pairs.map(({ code, kind, reason, isSubcode }) => [
    isSubcode ? `10/${code}` : String(code),
    {
      ...(isSubcode ? no(10, 'No', 400, { error_subcode: code }) : no(code, 'No')),
      kind,
      ...((kind === 'refused' || kind === 'unauthorized') && { reason }),
    },
  ]),
);

/** What both have in common. `account` is the one of the double. */
export function sharedFixtures(object: 'instagram' | 'page', account: string) {
  const { body, item, said, echoed, told } = bodies(object, account);
  return {
    verify: {
      secret: SECRET,
      headers: (bytes: Uint8Array, secret: string) => ({ 'x-hub-signature-256': signature(bytes, secret) }),
      knownBy: (appSecret: string) => ({ credentials: { appSecret }, webhookSecret: WEBHOOK_SECRET }),
    },
    greet: {
      asks: (webhookSecret: string) => ({
        method: 'GET',
        query: { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': webhookSecret },
      }),
      text: '1158201444',
    },
    webhooks: {
      clientText: {
        body: said({ text: 'Café open today?' }),
        expected: { chatId: CLIENT, providerId: 'mid1', time: TIME, text: 'Café open today?', authorId: CLIENT },
      },
      unknownKind: told({ hologram: { id: 'h1' } }),
      service: told({ referral: { ref: 'summer', source: 'SHORTLINK', type: 'OPEN_THREAD' } }),
      echo: {
        body: echoed({ text: 'Yes, until 9 pm' }),
        expected: { chatId: CLIENT, providerId: 'mid2', time: TIME },
      },
      shared: {
        accounts: {
          body: {
            object,
            entry: [
              ...(body('messaging', item({ message: { mid: 'mid1', text: 'a' } })).entry as object[]),
              {
                id: '990',
                time: TIME,
                messaging: [
                  {
                    sender: { id: CLIENT },
                    recipient: { id: '990' },
                    timestamp: TIME,
                    message: { mid: 'mid3', text: 'b' },
                  },
                ],
              },
            ],
          },
          accounts: [account, '990'],
        },
      },
      leftAlone: told({ app_roles: { 1: ['primary_receiver'] } }),
      foreign: {
        null: null,
        'a string': 'webhook',
        'an array': [said({ text: 'a' })],
        'an empty object': {},
        'an update of Telegram': { update_id: 1, message: { message_id: 1 } },
        'no entries': { object },
        'entries that are no list': { object, entry: { id: '1' } },
        'an object that is none': { object: 5, entry: [] },
      },
    },
    names: {
      method: 'GET page',
      chatId: CLIENT,
      told: {
        'a name': { status: 200, body: { id: CLIENT, name: '\u2066 Mia Nowak ' }, profile: { name: 'Mia Nowak' } },
        'somebody else': { status: 200, body: { id: '1', name: 'Our company' } },
        'a name that cannot be seen': { status: 200, body: { id: CLIENT, name: '\u2800' } },
        'a name that is none': { status: 200, body: { id: CLIENT, name: { first: 'Mia' }, username: 7 } },
        'a person who has not consented': no(230, '(#230) User consent is required to access user profile'),
        'a token that has ended': no(190, `Error validating access token ${TOKEN}`, 401),
        'too many questions': no(613, 'Calls to this API have exceeded the rate limit', 429),
        'a fault of Meta': { status: 502, body: '<html>' },
      },
    },
    files: {
      sent(double: MessengerDouble) {
        const bytes = Buffer.from('%PDF-1.7 act');
        return { fileId: (double as Awaited<ReturnType<typeof startMeta>>).pages.fileUrl(bytes, 'act.pdf'), bytes };
      },
      outcomes: {
        'an address that has ended': { method: 'GET file', status: 403, body: 'URL signature expired', kind: 'gone' },
        'a file that was taken back': { method: 'GET file', status: 404, body: '', kind: 'gone' },
        'a fault of the file server': { method: 'GET file', status: 502, body: '<html>', kind: 'later' },
        'too many questions': { method: 'GET file', status: 429, body: '', kind: 'later' },
        'a redirect to nowhere': { method: 'GET file', status: 302, body: '', kind: 'later' },
      },
    },
    secrets: [TOKEN, APP_SECRET, createHmac('sha256', APP_SECRET).update(TOKEN).digest('hex')],
    refusedConnect: {
      ...no(190, 'Invalid OAuth access token - Cannot parse access token', 401),
      words: 'Invalid OAuth access token - Cannot parse access token',
    },
    register: {
      method: 'POST subscriptions',
      unregisterMethod: 'DELETE subscribed_apps',
      read: (sent: unknown) => {
        const { callback_url, verify_token } = sent as Record<string, unknown>;
        return { url: callback_url, secret: verify_token };
      },
    },
    send: {
      method: 'POST messages',
      read: (sent: unknown) => {
        const { recipient, message } = sent as { recipient: { id: string }; message: { text: string } };
        return { chatId: recipient.id, text: message.text };
      },
      accepted: { status: 200, body: { recipient_id: CLIENT, message_id: 'mid9' } },
      unauthorized: {
        ...no(190, 'Error validating access token: Session has expired', 401),
        code: '190',
        description: 'Error validating access token: Session has expired',
      },
      throttled: { ...no(613, '(#613) Calls to this API have exceeded the rate limit', 429), seconds: 5 },
      errors,
      table: [...META_CODES, ...META_SUBCODES],
    },
  } as const;
}
