import { expect } from 'vitest';
import { messageOf } from '#test/world';
import { OLGA, push, settings } from '../entities.ts';
import { clientSends, clientSendsToNumber, metaTells, notTold, told } from '../event-steps.ts';
import { anyText, anyTime, anyUuid, message, messageOfNumber, type Row, type Step, sentTo } from '../row.ts';
import { clientWrites, clientWritesToNumber, hasLeft, inVain, pass, subscribed, telegramAnswers } from '../steps.ts';
import { GREETING, templates } from '../templates.ts';

const POST = 'POST /v3/message';
const TOLD = { status: 200, body: { ok: true } };
const anyFile = (name: string) =>
  expect.stringMatching(new RegExp(`^https://konvert\\.example/files/[\\w-]+/${name.replace('.', '\\.')}$`));
const anyThing = expect.any(Object);

/** A message of Telegram's client, as the receiver is told. */
const said = (fields: object) => ({
  messageId: anyUuid,
  channelId: '{bot}',
  chatType: 'telegram',
  chatId: '501',
  dateTime: anyTime,
  type: 'text',
  isEcho: false,
  contact: { name: 'Client 501' },
  status: 'inbound',
  ...fields,
});
/** The same of WhatsApp's client. */
const saidToNumber = (fields: object) =>
  said({ channelId: '{number}', chatType: 'whatsapp', chatId: '79001112233', contact: { name: 'Anna' }, ...fields });
/** A message of the team. */
const answered = (fields: object) => said({ isEcho: true, status: 'sent', authorName: 'Admin', ...fields });

/** What the receiver is told when a client says something. */
function hears(of: string | readonly string[], says: string, step: Step, entry: object): Row {
  return { section: '13.2', of, says, call: subscribed, expect: TOLD, afterwards: [step, told('messages', entry)] };
}

const IMAGE = { id: 'm1', mime_type: 'image/jpeg', sha256: 'x' };
const FILE = { file_id: 'f1', file_unique_id: 'u1', file_size: 9 };
const seller = [push('users', OLGA), settings({ 17: 'manager' })];
/** A message of the team that was sent, and of which the receiver has heard. */
const SENT = [subscribed, { ask: POST, body: message(), keep: 'sent' }, hasLeft] as const;
const SENT_TO_NUMBER = [
  subscribed,
  clientWritesToNumber('hello'),
  { ask: POST, body: messageOfNumber(), keep: 'sent' },
  hasLeft,
] as const;
const status = (fields: object) => ({ messageId: '{sent.messageId}', timestamp: anyTime, ...fields });

/** A status of the newest message, in section 13.3. */
function becomes(of: string, says: string, step: Step, entry: object): Row {
  return {
    section: '13.3',
    of: ['messageId', 'timestamp', of],
    says,
    given: SENT_TO_NUMBER,
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [step, told('statuses', status(entry))],
  };
}

/** How a message that does not leave is told: a code of section 13.4. */
function failsInTelegram(code: string, error: number, description: string): Row {
  return {
    section: '13.4',
    of: code,
    says: `${code}: Telegram says ${description}`,
    given: [subscribed, telegramAnswers('sendMessage', error, description)],
    call: { ask: POST, body: message(), keep: 'sent' },
    expect: sentTo(),
    afterwards: [told('statuses', status({ status: 'error', error: { error: code, description: anyText } }))],
  };
}

function failsAtMeta(code: string, error: number): Row {
  return {
    section: '13.4',
    of: code,
    says: `${code}: Meta says ${error}`,
    given: SENT_TO_NUMBER,
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [
      metaTells('failed', error),
      told('statuses', status({ status: 'error', error: { error: code, description: anyText } })),
    ],
  };
}

/** Sections 13.2 to 13.4. */
export const rows: readonly Row[] = [
  hears(
    ['messageId', 'channelId', 'chatType', 'chatId', 'dateTime', 'type', 'text', 'isEcho', 'contact.name', 'status'],
    'a text of a client',
    clientWrites('hello'),
    said({ text: 'hello' }),
  ),
  hears(
    ['text', 'contact.name'],
    'a text of a client in WhatsApp',
    clientWritesToNumber('hello'),
    saidToNumber({ text: 'hello' }),
  ),
  hears(
    'contact.username',
    'a client of Telegram has a username',
    clientSends({ text: 'hello', from: { id: 501, is_bot: false, first_name: 'Anna', username: 'anna' } }),
    said({ text: 'hello', contact: { name: 'Anna', username: 'anna' } }),
  ),
  hears(
    'contact.phone',
    'a client who shared their own card has a phone',
    clientSends({ contact: { phone_number: '79001112233', first_name: 'Anna', user_id: 501 } }),
    said({ type: 'vcard', text: anyText, vcards: anyThing, contact: { name: 'Client 501', phone: '79001112233' } }),
  ),
  hears(
    ['image', 'contentUri'],
    'an image, with the address of the file and its words',
    clientSends({ photo: [{ ...FILE, width: 9, height: 6 }], caption: 'receipt' }),
    said({ type: 'image', text: 'receipt', media: { size: 9 }, contentUri: anyFile('image.jpg') }),
  ),
  hears(
    ['image', 'contentUri'],
    'an image of WhatsApp without words has no text',
    clientSendsToNumber('image', IMAGE),
    saidToNumber({ type: 'image', media: { mimeType: 'image/jpeg' }, contentUri: anyFile('image.jpg') }),
  ),
  hears(
    'audio',
    'a voice message',
    clientSends({ voice: { ...FILE, duration: 4, mime_type: 'audio/ogg' } }),
    said({ type: 'audio', kind: 'voice', media: anyThing, contentUri: anyFile('audio.ogg') }),
  ),
  hears(
    'video',
    'a video',
    clientSends({ video: { ...FILE, width: 6, height: 4, duration: 9, mime_type: 'video/mp4' } }),
    said({ type: 'video', media: anyThing, contentUri: anyFile('video.mp4') }),
  ),
  hears(
    'document',
    'a document keeps its name',
    clientSends({ document: { ...FILE, file_name: 'contract.pdf', mime_type: 'application/pdf' } }),
    said({ type: 'document', media: anyThing, contentUri: anyFile('contract.pdf') }),
  ),
  hears(
    'vcard',
    'a card of a person',
    clientSendsToNumber('contacts', [{ name: { formatted_name: 'Bob' }, phones: [{ phone: '+79001112244' }] }]),
    saidToNumber({ type: 'vcard', text: 'Bob, +79001112244', vcards: anyThing }),
  ),
  hears(
    'geo',
    'a place',
    clientSends({ location: { latitude: 59.93, longitude: 30.33 } }),
    said({ type: 'geo', text: '59.93, 30.33', location: { latitude: 59.93, longitude: 30.33 } }),
  ),
  hears(
    'unsupported',
    'what the messenger does not pass on',
    clientSendsToNumber('unsupported', undefined, { errors: [{ code: 131051, title: 'Message type unknown' }] }),
    saidToNumber({ type: 'unsupported' }),
  ),
  hears(
    'unknown',
    'a kind of message of which nobody knows yet',
    clientSends({ hologram: {} }),
    said({ type: 'unknown' }),
  ),
  hears(
    'system',
    'a line of the messenger itself',
    clientSends({ pinned_message: { message_id: 1, date: 1, chat: { id: 501, type: 'private' }, text: 'hello' } }),
    said({ type: 'system', kind: 'pinned_message', text: 'Pinned: hello' }),
  ),
  hears(
    'missing_call',
    'a call that nobody took',
    async (playing) => {
      const { phone, phoneNumberId } = await playing.whatsApp();
      const call = { from: '79001112233', id: `wacid.${phone}`, timestamp: String(Math.floor(Date.now() / 1000)) };
      await playing.metaReports('calls', {
        messaging_product: 'whatsapp',
        metadata: { display_phone_number: phone, phone_number_id: phoneNumberId },
        contacts: [{ profile: { name: 'Anna' }, wa_id: '79001112233' }],
        calls: [{ ...call, event: 'terminate', direction: 'USER_INITIATED', duration: 0 }],
      });
    },
    saidToNumber({ type: 'missing_call' }),
  ),
  hears(
    'sticker',
    'a sticker is an image',
    clientSendsToNumber('sticker', { ...IMAGE, mime_type: 'image/webp', animated: false }),
    saidToNumber({
      type: 'image',
      kind: 'sticker',
      media: { mimeType: 'image/webp' },
      contentUri: anyFile('image.webp'),
    }),
  ),
  hears(
    'poll',
    'a poll is a text of its title and a line for each option',
    clientSends({ poll: { id: '5', question: 'When?', options: [{ text: 'Today' }, { text: 'Tomorrow' }] } }),
    said({ kind: 'poll', text: 'When?\n• Today\n• Tomorrow', poll: anyThing }),
  ),
  hears(
    'quotedMessage',
    'a quoted message is told by its id, its words and who wrote it',
    async (playing) => {
      const from = { id: 501, is_bot: false, first_name: 'Client 501' };
      const chat = { id: 501, type: 'private', first_name: 'Client 501' };
      await clientSends({ text: 'Six doors?', message_id: 77 })(playing);
      const reply_to_message = { message_id: 77, date: 1, chat, from, text: 'Six doors?' };
      await clientSends({ text: 'Six doors.', reply_to_message })(playing);
    },
    said({
      text: 'Six doors.',
      quotedMessage: { messageId: anyUuid, type: 'text', text: 'Six doors?', authorName: 'Client 501' },
    }),
  ),
  hears(
    'quotedMessage',
    'of a quoted message that nobody knows nothing is told',
    clientWritesToNumber('Yes', { context: { from: '79001112233', id: 'wamid.unknown' } }),
    saidToNumber({ text: 'Yes' }),
  ),
  {
    section: '13.2',
    of: ['isEcho', 'Admin', 'authorName', 'status'],
    says: 'a message that was sent by the API is told too, by Admin if no user is named',
    given: [subscribed],
    call: { ask: POST, body: message(), keep: 'sent' },
    expect: sentTo(),
    afterwards: [told('messages', answered({ messageId: '{sent.messageId}', text: 'hello', contact: {} }))],
  },
  {
    section: '13.2',
    of: ['authorId', 'authorName'],
    says: 'a message of a user has the id and the name of the user',
    given: [...seller, subscribed, clientWrites('hello')],
    call: { ask: POST, body: message({ crmUserId: '17' }), keep: 'sent' },
    expect: sentTo(),
    afterwards: [
      told('messages', answered({ messageId: '{sent.messageId}', text: 'hello', authorId: '17', authorName: 'Olga' })),
    ],
  },
  {
    section: '13.2',
    of: 'sentFromApp',
    says: 'a message that was written in the page is told so, and none of the API is',
    given: [
      ...seller,
      subscribed,
      clientWrites('hello'),
      { ask: 'POST /v1/page-links', body: { userId: '17' }, keep: 'link' },
      async (playing) => {
        const link = String(await playing.named('link.url')).split('#k=')[1];
        await playing.call({ ask: 'POST /v1/page-tokens', body: { link }, keep: 'page' });
      },
    ],
    call: { ask: POST, body: message(), headers: { authorization: 'Bearer {page.token}' }, keep: 'sent' },
    expect: sentTo(),
    afterwards: [
      told(
        'messages',
        answered({
          messageId: '{sent.messageId}',
          text: 'hello',
          sentFromApp: true,
          authorId: '17',
          authorName: 'Olga',
        }),
      ),
    ],
  },
  {
    section: '13.2',
    of: ['contentUri', 'isEcho'],
    says: 'a file that was sent is told by an address of Konvert',
    given: [subscribed],
    call: { ask: POST, body: message({ text: undefined, contentUri: '{files}/price.pdf' }), keep: 'sent' },
    expect: sentTo(),
    afterwards: [
      told(
        'messages',
        answered({
          messageId: '{sent.messageId}',
          type: 'document',
          contentUri: anyFile('price.pdf'),
          media: anyThing,
          contact: {},
        }),
      ),
    ],
  },
  {
    section: '13.2',
    of: 'wapi_template',
    says: 'a template that was sent is told with the words that the client reads',
    given: [subscribed, templates(GREETING), { ask: 'GET /v3/templates/whatsapp', keep: 'listed' }],
    call: {
      ask: POST,
      body: messageOfNumber({ text: undefined, templateId: '{listed.0.templateGuid}', templateValues: ['Anna'] }),
      keep: 'sent',
    },
    expect: sentTo('79001112233'),
    afterwards: [
      told(
        'messages',
        answered({
          messageId: '{sent.messageId}',
          channelId: '{number}',
          chatType: 'whatsapp',
          chatId: '79001112233',
          type: 'wapi_template',
          text: anyText,
          template: { name: 'greeting', language: 'en' },
          contact: {},
        }),
      ),
    ],
  },
  {
    section: '13.2',
    of: ['error', 'status'],
    says: 'a message that did not leave is told with what went wrong',
    given: [subscribed, telegramAnswers('sendMessage', 403, 'Forbidden: bot was blocked by the user')],
    call: { ask: POST, body: message(), keep: 'sent' },
    expect: sentTo(),
    afterwards: [
      told(
        'messages',
        answered({
          messageId: '{sent.messageId}',
          text: 'hello',
          status: 'error',
          error: { error: 'BAD_CONTACT', description: 'Forbidden: bot was blocked by the user' },
          contact: {},
        }),
      ),
    ],
  },
  {
    section: '13.2',
    of: ['isDeleted', 'oldInfo'],
    says: 'a message that was deleted is told once more, without its words',
    given: SENT,
    call: 'DELETE /v3/message/{sent.messageId}',
    expect: { status: 200 },
    afterwards: [
      told(
        'messages',
        answered({ messageId: '{sent.messageId}', isDeleted: true, oldInfo: { oldText: 'hello' }, contact: {} }),
      ),
    ],
  },
  {
    section: '13.2',
    of: 'isEdited',
    says: 'a message that was edited by the API is told by a status with the new words',
    given: SENT,
    call: { ask: 'PATCH /v3/message/{sent.messageId}', body: { text: 'good day' } },
    expect: { status: 200 },
    afterwards: [told('statuses', status({ status: 'edited', text: 'good day' }))],
  },
  {
    section: '13.2',
    of: 'no delivered in Telegram',
    says: 'Telegram tells of no status but sent',
    given: SENT,
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [
      async (playing) => {
        await playing.shop.pump.idle();
        const all = playing.events().flatMap(({ statuses = [] }) => statuses);
        expect(all).toEqual([{ messageId: await playing.named('sent.messageId'), timestamp: anyTime, status: 'sent' }]);
      },
    ],
  },
  {
    section: '13.3',
    of: ['messageId', 'timestamp', 'sent'],
    says: 'a message has left',
    given: SENT,
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [told('statuses', status({ status: 'sent' }))],
  },
  becomes('delivered', 'a message has arrived', metaTells('delivered'), { status: 'delivered' }),
  becomes('read', 'a message was read', metaTells('read'), { status: 'read' }),
  becomes('error', 'a message did not arrive, says the messenger later', metaTells('failed', 131026), {
    status: 'error',
    error: { error: 'BAD_CONTACT', description: anyText },
  }),
  {
    section: '13.3',
    of: 'edited',
    says: 'a client edited a message in the messenger',
    given: [
      subscribed,
      async (playing) => {
        const first = messageOf(501, 'hello', 77, Date.now());
        playing.keep('first', first);
        await playing.telegramReports({ message: first });
      },
    ],
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [
      async (playing) => {
        const first = await playing.filled({
          message_id: 77,
          date: '{first.date}',
          chat: '{first.chat}',
          from: '{first.from}',
        });
        await playing.telegramReports({ edited_message: { ...first, edit_date: Number(first.date) + 5, text: 'hi' } });
      },
      told('statuses', { messageId: anyUuid, timestamp: anyTime, status: 'edited', text: 'hi' }),
    ],
  },
  failsInTelegram('BAD_CONTACT', 403, 'Forbidden: bot was blocked by the user'),
  failsInTelegram('BAD_CONTACT', 400, 'Bad Request: chat not found'),
  failsInTelegram('TOO_LONG_TEXT', 400, 'Bad Request: message is too long'),
  failsInTelegram('WRONG_CONTENT', 400, 'Bad Request: BUTTON_URL_INVALID'),
  failsInTelegram('TOO_BIG_CONTENT', 413, 'Request Entity Too Large'),
  failsInTelegram('CHANNEL_REJECTED', 401, 'Unauthorized'),
  failsInTelegram('UNKNOWN_ERROR', 400, 'Bad Request: something new'),
  failsAtMeta('BAD_CONTACT', 131026),
  failsAtMeta('SPAM', 131048),
  failsAtMeta('TOO_MANY_EXT_REQS', 131064),
  failsAtMeta('24_HOURS_EXCEEDED', 131047),
  failsAtMeta('WRONG_CONTENT', 131053),
  failsAtMeta('GENERAL_ERROR', 131042),
  failsAtMeta('UNKNOWN_ERROR', 999_999),
  {
    section: '13.4',
    of: '24_HOURS_EXCEEDED',
    says: 'a text later than 24 hours after the client wrote is taken, and fails',
    given: [subscribed, clientWritesToNumber('hello'), pass(24 * 60 * 60 * 1000 + 120_000)],
    call: { ask: POST, body: messageOfNumber(), keep: 'sent' },
    expect: sentTo('79001112233'),
    afterwards: [
      told('statuses', status({ status: 'error', error: { error: '24_HOURS_EXCEEDED', description: anyText } })),
    ],
  },
  {
    section: '13.2',
    of: 'isEcho',
    says: 'nothing is told of a message that was refused',
    given: [subscribed, inVain({ ask: POST, body: message({ text: '' }) }), hasLeft],
    call: 'GET /v3/channels',
    expect: { status: 200 },
    afterwards: [notTold('messages')],
  },
];
