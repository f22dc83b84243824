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
      const [key] = (await world.store.facts.standingNoReplyNeeded(chatKey())).map((answer) => answer.key);
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
  const { seenUpTo: _, ...before } = await world.chat(CHAT);

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

  test('everything again after a run in which one chat failed, and the others are folded at once', async () => {
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
      { chats: 2, failed: 0 },
    ]);
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
