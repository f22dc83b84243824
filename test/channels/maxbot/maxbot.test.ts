import { ERRORS } from '#channels/maxbot/errors';
import { createMaxbot } from '#channels/maxbot/index';
import { WANTED_UPDATES } from '#channels/maxbot/kinds';
import { describeMessenger } from '#test/channels/contract';
import { textTo } from '#test/channels/messages';
import { MAX_TOKEN, type MaxDouble, startMax } from '#test/doubles/max';
import { ECHO, messageWith, notice, TEXT, withAttachment } from './updates.ts';

const no = (status: number, code: string, message: string) => ({ status, body: { code, message } });
const text = (length: number) => ({ type: 'text', text: 'x'.repeat(length) }) as const;
const file = (size: number) =>
  ({
    type: 'file',
    file: { kind: 'document', mimeType: 'application/pdf', name: 'a.pdf', size, open: async () => [] },
  }) as never;
const buttons = (...rows: object[][]) => ({ ...text(1), buttons: { place: 'inline', rows } }) as never;
const rowOf = (length: number, button: object = { text: 'a' }) => Array.from({ length }, () => button);

async function startWithPerson(): Promise<MaxDouble> {
  const max = await startMax();
  max.person(10001);
  return max;
}

describeMessenger('maxbot', {
  create: (setupTimeoutMs) => createMaxbot({ setupTimeoutMs }),
  double: startWithPerson,
  fixtures: {
    verify: {
      secret: 'right-secret_0123456789',
      headers: (_, secret) => ({ 'x-max-bot-api-secret': secret }),
    },
    webhooks: {
      clientText: {
        body: TEXT,
        expected: {
          chatId: '10001',
          providerId: 'mid.0000000008a53b9b019c44bd612d33e0',
          time: 1770679787821,
          text: 'Ещё в продаже?',
          authorId: '10001',
        },
      },
      unknownKind: withAttachment({ type: 'hologram', payload: { url: 'https://i.oneme.ru/h' } }),
      service: notice('dialog_muted', { muted_until: 1770680000000 }),
      echo: {
        body: ECHO,
        expected: { chatId: '10001', providerId: 'mid.0000000008a53b9b019c44432d4a3a70', time: 1770671779146 },
      },
      leftAlone: messageWith({ recipient: { chat_id: -72000000001, chat_type: 'chat' } }),
      foreign: {
        null: null,
        'a string': 'update',
        'an array': [TEXT],
        'an empty object': {},
        'a Telegram update': { update_id: 1, message: { text: 'hi' } },
        'no kind': { ...TEXT, update_type: undefined },
        'an endless kind': { ...TEXT, update_type: 'x'.repeat(65) },
        'no time': { ...TEXT, timestamp: undefined },
        'a time beyond the calendar': { ...TEXT, timestamp: 9e15 },
      },
    },
    files: {
      sent(double) {
        const bytes = Buffer.from('RIFF....WEBP');
        (double as MaxDouble).files.set('photo', bytes);
        (double as MaxDouble).videos.set('vt-1', bytes);
        return { fileId: `vt-1 ${double.baseUrl}/files/photo`, bytes };
      },
      outcomes: {
        'a video that is gone': { method: 'GET videos/vt-1', ...no(404, 'not.found', 'Video not found'), kind: 'gone' },
        'a video without a file': { method: 'GET videos/vt-1', status: 200, body: { urls: null }, kind: 'gone' },
        'a revoked token': {
          method: 'GET videos/vt-1',
          ...no(401, 'verify.token', 'Invalid access_token'),
          kind: 'unauthorized',
        },
        'too many requests': {
          method: 'GET videos/vt-1',
          status: 429,
          body: { code: 'too.many.requests', message: '' },
          kind: 'later',
          afterSeconds: 1,
        },
        'a 500': { method: 'GET videos/vt-1', status: 500, body: {}, kind: 'later' },
      },
    },
    credentials: {
      input: (baseUrl) => ({ botToken: MAX_TOKEN, apiBaseUrl: baseUrl }),
      secrets: [MAX_TOKEN],
      wrong: {
        nothing: { input: undefined, fields: ['credentials.botToken'] },
        'no token': { input: {}, fields: ['credentials.botToken'] },
        'a short token': { input: { botToken: 'short' }, fields: ['credentials.botToken'] },
        'a line break in it': { input: { botToken: `${MAX_TOKEN}\n` }, fields: ['credentials.botToken'] },
        'a word before it': { input: { botToken: `Bearer ${MAX_TOKEN}` }, fields: ['credentials.botToken'] },
        'another protocol': {
          input: { botToken: MAX_TOKEN, apiBaseUrl: 'ftp://x' },
          fields: ['credentials.apiBaseUrl'],
        },
        both: { input: { botToken: '', apiBaseUrl: '' }, fields: ['credentials.botToken', 'credentials.apiBaseUrl'] },
      },
    },
    connect: {
      method: 'GET me',
      identity: { id: '229229229', plainId: 'konvert_bot', name: 'Konvert' },
      refused: { ...no(401, 'verify.token', 'Invalid access_token'), words: 'Invalid access_token' },
    },
    register: {
      method: 'POST subscriptions',
      unregisterMethod: 'GET subscriptions',
      read: (body) => {
        const { url, secret } = body as Record<string, unknown>;
        return { url, secret };
      },
      typedIn: (secretToken) => ({ secretToken, webhookFields: WANTED_UPDATES }),
    },
    send: {
      method: 'POST messages',
      message: textTo('10001', 'Hi', {}, 'max'),
      read: (body) => ({ chatId: '10001', text: (body as { text: unknown }).text }),
      accepted: { status: 200, body: { message: { body: { mid: 'mid.1' } } } },
      refused: {
        ...no(403, 'chat.denied', 'Key: error.dialog.suspended'),
        code: 'chat.denied',
        description: 'Key: error.dialog.suspended',
      },
      unauthorized: {
        ...no(401, 'verify.token', 'Invalid access_token'),
        code: 'verify.token',
        description: 'Invalid access_token',
      },
      throttled: { ...no(429, 'too.many.requests', 'Too many requests'), seconds: 1 },
      table: ERRORS,
      errors: {
        'too.many.requests': { ...no(400, 'too.many.requests', ''), kind: 'throttled' },
        'upload.413': { ...no(400, 'upload.413', ''), kind: 'refused', reason: 'TOO_BIG_CONTENT' },
        'a file too big': {
          ...no(400, 'proto.payload', 'errors.process.attachment.size.exceeded'),
          kind: 'refused',
          reason: 'TOO_BIG_CONTENT',
        },
        'chat.denied': { ...no(403, 'chat.denied', 'error.dialog.suspended'), kind: 'refused', reason: 'BAD_CONTACT' },
        'dialog.not.found': { ...no(404, 'dialog.not.found', ''), kind: 'refused', reason: 'BAD_CONTACT' },
        'not.found': { ...no(404, 'not.found', 'Chat with user 1 not found'), kind: 'refused', reason: 'BAD_CONTACT' },
        'attachment.not.ready': { ...no(400, 'attachment.not.ready', ''), kind: 'notReady' },
        'not.processed': {
          ...no(400, 'proto.payload', 'Key: errors.process.attachment.file.not.processed'),
          kind: 'notReady',
        },
        'movie.not.owner': {
          ...no(400, 'proto.payload', 'Key: errors.process.attachment.movie.not.owner'),
          kind: 'refused',
          reason: 'WRONG_CONTENT',
        },
        'proto.payload': { ...no(400, 'proto.payload', 'Unexpected'), kind: 'refused', reason: 'GENERAL_ERROR' },
        'a text too long': {
          ...no(400, 'proto.payload', 'text: size must be between 0 and 4000'),
          kind: 'refused',
          reason: 'TOO_LONG_TEXT',
        },
        'access.denied': {
          ...no(403, 'access.denied', 'Bot is blocked'),
          kind: 'unauthorized',
          reason: 'CHANNEL_REJECTED',
        },
        'internal.error': { ...no(400, 'internal.error', 'Oops'), kind: 'unreachable' },
        'a code that is new': { ...no(400, 'brand.new', 'Hm'), kind: 'refused', reason: 'UNKNOWN_ERROR' },
        'a no in a 200': {
          status: 200,
          body: { success: false, message: 'Hm' },
          kind: 'refused',
          reason: 'GENERAL_ERROR',
        },
        'a bare 401': { status: 401, body: '', kind: 'unauthorized', reason: 'CHANNEL_REJECTED' },
      },
      limits: {
        'a text': { taken: text(4000), refused: text(4001), code: 'MESSAGE_TEXT_TOO_LONG' },
        'a file': { taken: file(52_428_800), refused: file(52_428_801), code: 'MESSAGES_CONTENT_SIZE_EXCEEDED' },
        'an empty file': { taken: file(1), refused: file(0), code: 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK' },
        'a row': { taken: buttons(rowOf(7)), refused: buttons(rowOf(8)), code: 'INVALID_MESSAGE_DATA' },
        'a row with links': {
          taken: buttons(rowOf(3, { text: 'a', url: 'https://a.example' })),
          refused: buttons(rowOf(4, { text: 'a', url: 'https://a.example' })),
          code: 'INVALID_MESSAGE_DATA',
        },
        rows: {
          taken: buttons(...Array.from({ length: 30 }, () => rowOf(7))),
          refused: buttons(...Array.from({ length: 31 }, () => rowOf(1))),
          code: 'INVALID_MESSAGE_DATA',
        },
        'a label': {
          taken: buttons([{ text: 'x'.repeat(128) }]),
          refused: buttons([{ text: 'x'.repeat(129) }]),
          code: 'INVALID_MESSAGE_DATA',
        },
        'a payload': {
          taken: buttons([{ text: 'a', payload: 'x'.repeat(1024) }]),
          refused: buttons([{ text: 'a', payload: 'x'.repeat(1025) }]),
          code: 'INVALID_MESSAGE_DATA',
        },
        'a template': {
          taken: text(1),
          refused: { type: 'template', templateId: '1', values: [] },
          code: 'MESSAGE_WRONG_CONTENT_TYPE',
        },
      },
    },
  },
});
