import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Answer, type ChatAnswer, createWorld, START, type World } from '#test/world';

const CHAT = 5;

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.say(CHAT, 'thank you', { at: START });
});

afterEach(() => world.stop());

async function seenUpTo(chatId = CHAT): Promise<string> {
  return (await world.history(chatId)).seenUpTo;
}

function chatOf(answer: Answer): ChatAnswer {
  expect(answer).toMatchObject({ status: 200 });
  return answer.body as ChatAnswer;
}

async function say(reason?: string, token?: string): Promise<ChatAnswer> {
  return chatOf(
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo: token ?? (await seenUpTo()), reason }),
  );
}

async function takeBack(): Promise<ChatAnswer> {
  return chatOf(await world.noReplyNeeded(CHAT, { noReplyNeeded: false }));
}

describe('U5 "no reply needed"', () => {
  test('is answered with the chat as it then is: who, when, why', async () => {
    world.clock.advance(60_000);

    const chat = await say('only thanks');

    expect(chat).toMatchObject({
      unanswered: false,
      unansweredCount: 0,
      unansweredSince: null,
      noReplyNeeded: { userId: null, at: new Date(START + 60_000).toISOString(), reason: 'only thanks' },
      preview: 'thank you',
    });
    await world.drain();
    const { seenUpTo: _, version: _version, ...same } = chat;
    expect(await world.chat(CHAT)).toMatchObject(same);
  });

  test('is a line of the history, and nothing is sent', async () => {
    await say('only thanks');
    await world.drain();

    expect((await world.history(CHAT)).messages).toMatchObject([
      { text: 'thank you', isEcho: false },
      { type: 'system', isEcho: true, noReplyNeeded: { userId: null, reason: 'only thanks', withdrawnAt: null } },
    ]);
    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage')).toEqual([]);
  });

  test('may be said twice, as by a double click', async () => {
    const token = await seenUpTo();

    const [first, second] = await Promise.all([say(undefined, token), say(undefined, token)]);

    expect(first.unanswered || second.unanswered).toBe(false);
    expect(await takeBack()).toMatchObject({ unanswered: true, unansweredCount: 1, noReplyNeeded: null });
  });

  test('leaves a message open that crossed it, and the answer says so', async () => {
    const token = await seenUpTo();
    world.clock.advance(2_000);
    await world.say(CHAT, 'and one more thing');

    const chat = await say(undefined, token);

    expect(chat).toMatchObject({
      unanswered: true,
      unansweredCount: 1,
      unansweredSince: new Date(START + 2_000).toISOString(),
    });
  });

  test('leaves a message open that crossed it and is not folded yet', async () => {
    const token = await seenUpTo();
    world.clock.advance(2_000);
    const message = { message_id: 9, date: START / 1000 + 2, from: { id: CHAT }, chat: { id: CHAT, type: 'private' } };
    await world.webhook({ update_id: 1, message: { ...message, text: 'more' } });

    expect(await say(undefined, token)).toMatchObject({ unanswered: true, unansweredCount: 1 });
  });

  test('leaves a message open that is delivered late', async () => {
    world.clock.advance(60_000);
    await say();

    await world.say(CHAT, 'late', { at: START + 5_000 });

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1 });
  });

  test('is no longer shown once the client wrote again', async () => {
    await say();
    world.clock.advance(2_000);
    await world.say(CHAT, 'hello?');

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, noReplyNeeded: null });
  });

  test('takes the seenUpTo of a list row', async () => {
    const [row] = (await world.chats()).chats;

    expect(await say(undefined, row?.seenUpTo)).toMatchObject({ unanswered: false });
  });
});

describe('U5 withdrawing it', () => {
  test('withdraws all standing ones', async () => {
    await say('one');
    world.clock.advance(1_000);
    await say('two');
    world.clock.advance(1_000);

    const chat = await takeBack();

    expect(chat).toMatchObject({ unanswered: true, unansweredCount: 1, noReplyNeeded: null });
    const at = new Date(START + 2_000).toISOString();
    expect((await world.history(CHAT)).messages.slice(1)).toMatchObject([
      { noReplyNeeded: { reason: 'one', withdrawnAt: at } },
      { noReplyNeeded: { reason: 'two', withdrawnAt: at } },
    ]);
  });

  test('changes nothing if none stands', async () => {
    const before = world.db.items('messages');
    const version = world.db.sequence;

    const chat = await takeBack();

    expect(chat).toMatchObject({ unanswered: true, unansweredCount: 1 });
    expect(world.db.items('messages')).toEqual(before);
    expect(world.db.sequence).toBe(version);
  });

  test('again, as by a retried request, withdraws no more than the first time', async () => {
    await say('one');
    await takeBack();
    world.clock.advance(5_000);
    const before = world.db.items('messages');

    await takeBack();

    expect(world.db.items('messages')).toEqual(before);
  });

  test('leaves answered what a reply answered', async () => {
    await say();
    world.clock.advance(1_000);
    await world.reply(CHAT);
    await world.drain();

    expect(await takeBack()).toMatchObject({ unanswered: false, noReplyNeeded: null });
  });

  test('needs no seenUpTo, and reads none', async () => {
    await say();

    const answer = await world.noReplyNeeded(CHAT, { noReplyNeeded: false, seenUpTo: 'AAAA' });

    expect(chatOf(answer)).toMatchObject({ unanswered: true });
  });

  test('works in a chat in which nobody ever said a word', async () => {
    const { text: _, ...notice } = { ...messageFields(), pinned_message: { message_id: 1 } };
    await world.webhook({ update_id: 1, message: notice });
    await world.drain();
    const token = (await world.history(6)).seenUpTo;
    await world.noReplyNeeded(6, { noReplyNeeded: true, seenUpTo: token });

    const answer = await world.noReplyNeeded(6, { noReplyNeeded: false });
    await world.drain();

    expect(chatOf(answer)).toMatchObject({ unanswered: false, noReplyNeeded: null });
    expect(world.sent.failedChats).toEqual([]);
  });

  function messageFields() {
    return { message_id: 3, date: START / 1000, from: { id: 6 }, chat: { id: 6, type: 'private' }, text: '' };
  }
});

describe('a request is refused, and nothing is stored', () => {
  const rows: { name: string; body: unknown; error: string; fields?: string[] }[] = [
    { name: 'no seenUpTo', body: { noReplyNeeded: true }, error: 'INVALID_SEEN_UP_TO', fields: ['seenUpTo'] },
    {
      name: 'null for seenUpTo',
      body: { noReplyNeeded: true, seenUpTo: null },
      error: 'INVALID_SEEN_UP_TO',
      fields: ['seenUpTo'],
    },
    {
      name: 'an empty seenUpTo',
      body: { noReplyNeeded: true, seenUpTo: '' },
      error: 'INVALID_SEEN_UP_TO',
      fields: ['seenUpTo'],
    },
    {
      name: 'a damaged seenUpTo',
      body: { noReplyNeeded: true, seenUpTo: 'AAAA' },
      error: 'INVALID_SEEN_UP_TO',
      fields: ['seenUpTo'],
    },
    { name: 'no state', body: {}, error: 'INVALID_REQUEST', fields: ['noReplyNeeded'] },
    {
      name: 'a text for a state',
      body: { noReplyNeeded: 'true' },
      error: 'INVALID_REQUEST',
      fields: ['noReplyNeeded'],
    },
    { name: 'null for a state', body: { noReplyNeeded: null }, error: 'INVALID_REQUEST', fields: ['noReplyNeeded'] },
    {
      name: 'an endless reason',
      body: { noReplyNeeded: false, reason: 'x'.repeat(1_001) },
      error: 'INVALID_REQUEST',
      fields: ['reason'],
    },
    { name: 'no object', body: [], error: 'INVALID_REQUEST', fields: [] },
    { name: 'no JSON', body: '{', error: 'INVALID_JSON' },
  ];

  test.each(rows)('$name: $error', async ({ body, error, fields }) => {
    const before = world.db.items('messages');

    const answer = await world.noReplyNeeded(CHAT, body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error, description: expect.any(String), ...(fields && { data: { fields } }) });
    expect(world.db.items('messages')).toEqual(before);
  });

  test('the seenUpTo of another chat: INVALID_SEEN_UP_TO', async () => {
    await world.say(6, 'hello');

    const answer = await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo: await seenUpTo(6) });

    expect(answer).toMatchObject({ status: 400, body: { error: 'INVALID_SEEN_UP_TO' } });
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('an unknown chat, whatever the body: 404 CHAT_NOT_FOUND', async () => {
    expect(await world.noReplyNeeded(404, '{')).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
  });

  test('I6 a chat of another account: 404, as if it were not there', async () => {
    const { apiKey } = await world.addAccount();
    const body = { noReplyNeeded: true, seenUpTo: await seenUpTo() };

    const answer = await world.call('PUT', `${world.pathOf(CHAT)}/no-reply-needed`, { key: apiKey, body });
    const unknown = await world.call('PUT', `${world.pathOf(404)}/no-reply-needed`, { key: apiKey, body });

    expect(answer.status).toBe(404);
    expect(answer.body).toEqual(unknown.body);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('no key: 401', async () => {
    expect(await world.call('PUT', `${world.pathOf(CHAT)}/no-reply-needed`)).toMatchObject({ status: 401 });
  });
});
