import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deskOf } from '#test/functions/company';
import { createWorld, messageOf, type World } from '#test/world';

const DAY_MS = 86_400_000;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function keepFor(days: number): Promise<void> {
  const answer = await deskOf(world).ask('PATCH', '/v1/settings', { retentionDays: days });
  expect(answer.status).toBe(200);
}

/** Lets the task of the day run, which the sweep rings. */
async function forget(): Promise<void> {
  await world.app.listeners['sweep-lanes']();
  await world.drain();
}

/** Lets days pass in which nothing happens. */
function passDays(days: number): void {
  world.clock.advance(days * DAY_MS);
}

const textsOf = async (chatId: number) => (await world.history(chatId)).messages.map(({ text }) => text);

describe('U10 what an account keeps for some days', () => {
  test('an answered message goes after that, and what came since stays', async () => {
    await keepFor(10);
    await world.say(1, 'old');
    await world.reply(1, { text: 'our old answer' });
    await world.drain();
    passDays(9);
    await world.say(1, 'new');
    await world.reply(1, { text: 'our new answer' });
    await world.drain();
    passDays(2);

    await forget();

    expect(await textsOf(1)).toEqual(['new', 'our new answer']);
  });

  test('many messages go with the one answer to all of them', async () => {
    await keepFor(10);
    for (let index = 0; index < 25; index += 1) await world.say(1, `old ${index}`);
    await world.reply(1, { text: 'our old answer' });
    await world.drain();
    passDays(11);
    await world.say(1, 'new');

    await forget();

    expect(await textsOf(1)).toEqual(['new']);
  });

  test('an open message stays for as long as it waits', async () => {
    await keepFor(1);
    await world.say(1, 'waiting');
    passDays(400);

    await forget();

    expect(await world.chat(1)).toMatchObject({ unanswered: true, unansweredCount: 1 });
    expect(await textsOf(1)).toEqual(['waiting']);
  });

  test('a chat in which nothing is left goes, with its client', async () => {
    await keepFor(10);
    await world.say(1, 'old');
    await world.reply(1, { text: 'our old answer' });
    await world.drain();
    passDays(11);

    await forget();

    expect(await world.call('GET', world.pathOf(1), { key: world.account.apiKey })).toMatchObject({ status: 404 });
    const left = (['messages', 'chats', 'addresses'] as const).flatMap((table) => world.db.items(table));
    expect(left).toEqual([]);
    await world.say(1, 'once more');
    expect(await world.chat(1)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'once more' });
  });

  test('null keeps everything', async () => {
    await world.say(1, 'old');
    await world.reply(1);
    await world.drain();
    passDays(40_000);

    await forget();

    expect((await world.history(1)).messages).toHaveLength(2);
  });
});

/** Lets `meanwhile` happen right before the first transaction that removes facts. */
function beforeRemoval(meanwhile: () => Promise<unknown>): void {
  let isDone = false;
  world.failing = async ({ kind, input }) => {
    const items = (input as { TransactItems?: { Delete?: { TableName?: string } }[] }).TransactItems ?? [];
    if (isDone || kind !== 'TransactWriteCommand' || !items.some(({ Delete }) => Delete?.TableName === 'messages')) {
      return false;
    }
    isDone = true;
    await meanwhile();
    return false;
  };
}

describe('U10 what happens while an account forgets', () => {
  beforeEach(async () => {
    await keepFor(10);
    await world.say(1, 'old');
    const { seenUpTo } = await world.chat(1);
    await world.noReplyNeeded(1, { noReplyNeeded: true, seenUpTo });
    await world.drain();
    passDays(11);
  });

  test('a message that is opened again stays', async () => {
    beforeRemoval(() => world.noReplyNeeded(1, { noReplyNeeded: false }));

    await forget();

    expect(await world.chat(1)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'old' });
  });

  test('what the client writes stays, and the chat is that of these words', async () => {
    beforeRemoval(() => world.webhook({ update_id: 99, message: messageOf(1, 'new', 99, world.clock.now()) }));

    await forget();
    await world.pass(60_000);

    expect(await world.chat(1)).toMatchObject({ unanswered: true, unansweredCount: 1, preview: 'new' });
    expect(await textsOf(1)).toEqual(['new']);
  });
});

test('U10 cut short anywhere, it opens and closes nothing, and every chat follows from what stays', async () => {
  await keepFor(10);
  const clients = Array.from({ length: 8 }, (_, index) => index + 1);
  for (const client of clients) {
    for (let said = 0; said < 6; said += 1) await world.say(client, `old ${said}`);
    if (client % 2 === 0) await world.reply(client, { text: 'our answer' });
  }
  await world.drain();
  passDays(9);
  for (const client of clients.filter((one) => one % 3 === 0)) await world.say(client, 'young');
  passDays(2);
  const states = async () => {
    const { chats } = await world.chats('?limit=100');
    return chats
      .filter(({ unanswered }) => unanswered)
      .map(({ chatId, unansweredSince, unansweredCount }) => [chatId, unansweredSince, unansweredCount]);
  };
  const before = await states();
  let writes = 0;
  world.failing = ({ kind }) => {
    if (!/Transact|Delete|Update/.test(kind)) return false;
    writes += 1;
    return writes % 5 === 0;
  };

  for (let runs = 0; runs < 12; runs += 1) {
    await forget().catch(() => undefined);
    await world.pass(61_000).catch(() => undefined);
    world.sent.erasures.length = 0;
  }
  world.failing = undefined;
  await world.pass(61_000);
  // What failed in a run is looked at again the next day.
  passDays(1);
  await forget();

  expect(await states()).toEqual(before);
  const kept = (await world.chats('?limit=100')).chats;
  expect(kept.map(({ chatId }) => Number(chatId)).sort()).toEqual(
    clients.filter((one) => one % 2 > 0 || one % 3 === 0),
  );
  await world.app.listeners['watch-chats']({
    recount: kept.map(({ chatId }) => `${world.channel.channelId}#telegram#${chatId}`),
  });
  const words = ({ chatId, preview, unansweredCount, lastMessageAt }: (typeof kept)[number]) => [
    chatId,
    preview,
    unansweredCount,
    lastMessageAt,
  ];
  expect((await world.chats('?limit=100')).chats.map(words)).toEqual(kept.map(words));
});
