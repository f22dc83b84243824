import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, START, textUpdate, type World } from '#test/world';

const CHAT = 5;
const HOUR = 3_600_000;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

/** The client writes, and the bell is lost. */
async function unheard(chatId: number): Promise<void> {
  await world.webhook(textUpdate(chatId, 'hello', 7, world.clock.now()));
  world.dropBells();
}

function chatKey(chatId = CHAT): string {
  return `${world.channel.channelId}#telegram#${chatId}`;
}

/** The counts that each run logged. */
function runs(): unknown[] {
  return world.logs.filter(({ watch }) => watch === 'changed').map(({ chats, failed }) => ({ chats, failed }));
}

function watchdog() {
  return world.db.items('accounts').find(({ p }) => p === 'watchdog');
}

async function waiting(): Promise<string[]> {
  return (await world.chats('view=unanswered')).chats.map(({ chatId }) => chatId);
}

test('a lost bell is made good, also that of a chat that is not stored yet', async () => {
  await unheard(CHAT);
  expect(await waiting()).toEqual([]);

  await world.app.listeners['watch-chats']();

  expect(await waiting()).toEqual(['5']);
  expect(runs()).toEqual([{ chats: 1, failed: 0 }]);
});

test.each([
  {
    name: 'a reply',
    act: () => world.reply(CHAT),
    unanswered: false,
  },
  {
    name: 'a withdrawal',
    act: async () => {
      const { seenUpTo } = await world.history(CHAT);
      await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo });
      const [key] = (await world.store.facts.standing(chatKey(), 'no-reply-needed')).map((answer) => answer.key);
      await world.store.facts.withdraw(chatKey(), key!);
    },
    unanswered: true,
  },
])('the lost bell of $name is made good', async ({ act, unanswered }) => {
  await world.say(CHAT, 'hello');
  await act();
  world.dropBells();
  expect(await world.chat(CHAT)).toMatchObject({ unanswered: !unanswered });

  await world.app.listeners['watch-chats']();

  expect(await world.chat(CHAT)).toMatchObject({ unanswered });
});

test('a reply is sent although its bell was lost', async () => {
  await world.reply(CHAT);
  world.dropBells();

  await world.app.listeners['watch-chats']();
  await world.drain();

  expect((await world.history(CHAT)).messages).toMatchObject([{ text: 'an answer', status: 'sent' }]);
});

test('a chat that is right stays as it is', async () => {
  await world.say(CHAT, 'hello');
  // Looking at it once more is a version more.
  const { seenUpTo: _, version: _version, ...before } = await world.chat(CHAT);

  await world.app.listeners['watch-chats']();

  expect(await world.chat(CHAT)).toMatchObject(before);
});

describe('a run reads', () => {
  test('what was written since an hour before the last good run', async () => {
    await unheard(1);
    world.clock.advance(HOUR / 2 + 1);
    await unheard(2);
    world.clock.advance(HOUR / 2);
    await world.app.listeners['watch-chats']();

    await world.app.listeners['watch-chats']();

    expect(runs()).toEqual([
      { chats: 2, failed: 0 },
      { chats: 1, failed: 0 },
    ]);
  });

  test('what was written since a given time, on demand', async () => {
    await unheard(1);
    world.clock.advance(3 * HOUR);
    await unheard(2);

    await world.app.listeners['watch-chats']({ since: new Date(START + 2 * HOUR).toISOString() });

    expect(await waiting()).toEqual(['2']);
  });

  test('what a run on demand left out, the next time', async () => {
    await unheard(1);
    world.clock.advance(3 * HOUR);
    await world.app.listeners['watch-chats']({ since: new Date(START + 2 * HOUR).toISOString() });
    expect(await waiting()).toEqual([]);

    await world.app.listeners['watch-chats']();

    expect(await waiting()).toEqual(['1']);
  });

  test('what failed in the last run, and nothing else of its time', async () => {
    await unheard(1);
    world.clock.advance(1_000);
    await unheard(2);
    world.clock.advance(3 * HOUR);
    world.failing = ({ input }) => input.Key?.c === chatKey(1);
    await world.app.listeners['watch-chats']();
    world.failing = undefined;
    expect(await waiting()).toEqual(['2']);
    world.clock.advance(3 * HOUR);

    await world.app.listeners['watch-chats']();

    expect(await waiting()).toEqual(['1', '2']);
    expect(runs()).toEqual([
      { chats: 2, failed: 1 },
      { chats: 1, failed: 0 },
    ]);
  });

  test('everything again after a run in which more than a hundred failed', async () => {
    for (let chatId = 1; chatId <= 101; chatId += 1) await unheard(chatId);
    world.clock.advance(3 * HOUR);
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && input.TableName === 'addresses';
    await world.app.listeners['watch-chats']();
    world.failing = undefined;
    await unheard(102);

    await world.app.listeners['watch-chats']();

    expect(runs()).toEqual([
      { chats: 101, failed: 101 },
      { chats: 102, failed: 0 },
    ]);
  });
});

describe('a chat that fails', () => {
  /** Puts a fact of the chat that no release can read. */
  function putUnreadable(chatId: number, kind: 'client' | 'reply'): void {
    const at = world.clock.now();
    const Item = { c: chatKey(chatId), k: `${at}#bad`, kind, storedAt: at, changedAt: at };
    world.db.apply(new PutCommand({ TableName: 'messages', Item }));
    world.dropBells();
  }

  test('for ever spoils no run: each begins where the last one began, and looks at the chat again', async () => {
    await world.say(1, 'hello');
    putUnreadable(1, 'client');
    for (let run = 1; run <= 3; run += 1) {
      world.clock.advance(24 * HOUR);
      await unheard(2);
      await world.app.listeners['watch-chats']();
    }

    expect(runs()).toEqual(Array(3).fill({ chats: 2, failed: 1 }));
    expect(watchdog()?.lastGoodRun).toBe(world.clock.now());
    expect(watchdog()?.left).toEqual([{ chatKey: chatKey(1), key: expect.any(String), kind: 'fold' }]);
  });

  test('goes to the queue of failed chats, with its least news', async () => {
    await world.say(1, 'hello', { id: 7 });
    putUnreadable(1, 'client');

    await world.app.listeners['watch-chats']();

    expect(world.sent.failedChats.map((body) => JSON.parse(body))).toEqual([
      { chatKey: chatKey(1), rung: `${START}#7` },
    ]);
  });

  test('is remembered although the queue cannot be reached', async () => {
    await unheard(1);
    world.failing = ({ input }) => input.Key?.c === chatKey(1);
    world.sent.failedChats.push = () => {
      throw new Error('The queue could not be reached');
    };

    await world.app.listeners['watch-chats']();
    world.failing = undefined;
    world.clock.advance(3 * HOUR);
    await world.app.listeners['watch-chats']();

    expect(await waiting()).toEqual(['1']);
  });

  test('to be published is published by the next run, and other replies in this one', async () => {
    await world.reply(1);
    await world.reply(2);
    world.dropBells();
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.Item?.l === `reply#${chatKey(1)}`;
    await world.app.listeners['watch-chats']();
    world.failing = undefined;
    await world.drain();
    expect((await world.history(1)).messages).toMatchObject([{ text: 'an answer' }]);
    expect((await world.history(2)).messages).toMatchObject([{ status: 'sent' }]);
    world.clock.advance(3 * HOUR);

    await world.app.listeners['watch-chats']();
    await world.drain();

    expect((await world.history(1)).messages).toMatchObject([{ status: 'sent' }]);
  });

  test('to be recounted on demand is only logged', async () => {
    putUnreadable(1, 'reply');

    await world.app.listeners['watch-chats']({ recount: [chatKey(1)] });

    expect(world.sent.failedChats).toEqual([]);
    expect(watchdog()).toBeUndefined();
  });
});

describe('a recount', () => {
  beforeEach(async () => {
    await world.say(CHAT, 'hello', { at: START - 1_000 });
    await world.say(CHAT, 'anybody?', { at: START });
    const row = (await world.store.chats.get(chatKey()))!;
    const { openKey: _, unansweredSince: __, ...broken } = row.chat;
    const beyond = { unansweredCount: 0, lastKey: '9', lastMessageAt: START + HOUR, preview: 'never said' };
    await world.store.chats.save(chatKey(), { ...broken, ...beyond }, row, undefined);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: false });
  });

  test('counts a chat from its beginning, whatever its row says', async () => {
    await world.app.listeners['watch-chats']({ recount: [chatKey()] });

    expect(await world.chat(CHAT)).toMatchObject({
      unanswered: true,
      unansweredCount: 2,
      preview: 'anybody?',
      lastMessageAt: new Date(START).toISOString(),
    });
  });

  test('that fails does not stop others, and its chat is logged by its hash', async () => {
    world.failing = ({ input }) => input.Key?.c === 'nobody#telegram#1';

    await world.app.listeners['watch-chats']({ recount: ['nobody#telegram#1', chatKey()] });

    expect(await world.chat(CHAT)).toMatchObject({ unansweredCount: 2 });
    expect(world.logs).toContainEqual({ watch: 'recount', chats: 2, failed: 1 });
    expect(JSON.stringify(world.logs)).not.toContain('nobody#telegram#1');
  });
});
