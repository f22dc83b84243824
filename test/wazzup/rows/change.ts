import { expect } from 'vitest';
import { message, messageOfNumber, type Row, refusedMessage } from '../row.ts';
import {
  clientWrites,
  clientWritesToNumber,
  hasLeft,
  historyHas,
  pass,
  telegramAnswers,
  telegramWasTold,
} from '../steps.ts';

const POST = 'POST /v3/message';
const PATCH = 'PATCH /v3/message/{sent.messageId}';
const DELETE = 'DELETE /v3/message/{sent.messageId}';
const DAY_MS = 24 * 3_600_000;

const SENT = [{ ask: POST, body: message(), keep: 'sent' }, hasLeft] as const;
const SENT_FILE = [
  { ask: POST, body: message({ text: undefined, contentUri: '{files}/price.pdf' }), keep: 'sent' },
  hasLeft,
] as const;
const SENT_BY_NUMBER = [
  clientWritesToNumber('hello'),
  { ask: POST, body: messageOfNumber(), keep: 'sent' },
  hasLeft,
] as const;
/** Ivan sells, and the client of the bot is Olga's. */
const TEAM = [
  clientWrites('hello'),
  {
    ask: 'POST /v3/users',
    body: [
      { id: '17', name: 'Olga' },
      { id: '18', name: 'Ivan' },
    ],
  },
  {
    ask: 'PUT /v1/settings/channels/{bot}',
    body: {
      newClients: { mode: 'unsorted' },
      userRoles: [
        { userId: '17', role: 'manager' },
        { userId: '18', role: 'seller' },
      ],
    },
  },
  {
    ask: 'POST /v3/contacts',
    body: [{ id: '1', name: 'Anna', responsibleUserId: '17', contactData: [{ chatType: 'telegram', chatId: '501' }] }],
  },
] as const;

const DONE = { status: 200, body: { messageId: '{sent.messageId}' } };

const edits: readonly Row[] = [
  {
    section: '3.6',
    of: 'text',
    says: 'a message says something else, at the messenger and in the history',
    given: SENT,
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: DONE,
    afterwards: [
      telegramWasTold('editMessageText', { chat_id: 501, text: 'good day' }),
      historyHas('501', { text: 'good day', isEdited: true, oldInfo: { oldText: 'hello' } }),
    ],
  },
  {
    section: '3.6',
    of: 'text',
    says: 'the same edit once more is done',
    given: [...SENT, { ask: PATCH, body: { text: 'good day' } }],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: DONE,
  },
  {
    section: '3.6',
    of: 'text',
    says: 'a slash at the end, null beside the text and unknown fields do not count',
    given: SENT,
    call: { ask: `${PATCH}/`, body: { text: 'good day', contentUri: null, crmMessageId: '5' } },
    expect: DONE,
  },
  {
    section: '3.6',
    of: 'text',
    says: 'marks are formatting, as in a new message',
    given: SENT,
    call: { ask: PATCH, body: { text: 'good *day*' } },
    expect: DONE,
    afterwards: [telegramWasTold('editMessageText', { text: 'good day', entities: [{ type: 'bold' }] })],
  },
  {
    section: '3.6',
    of: 'text',
    says: 'a message of the client is not edited',
    given: [clientWrites('hello'), { ask: 'GET /v1/chats/{bot}/telegram/501/messages', keep: 'history' }],
    call: { ask: 'PATCH /v3/message/{history.messages.0.messageId}', body: { text: 'good day' } },
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.6',
    of: 'text',
    says: 'nor one that was deleted',
    given: [...SENT, { ask: DELETE }],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.6',
    of: 'text',
    says: 'a channel that was switched off changes nothing',
    given: [...SENT, { ask: 'PATCH /v1/channels/{bot}', body: { enabled: false } }],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('CHANNEL_BLOCKED', { channelId: '{bot}' }),
  },
  {
    section: '3.6',
    of: 'text',
    says: 'if the messenger asks to wait, nothing is changed',
    given: [
      ...SENT,
      telegramAnswers('editMessageText', 429, 'Too Many Requests: retry after 7', { parameters: { retry_after: 7 } }),
    ],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('TOO_MANY_EXT_REQS', { retryAfterSeconds: 7 }, undefined, 429),
  },
  {
    section: '3.6',
    of: 'text',
    says: 'a body that is no JSON',
    given: SENT,
    call: { ask: PATCH, body: 'text=good day' },
    expect: refusedMessage('INVALID_JSON'),
  },
  {
    section: '3.6',
    of: 'text',
    says: 'the text has the limits of a new one',
    given: SENT,
    call: { ask: PATCH, body: { text: 'a'.repeat(4_097) } },
    expect: refusedMessage('MESSAGES_TOO_LONG_TELEGRAM', { fields: ['text'] }),
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'a file takes the place of the message',
    given: SENT_FILE,
    call: { ask: PATCH, body: { contentUri: '{files}/picture.png' } },
    expect: DONE,
    afterwards: [telegramWasTold('editMessageMedia', { chat_id: 501 })],
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'so it does if the message was a text',
    given: SENT,
    call: { ask: PATCH, body: { contentUri: '{files}/price.pdf' } },
    expect: DONE,
    afterwards: [
      telegramWasTold('editMessageMedia', { chat_id: 501 }),
      historyHas('501', { contentUri: expect.stringMatching(/price\.pdf$/), isEdited: true }),
    ],
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'a file of more than 10 MB changes nothing',
    given: SENT,
    call: { ask: PATCH, body: { contentUri: '{files}/11-megabytes.png' } },
    expect: refusedMessage('MESSAGES_CONTENT_SIZE_EXCEEDED', { fields: ['contentUri'] }),
    afterwards: [historyHas('501', { text: 'hello' })],
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'an empty text beside a file does not count',
    given: SENT_FILE,
    call: { ask: PATCH, body: { text: '', contentUri: '{files}/picture.png' } },
    expect: DONE,
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'a file that cannot be fetched changes nothing',
    given: SENT_FILE,
    call: { ask: PATCH, body: { contentUri: '{files}/broken.png' } },
    expect: refusedMessage('MESSAGE_DOWNLOAD_CONTENT_ERROR', { fields: ['contentUri'] }),
  },
  {
    section: '3.6',
    of: 'contentUri',
    says: 'a file does not become a text again',
    given: SENT_FILE,
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('MESSAGES_ONLY_TEXT_OR_CONTENT', { fields: ['text'] }),
  },
  {
    section: '3.6',
    of: 'one of them',
    says: 'one of the two is required',
    given: SENT,
    call: { ask: PATCH, body: {} },
    expect: refusedMessage('MESSAGES_TEXT_CAN_NOT_BE_BLANK', { fields: ['text'] }),
  },
  {
    section: '3.6',
    of: 'one of them',
    says: 'a text of spaces is none',
    given: SENT,
    call: { ask: PATCH, body: { text: ' ' } },
    expect: refusedMessage('MESSAGES_TEXT_CAN_NOT_BE_BLANK', { fields: ['text'] }),
  },
  {
    section: '3.6',
    of: 'never both',
    says: 'a text and a file together are refused',
    given: SENT,
    call: { ask: PATCH, body: { text: 'good day', contentUri: '{files}/picture.png' } },
    expect: refusedMessage('MESSAGES_ONLY_TEXT_OR_CONTENT', { fields: ['text', 'contentUri'] }),
  },
  {
    section: '3.6',
    of: 'crmUserId',
    says: 'a user who may write in the chat may edit',
    given: [...TEAM, ...SENT],
    call: { ask: PATCH, body: { text: 'good day', crmUserId: '17' } },
    expect: DONE,
  },
  {
    section: '3.6',
    of: 'crmUserId',
    says: 'one who may not is told so',
    given: [...TEAM, ...SENT],
    call: { ask: PATCH, body: { text: 'good day', crmUserId: '18' } },
    expect: refusedMessage('CHAT_NO_ACCESS', undefined, undefined, 403),
  },
  {
    section: '3.6',
    of: 'buttons',
    says: 'a message with buttons cannot be edited',
    given: [
      { ask: POST, body: message({ buttonsObject: [[{ text: 'Yes', callbackData: 'y' }]] }), keep: 'sent' },
      hasLeft,
    ],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('MESSAGES_CONTAIN_BUTTONS'),
  },
  {
    section: '3.6',
    of: 'WABA',
    says: 'WABA cannot edit',
    given: SENT_BY_NUMBER,
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('CHANNEL_INVALID_TRANSPORT_FOR_EDITING', { channelId: '{number}', transport: 'wapi' }),
  },
  {
    section: '3.6',
    of: 'window',
    says: 'an edit that the messenger finds too late',
    given: [...SENT, telegramAnswers('editMessageText', 400, "Bad Request: message can't be edited")],
    call: { ask: PATCH, body: { text: 'good day' } },
    expect: refusedMessage('MESSAGES_EDITING_TIME_EXPIRED', { code: '400' }),
  },
];

const deletions: readonly Row[] = [
  {
    section: '3.7',
    of: 'no body',
    says: 'a message is gone, at the messenger and in the history',
    given: SENT,
    call: DELETE,
    expect: DONE,
    afterwards: [telegramWasTold('deleteMessage', { chat_id: 501 }), historyHas('501', { isDeleted: true })],
  },
  {
    section: '3.7',
    of: 'no body',
    says: 'once more is done',
    given: [...SENT, { ask: DELETE }],
    call: DELETE,
    expect: DONE,
  },
  {
    section: '3.7',
    of: 'no body',
    says: 'a body that comes all the same does not count',
    given: SENT,
    call: { ask: `${DELETE}/`, body: [] },
    expect: DONE,
  },
  {
    section: '3.7',
    of: 'no body',
    says: 'a file, a message with buttons: all of the team’s messages',
    given: SENT_FILE,
    call: DELETE,
    expect: DONE,
  },
  {
    section: '3.7',
    of: 'unknown',
    says: 'a message that is not there',
    call: 'DELETE /v3/message/{nobody}',
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.7',
    of: 'unknown',
    says: 'an id of any shape',
    call: 'DELETE /v3/message/12345',
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.7',
    of: 'unknown',
    says: 'a message of the client',
    given: [clientWrites('hello'), { ask: 'GET /v1/chats/{bot}/telegram/501/messages', keep: 'history' }],
    call: 'DELETE /v3/message/{history.messages.0.messageId}',
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.7',
    of: 'unknown',
    says: 'a message of another account',
    given: SENT,
    call: { ask: DELETE, headers: { authorization: 'Bearer {otherKey}' } },
    expect: refusedMessage('MESSAGES_NOT_FOUND'),
  },
  {
    section: '3.7',
    of: 'WABA',
    says: 'WABA cannot delete',
    given: SENT_BY_NUMBER,
    call: DELETE,
    expect: refusedMessage('CHANNEL_INVALID_TRANSPORT_FOR_DELETION', { channelId: '{number}', transport: 'wapi' }),
  },
  {
    section: '3.7',
    of: 'window',
    says: 'Telegram deletes for 48 hours',
    given: [...SENT, pass(2 * DAY_MS + 60_000)],
    call: DELETE,
    expect: refusedMessage('MESSAGES_DELETION_TIME_EXPIRED'),
  },
  {
    section: '3.7',
    of: 'no access',
    says: 'a user who may not write in the chat',
    given: [...TEAM, ...SENT],
    call: { ask: DELETE, headers: { 'konvert-user': '18' } },
    expect: refusedMessage('CHAT_NO_ACCESS', undefined, undefined, 403),
  },
];

/** Sections 3.6 and 3.7. */
export const rows: readonly Row[] = [...edits, ...deletions];
