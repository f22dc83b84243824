import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { QUOTE_LENGTH } from '#domain/message';
import { createWorld, messageOf, START, textUpdate, type World } from '#test/world';

const MIB = 1024 * 1024;
const CHAT = 51000444;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../fixtures/telegram/${name}.json`, import.meta.url), 'utf8'));
}

function storedItems(): number {
  return world.db.items('messages').length;
}

function nested(depth: number): string {
  return `{"update_id":1,"poll":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
}

function press(id: string): unknown {
  const { text: _, ...message } = messageOf(CHAT, '', 7, START);
  return { update_id: 1, callback_query: { id, from: { id: CHAT, is_bot: false }, message, data: 'yes' } };
}

describe('a webhook is refused, and nothing is stored', () => {
  const update = textUpdate(CHAT, 'hello', 7, START);
  const path = () => `/webhooks/telegram/${world.channel.channelId}`;
  const rows: { name: string; status: number; error: string; ask: () => ReturnType<World['call']> }[] = [
    {
      name: 'an unknown channel, before anything else',
      status: 404,
      error: 'CHANNEL_NOT_FOUND',
      ask: () => world.call('POST', '/webhooks/telegram/nobody', { body: 'x'.repeat(2 * MIB) }),
    },
    {
      name: 'another transport than the channel’s',
      status: 404,
      error: 'CHANNEL_NOT_FOUND',
      ask: () => world.call('POST', `/webhooks/vk/${world.channel.channelId}`, { body: update }),
    },
    {
      name: 'a channel id longer than any key',
      status: 404,
      error: 'NOT_FOUND',
      ask: () => world.call('POST', `/webhooks/telegram/${'x'.repeat(3_000)}`, { body: update }),
    },
    {
      name: 'a deleted channel',
      status: 404,
      error: 'CHANNEL_NOT_FOUND',
      ask: async () => {
        await world.call('DELETE', `/v1/channels/${world.channel.channelId}`, { key: world.account.apiKey });
        return world.webhook(update);
      },
    },
    { name: 'no secret', status: 401, error: 'UNAUTHORIZED', ask: () => world.call('POST', path(), { body: update }) },
    { name: 'a wrong secret', status: 401, error: 'UNAUTHORIZED', ask: () => world.webhook(update, { secret: 'x' }) },
    { name: 'an empty secret', status: 401, error: 'UNAUTHORIZED', ask: () => world.webhook(update, { secret: '' }) },
    {
      name: 'a wrong secret with a body that is not read',
      status: 401,
      error: 'UNAUTHORIZED',
      ask: () => world.webhook('{'.repeat(MIB), { secret: 'x' }),
    },
    {
      name: 'another channel’s secret',
      status: 401,
      error: 'UNAUTHORIZED',
      ask: async () => world.webhook(update, { secret: (await world.addChannel()).secret }),
    },
    {
      name: 'more than 1 MiB',
      status: 413,
      error: 'TOO_LARGE',
      ask: () => world.webhook(JSON.stringify(update).padEnd(MIB + 1)),
    },
    { name: 'nested deeper than 64', status: 400, error: 'INVALID_JSON', ask: () => world.webhook(nested(65)) },
    { name: 'a text that is no JSON', status: 400, error: 'INVALID_JSON', ask: () => world.webhook('{"update_id":1') },
    { name: 'no body', status: 400, error: 'INVALID_JSON', ask: () => world.webhook('') },
    { name: 'null', status: 400, error: 'UNREADABLE_WEBHOOK', ask: () => world.webhook('null') },
    { name: 'a list', status: 400, error: 'UNREADABLE_WEBHOOK', ask: () => world.webhook([update]) },
    {
      name: 'an object that is no update',
      status: 400,
      error: 'UNREADABLE_WEBHOOK',
      ask: () => world.webhook({ entry: [] }),
    },
    {
      name: 'a message without its fields',
      status: 400,
      error: 'UNREADABLE_WEBHOOK',
      ask: () => world.webhook({ update_id: 1, message: { text: 'hello' } }),
    },
  ];

  test.each(rows)('$name: $status $error', async ({ status, error, ask }) => {
    const answer = await ask();

    expect(answer).toMatchObject({ status, body: { error, description: expect.any(String) } });
    expect(storedItems()).toBe(0);
    expect(world.logs.at(-1)).toMatchObject({ status, method: 'POST', route: '/webhooks/{transport}/{channelId}' });
  });
});

test.each([
  { name: 'exactly 1 MiB', body: () => JSON.stringify(textUpdate(CHAT, 'hello', 7, START)).padEnd(MIB) },
  { name: 'nested exactly 64 deep', body: () => nested(64) },
])('$name is taken', async ({ body }) => {
  expect(await world.webhook(body())).toMatchObject({ status: 200, text: 'ok' });
});

describe('an update of no interest is acknowledged and ignored', () => {
  test.each(['group-text', 'channel-post', 'callback-query-in-group', 'future-kind'])('%s', async (name) => {
    const answer = await world.webhook(fixture(name));

    expect(answer).toMatchObject({ status: 200, text: 'ok' });
    expect(storedItems()).toBe(0);
    expect(world.logs).toContainEqual(
      expect.objectContaining({ items: [{ kind: 'ignored', reason: expect.any(String) }] }),
    );
  });
});

test.each([
  { name: 'a text', file: 'text', unanswered: true, preview: '/start promo7' },
  { name: 'U6 a voice message', file: 'voice', unanswered: true, preview: '[voice]' },
  { name: 'U6 a photo with a caption', file: 'photo', unanswered: true, preview: 'receipt' },
  { name: 'U6 a throw of dice', file: 'dice', unanswered: true, preview: '🎲 4' },
  { name: 'U6 a pressed button, by its label', file: 'callback-query', unanswered: true, preview: 'Yes, confirm' },
  { name: 'U6 a service notice', file: 'pinned-message', unanswered: false, preview: 'Pinned: /start promo7' },
  { name: 'U6 a client who blocked the bot', file: 'my-chat-member', unanswered: false, preview: '[blocked]' },
  { name: 'U6 an echo', file: 'business-echo', unanswered: false, preview: 'typed by the owner on the phone' },
])('$name makes the chat unanswered: $unanswered', async ({ file, unanswered, preview }) => {
  expect(await world.webhook(fixture(file))).toMatchObject({ status: 200 });
  await world.drain();

  expect(await world.chat(CHAT)).toMatchObject({ unanswered, preview });
});

test('U1 a message that is delivered again is stored once, and acknowledged', async () => {
  const update = textUpdate(CHAT, 'hello', 7, START);

  const answers = await Promise.all(Array.from({ length: 20 }, () => world.webhook(update)));
  await world.drain();

  expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
  expect(storedItems()).toBe(1);
  expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1 });
});

test('U1 a redelivery with another text does not replace the first', async () => {
  await world.say(CHAT, 'first', { id: 7, at: START });
  await world.say(CHAT, 'second', { id: 7, at: START });

  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'first' }]);
});

test('U1 a pressed button, which has no time of its own, is one message after 20 parallel deliveries', async () => {
  world.clock.tick();

  const answers = await Promise.all(Array.from({ length: 20 }, () => world.webhook(press('219'))));
  const late = await world.webhook(press('219'));
  const other = await world.webhook(press('220'));
  await world.drain();

  expect([...answers, late, other].map(({ status }) => status)).toEqual(Array(22).fill(200));
  expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 2 });
});

/** U2: nothing is acknowledged before it is durable. */
test.each([
  { name: 'a message', update: textUpdate(CHAT, 'hello', 7, START) },
  { name: 'a pressed button', update: press('219') },
  { name: 'an edit', update: { update_id: 2, edited_message: messageOf(CHAT, 'hello', 7, START) } },
  { name: 'a reaction', update: fixture('message-reaction') },
])(
  'I7 $name is 5xx, without the error, if the store does not answer, and stored by a redelivery',
  async ({ update }) => {
    world.failing = ({ kind }) => /Put|Write|Update/.test(kind);
    const failed = await world.webhook(update);
    world.failing = undefined;

    const healed = await world.webhook(update);

    expect(failed).toMatchObject({ status: 500, body: { error: 'INTERNAL_ERROR' } });
    expect(failed.text).not.toContain('did not answer');
    expect(healed.status).toBe(200);
    expect(storedItems()).toBeGreaterThan(0);
  },
);

test('a put is tried again after one lost answer of the store', async () => {
  let lost = 0;
  world.failing = ({ kind }) => kind === 'PutCommand' && ++lost === 1;

  expect(await world.webhook(textUpdate(CHAT, 'hello', 7, START))).toMatchObject({ status: 200 });
  expect(storedItems()).toBe(1);
});

test('an edit may come before its message: it opens nothing and is shown on it', async () => {
  const edited = { ...messageOf(CHAT, 'hello, all', 7, START), edit_date: START / 1000 + 60 };

  await world.webhook({ update_id: 2, edited_message: edited });
  await world.drain();
  expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });

  await world.say(CHAT, 'hello', { id: 7, at: START });
  expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'hello, all', isEdited: true }]);
});

test('an older edit that comes late changes nothing', async () => {
  const edit = (text: string, second: number) => {
    const edited_message = { ...messageOf(CHAT, text, 7, START), edit_date: START / 1000 + second };
    return world.webhook({ update_id: second, edited_message });
  };
  await world.say(CHAT, 'first', { id: 7, at: START });

  await edit('third', 9);
  await edit('second', 5);

  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'third', isEdited: true }]);
});

test('of two edits in one second the later update stays, in whatever order they come', async () => {
  const edit = (update_id: number, text: string) =>
    world.webhook({ update_id, edited_message: { ...messageOf(CHAT, text, 7, START), edit_date: START / 1000 + 5 } });
  await world.say(CHAT, 'first', { id: 7, at: START });

  await edit(12, 'third');
  await edit(11, 'second');
  await edit(12, 'third');

  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'third', isEdited: true }]);
});

describe('a reaction', () => {
  const react = (update_id: number, second: number, ...emojis: string[]) => {
    const who = { chat: { id: CHAT, type: 'private' }, user: { id: CHAT, is_bot: false }, message_id: 7 };
    const new_reaction = emojis.map((emoji) => ({ type: 'emoji', emoji }));
    const message_reaction = { ...who, date: START / 1000 + second, old_reaction: [], new_reaction };
    return world.webhook({ update_id, message_reaction });
  };
  const rows: { name: string; reactions: Parameters<typeof react>[]; shown: string[] | undefined }[] = [
    { name: 'is shown', reactions: [[1, 1, '👍', '🔥']], shown: ['👍', '🔥'] },
    {
      name: 'is replaced by a newer one, in whatever order they come',
      reactions: [
        [2, 2, '🔥'],
        [1, 1, '👍'],
      ],
      shown: ['🔥'],
    },
    {
      name: 'is replaced by a later update of the same second',
      reactions: [
        [2, 1, '🔥'],
        [1, 1, '👍'],
        [2, 1, '🔥'],
      ],
      shown: ['🔥'],
    },
    {
      name: 'can be taken back',
      reactions: [
        [1, 1, '👍'],
        [2, 2],
        [1, 1, '👍'],
      ],
      shown: undefined,
    },
  ];

  test.each(rows)('$name', async ({ reactions, shown }) => {
    for (const reaction of reactions) await react(...reaction);
    await world.say(CHAT, 'hello', { id: 7, at: START });

    const [message] = (await world.history(CHAT)).messages;
    expect(message?.reactions).toEqual(shown);
  });

  test('opens nothing and rings nothing', async () => {
    await world.say(CHAT, 'hello', { id: 7, at: START });
    await world.reply(CHAT);
    await world.drain();
    const before = await world.chat(CHAT);

    world.clock.advance(1_000);
    await react(1, 60, '👍');
    const { sequence } = world.db;
    await world.drain();

    expect(world.db.sequence).toBe(sequence);
    expect(await world.chat(CHAT)).toEqual({ ...before, unanswered: false });
  });
});

describe('blocking and unblocking', () => {
  const membership = (update_id: number, status: string, second: number) => {
    const person = { id: CHAT, first_name: 'Timur' };
    const chat = { ...person, type: 'private' };
    const my_chat_member = { chat, from: person, date: START / 1000 + second, new_chat_member: { status } };
    return world.webhook({ update_id, my_chat_member });
  };

  test('are lines of the history, once each, that open nothing and answer nothing', async () => {
    await world.say(CHAT, 'hello', { id: 7, at: START });
    await membership(21, 'kicked', 1);
    await membership(22, 'member', 1);
    await membership(21, 'kicked', 1);
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: '[unblocked]' });
    expect((await world.history(CHAT)).messages).toMatchObject([
      { text: 'hello' },
      { type: 'system', kind: 'blocked', isEcho: false },
      { type: 'system', kind: 'unblocked', isEcho: false },
    ]);
  });

  test('do not change the connection by which replies leave', async () => {
    await world.webhook(fixture('business-text'));
    await membership(21, 'kicked', 1_000_000);
    await world.drain();

    await world.reply(CHAT);
    await world.drain();

    const { body } = world.bot.calls.findLast(({ method }) => method === 'sendMessage')!;
    expect(body).toMatchObject({ business_connection_id: 'bcX1' });
  });
});

test('U6 a deleted message stays, counted and marked', async () => {
  await world.webhook(fixture('business-text'));
  const deleted = { business_connection_id: 'bcX1', chat: { id: CHAT, type: 'private' }, message_ids: [11] };
  await world.webhook({ update_id: 5, deleted_business_messages: deleted });
  await world.drain();

  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'is it in stock?', isDeleted: true }]);
  expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1 });
});

describe('a webhook that deletes 3,000 messages', () => {
  const message_ids = Array.from({ length: 3_000 }, (_, index) => 1 + index);
  const deleted = { business_connection_id: 'bcX1', chat: { id: CHAT, type: 'private' }, message_ids };
  const webhook = () => world.webhook({ update_id: 5, deleted_business_messages: deleted });

  /** Counts the writes that are under way at a time, and lets those fail that `fails` says. */
  function countWrites(fails: (write: number) => boolean = () => false) {
    const seen = { writes: 0, underWay: 0, most: 0 };
    world.failing = async () => {
      const write = seen.writes;
      seen.writes += 1;
      seen.underWay += 1;
      seen.most = Math.max(seen.most, seen.underWay);
      await new Promise(setImmediate);
      seen.underWay -= 1;
      return fails(write);
    };
    return seen;
  }

  test('stores them a few at a time, and says so in a short line', async () => {
    await webhook();
    const seen = countWrites();

    expect(await webhook()).toMatchObject({ status: 200 });

    expect(seen.most).toBeGreaterThan(1);
    expect(seen.most).toBeLessThanOrEqual(64);
    expect(storedItems()).toBe(3_000);
    expect(JSON.stringify(world.logs.at(-1)).length).toBeLessThan(4_000);
    expect(world.logs.at(-1)).toMatchObject({ more: 2_980 });
  });

  test('I7 is refused if the store fails midway, begins nothing more, and loses nothing when it comes again', async () => {
    await world.webhook(textUpdate(CHAT, 'the last one', 3_000, START));
    const seen = countWrites((write) => write >= 500);

    expect(await webhook()).toMatchObject({ status: 500 });
    const { writes, underWay } = seen;
    await new Promise((resolve) => setTimeout(resolve, 20));

    // The client of the store tries a write a few times.
    expect([writes, underWay]).toEqual([seen.writes, 0]);
    expect(writes).toBeLessThan(700);

    world.failing = undefined;
    expect(await webhook()).toMatchObject({ status: 200 });
    expect(storedItems()).toBe(3_001);
  });
});

test.each([
  { name: 'deletions', field: 'message_ids', kind: 'deleted_business_messages' },
  { name: 'reactions', field: 'new_reaction', kind: 'message_reaction' },
])('a webhook with 40,000 wrong $name is refused by their number', async ({ field, kind }) => {
  const chat = { id: CHAT, type: 'private' };
  const wrong = Array(40_000).fill({});
  const update = {
    business_connection_id: 'bcX1',
    chat,
    message_id: 7,
    date: START / 1000,
    old_reaction: [],
    [field]: wrong,
  };

  const answer = await world.webhook({ update_id: 5, [kind]: update });

  expect(answer).toMatchObject({
    status: 400,
    body: { description: expect.stringMatching(new RegExp(`${kind}.${field}$`)) },
  });
  expect(storedItems()).toBe(0);
});

test('what is cut never ends in half an emoji: preview, name and quote', async () => {
  const until = (length: number) => `${'ж'.repeat(length - 1)}👩‍🚀`;
  const from = { id: 51, is_bot: false, first_name: until(256) };
  const chat = { id: 51, type: 'private' };
  const message = { message_id: 1, date: START / 1000, chat, from, text: until(100) };
  const reply_to_message = { ...message, text: until(QUOTE_LENGTH) };
  await world.webhook({ update_id: 1, message: { ...message, message_id: 2, reply_to_message } });
  await world.drain();

  expect(await world.chat(51)).toMatchObject({ preview: 'ж'.repeat(99), name: 'ж'.repeat(255) });
  const { messages } = await world.history(51);
  expect(messages).toMatchObject([{ text: until(100), quotedMessage: { text: 'ж'.repeat(QUOTE_LENGTH - 1) } }]);
});

test('a body that API Gateway wrapped in base64 is read the same', async () => {
  await world.webhook(textUpdate(CHAT, 'привет 😀', 7, START), { base64: true });
  await world.drain();

  expect(await world.chat(CHAT)).toMatchObject({ preview: 'привет 😀' });
});

describe('U3 an echo', () => {
  const at = START / 1000 - 5;
  const question = { ...messageOf(CHAT, 'in stock?', 11, at * 1000), business_connection_id: 'b1' };
  const answer = { ...question, message_id: 12, from: { id: 62, is_bot: false }, date: at + 5 };
  const rows = [
    { name: 'answers what was said 5 s before it', messages: [question, answer], unanswered: false },
    {
      name: 'does not answer what was said 4 s before it',
      messages: [question, { ...answer, date: at + 4 }],
      unanswered: true,
    },
    {
      name: 'that a machine wrote answers nothing, however late it is',
      messages: [question, { ...answer, date: at + 600, is_from_offline: true }],
      unanswered: true,
    },
    {
      name: 'that another bot wrote answers nothing',
      messages: [question, { ...answer, date: at + 600, sender_business_bot: { id: 5, is_bot: true } }],
      unanswered: true,
    },
    { name: 'answers also if it is delivered first', messages: [answer, question], unanswered: false },
    {
      name: 'does not answer what was said in its own second',
      messages: [question, { ...answer, date: at }],
      unanswered: true,
    },
    {
      name: 'with a clock that is an hour fast answers nothing that comes later than 2 s',
      messages: [
        { ...answer, date: START / 1000 + 3_600 },
        { ...question, date: START / 1000 + 2 },
      ],
      unanswered: true,
    },
  ];

  test.each(rows)('$name', async ({ messages, unanswered }) => {
    for (const business_message of messages) {
      await world.webhook({ update_id: 1, business_message });
      await world.drain();
    }

    expect(await world.chat(CHAT)).toMatchObject({ unanswered });
  });
});

describe('U3 what a machine wrote in the team’s name', () => {
  const question = { ...messageOf(CHAT, 'in stock?', 11, START), business_connection_id: 'b1' };
  const away = { ...question, message_id: 12, from: { id: 62, is_bot: false }, text: 'away', is_from_offline: true };
  const deliver = async (business_message: object) => {
    await world.webhook({ update_id: 1, business_message });
    await world.drain();
  };

  test('is shown in history and row, and once, although it answers nothing', async () => {
    await deliver(question);
    await deliver(away);
    await deliver(away);

    const { messages } = await world.history(CHAT);
    expect(messages).toMatchObject([
      { isEcho: false },
      { isEcho: true, by: 'automatic', text: 'away', status: 'sent' },
    ]);
    expect(messages[0]).not.toHaveProperty('by');
    expect(await world.chat(CHAT)).toMatchObject({ preview: 'away', unanswered: true, unansweredCount: 1 });
  });

  test('leaves a "no reply needed" standing (U5)', async () => {
    await deliver(question);
    const { seenUpTo } = await world.chat(CHAT);
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });
    world.clock.advance(60_000);
    await deliver({ ...away, date: world.clock.now() / 1000 });

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, noReplyNeeded: {}, preview: 'away' });
  });

  test('does not answer a first message that is folded after it', async () => {
    await deliver({ ...away, date: START / 1000 + 60 });
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false, name: `Client ${CHAT}` });

    await deliver(question);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1 });
  });
});

describe('a chat is called by the best name that is known', () => {
  const person = { id: CHAT, is_bot: false };
  const unnamed = { ...messageOf(CHAT, 'x', 11, START), business_connection_id: 'b1', from: person };
  const chat = { id: CHAT, type: 'private' };
  const named = { ...chat, first_name: 'Anna', last_name: 'K', username: 'anna_k' };
  const owner = { id: 62, is_bot: false, first_name: 'Shop' };
  const echo = { business_message: { ...unnamed, message_id: 12, from: owner, chat: named } };
  const nameless = { business_message: { ...unnamed, message_id: 13, date: START / 1000 + 9, chat } };
  const from = { ...person, first_name: 'Anna', last_name: 'K' };
  const invisible = { ...unnamed, from: { ...person, first_name: '\u3164', username: 'anna_k' }, chat };
  const rows: { name: string; updates: object[]; shown: string }[] = [
    { name: "an owner's message", updates: [echo], shown: 'Anna K' },
    {
      name: "an owner's away message",
      updates: [{ business_message: { ...echo.business_message, is_from_offline: true } }],
      shown: 'Anna K',
    },
    {
      name: 'a payment',
      updates: [
        {
          message: {
            ...messageOf(CHAT, '', 14, START),
            text: undefined,
            from,
            successful_payment: { currency: 'EUR' },
          },
        },
      ],
      shown: 'Anna K',
    },
    {
      name: 'a notice',
      updates: [{ message: { ...messageOf(CHAT, '', 15, START), text: undefined, from, pinned_message: {} } }],
      shown: 'Anna K',
    },
    {
      name: 'a client who blocked the bot',
      updates: [{ my_chat_member: { chat, from, date: START / 1000, new_chat_member: { status: 'kicked' } } }],
      shown: 'Anna K',
    },
    {
      name: 'a pressed button',
      updates: [{ callback_query: { id: '7', from, message: { chat, message_id: 3 } } }],
      shown: 'Anna K',
    },
    { name: 'an update without any name', updates: [nameless], shown: String(CHAT) },
    { name: 'an invisible name and a username', updates: [{ business_message: invisible }], shown: '@anna_k' },
    { name: 'a name, and later none', updates: [echo, nameless], shown: 'Anna K' },
    { name: 'none, and a name that was told before it', updates: [nameless, echo], shown: 'Anna K' },
    { name: 'a username, and then a name', updates: [{ business_message: invisible }, echo], shown: 'Anna K' },
  ];

  test.each(rows)('$name', async ({ updates, shown }) => {
    for (const [index, update] of updates.entries()) {
      expect(await world.webhook({ update_id: index + 1, ...update })).toMatchObject({ status: 200 });
      await world.drain();
    }

    expect(await world.chat(CHAT)).toMatchObject({ name: shown });
  });
});

test('no line of the log holds a text or a name', async () => {
  await world.webhook(fixture('text'));
  await world.webhook(fixture('contact'));
  await world.webhook({ update_id: 1, message: { text: 'very private' } });

  expect(JSON.stringify(world.logs)).not.toMatch(/promo7|Timur|Petrov|private"|51000444/);
});

describe('a business connection', () => {
  const at = START / 1000;
  const said = (update_id: number, fields: Record<string, unknown> = {}) => ({
    update_id,
    business_connection: {
      id: 'bcX1',
      user: { id: 62000111, is_bot: false, first_name: 'Shop' },
      user_chat_id: 62000111,
      date: at,
      is_enabled: true,
      rights: { can_reply: true },
      ...fields,
    },
  });
  const connected = (id: number) => said(id);
  const readOnly = (id: number) => said(id, { rights: {} });
  const revoked = (id: number) => said(id, { is_enabled: false });
  const states = async () => (await world.store.connections.ofNow(world.channel.channelId)).map(({ state }) => state);

  test.each([
    { name: 'that began', updates: [connected(1)], state: 'active' },
    { name: 'that began and changed', updates: [connected(1), readOnly(2)], state: 'read-only' },
    { name: 'that began, changed and ended', updates: [connected(1), readOnly(2), revoked(3)], state: 'revoked' },
    { name: 'that began, ended and began again', updates: [connected(1), revoked(2), connected(3)], state: 'active' },
    {
      name: 'that was made anew, whatever its number,',
      updates: [revoked(9), said(2, { date: at + 1 })],
      state: 'active',
    },
  ])('$name is $state, in any order of updates and repeated', async ({ updates, state }) => {
    for (const order of permutations(updates)) {
      world = await createWorld();
      for (const update of [...order, ...order]) expect(await world.webhook(update)).toMatchObject({ status: 200 });

      expect(await states()).toEqual([state]);
      await world.stop();
    }
    world = await createWorld();
  });

  test('takes any update after days of silence, because numbers begin anew then', async () => {
    await world.webhook(revoked(900));
    world.clock.advance(8 * 24 * 3_600_000);
    await world.webhook(connected(7));

    expect(await states()).toEqual(['active']);
  });

  test('is one put, after a look for a receiver, and its line in the log names no person', async () => {
    await world.webhook(connected(1));
    const asked: string[] = [];
    world.failing = ({ kind }) => asked.push(kind) < 0;

    await world.webhook(revoked(2));

    expect(asked).toEqual(['GetCommand', 'UpdateCommand']);
    expect(world.logs.at(-1)).toMatchObject({ items: [{ kind: 'connection', state: 'revoked', outcome: 'stored' }] });
    expect(JSON.stringify(world.logs)).not.toMatch(/62000111|Shop"/);
  });

  test('makes no chat, and is dropped by a disabled channel', async () => {
    await world.webhook(connected(1));
    expect(storedItems()).toBe(0);

    const options = { key: world.account.apiKey, body: { enabled: false } };
    await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, options);
    await world.webhook(revoked(2));

    expect(await states()).toEqual(['active']);
  });

  test('is 5xx if the store does not answer, so that it is delivered again', async () => {
    world.failing = ({ kind }) => kind === 'UpdateCommand';
    expect(await world.webhook(revoked(1))).toMatchObject({ status: 500 });
  });

  test('may come after messages: that of its owner is an echo, that of the client is not', async () => {
    for (const file of ['business-text', 'business-echo']) await world.webhook(fixture(file));
    await world.webhook(connected(1));
    await world.drain();

    const { messages } = await world.history(CHAT);
    expect(messages.map(({ isEcho }) => isEcho)).toEqual([false, true]);
  });

  function permutations<T>(all: readonly T[]): T[][] {
    if (all.length < 2) return [[...all]];
    return all.flatMap((one, index) => permutations(all.toSpliced(index, 1)).map((rest) => [one, ...rest]));
  }
});
