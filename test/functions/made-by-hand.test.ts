import type { KeyObject } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { shortHash } from '#domain/hash';
import { writeSeenUpTo } from '#domain/seen';
import { type Answer, createWorld, START, type World } from '#test/world';

const CHAT = 5;
const HOUR = 3_600_000;
const FOREVER = '9999999999999#x';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  world.clock.advance(HOUR);
  await world.say(CHAT, 'Where is my order?', { id: 1 });
});

afterEach(() => world.stop());

function chatKey(): string {
  return `${world.channel.channelId}#telegram#${CHAT}`;
}

function answersOf(): unknown[] {
  return world.db.items('messages').filter(({ kind }) => kind === 'reply' || kind === 'no-reply-needed');
}

/** A token as 0.1.0 made it. Anybody could, because its checksum was no secret. */
function byHand([from, low, upTo, at, ids]: readonly unknown[]): string {
  const payload = JSON.stringify([from, low, upTo, at, ids]);
  return Buffer.from(`${shortHash(`${chatKey()}\n${payload}`)}.${payload}`).toString('base64url');
}

const ROUTES: readonly { name: string; code: string; send: (seenUpTo: string) => Promise<Answer> }[] = [
  { name: 'a reply', code: 'INVALID_MESSAGE_DATA', send: (seenUpTo) => world.reply(CHAT, { seenUpTo }) },
  {
    name: 'a reply that clears nothing',
    code: 'INVALID_MESSAGE_DATA',
    send: (seenUpTo) => world.reply(CHAT, { seenUpTo, clearUnanswered: false }),
  },
  {
    name: '"no reply needed"',
    code: 'INVALID_SEEN_UP_TO',
    send: (seenUpTo) => world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo }),
  },
];

describe.each(ROUTES)('$name with a seenUpTo made by hand is refused, and stores nothing', ({ code, send }) => {
  test.each([
    { name: 'that answers for ever', seen: ['0', '0', FOREVER, 9e15, []] },
    { name: 'without an end', seen: ['0', '0', ':', 9e15, []] },
    { name: 'that begins at the end', seen: [':', '0', FOREVER, START, []] },
    { name: 'that says what an honest one said', seen: [`${START}#1`, '0', `${START}#1`, START, []] },
  ])('$name', async ({ seen }) => {
    const { status, body } = await send(byHand(seen));

    expect({ status, body }).toMatchObject({ status: 400, body: { error: code } });
    expect(answersOf()).toEqual([]);
  });
});

describe('a signed seenUpTo', () => {
  async function sign(more: object): Promise<string> {
    const secret = (await world.store.installation.secret())!;
    const { seen } = (await world.store.chats.get(chatKey()))!.chat;
    return writeSeenUpTo(secret, chatKey(), { ...seen, ...more });
  }

  /** Only a clock that runs ahead signs such a token. */
  test.each(ROUTES.filter(({ name }) => !name.includes('nothing')))(
    'of $name covers nothing later than now',
    async ({ send }) => {
      await send(await sign({ upTo: FOREVER, at: 9e15 }));
      await world.drain();
      expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
      world.clock.advance(1_000);
      await world.say(CHAT, 'Hello?', { id: 2 });

      expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'Hello?' });
      expect(answersOf()).toMatchObject([{ covers: { upTo: expect.stringMatching(/#1$/) } }]);
    },
  );

  test('that names the newest message costs no read more, one that names a newer one costs one', async () => {
    const asked: string[] = [];
    world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand' && input.TableName === 'messages') asked.push(String(input.Limit));
      return false;
    };
    await world.reply(CHAT, { seenUpTo: (await world.chat(CHAT)).seenUpTo });
    expect(asked).toEqual([]);

    await world.reply(CHAT, { seenUpTo: await sign({ upTo: FOREVER }) });

    expect(asked).toEqual(['1']);
  });

  test('may end with a message of the future, if that is stored', async () => {
    await world.say(CHAT, 'from tomorrow', { id: 2, at: world.clock.now() + 24 * HOUR });

    await world.reply(CHAT, { seenUpTo: (await world.history(CHAT)).seenUpTo });
    await world.drain();

    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
    expect((await world.history(CHAT)).messages.map(({ text }) => text).at(-1)).toBe('an answer');
  });
});

describe('what 0.1.0 stored of a seenUpTo made by hand', () => {
  const reply = { kind: 'reply', author: {}, content: { type: 'text', text: 'poison' }, attempt: 1 };
  const noReply = { kind: 'no-reply-needed', author: {}, reason: 'poison' };
  const endless = { from: '0', low: '0', upTo: ':', at: 9e15, ids: [] };
  const forever = { ...endless, upTo: FOREVER };

  const POISON = [
    { name: 'a reply without a time', item: { ...reply, k: '0000000000NaN#id', covers: endless } },
    { name: 'a refused reply without a time', item: { ...reply, k: '0000000000NaN#id', covers: endless, refused: 1 } },
    { name: 'a reply for ever', item: { ...reply, k: '9999999999999#id', covers: forever } },
    {
      name: 'a reply from the end on',
      item: { ...reply, k: '0000000000NaN#id', covers: { ...endless, from: ':', low: ':' } },
    },
    { name: '"no reply needed" without a time', item: { ...noReply, k: '0000000000NaN#id', covers: endless } },
    { name: '"no reply needed" for ever', item: { ...noReply, k: '9999999999999#id', covers: forever } },
    {
      name: '"no reply needed" without a time, withdrawn',
      item: { ...noReply, k: '0000000000NaN#id', covers: endless, withdrawnAt: START },
    },
    { name: 'a key that is not even padded', item: { ...reply, k: 'NaN#id', covers: endless } },
  ] as const;

  describe.each(POISON)('$name', ({ item }) => {
    beforeEach(async () => {
      const storedAt = world.clock.now();
      const Item = { c: chatKey(), ...item, storedAt, changedAt: storedAt };
      world.db.apply(new PutCommand({ TableName: 'messages', Item }));
      // It was sent twice.
      world.db.apply(new PutCommand({ TableName: 'messages', Item: { ...Item, k: `${Item.k}2` } }));
      await world.drain();
      expect(world.sent.failedChats).toEqual([]);
    });

    test('leaves the chat readable, everywhere', async () => {
      const { messages, seenUpTo } = await world.history(CHAT);

      expect(messages.map(({ text }) => text)).toContain('Where is my order?');
      expect(await world.chat(CHAT)).toMatchObject({ chatId: String(CHAT) });
      expect((await world.chats()).chats).toHaveLength(1);
      expect(await pages()).toEqual(messages.map(({ messageId }) => messageId));
      expect(await world.deliveries('state=pending')).toEqual([]);
      expect((await world.reply(CHAT, { seenUpTo })).status).toBe(201);
    });

    test('covers nothing that the client writes from then on', async () => {
      world.clock.advance(1_000);
      await world.say(CHAT, 'Hello?', { id: 2 });

      expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
      expect((await world.chats('view=unanswered')).chats).toHaveLength(1);
    });

    test('lets the chat be answered, by reply and by "no reply needed", with the tokens of row and history', async () => {
      for (const answer of [
        async () => world.reply(CHAT, { seenUpTo: (await world.chat(CHAT)).seenUpTo }),
        async () => world.reply(CHAT, { seenUpTo: (await world.history(CHAT)).seenUpTo }),
        async () => world.reply(CHAT),
        async () => world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo: (await world.history(CHAT)).seenUpTo }),
      ]) {
        world.clock.advance(60_000);
        await world.say(CHAT, 'Hello?', { id: world.clock.now() });
        expect(await world.chat(CHAT)).toMatchObject({ unanswered: true });
        world.clock.advance(60_000);

        expect((await answer()).status).toBeLessThan(300);
        await world.drain();

        expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
      }
      expect((await world.noReplyNeeded(CHAT, { noReplyNeeded: false })).status).toBe(200);
    });

    test('spoils no run of the watchdog, and no recount', async () => {
      await world.app.listeners['watch-chats']();
      await world.app.listeners['watch-chats']({ recount: [chatKey()] });
      await world.drain();

      expect(world.logs.filter(({ watch }) => watch !== undefined)).toMatchObject([
        { watch: 'changed', failed: 0 },
        { watch: 'recount', failed: 0 },
      ]);
      expect(world.sent.failedChats).toEqual([]);
    });
  });

  /** The ids of the history, read one by one. */
  async function pages(): Promise<string[]> {
    const ids: string[] = [];
    let before: string | undefined;
    do {
      const page = await world.history(CHAT, `limit=1${before === undefined ? '' : `&before=${before}`}`);
      ids.unshift(...page.messages.map(({ messageId }) => messageId));
      before = page.before;
    } while (before !== undefined);
    return ids;
  }
});

describe('before the secret of the installation is made', () => {
  beforeEach(async () => {
    await world.stop();
    world = await createWorld({ installed: false });
    await world.say(CHAT, 'hello');
  });

  const path = () => world.pathOf(CHAT);
  test.each([
    { name: 'the list', method: 'GET', of: () => '/v1/chats' },
    { name: 'a chat', method: 'GET', of: path },
    { name: 'a history', method: 'GET', of: () => `${path()}/messages` },
    {
      name: '"no reply needed"',
      method: 'PUT',
      of: () => `${path()}/no-reply-needed`,
      body: { noReplyNeeded: true, seenUpTo: 'x' },
    },
    { name: 'taking it back', method: 'PUT', of: () => `${path()}/no-reply-needed`, body: { noReplyNeeded: false } },
  ])('$name is 503, and nothing is stored', async ({ method, of, body }) => {
    const before = world.db.items('messages');

    const answer = await world.call(method, of(), { key: world.account.apiKey, body });

    expect(answer).toMatchObject({ status: 503, body: { error: 'STARTING' } });
    expect(world.db.items('messages')).toEqual(before);
  });

  test('a reply is accepted without a seenUpTo, and is 503 with one', async () => {
    expect((await world.reply(CHAT, { seenUpTo: 'x' })).status).toBe(503);
    expect((await world.reply(CHAT)).status).toBe(201);
  });

  test('logs name no chat; afterwards they name it by a hash that needs the secret', async () => {
    const named = () => world.logs.flatMap(({ items }) => items ?? []).map((item) => (item as { chat: string }).chat);
    expect(named()).toEqual(['-']);

    await world.app.listeners['sweep-lanes']();
    await world.say(CHAT, 'hello again');

    expect(named()).toEqual(['-', expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(JSON.stringify(world.logs)).not.toContain(shortHash(chatKey()));
  });

  test('the sweep makes it, every route is served from then on, and a second sweep leaves it as it is', async () => {
    await world.app.listeners['sweep-lanes']();
    const made = installation();
    const { seenUpTo } = await world.history(CHAT);
    await world.app.listeners['sweep-lanes']();

    expect(installation()).toEqual(made);
    expect((await world.reply(CHAT, { seenUpTo })).status).toBe(201);
  });

  test('a sweep that cannot ring its lanes makes it all the same', async () => {
    world.failing = ({ kind, input }) => kind === 'QueryCommand' && input.IndexName === 'lanes';

    await expect(world.app.listeners['sweep-lanes']()).rejects.toThrow();

    expect(installation()).toBeDefined();
  });

  test('of two makers at once the first wins, and both go on', async () => {
    const { installation: one } = world.store;
    await Promise.all([one.make(), world.app.listeners['sweep-lanes']()]);

    expect(((await one.secret()) as KeyObject).symmetricKeySize).toBe(32);
    expect((await world.history(CHAT)).messages).toHaveLength(1);
  });

  test('the item holds no secret in the open', async () => {
    await world.app.listeners['sweep-lanes']();
    const secret = (await world.store.installation.secret()) as KeyObject;

    expect(Object.keys(installation() ?? {}).sort()).toEqual(['p', 's', 'sealed']);
    for (const form of ['hex', 'base64', 'base64url', 'latin1'] as const) {
      expect(JSON.stringify(installation())).not.toContain(secret.export().toString(form));
    }
  });

  function installation() {
    return world.db.items('accounts').find(({ p, s }) => p === 'installation' && s === '-');
  }
});

test('the secret is read once per process', async () => {
  await world.stop();
  world = await createWorld();
  let reads = 0;
  world.failing = ({ kind, input }) => {
    if (kind === 'GetCommand' && input.Key?.p === 'installation') reads += 1;
    return false;
  };

  await world.say(CHAT, 'hello');
  for (let left = 5; left > 0; left -= 1) await world.reply(CHAT, { seenUpTo: (await world.history(CHAT)).seenUpTo });
  await world.drain();

  expect(reads).toBe(1);
});

test('a webhook is acknowledged although the secret cannot be read', async () => {
  await world.stop();
  world = await createWorld();
  world.failing = ({ input }) => input.Key?.p === 'installation';

  await world.say(CHAT, 'hello');

  world.failing = undefined;
  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'hello' }]);
});
