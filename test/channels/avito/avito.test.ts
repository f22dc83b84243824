import { ERRORS } from '#channels/avito/errors';
import { createAvito } from '#channels/avito/index';
import { describeMessenger, type MessengerDouble } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { type AvitoDouble, startAvito } from '#test/doubles/avito';
import { CHAT, DANA, echoed, envelope, said, TIME } from './webhooks.ts';

const SECRET = 'f0e1d2c3b4a59687'.repeat(4);
const CLIENT_ID = 'avito-client-id';
const CLIENT_SECRET = 'avito-client-secret-of-the-double';
const PICTURE = Buffer.from('a picture of a bicycle');
const avito = createAvito();

/** Avito's API with a chat of Dana's, and an address that it can look at. */
async function startAll(): Promise<MessengerDouble & { readonly api: AvitoDouble }> {
  const receiver = await startReceiver(avito, { credentials: {}, webhookSecret: WEBHOOK_SECRET });
  const api = await startAvito();
  api.chat(DANA, undefined, CHAT);
  return {
    api,
    baseUrl: api.baseUrl,
    calls: api.calls,
    answerNext: api.answerNext,
    callbackUrl: receiver.url,
    stop: async () => {
      await Promise.all([api.stop(), receiver.stop()]);
    },
  };
}

/** A refusal in Avito's shape. */
function no(code: number, message: string, status = code) {
  return { status, body: { error: { code, message } } };
}

function image(size: number, mimeType = 'image/png') {
  const open = () => Promise.reject(new Error('unread'));
  return { type: 'file', file: { kind: 'image', mimeType, name: 'a.png', size, open } } as const;
}

const wrong = ['credentials.clientId', 'credentials.clientSecret', 'credentials.userId'];
const good = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, userId: '88001' };

describeMessenger('avito', {
  create: (setupTimeoutMs) => createAvito({ setupTimeoutMs }),
  double: startAll,
  fixtures: {
    verify: { secret: SECRET, headers: () => ({}), query: (token) => ({ token }) },
    greet: { asks: (token) => ({ method: 'POST', query: { token } }), text: 'ok' },
    names: {
      method: 'GET chat',
      chatId: CHAT,
      told: {
        'a name': {
          status: 200,
          body: {
            users: [
              { id: 88001, name: 'Konvert' },
              { id: DANA, name: 'Dana' },
            ],
          },
          profile: { name: 'Dana' },
        },
        'only our own': { status: 200, body: { users: [{ id: 88001, name: 'Konvert' }] } },
        'several others': {
          status: 200,
          body: {
            users: [
              { id: DANA, name: 'Dana' },
              { id: 5, name: 'Erik' },
            ],
          },
        },
        'no list': { status: 200, body: { users: { name: 'Dana' } } },
        'a chat of others': no(403, `Forbidden for ${CLIENT_SECRET}`),
        'no such chat': no(404, 'Not found'),
        'too many questions': no(429, 'Too many requests'),
        'a fault of Avito': { status: 502, body: '<html>' },
      },
    },
    webhooks: {
      clientText: {
        body: said('text', { text: 'Ещё продаёте?' }),
        expected: { chatId: CHAT, providerId: 'f00d1001', time: TIME * 1000, text: 'Ещё продаёте?', authorId: '99002' },
      },
      unknownKind: said('hologram', { hologram: { id: 'h1' } }),
      service: said('system', { text: 'Покупатель принял предложение', flow_id: 'sbc_seller_notification' }),
      echo: {
        body: echoed('text', { text: 'Да, приходите' }),
        expected: { chatId: CHAT, providerId: 'f00d1001', time: TIME * 1000 },
      },
      leftAlone: { ...envelope({}), payload: { type: 'chat_read', value: {} } },
      foreign: {
        null: null,
        'a string': 'webhook',
        'an array': [said('text', { text: 'a' })],
        'an empty object': {},
        'an update of Telegram': { update_id: 1, message: { message_id: 1 } },
        'a payload that is none': { id: '1', version: 'v3.0.0', timestamp: 1, payload: 'message' },
        'a message in another place': { payload: { type: 'message', message: {} } },
      },
    },
    files: {
      sent(double) {
        const { api } = double as Awaited<ReturnType<typeof startAll>>;
        api.sendsFile(api.chat(DANA), 'voice', PICTURE);
        return { fileId: `voice:${[...api.voiceIds].at(-1)}`, bytes: PICTURE };
      },
      outcomes: {
        'an id that nobody knows': {
          method: 'GET voices',
          status: 200,
          body: { voices_urls: {} },
          kind: 'gone',
        },
        'a chat of somebody else': { method: 'GET voices', ...no(403, 'Forbidden'), kind: 'gone' },
        'an account without a subscription': {
          method: 'GET voices',
          ...no(402, 'Payment required'),
          kind: 'unauthorized',
        },
        'a limit': { method: 'GET voices', ...no(429, 'Too many requests'), kind: 'later', afterSeconds: 10 },
        'a fault of Avito’s': { method: 'GET voices', ...no(500, 'Error'), kind: 'later' },
        'an answer that is none': { method: 'GET voices', status: 200, body: [], kind: 'later' },
        'an address that has ended': { method: 'GET voice', status: 403, body: '', kind: 'later' },
        'a fault of the file server': { method: 'GET voice', status: 502, body: '<html>', kind: 'later' },
        'a redirect': { method: 'GET voice', status: 302, body: '', kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ ...good, apiBaseUrl: baseUrl }),
      secrets: [CLIENT_SECRET],
      wrong: {
        nothing: { input: undefined, fields: wrong },
        'no object': { input: CLIENT_SECRET, fields: wrong },
        'nothing in it': { input: {}, fields: wrong },
        'a number as account': { input: { ...good, userId: 88001 }, fields: ['credentials.userId'] },
        'a path in the account': { input: { ...good, userId: '88001/chats' }, fields: ['credentials.userId'] },
        'a line break after the secret': {
          input: { ...good, clientSecret: `${CLIENT_SECRET}\n` },
          fields: ['credentials.clientSecret'],
        },
        'another protocol': { input: { ...good, apiBaseUrl: 'ftp://x' }, fields: ['credentials.apiBaseUrl'] },
        several: {
          input: { ...good, clientId: '', apiBaseUrl: 'https://a:b@x' },
          fields: ['credentials.clientId', 'credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'GET self',
      identity: { id: '88001', plainId: '88001', name: 'Konvert' },
      refused: { ...no(403, 'Forbidden'), words: 'Forbidden' },
    },
    register: {
      method: 'POST webhook',
      unregisterMethod: 'POST subscriptions',
      read: (body) => {
        const { origin, pathname, searchParams } = new URL((body as { url: string }).url);
        return { url: `${origin}${pathname}`, secret: searchParams.get('token') };
      },
      typedIn: (webhookSecret) => ({ secretToken: webhookSecret }),
    },
    send: {
      method: 'POST messages',
      message: textTo(CHAT, 'Hi', {}, 'avito'),
      read: (body) => ({ chatId: CHAT, text: (body as { message: { text: string } }).message.text }),
      accepted: {
        status: 200,
        body: { content: { text: 'Hi' }, created: TIME, direction: 'out', id: 'f00d2002', type: 'text' },
      },
      refused: { ...no(404, 'Not found'), code: '404', description: 'Not found' },
      unauthorized: { ...no(402, 'Payment required'), code: '402', description: 'Payment required' },
      throttled: { ...no(429, 'Too many requests'), seconds: 10 },
      table: ERRORS,
      errors: {
        400: { ...no(400, 'Validation error'), kind: 'refused', reason: 'GENERAL_ERROR' },
        '400, too long': { ...no(400, 'message.text: maxLength 1000'), kind: 'refused', reason: 'TOO_LONG_TEXT' },
        '400, picture': { ...no(400, 'Unknown image_id'), kind: 'refused', reason: 'WRONG_CONTENT' },
        '400, spam': { ...no(400, 'Message looks like spam'), kind: 'refused', reason: 'SPAM' },
        402: { ...no(402, 'Payment required'), kind: 'unauthorized', reason: 'CHANNEL_REJECTED' },
        403: { ...no(403, 'Forbidden'), kind: 'refused', reason: 'BAD_CONTACT' },
        '403, subscription': {
          ...no(403, 'Недоступно на вашей подписке'),
          kind: 'unauthorized',
          reason: 'CHANNEL_REJECTED',
        },
        404: { ...no(404, 'Not found'), kind: 'refused', reason: 'BAD_CONTACT' },
        413: { ...no(413, 'Too large'), kind: 'refused', reason: 'TOO_BIG_CONTENT' },
        415: { ...no(415, 'Unsupported'), kind: 'refused', reason: 'WRONG_CONTENT' },
        422: { ...no(422, 'Unprocessable'), kind: 'refused', reason: 'GENERAL_ERROR' },
        '418, which nobody knows': { ...no(418, 'Teapot'), kind: 'refused', reason: 'UNKNOWN_ERROR' },
        'a refusal of its server': {
          status: 403,
          body: { result: { status: false, message: 'forbidden' } },
          kind: 'refused',
          reason: 'BAD_CONTACT',
        },
        'a success that is none': {
          status: 200,
          body: { error: { code: 404, message: 'chat not found' } },
          kind: 'refused',
          reason: 'BAD_CONTACT',
        },
        503: { ...no(503, 'Service temporarily unavailable'), kind: 'unreachable' },
      },
      limits: {
        'a text': {
          taken: { type: 'text', text: 'я'.repeat(1000) },
          refused: { type: 'text', text: 'я'.repeat(1001) },
          code: 'MESSAGES_TOO_LONG_AVITO',
        },
        'a picture': {
          taken: image(24 * 1024 * 1024),
          refused: image(24 * 1024 * 1024 + 1),
          code: 'MESSAGES_CONTENT_SIZE_EXCEEDED',
        },
        'an empty picture': { taken: image(1), refused: image(0), code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK' },
        'a file that is no picture': {
          taken: image(1, 'image/jpeg'),
          refused: image(1, 'application/pdf'),
          code: 'MESSAGE_WRONG_CONTENT_TYPE',
        },
        buttons: {
          taken: { type: 'text', text: 'a' },
          refused: { type: 'text', text: 'a', buttons: { place: 'inline', rows: [[{ text: 'b' }]] } },
          code: 'INVALID_MESSAGE_DATA',
        },
      },
    },
  },
});
