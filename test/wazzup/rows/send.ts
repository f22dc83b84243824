import { expect } from 'vitest';
import { any32Hex, message, messageOfNumber, type Row, refusedMessage, sentTo } from '../row.ts';
import {
  clientWrites,
  clientWritesToNumber,
  hasLeft,
  historyHas,
  inVain,
  metaWasTold,
  pass,
  telegramWasTold,
  unanswered,
} from '../steps.ts';

const POST = 'POST /v3/message';
const FIRST = { ask: POST, body: message({ text: 'the first' }), keep: 'first' };
const WRITTEN = clientWrites('hello');

/** A message that is refused as wrong, with the names of its wrong fields. */
function wrong(of: string, says: string, fields: Readonly<Record<string, unknown>>, ...names: string[]): Row {
  const section = '3.1';
  return { section, of, says, call: { ask: POST, body: message(fields) }, expect: invalid(...names) };
}

function invalid(...fields: string[]) {
  return refusedMessage('INVALID_MESSAGE_DATA', { fields }, 'Message data is invalid');
}

/** Section 3.1. */
const fields: readonly Row[] = [
  {
    section: '3.1',
    of: ['messageId', 'answered chatId', 'text'],
    says: 'a message is taken with 201, its id and the chat id',
    call: { ask: POST, body: message(), keep: 'sent' },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendMessage', { chat_id: 501, text: 'hello' })],
  },
  {
    section: '3.1',
    of: 'messageId',
    says: 'the id is the one of later events and of the history',
    given: [{ ask: POST, body: message(), keep: 'sent' }, hasLeft],
    call: 'GET /v1/chats/{bot}/telegram/501/messages',
    expect: { status: 200 },
    afterwards: [historyHas('501', { messageId: '{sent.messageId}', text: 'hello' })],
  },
  {
    section: '3.1',
    of: 'accepted, not delivered',
    says: 'a text outside the window of WhatsApp is taken, and fails later',
    given: [clientWritesToNumber('hello'), pass(25 * 3_600_000)],
    call: { ask: POST, body: messageOfNumber() },
    expect: sentTo('79001112233'),
    afterwards: [historyHas('79001112233', { status: 'error', error: { error: '24_HOURS_EXCEEDED' } })],
  },
  {
    section: '3.1',
    of: 'accepted, not delivered',
    says: 'a text to somebody who does not have the bot is taken',
    call: { ask: POST, body: message({ chatId: '999' }) },
    expect: sentTo('999'),
  },
  wrong('channelId', 'channelId is required', { channelId: undefined }, 'channelId'),
  wrong('channelId', 'channelId is a text', { channelId: 5 }, 'channelId'),
  wrong('chatType', 'chatType is required', { chatType: undefined }, 'chatType'),
  wrong('chatType', 'a transport is no chatType: wapi', { chatType: 'wapi' }, 'chatType'),
  wrong('chatType', 'a transport is no chatType: tgapi', { chatType: 'tgapi' }, 'chatType'),
  wrong('chatType', 'a transport is no chatType: maxbot', { chatType: 'maxbot' }, 'chatType'),
  wrong('instacomment', 'the chatType of one old client is none', { chatType: 'instacomment' }, 'chatType'),
  wrong('chatId', 'chatId is required', { chatId: undefined }, 'chatId'),
  wrong('chatId', 'chatId may not be empty', { chatId: '' }, 'chatId'),
  wrong('text', 'text is a text', { text: { body: 'hello' } }, 'text'),
  {
    section: '3.1',
    of: 'text',
    says: 'several wrong fields are all named',
    call: { ask: POST, body: { text: 5 } },
    expect: invalid('channelId', 'chatType', 'chatId', 'text'),
  },
  {
    section: '3.1',
    says: 'an array in the place of a message',
    call: { ask: POST, body: [] },
    expect: refusedMessage('INVALID_MESSAGE_DATA', { fields: [] }, 'Message data is invalid'),
  },
  {
    section: '3.1',
    of: 'text',
    says: 'a text or a file is needed',
    call: { ask: POST, body: message({ text: undefined }) },
    expect: refusedMessage('MESSAGE_NOTHING_TO_SEND', { fields: ['text'] }),
  },
  {
    section: '3.1',
    of: 'contentUri',
    says: 'a file is fetched at once',
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/picture.png' }) },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendPhoto', { chat_id: 501 })],
  },
  {
    section: '3.1',
    of: 'contentUri',
    says: 'redirects are not followed',
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/moved.png' }) },
    expect: refusedMessage('MESSAGE_DOWNLOAD_CONTENT_ERROR', { fields: ['contentUri'] }),
  },
  {
    section: '3.1',
    of: 'contentUri',
    says: 'never together with a text',
    call: { ask: POST, body: message({ contentUri: '{files}/picture.png' }) },
    expect: refusedMessage('MESSAGE_ONLY_TEXT_OR_CONTENT', { fields: ['text', 'contentUri'] }),
  },
  {
    section: '3.1',
    of: 'contentUri',
    says: 'an empty text beside a file does not count',
    call: { ask: POST, body: message({ text: '', contentUri: '{files}/price.pdf' }) },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendDocument', { chat_id: 501 })],
  },
  wrong(
    'contentUri',
    'contentUri is a web address',
    { text: undefined, contentUri: 'file:///etc/passwd' },
    'contentUri',
  ),
  {
    section: '3.1',
    of: 'refMessageId',
    says: 'a message of the client is quoted',
    given: [WRITTEN, { ask: 'GET /v1/chats/{bot}/telegram/501/messages', keep: 'history' }],
    call: { ask: POST, body: message({ refMessageId: '{history.messages.0.messageId}' }) },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendMessage', { reply_parameters: { message_id: 1 } })],
  },
  {
    section: '3.1',
    of: 'refMessageId',
    says: 'a message of the team is quoted',
    given: [FIRST, hasLeft],
    call: { ask: POST, body: message({ text: 'the second', refMessageId: '{first.messageId}' }) },
    expect: sentTo(),
    afterwards: [historyHas('501', { text: 'the second', quotedMessage: { messageId: '{first.messageId}' } })],
  },
  {
    section: '3.1',
    of: 'refMessageId',
    says: 'on WABA, too',
    given: [
      clientWritesToNumber('hello'),
      { ask: 'GET /v1/chats/{number}/whatsapp/79001112233/messages', keep: 'history' },
    ],
    call: { ask: POST, body: messageOfNumber({ refMessageId: '{history.messages.0.messageId}' }) },
    expect: sentTo('79001112233'),
    afterwards: [metaWasTold({ type: 'text', context: { message_id: expect.stringMatching(/^wamid/) } })],
  },
  {
    section: '3.1',
    of: 'refMessageId',
    says: 'an unknown message cannot be quoted',
    call: { ask: POST, body: message({ refMessageId: '{nobody}' }) },
    expect: refusedMessage('REFERENCE_MESSAGE_NOT_FOUND', { fields: ['refMessageId'] }),
  },
  {
    section: '3.1',
    of: 'refMessageId',
    says: 'nor one of another chat',
    given: [FIRST],
    call: { ask: POST, body: message({ chatId: '502', refMessageId: '{first.messageId}' }) },
    expect: refusedMessage('REFERENCE_MESSAGE_NOT_FOUND', { fields: ['refMessageId'] }),
  },
  {
    section: '3.1',
    of: 'crmUserId',
    says: 'a user who is known is the sender that the chat shows',
    given: [
      { ask: 'POST /v3/users', body: [{ id: '17', name: 'Olga' }] },
      {
        ask: 'PUT /v1/settings/channels/{bot}',
        body: { newClients: { mode: 'unsorted' }, userRoles: [{ userId: '17', role: 'manager' }] },
      },
    ],
    call: { ask: POST, body: message({ crmUserId: '17' }) },
    expect: sentTo(),
    afterwards: [historyHas('501', { authorId: '17', authorName: 'Olga' })],
  },
  {
    section: '3.1',
    of: 'crmUserId',
    says: 'the id may be a number',
    call: { ask: POST, body: message({ crmUserId: 17 }) },
    expect: sentTo(),
    afterwards: [historyHas('501', { authorId: '17' })],
  },
  {
    section: '3.1',
    of: 'crmUserId',
    says: 'a user who is not known does not hinder the message',
    call: { ask: POST, body: message({ crmUserId: 'robot' }) },
    expect: sentTo(),
    afterwards: [historyHas('501', { authorId: 'robot' })],
  },
  {
    section: '3.1',
    of: 'crmMessageId',
    says: 'the id of the CRM may be a number',
    given: [{ ask: POST, body: message({ crmMessageId: 7 }) }],
    call: { ask: POST, body: message({ crmMessageId: '7' }) },
    expect: refusedMessage('REPEATED_CRM_MESSAGE_ID', { crmMessageId: '7' }),
  },
  {
    section: '3.1',
    of: ['username', 'phone'],
    says: 'a bot cannot write first: a phone or a user name is no chatId',
    call: { ask: POST, body: message({ chatId: undefined, phone: '79001112233', username: 'anna' }) },
    expect: invalid('chatId'),
  },
  {
    section: '3.1',
    of: ['username', 'phone'],
    says: 'beside a chatId they are ignored',
    call: { ask: POST, body: message({ phone: '79001112233', username: 'anna' }) },
    expect: sentTo(),
  },
  {
    section: '3.1',
    of: 'clearUnanswered',
    says: 'an outgoing message clears the unanswered counter',
    given: [WRITTEN],
    call: { ask: POST, body: message() },
    expect: sentTo(),
    afterwards: [unanswered('501', false)],
  },
  {
    section: '3.1',
    of: 'clearUnanswered',
    says: 'so it does with true',
    given: [WRITTEN],
    call: { ask: POST, body: message({ clearUnanswered: true }) },
    expect: sentTo(),
    afterwards: [unanswered('501', false)],
  },
  {
    section: '3.1',
    of: 'clearUnanswered',
    says: 'with false the counter stays',
    given: [WRITTEN],
    call: { ask: POST, body: message({ clearUnanswered: false }) },
    expect: sentTo(),
    afterwards: [unanswered('501', true)],
  },
  wrong('clearUnanswered', 'clearUnanswered is true or false', { clearUnanswered: 'no' }, 'clearUnanswered'),
  {
    section: '3.1',
    of: 'markup',
    says: 'stars, lines, waves and back quotes are formatting in a Telegram bot',
    call: { ask: POST, body: message({ text: '*bold* _italic_ ~strike~ ```mono```' }) },
    expect: sentTo(),
    afterwards: [
      telegramWasTold('sendMessage', {
        text: 'bold italic strike mono',
        entities: [{ type: 'bold' }, { type: 'italic' }, { type: 'strikethrough' }, { type: 'pre' }],
      }),
    ],
  },
  {
    section: '3.1',
    of: 'markup',
    says: 'so are the tags b, i, u and s',
    call: { ask: POST, body: message({ text: '<b>bold</b> <i>italic</i> <u>under</u> <s>strike</s>' }) },
    expect: sentTo(),
    afterwards: [
      telegramWasTold('sendMessage', {
        text: 'bold italic under strike',
        entities: [{ type: 'bold' }, { type: 'italic' }, { type: 'underline' }, { type: 'strikethrough' }],
      }),
    ],
  },
  {
    section: '3.1',
    of: 'markup',
    says: 'WhatsApp has the same marks itself and gets the text as it is',
    given: [clientWritesToNumber('hello')],
    call: { ask: POST, body: messageOfNumber({ text: '*bold* _italic_' }) },
    expect: sentTo('79001112233'),
    afterwards: [metaWasTold({ type: 'text', text: { body: '*bold* _italic_' } })],
  },
  {
    section: '3.1',
    of: 'voice',
    says: 'a Telegram audio file up to 1 MB in .ogg becomes a voice message',
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/voice.ogg' }) },
    expect: sentTo(),
    afterwards: [telegramWasTold('sendVoice', { chat_id: 501 })],
  },
];

/** What may be left out, and is sent with nothing in it. */
const nothing: readonly Row[] = [
  ['refMessageId', ''],
  ['refMessageId', null],
  ['crmUserId', ''],
  ['crmMessageId', ''],
  ['contentUri', ''],
  ['contentUri', null],
  ['templateId', ''],
  ['templateValues', []],
  ['clearUnanswered', null],
  ['buttonsObject', null],
  ['buttonsObject', ''],
  ['buttonsObject', []],
  ['buttonsObject', {}],
  ['buttonsObject', { replyMarkup: '', buttons: [] }],
  ['buttonsObject', [[]]],
].map(([of, empty]) => {
  const call = { ask: POST, body: message({ [String(of)]: empty }) };
  return {
    section: '3.1',
    of: String(of),
    says: `${of}: ${JSON.stringify(empty)} is nothing`,
    given: [call],
    call,
    expect: sentTo(),
    afterwards: [
      hasLeft,
      async (playing) => {
        const { body } = await playing.call('GET /v1/chats/{bot}/telegram/501/messages');
        for (const line of body.messages) {
          expect(line).toMatchObject({ text: 'hello' });
          expect(line).not.toHaveProperty('authorId');
          expect(line).not.toHaveProperty('quotedMessage');
          expect(line).not.toHaveProperty('buttons');
        }
      },
    ],
  };
});

/** A chat id that the messenger of the channel has, as 3.2 writes it. */
function taken(of: string, says: string, body: object, chatId: string): Row {
  return { section: '3.2', of, says, call: { ask: POST, body }, expect: sentTo(chatId) };
}

/** A chat type that no channel of ours has. */
function foreign(chatType: string): Row {
  return {
    section: '3.2',
    of: chatType,
    says: `${chatType}: no transport of ours carries it`,
    call: { ask: POST, body: message({ chatType }) },
    expect: refusedMessage(
      'WRONG_TRANSPORT',
      { channelId: '{bot}', transport: 'telegram', chatType },
      `You can't send message to ${chatType} chat from telegram transport`,
    ),
  };
}

const chatIds: readonly Row[] = [
  taken('whatsapp', 'digits with country code', messageOfNumber(), '79001112233'),
  taken('whatsapp', 'the digits as a number', messageOfNumber({ chatId: 79001112233 }), '79001112233'),
  taken('whatsapp', 'a leading plus is read as the digits', messageOfNumber({ chatId: '+79001112233' }), '79001112233'),
  taken('whatsapp', 'so are signs that people write', messageOfNumber({ chatId: '+7 (900) 111-22-33' }), '79001112233'),
  {
    section: '3.2',
    of: 'whatsapp',
    says: 'what can be no number is refused',
    call: { ask: POST, body: messageOfNumber({ chatId: 'anna' }) },
    expect: invalid('chatId'),
  },
  taken('telegram', 'the id of the messenger', message({ chatId: '812345' }), '812345'),
  taken('telegram', 'the id as a number', message({ chatId: 812345 }), '812345'),
  {
    section: '3.2',
    of: 'telegram',
    says: 'what can be no id of Telegram is refused',
    call: { ask: POST, body: message({ chatId: 'anna' }) },
    expect: invalid('chatId'),
  },
  ...['viber', 'instagram', 'whatsgroup', 'vk', 'avito', 'telegroup', 'max', 'maxgroup'].map(foreign),
];

const limits: readonly Row[] = [
  {
    section: '3.3',
    of: 'Telegram',
    says: 'Telegram takes 4,096 characters',
    call: { ask: POST, body: message({ text: 'a'.repeat(4_096) }) },
    expect: sentTo(),
  },
  {
    section: '3.3',
    of: 'Telegram',
    says: 'and no more',
    call: { ask: POST, body: message({ text: 'a'.repeat(4_097) }) },
    expect: refusedMessage('MESSAGES_TOO_LONG_TELEGRAM', { fields: ['text'] }),
  },
  {
    section: '3.3',
    of: 'Telegram',
    says: 'marks of formatting do not count',
    call: { ask: POST, body: message({ text: `*${'a'.repeat(4_096)}*` }) },
    expect: sentTo(),
  },
  {
    section: '3.3',
    of: 'WABA',
    says: 'a text of WABA has 4,096 characters',
    given: [clientWritesToNumber('hello')],
    call: { ask: POST, body: messageOfNumber({ text: 'a'.repeat(4_096) }) },
    expect: sentTo('79001112233'),
  },
  {
    section: '3.3',
    of: 'WABA',
    says: 'a longer one is refused',
    call: { ask: POST, body: messageOfNumber({ text: 'a'.repeat(4_097) }) },
    expect: refusedMessage('MESSAGES_TOO_LONG_WABA', { fields: ['text'] }),
  },
  {
    section: '3.3',
    of: 'WABA',
    says: 'a text above buttons of WABA has 1,024',
    call: {
      ask: POST,
      body: messageOfNumber({ text: 'a'.repeat(1_025), buttonsObject: { buttons: [{ text: 'Yes' }] } }),
    },
    expect: refusedMessage('MESSAGES_TOO_LONG_WABA', { fields: ['buttonsObject'] }),
  },
  {
    section: '3.3',
    of: '10 MB',
    says: 'a file of more than 10 MB is refused',
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/11-megabytes.png' }) },
    expect: refusedMessage('MESSAGES_CONTENT_SIZE_EXCEEDED', { fields: ['contentUri'] }),
  },
  {
    section: '3.3',
    of: 'WABA files',
    says: 'WABA takes pictures up to 5 MB',
    call: { ask: POST, body: messageOfNumber({ text: undefined, contentUri: '{files}/6-megabytes.png' }) },
    expect: refusedMessage('MESSAGES_CONTENT_SIZE_EXCEEDED_WABA', { fields: ['contentUri'] }),
  },
  {
    section: '3.3',
    of: 'Telegram files',
    says: 'a picture of more than 5 MB reaches Telegram, too',
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/6-megabytes.png' }) },
    expect: sentTo(),
    afterwards: [historyHas('501', { type: 'image', status: 'sent' })],
  },
];

const ONCE = { ask: POST, body: message({ crmMessageId: 'crm-1' }) };

const once: readonly Row[] = [
  {
    section: '3.4',
    of: 'twice within 60 s',
    says: 'a second message of the same crmMessageId within 60 s is refused',
    given: [ONCE, pass(59_000)],
    call: ONCE,
    expect: {
      status: 400,
      body: {
        status: 400,
        requestId: any32Hex,
        error: 'REPEATED_CRM_MESSAGE_ID',
        description: 'You have already sent message with same crmMessageId',
        data: { crmMessageId: 'crm-1' },
      },
    },
  },
  {
    section: '3.4',
    of: 'twice within 60 s',
    says: 'whatever else the second one says',
    given: [ONCE],
    call: { ask: POST, body: message({ chatId: '502', text: 'another', crmMessageId: 'crm-1' }) },
    expect: refusedMessage('REPEATED_CRM_MESSAGE_ID', { crmMessageId: 'crm-1' }),
  },
  {
    section: '3.4',
    of: 'after 60 s',
    says: 'after 60 s the same crmMessageId is taken again',
    given: [ONCE, pass(60_000)],
    call: ONCE,
    expect: sentTo(),
  },
  {
    section: '3.4',
    of: 'scope',
    says: 'it is remembered for the account, whatever the channel',
    given: [ONCE],
    call: { ask: POST, body: messageOfNumber({ crmMessageId: 'crm-1' }) },
    expect: refusedMessage('REPEATED_CRM_MESSAGE_ID', { crmMessageId: 'crm-1' }),
  },
  {
    section: '3.4',
    of: 'scope',
    says: 'a message that was refused may be sent again',
    given: [inVain({ ask: POST, body: message({ text: '', crmMessageId: 'crm-1' }) })],
    call: ONCE,
    expect: sentTo(),
  },
  {
    section: '3.4',
    says: 'without a crmMessageId the same message is sent twice',
    given: [{ ask: POST, body: message() }],
    call: { ask: POST, body: message() },
    expect: sentTo(),
    afterwards: [async (playing) => expect(await playing.toldTelegram('sendMessage')).toHaveLength(2)],
  },
];

const errors: readonly Row[] = [
  {
    section: '3.5',
    of: 'INVALID_MESSAGE_DATA',
    says: 'INVALID_MESSAGE_DATA names the fields',
    call: { ask: POST, body: message({ chatType: 'sms' }) },
    expect: refusedMessage('INVALID_MESSAGE_DATA', { fields: ['chatType'] }, 'Message data is invalid'),
  },
  {
    section: '3.5',
    of: 'WRONG_TRANSPORT',
    says: 'WRONG_TRANSPORT names the channel, its transport and the chat type',
    call: { ask: POST, body: messageOfNumber({ chatType: 'vk' }) },
    expect: refusedMessage(
      'WRONG_TRANSPORT',
      { channelId: '{number}', transport: 'wapi', chatType: 'vk' },
      "You can't send message to vk chat from wapi transport",
    ),
  },
  {
    section: '3.5',
    of: 'REPEATED_CRM_MESSAGE_ID',
    says: 'REPEATED_CRM_MESSAGE_ID names the id',
    given: [ONCE],
    call: ONCE,
    expect: refusedMessage(
      'REPEATED_CRM_MESSAGE_ID',
      { crmMessageId: 'crm-1' },
      'You have already sent message with same crmMessageId',
    ),
  },
];

/** Sections 3.1 to 3.5. */
export const rows: readonly Row[] = [...fields, ...nothing, ...chatIds, ...limits, ...once, ...errors];
