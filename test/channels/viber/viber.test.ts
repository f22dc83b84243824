import { createHmac } from 'node:crypto';
import { STATUSES } from '#channels/viber/errors';
import { createViber } from '#channels/viber/index';
import { describeMessenger, type MessengerDouble } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { startReceiver } from '#test/channels/receiver';
import { startViber, type ViberDouble } from '#test/doubles/viber';
import { callback, OLENA, said, TIME, TOKEN } from './callbacks.ts';

const SECRET = '0123456789abcdef0123456789abcdef';
const AUTH_TOKEN = '445da6az1s345z78-dazcczb2542zv51a-e0vc5fva17480im9';
const PICTURE = Buffer.from('a picture of a bicycle');
const MB = 1024 * 1024;
const viber = createViber();

/** Viber's API with Olena, who is subscribed, and an address that it can call. */
async function startAll(): Promise<MessengerDouble & { readonly api: ViberDouble }> {
  const receiver = await startReceiver(viber, { credentials: {}, webhookSecret: WEBHOOK_SECRET });
  const api = await startViber();
  api.person(OLENA).isSubscribed = true;
  api.webhook = receiver.url;
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

/** A refusal of Viber's, which has HTTP's 200. */
function no(status: number, status_message: string) {
  return { status: 200, body: { status, status_message, chat_hostname: 'SN-CHAT-01_' } };
}

function file(size: number) {
  const open = () => Promise.reject(new Error('unread'));
  return { type: 'file', file: { kind: 'document', mimeType: 'application/pdf', name: 'a.pdf', size, open } } as const;
}

function withButtons(rows: readonly (readonly { readonly text: string; readonly url?: string }[])[]) {
  return { type: 'text', text: 'Choose', buttons: { place: 'reply', rows } } as const;
}

const wrong = ['credentials.authToken', 'credentials.senderName'];
const good = { authToken: AUTH_TOKEN, senderName: 'Konvert' };

describeMessenger('viber', {
  create: (setupTimeoutMs) => createViber({ setupTimeoutMs }),
  double: startAll,
  fixtures: {
    verify: {
      secret: SECRET,
      headers: (body, secret) => ({
        'x-viber-content-signature': createHmac('sha256', secret).update(body).digest('hex'),
      }),
      knownBy: (authToken) => ({ credentials: { authToken }, webhookSecret: WEBHOOK_SECRET }),
    },
    webhooks: {
      clientText: {
        body: said({ type: 'text', text: 'Доброго дня!' }),
        expected: { chatId: OLENA, providerId: String(TOKEN), time: TIME, text: 'Доброго дня!', authorId: OLENA },
      },
      unknownKind: said({ type: 'hologram', hologram: { id: 'h1' } }),
      service: callback('conversation_started', {
        type: 'open',
        user: { id: OLENA, name: 'Олена' },
        subscribed: false,
      }),
      leftAlone: callback('client_status', { user: { id: OLENA } }),
      foreign: {
        null: null,
        'a string': 'webhook',
        'an array': [said({ type: 'text', text: 'a' })],
        'an empty object': {},
        'an update of Telegram': { update_id: 1, message: { message_id: 1 } },
        'an event that is none': { event: 5, message_token: TOKEN },
      },
    },
    files: {
      sent(double) {
        const { api } = double as Awaited<ReturnType<typeof startAll>>;
        api.sendsFile(api.person(OLENA), 'picture', 'p.jpg', PICTURE);
        const { message } = api.waiting.at(-1) as { message: { media: string } };
        return { fileId: message.media, bytes: PICTURE };
      },
      outcomes: {
        'an address that has ended': { method: 'GET file', status: 404, body: '', kind: 'gone' },
        'an address that is closed': { method: 'GET file', status: 403, body: '', kind: 'gone' },
        'a fault of the file server': { method: 'GET file', status: 502, body: '<html>', kind: 'later' },
        'a redirect': { method: 'GET file', status: 302, body: '', kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ ...good, apiBaseUrl: baseUrl }),
      secrets: [AUTH_TOKEN],
      wrong: {
        nothing: { input: undefined, fields: wrong },
        'no object': { input: AUTH_TOKEN, fields: wrong },
        'nothing in it': { input: {}, fields: wrong },
        'a token that is cut': { input: { ...good, authToken: '445da6az1s' }, fields: ['credentials.authToken'] },
        'a line break after the token': {
          input: { ...good, authToken: `${AUTH_TOKEN}\n` },
          fields: ['credentials.authToken'],
        },
        'an empty name': { input: { ...good, senderName: '' }, fields: ['credentials.senderName'] },
        'a name of spaces': { input: { ...good, senderName: '  ' }, fields: ['credentials.senderName'] },
        'a name of 29 characters': {
          input: { ...good, senderName: 'я'.repeat(29) },
          fields: ['credentials.senderName'],
        },
        'another protocol': { input: { ...good, apiBaseUrl: 'ftp://x' }, fields: ['credentials.apiBaseUrl'] },
        several: {
          input: { ...good, authToken: '', apiBaseUrl: 'https://a:b@x' },
          fields: ['credentials.authToken', 'credentials.apiBaseUrl'],
        },
      },
    },
    connect: {
      method: 'get_account_info',
      identity: { id: 'pa:75346594275468546724', plainId: 'konvertbot', name: 'Konvert' },
      refused: { ...no(2, 'invalidAuthToken'), words: 'invalidAuthToken' },
    },
    register: {
      method: 'set_webhook',
      unregisterMethod: 'set_webhook',
      // The bot's token is the secret.
      read: (body) => ({ url: (body as { url: string }).url }),
      typedIn: () => ({}),
    },
    send: {
      method: 'send_message',
      message: textTo(OLENA, 'Hi', {}, 'viber'),
      read: (body) => {
        const { receiver, text } = body as { receiver: string; text: string };
        return { chatId: receiver, text };
      },
      accepted: { status: 200, body: { status: 0, status_message: 'ok', message_token: TOKEN } },
      refused: { ...no(6, 'receiverNotSubscribed'), code: '6', description: 'receiverNotSubscribed' },
      unauthorized: { ...no(9, 'publicAccountSuspended'), code: '9', description: 'publicAccountSuspended' },
      throttled: { ...no(12, 'tooManyRequests'), seconds: 60 },
      table: STATUSES,
      errors: {
        ...Object.fromEntries(
          STATUSES.flatMap(({ codes, kind, reason }) =>
            codes.map((code) => [code, { ...no(code, 'No'), kind, ...(kind !== 'throttled' && { reason }) }]),
          ),
        ),
        '25, which nobody knows': { ...no(25, 'generalError'), kind: 'unreachable' },
      },
      limits: {
        'a text': {
          taken: { type: 'text', text: 'я'.repeat(7000) },
          refused: { type: 'text', text: 'я'.repeat(7001) },
          code: 'MESSAGES_TOO_LONG_VIBER',
        },
        'a file': { taken: file(50 * MB), refused: file(50 * MB + 1), code: 'MESSAGES_CONTENT_SIZE_EXCEEDED' },
        'an empty file': { taken: file(1), refused: file(0), code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK' },
        'buttons of a row': {
          taken: withButtons([[...'abcdef'].map((text) => ({ text }))]),
          refused: withButtons([[...'abcdefg'].map((text) => ({ text }))]),
          code: 'INVALID_MESSAGE_DATA',
        },
        'rows of buttons': {
          taken: withButtons(Array.from({ length: 24 }, () => [{ text: 'a' }])),
          refused: withButtons(Array.from({ length: 25 }, () => [{ text: 'a' }])),
          code: 'INVALID_MESSAGE_DATA',
        },
        'the label of a button': {
          taken: withButtons([[{ text: 'я'.repeat(250) }]]),
          refused: withButtons([[{ text: 'я'.repeat(251) }]]),
          code: 'INVALID_MESSAGE_DATA',
        },
        'a template': {
          taken: { type: 'text', text: 'a' },
          refused: { type: 'template', templateId: '1', values: [] },
          code: 'MESSAGE_WRONG_CONTENT_TYPE',
        },
      },
    },
  },
});
