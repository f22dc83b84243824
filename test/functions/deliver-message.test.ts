import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LEASE_MS } from '#domain/delivery';
import { replyLane } from '#store/outbox/lane-names';
import { PATIENCE_MS } from '#test/patience';
import { type Asked, BOT_TOKEN, createWorld, messageOf, START, type World } from '#test/world';

const CHAT = 5;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BLOCKED = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };
const DOWN = { status: 502, body: 'Bad gateway' };

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.say(CHAT, 'hello', { at: START });
  world.clock.advance(MINUTE);
});

afterEach(() => world.stop());

function throttled(seconds: number) {
  const parameters = { retry_after: seconds };
  return { status: 429, body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters } };
}

function texts(): unknown[] {
  return world.bot.calls
    .filter(({ method }) => method === 'sendMessage')
    .map(({ body }) => (body as { text: string }).text);
}

async function statuses(): Promise<unknown[]> {
  const { messages } = await world.history(CHAT);
  return messages.filter(({ isEcho }) => isEcho).map(({ status }) => status);
}

async function answer(text: string, chatId = CHAT): Promise<void> {
  expect(await world.reply(chatId, { text })).toMatchObject({ status: 201 });
  await world.drain();
}

function lane(chatId = CHAT): string {
  return replyLane(`${world.channel.channelId}#telegram#${chatId}`);
}

/** Matches commands with an update expression that holds these words. */
function updating(words: string) {
  return ({ input }: Asked) => input.UpdateExpression?.includes(words) ?? false;
}

/** Matches the last write before a call. */
function takingSlot({ kind, input }: Asked): boolean {
  return kind === 'PutCommand' && input.TableName === 'outbox';
}

describe('a reply is sent', () => {
  test('once, and the chat stays answered', async () => {
    await answer('an answer');
    await world.pass(DAY);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(texts()).toEqual(['an answer']);
    expect(await statuses()).toEqual(['sent']);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
    expect(await world.deliveries('state=pending')).toEqual([]);
  });

  test('in the order of its chat', async () => {
    for (const text of ['one', 'two', 'three']) {
      await world.reply(CHAT, { text });
      world.clock.advance(1);
    }
    await world.drain();

    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  test('once, however many bells ring at once', async () => {
    await world.reply(CHAT);
    await world.drain({ deliver: false });

    await Promise.all(
      Array.from({ length: 10 }, () =>
        world.app.listeners['deliver-message']({ Records: [{ body: lane() }, { body: lane() }] }),
      ),
    );

    expect(texts()).toEqual(['an answer']);
  });

  test('by the present holder, if it is added while that calls the messenger', async () => {
    world.bot.answerNext('sendMessage', { status: 200, body: { ok: true, result: { message_id: 1 } }, delayMs: 30 });
    await world.reply(CHAT, { text: 'one' });
    await world.drain({ deliver: false });
    const calling = world.app.listeners['deliver-message']({ Records: [{ body: lane() }] });
    await vi.waitFor(() => expect(texts()).toHaveLength(1), { interval: 1, timeout: PATIENCE_MS });

    world.clock.advance(1);
    await world.reply(CHAT, { text: 'two' });
    await world.drain();
    expect(texts()).toEqual(['one']);

    await calling;
    expect(texts()).toEqual(['one', 'two']);
  });
});

test('a reply that is added just before a holder lets go is sent as well', async () => {
  let late = false;
  world.failing = async ({ kind }) => {
    if (kind !== 'DeleteCommand' || late) return false;
    late = true;
    await world.reply(CHAT, { text: 'two' });
    await world.drain({ deliver: false });
    // The lane itself tells its holder.
    expect(world.sent.lanes).toEqual([]);
    return false;
  };

  await answer('one');

  expect(texts()).toEqual(['one', 'two']);
});

test('a holder that slept for longer than its lease calls nobody, and the next one does', async () => {
  let slept = false;
  world.failing = async (asked) => {
    if (slept || !takingSlot(asked)) return false;
    slept = true;
    world.clock.advance(LEASE_MS + 1_000);
    return false;
  };

  await answer('one');
  expect(texts()).toEqual([]);
  await world.app.listeners['sweep-lanes']();
  await world.drain();

  expect(texts()).toEqual(['one']);
  expect(await statuses()).toEqual(['sent']);
});

describe('U4 a reply that was refused for good', () => {
  beforeEach(async () => {
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    await answer('refused');
  });

  test('covers nothing any more: the chat is unanswered since the client wrote', async () => {
    expect(await world.chat(CHAT)).toMatchObject({
      unanswered: true,
      unansweredCount: 1,
      unansweredSince: new Date(START).toISOString(),
    });
    expect(await statuses()).toEqual(['error']);
    expect(await world.deliveries()).toMatchObject([{ lastError: { code: '403', description: BLOCKED.description } }]);
  });

  test('is not tried again by itself', async () => {
    await world.pass(DAY);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(texts()).toEqual(['refused']);
  });

  test('does not stop the lane, and the next reply counts', async () => {
    await answer('the next');

    expect(texts()).toEqual(['refused', 'the next']);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('covers again what it had covered, and nothing newer, once a retry succeeds', async () => {
    await world.say(CHAT, 'still there?');
    const [failed] = await world.deliveries();

    await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 2 });
    await world.drain();

    expect(texts()).toEqual(['refused', 'refused']);
    expect(await statuses()).toEqual(['sent']);
    expect(await world.chat(CHAT)).toMatchObject({
      unansweredCount: 1,
      unansweredSince: new Date(START + MINUTE).toISOString(),
    });
  });

  test('covers nothing if the retry is refused too', async () => {
    const [failed] = await world.deliveries();
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });

    await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();

    expect(await statuses()).toEqual(['error']);
    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1 });
  });

  test('leaves its message open if the other reply that covered it is refused afterwards', async () => {
    await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo: (await world.history(CHAT)).seenUpTo });
    world.clock.advance(1_000);
    await world.say(CHAT, 'and now?');
    world.clock.advance(MINUTE);
    await world.reply(CHAT, { text: 'one' });
    await world.drain({ deliver: false });
    world.clock.advance(MINUTE);
    await world.reply(CHAT, { text: 'two' });
    await world.drain({ deliver: false });
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    world.bot.answerNext('sendMessage', DOWN);
    await world.drain();
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });

    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    await world.pass(5_000);

    expect(texts()).toEqual(['refused', 'one', 'two', 'two']);
    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1, preview: 'two' });
  });

  test('leaves its message open if the next reply is refused too', async () => {
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    await answer('refused again');

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 1 });
  });
});

describe('a token that was revoked', () => {
  const UNAUTHORIZED = { ok: false, error_code: 401, description: 'Unauthorized' };
  const channel = async () => {
    const { body } = await world.call('GET', '/v3/channels', { key: world.account.apiKey });
    return (body as Record<string, unknown>[])[0];
  };

  test.each([
    { status: 401, description: 'Unauthorized' },
    { status: 404, description: 'Not Found' },
  ])(
    'with $status fails the reply: status and channel show it, and the chat is unanswered again',
    async ({ status, description }) => {
      world.bot.answerNext('sendMessage', { status, body: { ok: false, error_code: status, description } });
      await answer('refused');

      expect(await channel()).toMatchObject({ state: 'unauthorized' });
      const { messages } = await world.history(CHAT);
      expect(messages.at(-1)).toMatchObject({ status: 'error', error: { error: String(status), description } });
      expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
    },
  );

  test('fails what waits in any lane of the channel, with the reason and without a call', async () => {
    await world.say(6, 'me too');
    world.bot.answerNext('sendMessage', DOWN);
    await world.reply(6, { text: 'waits' });
    await world.drain();
    await world.reply(CHAT, { text: 'one' });
    world.clock.advance(1);
    await world.reply(CHAT, { text: 'two' });
    world.bot.answerNext('sendMessage', { status: 401, body: UNAUTHORIZED });
    await world.drain();
    await world.pass(MINUTE);

    expect(texts()).toEqual(['waits', 'one']);
    expect(await world.deliveries('state=pending')).toEqual([]);
    expect((await world.deliveries()).map(({ lastError }) => lastError?.code).sort()).toEqual([
      '401',
      'CHANNEL_UNAUTHORIZED',
      'CHANNEL_UNAUTHORIZED',
    ]);
    expect(await world.chat(6)).toMatchObject({ unanswered: true });
  });

  test('makes new replies a 400, while messages come in and "no reply needed" works', async () => {
    world.bot.answerNext('sendMessage', { status: 401, body: UNAUTHORIZED });
    await answer('refused');

    expect(await world.reply(CHAT)).toMatchObject({
      status: 400,
      body: { error: 'MESSAGE_CHANNEL_UNAVAILABLE', description: expect.stringContaining('credentials') },
    });
    await world.say(CHAT, 'still there?');
    const { seenUpTo } = await world.history(CHAT);
    expect(await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo })).toMatchObject({ status: 200 });
    expect(texts()).toEqual(['refused']);
  });

  test('does not stop another channel', async () => {
    const { channelId } = await world.addChannel();
    world.bot.answerNext('sendMessage', { status: 401, body: UNAUTHORIZED });
    await answer('refused');

    await world.reply(CHAT, { channelId, text: 'elsewhere' });
    await world.drain();

    expect(texts()).toEqual(['refused', 'elsewhere']);
  });

  test('fails a retry without a call, until there are new credentials', async () => {
    world.bot.answerNext('sendMessage', { status: 401, body: UNAUTHORIZED });
    await answer('refused');
    const [failed] = await world.deliveries();

    await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();

    expect(texts()).toEqual(['refused']);
    expect(await world.deliveries()).toMatchObject([{ lastError: { code: 'CHANNEL_UNAUTHORIZED' } }]);
  });

  test('does not count against credentials that replaced it meanwhile: the reply is sent with those', async () => {
    world.bot.answerNext('sendMessage', { status: 401, body: UNAUTHORIZED, delayMs: 500 });
    await world.reply(CHAT, { text: 'once more' });
    const calling = world.drain();
    await vi.waitFor(() => expect(texts()).toHaveLength(1), { interval: 1, timeout: PATIENCE_MS });
    const body = { credentials: { botToken: `${BOT_TOKEN}_new` } };
    expect(
      await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, { key: world.account.apiKey, body }),
    ).toMatchObject({ status: 200 });
    await calling;

    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage').map(({ token }) => token)).toEqual([
      BOT_TOKEN,
      `${BOT_TOKEN}_new`,
    ]);
    expect(await channel()).toMatchObject({ state: 'active' });
    expect(await statuses()).toEqual(['sent']);
  });
});

describe('a client who writes by a business connection', () => {
  const CLIENT = 7;
  let lastUpdate = 0;

  function connection(fields: Record<string, unknown> = {}, id = 'bcX1') {
    lastUpdate += 1;
    const user = { id: 62000111, is_bot: false, first_name: 'Shop' };
    const made = {
      id,
      user,
      user_chat_id: 62000111,
      date: START / 1000,
      is_enabled: true,
      rights: { can_reply: true },
    };
    return world.webhook({ update_id: lastUpdate, business_connection: { ...made, ...fields } });
  }
  const revoke = () => connection({ is_enabled: false });
  const refuseRights = () => connection({ rights: { can_read_messages: true } });

  async function write(via = 'bcX1'): Promise<void> {
    lastUpdate += 1;
    const message = messageOf(CLIENT, 'hello', lastUpdate, world.clock.now());
    await world.webhook({ update_id: lastUpdate, business_message: { ...message, business_connection_id: via } });
    await world.drain();
    world.clock.advance(MINUTE);
  }
  const vias = () =>
    world.bot.calls
      .filter(({ method }) => method === 'sendMessage')
      .map(({ body }) => (body as { business_connection_id?: string }).business_connection_id);
  const shown = async () => {
    const { body } = await world.call('GET', '/v3/channels', { key: world.account.apiKey });
    return (body as Record<string, unknown>[])[0];
  };
  const last = async () => (await world.history(CLIENT)).messages.at(-1);

  test('gets the reply by that connection', async () => {
    await connection();
    await write();
    await answer('an answer', CLIENT);

    expect(vias()).toEqual(['bcX1']);
    expect(await shown()).toMatchObject({
      state: 'active',
      connections: [{ connectionId: 'bcX1', ownerId: '62000111', state: 'active' }],
    });
  });

  test('gets the reply by that connection even if no update told of it', async () => {
    await write();
    await answer('an answer', CLIENT);

    expect(vias()).toEqual(['bcX1']);
    expect(await shown()).toEqual(expect.not.objectContaining({ connections: expect.anything() }));
  });

  test.each([
    { name: 'has ended', change: revoke, state: 'revoked', code: 'CONNECTION_REVOKED' },
    { name: 'may not reply', change: refuseRights, state: 'read-only', code: 'CONNECTION_READ_ONLY' },
  ])(
    'gets no reply if the connection $name: status and channel show it, and the chat is unanswered again',
    async (row) => {
      await connection();
      await write();
      await row.change();

      await answer('refused', CLIENT);

      expect(vias()).toEqual([]);
      expect(await last()).toMatchObject({
        status: 'error',
        error: { error: row.code, description: expect.any(String) },
      });
      expect(await world.chat(CLIENT)).toMatchObject({ unanswered: true, unansweredCount: 1 });
      expect(await world.deliveries()).toMatchObject([{ lastError: { code: row.code } }]);
      expect(await shown()).toMatchObject({ state: 'phoneUnavailable', connections: [{ state: row.state }] });
    },
  );

  test('gets no reply that waited when the connection ended', async () => {
    await connection();
    await write();
    world.bot.answerNext('sendMessage', DOWN);
    await answer('waits', CLIENT);
    await revoke();
    await world.pass(MINUTE);

    expect(vias()).toEqual(['bcX1']);
    expect(await last()).toMatchObject({ status: 'error', error: { error: 'CONNECTION_REVOKED' } });
  });

  test.each([
    { name: 'the same connection', id: 'bcX1', fields: {} },
    { name: 'another connection of the same person', id: 'bcX2', fields: { date: START / 1000 + 5 } },
  ])(
    'gets replies again by $name that came back: the state is active, and what failed can be sent again',
    async (row) => {
      await connection();
      await write();
      await revoke();
      await answer('refused', CLIENT);

      await connection(row.fields, row.id);
      await answer('the next', CLIENT);

      expect(await shown()).toMatchObject({
        state: 'active',
        connections: [{ connectionId: row.id, state: 'active' }],
      });
      expect(await last()).toMatchObject({ text: 'the next', status: 'sent' });
      const [failed] = await world.deliveries();
      await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
      await world.drain();
      expect(vias()).toEqual([row.id, row.id]);
      expect(await world.deliveries()).toEqual([]);
    },
  );

  test('gets no reply by a connection of another person, while chats of the bot itself go on', async () => {
    await connection();
    await write();
    await revoke();
    await connection({ user: { id: 63, is_bot: false, first_name: 'Other' }, date: START / 1000 + 5 }, 'bcY1');

    await answer('refused', CLIENT);
    await answer('by the bot');

    expect(vias()).toEqual([undefined]);
    expect(await shown()).toMatchObject({ state: 'active', connections: [{ state: 'revoked' }, { state: 'active' }] });
  });

  test.each(['BUSINESS_CONNECTION_INVALID', 'BUSINESS_PEER_INVALID', 'BUSINESS_PEER_USAGE_MISSING'])(
    'gets no reply if Telegram refuses, and the history shows its words: %s',
    async (word) => {
      const description = `Bad Request: ${word}`;
      await write();
      world.bot.answerNext('sendMessage', { status: 400, body: { ok: false, error_code: 400, description } });
      await answer('refused', CLIENT);

      expect(await last()).toMatchObject({ status: 'error', error: { error: '400', description } });
      expect(await world.chat(CLIENT)).toMatchObject({ unanswered: true });
    },
  );

  test('loses the connection: each answer that holds the channel’s state shows it', async () => {
    await connection();
    await revoke();
    const options = { key: world.account.apiKey, body: { name: 'Renamed' } };

    expect(await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, options)).toMatchObject({
      body: { state: 'phoneUnavailable' },
    });
    await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, { ...options, body: { enabled: false } });
    expect(await shown()).toMatchObject({ state: 'disabled' });
  });
});

describe('a 429', () => {
  test('holds the lane and the whole channel until retry_after, and nothing is lost', async () => {
    world.bot.answerNext('sendMessage', throttled(30));
    await answer('one');
    await answer('elsewhere', 6);
    expect(texts()).toEqual(['one']);

    await world.pass(29_999);
    await world.app.listeners['sweep-lanes']();
    await world.drain();
    expect(texts()).toEqual(['one']);

    await world.pass(1);
    expect(texts()).toEqual(['one', 'one']);
    // The others of the channel come back over a second.
    await world.pass(999);
    expect(texts()).toEqual(['one', 'one', 'elsewhere']);
    expect(await statuses()).toEqual(['sent']);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('does not hold another channel', async () => {
    const { channelId } = await world.addChannel();
    world.bot.answerNext('sendMessage', throttled(30));
    await answer('one');

    await world.reply(CHAT, { channelId, text: 'elsewhere' });
    await world.drain();

    expect(texts()).toEqual(['one', 'elsewhere']);
  });

  test('is shown as the reason for waiting', async () => {
    world.bot.answerNext('sendMessage', throttled(30));
    await answer('one');

    expect(await world.deliveries('state=pending')).toMatchObject([
      { lastError: { code: '429' }, nextAttemptAt: new Date(START + MINUTE + 30_000).toISOString() },
    ]);
  });
});

describe('a messenger that cannot be reached', () => {
  test('is called again after 5, 10 and 20 s, in order, and the chat stays answered meanwhile', async () => {
    for (let failure = 1; failure <= 3; failure += 1) world.bot.answerNext('sendMessage', DOWN);
    await world.reply(CHAT, { text: 'one' });
    world.clock.advance(1);
    await world.reply(CHAT, { text: 'two' });
    await world.drain();

    for (const [wait, calls] of [
      [4_999, 1],
      [1, 2],
      [9_999, 2],
      [1, 3],
      [19_999, 3],
    ] as const) {
      await world.pass(wait);
      expect(texts()).toEqual(Array(calls).fill('one'));
      expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
    }
    await world.pass(1);

    expect(texts()).toEqual(['one', 'one', 'one', 'one', 'two']);
    expect(await statuses()).toEqual(['sent', 'sent']);
  });

  test('is called again after 5 s for the next reply, if one was sent in between', async () => {
    world.bot.answerNext('sendMessage', DOWN);
    await answer('one');
    await answer('two');
    world.clock.advance(5_000);
    world.bot.answerNext('sendMessage', { status: 200, body: { ok: true, result: { message_id: 1 } } });
    world.bot.answerNext('sendMessage', DOWN);
    await world.pass(0);
    expect(texts()).toEqual(['one', 'one', 'two']);

    await world.pass(5_000);

    expect(texts()).toEqual(['one', 'one', 'two', 'two']);
  });

  test('is called again after 5 s in a lane that was empty in between', async () => {
    world.bot.answerNext('sendMessage', DOWN);
    await answer('one');
    await world.pass(5_000);
    world.bot.answerNext('sendMessage', DOWN);
    await answer('two');

    await world.pass(5_000);

    expect(texts()).toEqual(['one', 'one', 'two', 'two']);
  });

  test('that does not answer is given up after 20 s, and called again', async () => {
    world.bot.answerNext('sendMessage', { status: 200, body: {}, hang: true });
    await world.reply(CHAT);
    const calling = world.drain();
    await vi.waitFor(() => expect(texts()).toHaveLength(1), { interval: 1, timeout: PATIENCE_MS });

    world.clock.advance(20_000);
    await calling;
    expect(await world.deliveries('state=pending')).toMatchObject([{ lastError: { code: 'UNREACHABLE' } }]);
    await world.pass(5_000);

    expect(texts()).toHaveLength(2);
    expect(await statuses()).toEqual(['sent']);
  });

  test('is called again by the sweep if the bell was lost', async () => {
    world.bot.answerNext('sendMessage', DOWN);
    await answer('one');
    world.later.splice(0);

    await world.pass(4_999);
    await world.app.listeners['sweep-lanes']();
    expect(world.sent.lanes).toEqual([]);
    await world.pass(1);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(texts()).toEqual(['one', 'one']);
  });

  test('for 24 hours fails the reply with the last reason, and the chat is unanswered again', async () => {
    await world.reply(CHAT, { text: 'one' });
    world.bot.answerNext('sendMessage', DOWN);
    await world.drain();
    let waited = 0;
    while ((await world.deliveries('state=pending')).length > 0) {
      world.bot.answerNext('sendMessage', DOWN);
      await world.pass(15 * MINUTE);
      waited += 15 * MINUTE;
      if (waited > 2 * DAY) throw new Error('It is never given up');
    }

    expect(waited).toBeGreaterThan(DAY - 1);
    expect(waited).toBeLessThanOrEqual(DAY + 15 * MINUTE);
    expect(await world.deliveries()).toMatchObject([{ state: 'failed', lastError: { code: 'UNREACHABLE' } }]);
    expect(await world.chat(CHAT)).toMatchObject({
      unansweredCount: 1,
      unansweredSince: new Date(START).toISOString(),
    });
    expect(await statuses()).toEqual(['error']);
  });

  test('for 24 hours without a single call fails the reply with GIVEN_UP', async () => {
    await world.reply(CHAT);
    await world.drain({ deliver: false });
    world.clock.advance(DAY);
    await world.drain({ deliver: false });
    world.clock.advance(1);
    await world.drain();

    expect(texts()).toEqual([]);
    expect(await world.deliveries()).toMatchObject([{ lastError: { code: 'GIVEN_UP' } }]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });

  test('is still called when exactly 24 hours have passed', async () => {
    await world.reply(CHAT);
    await world.drain({ deliver: false });
    world.clock.advance(DAY);
    await world.drain();

    expect(texts()).toEqual(['an answer']);
  });

  test('is called for another 24 hours after a retry', async () => {
    await world.reply(CHAT);
    await world.drain({ deliver: false });
    world.clock.advance(DAY + 1);
    await world.drain();
    const [failed] = await world.deliveries();

    await world.call('POST', `/v1/deliveries/${failed!.deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();

    expect(await statuses()).toEqual(['sent']);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });
});

describe('a crash', () => {
  async function crash(where: World['failing']): Promise<void> {
    await world.reply(CHAT);
    await world.drain({ deliver: false });
    world.failing = where;
    await expect(world.drain()).rejects.toThrow('did not answer');
    world.failing = undefined;
  }

  async function comeBack(): Promise<void> {
    await world.pass(LEASE_MS - 1);
    await world.app.listeners['sweep-lanes']();
    await world.drain();
    world.clock.advance(1);
    await world.app.listeners['sweep-lanes']();
    await world.drain();
  }

  test.each([
    { name: 'before the call leads to one call', where: takingSlot, calls: 1 },
    {
      name: 'between the messenger’s 2xx and its record leads to a second call rather than none',
      where: updating('SET #status'),
      calls: 2,
    },
    { name: 'after the record leads to one call', where: updating('SET #reply'), calls: 1 },
    {
      name: 'after all that follows leads to one call',
      where: ({ kind }: Asked) => kind === 'DeleteCommand',
      calls: 1,
    },
  ])('$name', async ({ where, calls }) => {
    await crash(where);
    await comeBack();

    expect(texts()).toHaveLength(calls);
    expect(await statuses()).toEqual(['sent']);
    expect(await world.deliveries('state=pending')).toEqual([]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('leads to no call while the lease of the dead holder lasts', async () => {
    await crash(takingSlot);
    await world.pass(LEASE_MS - 1);
    world.sent.lanes.push(lane());
    await world.drain();

    expect(texts()).toEqual([]);
  });

  test('after a refusal, before the lane is let go, fails the reply without another call', async () => {
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    await crash(({ kind }) => kind === 'DeleteCommand');
    await comeBack();

    expect(texts()).toHaveLength(1);
    expect(await world.deliveries()).toMatchObject([{ lastError: { code: '403' } }]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
  });
});

test('no line of the log holds a text, a token or a chat', async () => {
  world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
  await answer('very private', 51000444);

  expect(JSON.stringify(world.logs)).not.toMatch(/private|51000444|7000000001/);
});

describe('a client whose chat is divided into topics', () => {
  const CLIENT = 9;
  const GONE = {
    status: 400,
    body: { ok: false, error_code: 400, description: 'Bad Request: message thread not found' },
  };
  let lastId = 100;

  /** Lets the client write into that topic, and returns the message's id. */
  async function write(text: string, topic?: number, fields: Record<string, unknown> = {}): Promise<string> {
    lastId += 1;
    const place = topic === undefined ? {} : { message_thread_id: topic, is_topic_message: true };
    const message = { ...messageOf(CLIENT, text, lastId, world.clock.now()), ...place, ...fields };
    await world.webhook({ update_id: lastId, message });
    await world.drain();
    world.clock.advance(MINUTE);
    const { messages } = await world.history(CLIENT);
    return messages.findLast((said) => said.text === text)?.messageId as string;
  }

  async function reply(fields: Record<string, unknown> = {}): Promise<string> {
    const { status, body } = await world.reply(CLIENT, fields);
    expect(status).toBe(201);
    await world.drain();
    world.clock.advance(MINUTE);
    return (body as { messageId: string }).messageId;
  }
  const sent = () => world.bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => body);
  const places = () => sent().map((body) => (body as { message_thread_id?: number }).message_thread_id);

  test('gets the reply in the topic of the newest message, or outside if that is outside', async () => {
    await write('about the order', 7);
    await write('about the bill', 8);
    await reply();
    await write('in general');
    await reply();
    await write('the order again', 7);
    await reply();

    expect(places()).toEqual([8, undefined, 7]);
  });

  test('gets a quoting reply in the topic of what is quoted: a message or a reply, in a topic or outside', async () => {
    const outside = await write('in general');
    const order = await write('about the order', 7);
    const answered = await reply({ text: 'about the order: yes' });
    await write('about the bill', 8);

    await reply({ refMessageId: order });
    await reply({ refMessageId: answered });
    await reply({ refMessageId: outside });
    await reply();

    expect(places()).toEqual([7, 7, 7, undefined, 8]);
  });

  test.each([
    { name: 'a notice in another topic', fields: { text: undefined, forum_topic_created: { name: 'Bill' } }, topic: 8 },
    { name: 'a chain of replies', fields: { message_thread_id: 8 }, topic: undefined },
  ])('gets the reply where the newest message is, not where $name is', async ({ fields, topic }) => {
    await write('first', topic === undefined ? undefined : 7);
    await write('second', topic, fields);
    await reply();

    expect(places()).toEqual([topic === undefined ? undefined : 7]);
  });

  test('gets the reply to a pressed button in the topic of the button', async () => {
    const from = { id: CLIENT, is_bot: false, first_name: 'A' };
    const message = { ...messageOf(CLIENT, 'Confirm?', 55, START), message_thread_id: 7, is_topic_message: true };
    await world.webhook({ update_id: 1, callback_query: { id: '1', from, message, data: 'yes', chat_instance: '1' } });
    await world.drain();
    await reply();

    expect(places()).toEqual([7]);
  });

  test('gets the reply outside of the topic, once, if the topic is gone', async () => {
    await write('about the order', 7);
    world.bot.answerNext('sendMessage', GONE);
    await reply();
    await world.pass(DAY);

    expect(sent()).toEqual([
      { chat_id: CLIENT, text: 'an answer', message_thread_id: 7 },
      { chat_id: CLIENT, text: 'an answer' },
    ]);
    expect((await world.history(CLIENT)).messages.at(-1)).toMatchObject({ status: 'sent' });
    expect(await world.chat(CLIENT)).toMatchObject({ unanswered: false });
  });

  test('gets no third try if it is refused outside too, and a retry knows the topic again', async () => {
    await write('about the order', 7);
    world.bot.answerNext('sendMessage', GONE);
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
    await reply();
    expect((await world.history(CLIENT)).messages.at(-1)).toMatchObject({ status: 'error' });

    const [failed] = await world.deliveries('state=failed');
    await world.call('POST', `/v1/deliveries/${failed?.deliveryId}/retry`, { key: world.account.apiKey });
    await world.drain();

    expect(places()).toEqual([7, undefined, 7]);
    expect((await world.history(CLIENT)).messages.at(-1)).toMatchObject({ status: 'sent' });
  });

  test('gets a reply by a business connection outside of topics, also if it quotes a message in one', async () => {
    const order = await write('about the order', 7);
    lastId += 1;
    const message = messageOf(CLIENT, 'to the shop', lastId, world.clock.now());
    await world.webhook({ update_id: lastId, business_message: { ...message, business_connection_id: 'bcX1' } });
    await world.drain();
    await reply({ refMessageId: order });

    expect(sent()).toEqual([{ chat_id: CLIENT, text: 'an answer', business_connection_id: 'bcX1' }]);
  });
});
