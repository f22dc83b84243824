import { ERRORS } from '#channels/evolution/errors';
import { createEvolution } from '#channels/evolution/index';
import type { OutgoingFile } from '#channels/outbound';
import { describeMessenger } from '#test/channels/contract';
import { WEBHOOK_SECRET } from '#test/channels/contract-parts';
import { textTo } from '#test/channels/messages';
import { type EvolutionDouble, startEvolution } from '#test/doubles/evolution';
import { tokenOf } from '#test/doubles/evolution/world';
import { DANA, echoed, INSTANCE_KEY, message, said, TIME, webhook } from './webhooks.ts';

/** A refusal in the bridge's shape. */
function no(status: number, message: unknown, error = 'Bad Request') {
  return { status, body: { status, error, response: { message } } };
}

const good = { serverUrl: 'https://bridge.example', instance: 'shop', apiKey: INSTANCE_KEY };
const fields = ['credentials.serverUrl', 'credentials.instance', 'credentials.apiKey'];
const DOCUMENT = Buffer.from('%PDF-1.7 act');

const MB = 1024 * 1024;
const fileOf = (size: number, kind: OutgoingFile['kind'] = 'image'): OutgoingFile => ({
  kind,
  mimeType: 'image/jpeg',
  name: 'p.jpg',
  size,
  open: () => Promise.reject(new Error('It is not read')),
});

/** Words that each row is found by. */
const WORDS: Readonly<Record<string, string>> = {
  'Connection Closed': 'Error: Connection Closed',
  'rate-overlimit': 'Error: rate-overlimit',
  'RemoteJid does not match': 'RemoteJid does not match',
  'older than 15 minutes': 'Message is older than 15 minutes',
  'Message not compatible': 'Message not compatible',
  'request failed': 'AxiosError: Request failed with status code 404',
  'instance does not exist': 'The "shop" instance does not exist',
};

const byWords = Object.entries(WORDS).map(([name, words]) => {
  const row = ERRORS.find(({ code, words: known }) => code === undefined && known.test(words));
  return [name, { ...no(400, [words]), kind: row?.kind ?? 'sent', reason: row?.reason }] as const;
});
const byCode = ERRORS.flatMap(({ code, kind, reason }) =>
  code === undefined || !/^\d{3}$/.test(code) || code === '463'
    ? []
    : [[code, { ...no(Number(code), ['Something']), kind, reason }] as const],
);
const errors = Object.fromEntries(
  [...byWords, ...byCode].map(([name, { reason, ...row }]) => {
    const isRefused = ['refused', 'unauthorized'].includes(row.kind);
    // The words of an edit's refusal are no words of a message's.
    return [name, { ...row, ...(isRefused && !reason?.startsWith('MESSAGES_') && { reason }) }];
  }),
) as never;

describeMessenger('evolution', {
  create: (setupTimeoutMs) => createEvolution({ setupTimeoutMs }),
  double: async () => startEvolution({ people: [{ phone: DANA, name: 'Dana' }] }),
  fixtures: {
    tending: {
      recent: {
        method: 'POST chat/findMessages',
        answer: {
          status: 200,
          body: {
            messages: {
              total: 2,
              pages: 1,
              currentPage: 1,
              records: [
                echoed({ conversation: 'Yes, until 9 pm' }).data,
                said({ conversation: 'Café open today?' }).data,
              ],
            },
          },
        },
        webhooks: [said({ conversation: 'Café open today?' }), echoed({ conversation: 'Yes, until 9 pm' })],
      },
    },
    verify: {
      secret: WEBHOOK_SECRET,
      headers: (_body, secret) => ({ authorization: `Bearer ${tokenOf(secret, Date.now())}` }),
    },
    webhooks: {
      clientText: {
        body: said({ conversation: 'Café open today?' }),
        expected: {
          chatId: DANA,
          providerId: '3EB0M01',
          time: TIME * 1000,
          text: 'Café open today?',
          authorId: DANA,
        },
      },
      unknownKind: said({ hologramMessage: { id: 'h1' } }),
      service: said({ declinePaymentRequestMessage: { key: { id: 'p1' } } }),
      echo: {
        body: echoed({ conversation: 'Yes, until 9 pm' }),
        expected: { chatId: DANA, providerId: '3EB0E01', time: TIME * 1000 },
      },
      leftAlone: webhook('contacts.upsert', [{ remoteJid: `${DANA}@s.whatsapp.net`, pushName: 'Dana' }]),
      foreign: {
        null: null,
        'a string': 'webhook',
        'an array': [said({ conversation: 'Hi' })],
        'an empty object': {},
        'a webhook of Meta': { object: 'whatsapp_business_account', entry: [] },
        'an event that is no word': { event: 5, data: {} },
      },
    },
    files: {
      sent(double) {
        const { bridge, instance } = double as EvolutionDouble;
        const { id } = message({}).key;
        bridge.files.set(id, { bytes: DOCUMENT, mimetype: 'application/pdf', fileName: 'act.pdf' });
        instance.messages.length = 0;
        return { fileId: id, bytes: DOCUMENT };
      },
      outcomes: {
        'a message that the bridge no longer has': {
          method: 'POST chat/getBase64FromMediaMessage',
          ...no(400, ['Message not found']),
          kind: 'gone',
        },
        'a key that is no longer valid': {
          method: 'POST chat/getBase64FromMediaMessage',
          ...no(401, 'Unauthorized', 'Unauthorized'),
          kind: 'unauthorized',
        },
        'a phone that is not linked': {
          method: 'POST chat/getBase64FromMediaMessage',
          ...no(400, ['Error: Connection Closed']),
          kind: 'later',
        },
        'a bridge that is busy': {
          method: 'POST chat/getBase64FromMediaMessage',
          ...no(429, ['Too many']),
          kind: 'later',
          afterSeconds: 5,
        },
        'an answer without a file': {
          method: 'POST chat/getBase64FromMediaMessage',
          status: 201,
          body: { mediaType: 'imageMessage' },
          kind: 'later',
        },
      },
    },
    credentials: {
      input: (serverUrl) => ({ serverUrl, instance: 'shop', apiKey: INSTANCE_KEY }),
      secrets: [INSTANCE_KEY],
      wrong: {
        nothing: { input: undefined, fields },
        'an empty object': { input: {}, fields },
        'a server without a scheme': { input: { ...good, serverUrl: 'bridge.example' }, fields: [fields[0]!] },
        'a server with a key in its address': {
          input: { ...good, serverUrl: 'https://bridge.example/?apikey=1' },
          fields: [fields[0]!],
        },
        'an instance that is a path': { input: { ...good, instance: '../create' }, fields: [fields[1]!] },
        'an empty key': { input: { ...good, apiKey: '' }, fields: [fields[2]!] },
        'a key with a line break': { input: { ...good, apiKey: 'abcdefgh\nX: 1' }, fields: [fields[2]!] },
      },
    },
    connect: {
      method: 'GET instance/connectionState',
      identity: { id: 'shop', plainId: '14155550100', name: 'Our shop' },
      refused: { ...no(401, `Unauthorized, not ${INSTANCE_KEY}`, 'Unauthorized'), words: 'Unauthorized, not <key>' },
    },
    register: {
      method: 'POST webhook/set',
      unregisterMethod: 'POST webhook/set',
      read: (body) => {
        const { url, headers } = (body as { webhook: { url: string; headers: Record<string, string> } }).webhook;
        return { url, secret: headers.jwt_key };
      },
      typedIn: (secretToken) => ({ secretToken }),
    },
    send: {
      method: 'POST message/sendText',
      message: textTo(DANA, 'Yes, until 9 pm', {}, 'whatsapp'),
      read: (body) => {
        const { number, text } = body as { number: string; text: string };
        return { chatId: number.replace('@s.whatsapp.net', ''), text };
      },
      accepted: { status: 201, body: { key: { id: '3EB0OUT', remoteJid: DANA, fromMe: true }, status: 'PENDING' } },
      refused: {
        ...no(400, [{ jid: `${DANA}@s.whatsapp.net`, exists: false, number: DANA }]),
        code: '400',
        description: 'The number is not at WhatsApp',
      },
      unauthorized: { ...no(401, 'Unauthorized', 'Unauthorized'), code: '401', description: 'Unauthorized' },
      throttled: { ...no(429, ['Too many requests']), seconds: 5 },
      table: ERRORS,
      errors,
      limits: {
        'a text of 10,000 characters': {
          taken: { type: 'text', text: 'a'.repeat(10_000) },
          refused: { type: 'text', text: 'a'.repeat(10_001) },
          code: 'MESSAGE_TEXT_TOO_LONG',
        },
        'a picture of 16 MB': {
          taken: { type: 'file', file: fileOf(16 * MB) },
          refused: { type: 'file', file: fileOf(16 * MB + 1) },
          code: 'MESSAGES_CONTENT_SIZE_EXCEEDED',
        },
        'a document of 100 MB': {
          taken: { type: 'file', file: fileOf(100 * MB, 'document') },
          refused: { type: 'file', file: fileOf(100 * MB + 1, 'document') },
          code: 'MESSAGES_CONTENT_SIZE_EXCEEDED',
        },
        'a file with something in it': {
          taken: { type: 'file', file: fileOf(1) },
          refused: { type: 'file', file: fileOf(0) },
          code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK',
        },
        'a text without buttons': {
          taken: { type: 'text', text: 'Choose' },
          refused: { type: 'text', text: 'Choose', buttons: { place: 'inline', rows: [[{ text: 'Yes' }]] } },
          code: 'INVALID_MESSAGE_DATA',
        },
      },
    },
  },
});
