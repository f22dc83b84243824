import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram, type PlayedTelegram } from '#test/e2e/played-telegram';
import { type Assigned, type Exceptions, expectOneOwner, pushTeam } from '#test/e2e/team';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { TEST_MS } from '#test/patience';
import { SEED } from '#test/seed';
import { randomOf } from '#test/web/random';

// `npm run long` plays more clients and replies.
const CLIENTS = Number(process.env.NEW_CLIENTS ?? 60);
const FIRST_REPLIES = Number(process.env.FIRST_REPLIES ?? 25);
/** How many of ten clients send a message that is delivered twice. */
const REPEATED = 3;
const CONNECTIONS = 50;
const ROUNDS_AT_ONCE = 4;
const POLL_MS = 250;
const WITHIN_MS = 60_000;

async function startShop({ team: size, by }: { team: number; by: 'npm' | 'node' }) {
  const options = { folder: await makeFolder(), port: await freePort(), by };
  const konvert = await startKonvert(options);
  const telegram = await connectTelegram(konvert);
  return { options, konvert, telegram, team: await pushTeam(konvert, telegram, size) };
}

/** Delivers a message of the client until it is acknowledged, as a messenger does. */
async function write({ webhook }: PlayedTelegram, client: number): Promise<void> {
  const update = clientText({ chat: client, id: 1, text: 'hello' });
  while ((await postUpdate(webhook, update)).status !== 200) await sleep(POLL_MS);
}

/** Runs `act` for all of them, at most `atOnce` at a time. */
async function everyOne<T>(all: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values();
  const worker = async () => {
    for (const one of left) await act(one);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function numbers(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}

/** Rosters in which three users stay. Each combination of the states of the others comes once, in a mixed order. */
function rosters(userIds: readonly string[]): Exceptions[] {
  const states = [undefined, 'SWITCHED_OFF', 'MAY_NOT_WRITE'] as const;
  const changing = userIds.slice(3);
  const count = states.length ** changing.length;
  return numbers(count, 0).map((index) => {
    const state = (index * 37) % count;
    const reasons = changing.map((_, place) => states[Math.floor(state / states.length ** place) % states.length]);
    return Object.fromEntries(changing.flatMap((userId, place) => (reasons[place] ? [[userId, reasons[place]]] : [])));
  });
}

/**
 * The largest difference between two users who received new clients all along a stretch, over all stretches from one
 * change of the roster to another (D3). No two rosters pass over the same users, so a record tells its roster.
 */
function unfairness(records: readonly Assigned[], history: readonly Exceptions[], userIds: readonly string[]): number {
  const nameOf = (exceptions: object) => JSON.stringify(Object.entries(exceptions).sort());
  const byRoster = Map.groupBy(records, ({ passedOver }) =>
    nameOf(Object.fromEntries(passedOver.map(({ userId, reason }) => [userId, reason]))),
  );
  expect(history.map(nameOf)).toEqual(expect.arrayContaining([...byRoster.keys()]));
  const stretchesFrom = (first: number) => {
    const counts = new Map(userIds.map((userId) => [userId, 0]));
    return history.slice(first).map((exceptions) => {
      for (const userId of Object.keys(exceptions)) counts.delete(userId);
      for (const { userId } of byRoster.get(nameOf(exceptions)) ?? []) {
        if (userId !== null && counts.has(userId)) counts.set(userId, counts.get(userId)! + 1);
      }
      return Math.max(...counts.values()) - Math.min(...counts.values());
    });
  };
  return Math.max(...history.flatMap((_, first) => stretchesFrom(first)));
}

test('D3, D7 new clients in parallel, some of them twice, get one owner each, in fair turn, while the roster changes', {
  timeout: TEST_MS + CLIENTS * 1_000,
}, async () => {
  const { telegram, team } = await startShop({ team: 7, by: 'npm' });
  const [first = {}, ...others] = rosters(team.userIds);
  const history = [first];
  await team.choose('round-robin', first);
  const clients = numbers(CLIENTS);
  const repeated = clients.filter((client) => client % 10 < REPEATED);
  const writtenAt = new Map<string, number>();
  let given = 0;

  const startedAt = performance.now();
  async function writeAll() {
    await everyOne([...clients, ...repeated], CONNECTIONS, async (client) => {
      writtenAt.set(String(client), writtenAt.get(String(client)) ?? Date.now());
      await write(telegram, client);
    });
    for (; given < CLIENTS; given = await team.countContacts()) await sleep(POLL_MS);
  }
  async function changeRoster() {
    for (const roster of others) {
      if (given >= CLIENTS) return;
      history.push(roster);
      await team.choose('round-robin', roster);
    }
  }
  await Promise.all([writeAll(), changeRoster()]);
  const seconds = (performance.now() - startedAt) / 1_000;

  const records = await expectOneOwner(team, clients.map(String));
  const difference = unfairness(records, history, team.userIds);
  const waited = records.map(({ chatId, at }) => Date.parse(at) - writtenAt.get(chatId)!).sort((a, b) => a - b);
  const [p50, p99] = [0.5, 0.99].map((part) => waited[Math.floor(waited.length * part)]);
  console.log(
    `${CLIENTS} clients, ${repeated.length} of them twice, ${history.length - 1} changes of the roster, in ${seconds.toFixed(1)} s: ` +
      `max − min ${difference}; from the message to the decision p50 ${p50} ms, p99 ${p99} ms`,
  );
  expect(difference).toBeLessThanOrEqual(1);
});

test('D4 of two users who reply first at once, one gets the client and is heard, and the other is told who did', {
  timeout: TEST_MS + FIRST_REPLIES * 1_000,
}, async () => {
  const { konvert, telegram, team } = await startShop({ team: 2, by: 'npm' });
  const { url } = konvert;
  const { bot, apiKey: key, channelId } = telegram;
  await team.choose('first-reply');
  const clients = numbers(FIRST_REPLIES);
  const winners = new Map<string, string>();

  const startedAt = performance.now();
  await everyOne(clients, ROUNDS_AT_ONCE, async (client) => {
    const chatId = String(client);
    await write(telegram, client);
    await until(
      `client ${client} is in the pool`,
      async () => {
        const path = `/v1/chats/${channelId}/telegram/${chatId}`;
        return (await callApi(url, 'GET', path, { key, userId: 'u1' })).status === 200 || undefined;
      },
      WITHIN_MS,
    );

    const answers = await Promise.all(
      team.userIds.map((userId, index) => {
        const body = { channelId, chatType: 'telegram', chatId, text: `this is ${userId}` };
        // There are two ways to say which user writes. Each is used first in half of the rounds.
        const asUser = (client + index) % 2 === 0 ? { userId, body } : { body: { ...body, crmUserId: userId } };
        return callApi(url, 'POST', '/v3/message', { key, ...asUser });
      }),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const winner = answers.findIndex(({ status }) => status === 201);
    const userId = team.userIds[winner]!;
    const taken = { error: 'ALREADY_TAKEN', data: { responsibleUserId: userId, name: `Seller ${1 + winner}` } };
    expect(answers[1 - winner]?.body).toMatchObject(taken);
    winners.set(chatId, userId);
  });
  const sends = () => bot.calls.filter(({ method }) => method === 'sendMessage').map(({ body }) => Object(body));
  await until(
    'everything is sent, and nothing waits any more',
    async () => {
      // A reply that was accepted waits only a moment later.
      if (sends().length < FIRST_REPLIES) return undefined;
      const { deliveries } = (await callApi(url, 'GET', '/v1/deliveries?state=pending', { key })).body;
      return (deliveries.length === 0 && (await team.countContacts()) === FIRST_REPLIES) || undefined;
    },
    WITHIN_MS,
  );
  const seconds = (performance.now() - startedAt) / 1_000;

  const sent = sends();
  expect(sent.map(({ chat_id, text }) => [String(chat_id), text]).sort()).toEqual(
    [...winners].map(([chatId, userId]) => [chatId, `this is ${userId}`]).sort(),
  );
  const records = await expectOneOwner(team, clients.map(String));
  expect(new Map(records.map(({ chatId, userId }) => [chatId, userId]))).toEqual(winners);
  expect(new Set(records.map(({ rule }) => rule))).toEqual(new Set(['first-reply']));
  const ofFirst = [...winners.values()].filter((userId) => userId === 'u1').length;
  console.log(
    `${winners.size} rounds in ${seconds.toFixed(1)} s: ${winners.size} winners (${ofFirst} of them u1), as many told ` +
      `“taken”, ${sent.length} messages sent`,
  );
});

test('D7 after kill -9 while clients are given out, each of them has exactly one owner within a minute', async () => {
  needsThisMachine('kill -9');
  const { options, konvert, telegram, team } = await startShop({ team: 3, by: 'node' });
  const waiting = numbers(10);
  const coming = numbers(20, 101);
  const enough = 1 + Math.floor(randomOf(SEED)() * (waiting.length + coming.length) * 0.6);
  await team.choose('round-robin', Object.fromEntries(team.userIds.map((userId) => [userId, 'SWITCHED_OFF'])));
  await everyOne(waiting, waiting.length, (client) => write(telegram, client));
  await until(
    'all are in the pool',
    async () => {
      const { chats } = (await callApi(konvert.url, 'GET', '/v1/chats?view=unanswered', { key: telegram.apiKey })).body;
      return chats.length === waiting.length || undefined;
    },
    WITHIN_MS,
  );

  // Waiting and new clients are given out at once.
  const underWay = [team.choose('round-robin'), everyOne(coming, coming.length, (client) => write(telegram, client))];
  const ended = Promise.allSettled(underWay);
  const given = await until(
    'some are given out',
    async () => {
      const { length } = await team.assignments();
      return length >= enough ? length : undefined;
    },
    WITHIN_MS,
  );
  await konvert.kill();
  await ended;
  await startKonvert(options);
  const startedAt = performance.now();
  // All messages are delivered again, whether they were acknowledged or not.
  await everyOne(coming, coming.length, (client) => write(telegram, client));
  const all = [...waiting, ...coming].map(String);
  await until('all are given out', async () => (await team.countContacts()) >= all.length || undefined, WITHIN_MS);

  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`killed when ${given} of ${all.length} were given out; all were ${seconds.toFixed(1)} s after the start`);
  const records = await expectOneOwner(team, all);
  const counts = team.userIds.map((userId) => records.filter((record) => record.userId === userId).length);
  expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
});
