import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { createContactBody, createDealBody, eventBody, MESSAGE_ERRORS } from '#api/event-bodies';
import {
  type EventSubject,
  joinEventBodies,
  presentChannelEvent,
  presentChatEvent,
  presentCreateContact,
  presentCreateDeal,
} from '#api/present-event';
import { CHANNEL_STATES } from '#domain/channel';
import type { ChatEvent } from '#domain/event';
import { type ClientMessage, type Echo, type Fact, factKey, type Reply } from '#domain/fact';
import { CONTENT_TYPES, type Content, chatKey, type Profile } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import type { OmitEach } from '#schema-of';
import type { Outcome } from '#store/chats/outcome-item';

const AT = Date.UTC(2026, 0, 20, 9, 15, 30, 2);
const CHAT = chatKey({
  channelId: '5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11',
  chatType: 'telegram',
  chatId: '79001112233',
});
const KEY = factKey(AT, '7');
const MESSAGE_ID = messageIdOf(CHAT, KEY);
const text: Content = { type: 'text', text: 'Hello' };

const stored = { key: KEY, storedAt: AT + 40 };
const client = (fields: Partial<ClientMessage> = {}): ClientMessage => ({
  kind: 'client',
  ...stored,
  opens: true,
  author: { id: '79001112233', name: 'Ivan' },
  content: text,
  ...fields,
});
const echo = (fields: Partial<Echo> = {}): Echo => ({ kind: 'echo', ...stored, author: {}, content: text, ...fields });
const reply = (fields: Partial<Reply> = {}): Reply => ({
  kind: 'reply',
  ...stored,
  author: {},
  content: text,
  attempt: 1,
  ...fields,
});

/** The body as it leaves, which is the same after it was read with its schema. */
function sent<S extends z.ZodMiniType>(schema: S, body: unknown): z.infer<S> {
  const json: unknown = JSON.parse(JSON.stringify(body));
  expect(schema.parse(json)).toEqual(json);
  return json as z.infer<S>;
}

type What = OmitEach<ChatEvent, 'chat' | 'fact'>;

function bodyOf(event: What, fact: Fact, became?: Outcome, person?: Profile) {
  const subject: EventSubject = { fact, outcomes: new Map(became && [['7', became]]), person };
  return sent(
    eventBody,
    presentChatEvent({ chat: CHAT, fact: fact.key, ...event } as ChatEvent, subject, 'https://konvert.example'),
  );
}

const messageOf = (fact: Fact, became?: Outcome, person?: Profile) =>
  bodyOf({ what: 'message' }, fact, became, person).messages![0]!;

test('C2 a message of the client is the one of the reference', () => {
  expect(bodyOf({ what: 'message' }, client())).toEqual({
    messages: [
      {
        messageId: MESSAGE_ID,
        channelId: '5f0c2a0e-7b7d-4a55-9a53-0c8a1f6d2b11',
        chatType: 'telegram',
        chatId: '79001112233',
        dateTime: '2026-01-20T09:15:30.002Z',
        type: 'text',
        isEcho: false,
        contact: { name: 'Ivan' },
        text: 'Hello',
        status: 'inbound',
      },
    ],
  });
});

describe('C2 messages', () => {
  test.each<{ name: string; fact: Fact; became?: Outcome; person?: Profile; has: object; lacks: string[] }>([
    {
      name: 'inbound have no author',
      fact: client(),
      has: { isEcho: false, status: 'inbound' },
      lacks: ['authorId', 'authorName', 'error'],
    },
    {
      name: 'of the phone are echoes that were sent, by the name that the messenger tells',
      fact: echo({ author: { id: '9', name: 'Maria' } }),
      has: { isEcho: true, status: 'sent', authorName: 'Maria' },
      lacks: ['authorId'],
    },
    {
      name: 'of the phone, without a name, are by Admin',
      fact: echo(),
      has: { isEcho: true, authorName: 'Admin' },
      lacks: ['authorId'],
    },
    {
      name: 'of the API without a user are by Admin, without an id',
      fact: reply(),
      became: { status: 'sent', attempt: 1 },
      has: { isEcho: true, status: 'sent', authorName: 'Admin' },
      lacks: ['authorId', 'error'],
    },
    {
      name: 'of a user name them',
      fact: reply({ author: { id: '17', name: 'Anna' } }),
      became: { status: 'sent', attempt: 1 },
      has: { authorId: '17', authorName: 'Anna' },
      lacks: [],
    },
    {
      name: 'of somebody whom only the CRM knows have their id',
      fact: reply({ author: { id: '99' } }),
      became: { status: 'sent', attempt: 1 },
      has: { authorId: '99' },
      lacks: ['authorName'],
    },
    {
      name: 'that were refused have the error',
      fact: reply(),
      became: { status: 'error', attempt: 1, error: { code: '403', description: 'blocked' } },
      has: { isEcho: true, status: 'error', error: { error: 'BAD_CONTACT', description: 'blocked' } },
      lacks: [],
    },
    {
      name: 'that were edited and deleted since are told as they were said',
      fact: client(),
      became: {
        edit: { at: AT, content: { type: 'text', text: 'Goodbye' } },
        reaction: { at: AT, emojis: ['👍'] },
        deletedAt: AT,
      },
      has: { text: 'Hello' },
      lacks: ['isEdited', 'isDeleted', 'oldInfo', 'reactions'],
    },
  ])('$name', ({ fact, became, person, has, lacks }) => {
    const message = messageOf(fact, became, person);

    expect(message).toMatchObject(has);
    for (const key of lacks) expect(message).not.toHaveProperty(key);
  });

  test.each<{ name: string; fact: Fact; person?: Profile; contact: object }>([
    { name: 'nothing is known', fact: client({ author: { id: '5' } }), contact: {} },
    {
      name: 'the message tells a name and a username',
      fact: client({ author: { id: '5', name: 'Ivan', username: 'ivan' } }),
      person: { name: 'Older' },
      contact: { name: 'Ivan', username: 'ivan' },
    },
    {
      name: 'only the chat knows the name',
      fact: client({ author: { id: '5' } }),
      person: { name: 'Ivan', username: 'ivan' },
      contact: { name: 'Ivan', username: 'ivan' },
    },
    {
      name: 'the client gave their number',
      fact: client({ content: { type: 'vcard', vcards: [{ phone: '1' }, { phone: '79001112233', isSender: true }] } }),
      contact: { name: 'Ivan', phone: '79001112233' },
    },
    {
      name: 'an echo is by somebody else',
      fact: echo({ author: { id: '9', name: 'Maria', username: 'maria' } }),
      person: { name: 'Ivan' },
      contact: { name: 'Ivan' },
    },
    { name: 'a reply is by somebody else', fact: reply({ author: { id: '17', name: 'Anna' } }), contact: {} },
  ])('contact, if $name: $contact', ({ fact, person, contact }) => {
    expect(messageOf(fact, undefined, person).contact).toEqual(contact);
  });

  test.each<{ name: string; content: Content; expected: object }>([
    ...CONTENT_TYPES.map((type) => ({ name: `the type ${type}`, content: { type }, expected: { type } })),
    {
      name: 'a sticker is an image',
      content: { type: 'image', kind: 'sticker', media: { fileId: 'private', emoji: '🙂' } },
      expected: { type: 'image', kind: 'sticker', media: { emoji: '🙂' } },
    },
    {
      name: 'a poll is a text with an option a line',
      content: {
        type: 'text',
        kind: 'poll',
        text: 'Which?\n• this\n• that',
        poll: { question: 'Which?', options: ['this', 'that'] },
      },
      expected: { type: 'text', text: 'Which?\n• this\n• that' },
    },
    {
      name: 'a quote names its message',
      content: { ...text, quoted: { providerId: '6', time: AT, type: 'text', text: 'Before', authorName: 'Anna' } },
      expected: {
        quotedMessage: {
          messageId: messageIdOf(CHAT, factKey(AT, '6')),
          type: 'text',
          text: 'Before',
          authorName: 'Anna',
        },
      },
    },
  ])('$name', ({ content, expected }) => {
    const message = messageOf(client({ content }));

    expect(message).toMatchObject(expected);
    expect(JSON.stringify(message)).not.toContain('private');
    expect(JSON.stringify(message)).not.toContain('null');
  });

  test('a decision that no reply is needed is none', () => {
    const covers = { from: KEY, low: KEY, upTo: KEY, at: AT, ids: [] };
    const decision: Fact = { kind: 'no-reply-needed', ...stored, author: {}, covers };

    expect(() => bodyOf({ what: 'message' }, decision)).toThrow(TypeError);
  });
});

describe('C2 a deletion in the messenger is a message', () => {
  test.each<{ name: string; content: Content; became?: Outcome; oldInfo: object | undefined }>([
    { name: 'with its text', content: text, oldInfo: { oldText: 'Hello' } },
    {
      name: 'with the words after an edit',
      content: text,
      became: { edit: { at: AT, content: { type: 'text', text: 'Goodbye' } } },
      oldInfo: { oldText: 'Goodbye' },
    },
    { name: 'without a text', content: { type: 'image' }, oldInfo: undefined },
  ])('$name', ({ content, became, oldInfo }) => {
    const fact = client({ content });

    const { messages } = bodyOf({ what: 'deletion', at: AT + 1_000 }, fact, { deletedAt: AT + 1_000, ...became });

    expect(messages).toHaveLength(1);
    expect(messages![0]).toMatchObject({ messageId: MESSAGE_ID, isEcho: false, isDeleted: true, status: 'inbound' });
    expect(messages![0]!.oldInfo).toEqual(oldInfo);
    expect(messages![0]).not.toHaveProperty('text');
    expect(messages![0]).not.toHaveProperty('isEdited');
  });
});

describe('C2 statuses', () => {
  const at = Date.UTC(2026, 0, 20, 9, 16, 2, 499);
  const timestamp = '2026-01-20T09:16:02.499Z';
  const status = (of: 'sent' | 'error', attempt = 1) => ({ what: 'status', status: of, attempt, at }) as const;
  const refused = { status: 'error', attempt: 1, error: { code: '400', description: 'chat not found' } } as const;

  test.each<{ name: string; event: What; became: Outcome; expected: object }>([
    {
      name: 'a message that was sent',
      event: status('sent'),
      became: { status: 'sent', attempt: 1 },
      expected: { status: 'sent', timestamp },
    },
    {
      name: 'a message that was refused',
      event: status('error'),
      became: refused,
      expected: { status: 'error', timestamp, error: { error: 'UNKNOWN_ERROR', description: 'chat not found' } },
    },
    {
      name: 'a refusal whose reason gave way to a later attempt',
      event: status('error'),
      became: { status: 'sent', attempt: 2 },
      expected: { status: 'error', timestamp, error: { error: 'UNKNOWN_ERROR', description: 'It was not sent' } },
    },
    {
      name: 'an attempt that was sent, although a later one was refused',
      event: status('sent'),
      became: { ...refused, attempt: 2 },
      expected: { status: 'sent', timestamp },
    },
    {
      name: 'an edit in the messenger, with the words as a field of Konvert',
      event: { what: 'edit', at },
      became: { edit: { at, content: { type: 'text', text: 'Goodbye' } } },
      expected: { status: 'edited', timestamp, text: 'Goodbye' },
    },
    {
      name: 'an edit to a picture without words',
      event: { what: 'edit', at },
      became: { edit: { at, content: { type: 'image' } } },
      expected: { status: 'edited', timestamp },
    },
  ])('$name', ({ event, became, expected }) => {
    expect(bodyOf(event, reply(), became)).toEqual({ statuses: [{ messageId: MESSAGE_ID, ...expected }] });
  });

  test.each([
    ...MESSAGE_ERRORS.map((code) => ({ code, error: code })),
    { code: 'CHANNEL_BLOCKED', error: 'CHANNEL_REJECTED' },
    { code: 'CHANNEL_UNAUTHORIZED', error: 'CHANNEL_REJECTED' },
    { code: 'CONNECTION_REVOKED', error: 'CHANNEL_REJECTED' },
    { code: 'CONNECTION_READ_ONLY', error: 'CHANNEL_REJECTED' },
    { code: 'GIVEN_UP', error: 'GENERAL_ERROR' },
    { code: 'UNREACHABLE', error: 'GENERAL_ERROR' },
    { code: '401', error: 'CHANNEL_REJECTED' },
    { code: '403', error: 'BAD_CONTACT' },
    { code: '413', error: 'TOO_BIG_CONTENT' },
    { code: '429', error: 'TOO_MANY_EXT_REQS' },
    { code: '418', error: 'UNKNOWN_ERROR' },
    { code: 'constructor', error: 'UNKNOWN_ERROR' },
  ])('the code $code is $error', ({ code, error }) => {
    const became: Outcome = { status: 'error', attempt: 1, error: { code, description: 'why' } };

    expect(bodyOf(status('error'), reply(), became).statuses![0]!.error).toEqual({ error, description: 'why' });
    expect(messageOf(reply(), became).error).toEqual({ error, description: 'why' });
  });
});

test.each(CHANNEL_STATES.map((state) => ({ state, shown: state === 'openelsewhere' ? 'openElsewhere' : state })))(
  'C2 the state $state of a channel is $shown, its time in milliseconds',
  ({ state, shown }) => {
    const body = presentChannelEvent({ what: 'channel', channelId: 'c1', state, at: 1768900000000 });

    expect(sent(eventBody, body)).toEqual({
      channelsUpdates: [{ channelId: 'c1', state: shown, timestamp: 1768900000000 }],
    });
  },
);

describe('C2 several events are one body', () => {
  const message = presentChatEvent(
    { what: 'message', chat: CHAT, fact: KEY },
    { fact: client(), outcomes: new Map() },
    undefined,
  );
  const status = { statuses: [{ messageId: 'm1', timestamp: '2026-01-20T09:16:02.499Z', status: 'sent' as const }] };

  test('in their order, messages and statuses together', () => {
    const other = { messages: [{ ...message.messages![0]!, messageId: 'm2' }] };

    const body = joinEventBodies([message, status, other]);

    expect(body.messages!.map(({ messageId }) => messageId)).toEqual([MESSAGE_ID, 'm2']);
    expect(body.statuses).toEqual(status.statuses);
    expect(Object.keys(body)).toEqual(['messages', 'statuses']);
  });

  test('without a list of what there is none of', () => {
    expect(Object.keys(joinEventBodies([status]))).toEqual(['statuses']);
    expect(joinEventBodies([])).toEqual({});
  });
});

describe('C2 creations', () => {
  test('a contact is the one of the reference', () => {
    const body = presentCreateContact({
      responsibleUserId: '17',
      name: 'Ivan',
      contactData: [{ chatType: 'whatsapp', chatId: '79001112233' }],
      source: 'auto',
    });

    expect(sent(createContactBody, body)).toEqual({
      createContact: {
        responsibleUserId: '17',
        name: 'Ivan',
        contactData: [{ chatType: 'whatsapp', chatId: '79001112233' }],
        source: 'auto',
      },
    });
  });

  test('a contact has the username and phone of its address, if they are known', () => {
    const contactData = [{ chatType: 'telegram', chatId: '5', username: 'ivan', phone: '79001112233' }];

    const body = presentCreateContact({ responsibleUserId: '17', name: 'Ivan', contactData, source: 'byUser' });

    expect(body.createContact).toMatchObject({ contactData, source: 'byUser' });
  });

  test('a deal is the one of the reference', () => {
    const body = presentCreateDeal({ responsibleUserId: '17', contacts: ['contact-5'], source: 'auto' });

    expect(sent(createDealBody, body)).toEqual({
      createDeal: { responsibleUserId: '17', contacts: ['contact-5'], source: 'auto' },
    });
  });

  test('a deal has its place in a pipeline beside it', () => {
    const place = { pipelineId: '1', stageId: '10' };

    const body = presentCreateDeal({ responsibleUserId: '17', contacts: ['5'], source: 'byUser', ...place });

    expect(body.createDeal).toEqual({ responsibleUserId: '17', contacts: ['5'], source: 'byUser', ...place });
  });
});
