import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { createEngineClient } from '#local/engine/engine-client';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { type KonvertProcess, makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';
import { connectTelegram, type PlayedTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { TEST_MS } from '#test/patience';
import { SEED } from '#test/seed';
import { randomOf } from '#test/web/random';
import { tables } from '../../bin/start/create-konvert.ts';

const CHATS = 40;
const UPDATES = 2_000;
const CONNECTIONS = 16;
const KILLS = 2;
/** A person who is erased, and what they have said. */
const PERSON = 99;
const WORDS = 60;
/** What failed twice is left to the sweeps, which ring every minute what is a minute old. */
const SETTLED_WITHIN_MS = 130_000;

interface Run {
  readonly updates: readonly { readonly chat: number; readonly text: string; readonly body: unknown }[];
  next: number;
  readonly acknowledged: Set<string>;
}

/** Posts the rest of the updates until there is no answer. An update without an answer is not posted again. */
async function deliver(run: Run, webhook: PlayedTelegram['webhook'], onPosted: () => Promise<void> | undefined) {
  async function connection(): Promise<void> {
    while (run.next < run.updates.length) {
      const update = run.updates[run.next]!;
      run.next += 1;
      const answer = await postUpdate(webhook, update.body).catch(() => undefined);
      if (!answer) return;
      if (answer.status === 200) run.acknowledged.add(update.text);
      await onPosted();
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
}

/** The texts and the count of every chat. Undefined while a chat counts other than the messages of its history. */
async function settledHistories({ url }: KonvertProcess, { apiKey: key, channelId }: PlayedTelegram, chats: number[]) {
  const histories = chats.map(async (chat) => {
    const path = `/v1/chats/${channelId}/telegram/${chat}`;
    const [one, history] = await Promise.all([
      callApi(url, 'GET', path, { key }),
      callApi(url, 'GET', `${path}/messages?limit=100`, { key }),
    ]);
    const texts: string[] = (history.body.messages ?? []).map(({ text }: { text: string }) => text);
    return { texts, count: one.body.unansweredCount as number | undefined };
  });
  const found = await Promise.all(histories);
  return found.every(({ texts, count }) => count === texts.length) ? found : undefined;
}

test('U1, U2, E3, I7 nothing that was acknowledged is lost or counted twice by kill -9, and who is erased then is gone', {
  timeout: 2 * TEST_MS,
}, async () => {
  needsThisMachine('kill -9');
  const random = randomOf(SEED);
  const options = { folder: await makeFolder(), port: await freePort(), by: 'node' as const };
  // The first engine outlives its Konvert, as on a machine without `setpriv`; the second one dies with it.
  let konvert = await startKonvert({ ...options, env: { PATH: '' } });
  const telegram = await connectTelegram(konvert);
  const updates = Array.from({ length: UPDATES }, (_, index) => {
    const chat = 1 + (index % CHATS);
    const text = `${chat}-${index}`;
    return { chat, text, body: clientText({ chat, id: 1 + index, text }) };
  });
  const run: Run = { updates, next: 0, acknowledged: new Set() };

  const startedAt = performance.now();
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const killAt = run.next + 100 + Math.floor(random() * 500);
    let killed: Promise<void> | undefined;
    await deliver(run, telegram.webhook, () => {
      if (run.next >= killAt && !killed) killed = sleep(random() * 20).then(() => konvert.kill());
      return killed;
    });
    await killed;
    konvert = await startKonvert(options);
    if (kill === 1) expect(konvert.output()).toContain('Ended the database of a Konvert that was killed');
    console.log(
      `killed after ${run.next} posts, ${run.acknowledged.size} acknowledged, back in ${konvert.readyMs.toFixed(0)} ms`,
    );
  }
  const before = { posts: run.next, at: performance.now() };
  await deliver(run, telegram.webhook, () => undefined);
  const perSecond = (UPDATES - before.posts) / ((performance.now() - before.at) / 1000);
  const chats = [...new Set(updates.map(({ chat }) => chat))];
  const settle = () => settledHistories(konvert, telegram, chats);
  const found = await until('every chat counts its history', settle, SETTLED_WITHIN_MS);
  console.log(
    `${perSecond.toFixed(0)} acknowledged a second, all in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );

  const stored = found.flatMap(({ texts }) => texts);
  expect(new Set(stored).size).toBe(stored.length);
  expect([...run.acknowledged].filter((text) => !stored.includes(text))).toEqual([]);
  expect(run.acknowledged.size).toBeGreaterThan(UPDATES - 2 * KILLS * CONNECTIONS);
  const { chats: listed } = (await callApi(konvert.url, 'GET', '/v1/chats?limit=100', { key: telegram.apiKey })).body;
  const counted = listed.reduce((sum: number, chat: { unansweredCount: number }) => sum + chat.unansweredCount, 0);
  expect(counted).toBe(stored.length);

  const { apiKey: key, webhook } = telegram;
  const date = Math.floor(Date.now() / 1000) - 3_600;
  for (let id = 1; id <= WORDS; id += 1) {
    const update = clientText({ chat: PERSON, id, text: `words ${id}`, date: date + id });
    expect((await postUpdate(webhook, update)).status).toBe(200);
  }
  const path = `/v1/chats/${telegram.channelId}/telegram/${PERSON}`;
  const isThere = async () =>
    (await callApi(konvert.url, 'GET', path, { key })).body.unansweredCount === WORDS || undefined;
  await until('the person is there', isThere);
  const erased = await callApi(konvert.url, 'DELETE', `/v1/people/telegram/${PERSON}`, { key });
  await konvert.kill();
  konvert = await startKonvert(options);

  expect(erased.status).toBe(202);
  expect((await callApi(konvert.url, 'GET', path, { key })).status).toBe(404);
  // All of it is older than the request: the work goes on after the kill.
  const isErased = async () =>
    (await itemsOf(options.folder, `${telegram.channelId}#telegram#${PERSON}`)) === 0 || undefined;
  await until('the words are erased', isErased, SETTLED_WITHIN_MS);
});

/**
 * How many items of the chat the tables hold. What is reported of an erasure may be fewer than were erased, if a kill came before
 * they were counted.
 */
async function itemsOf(folder: string, chatKey: string): Promise<number> {
  const log = await readFile(join(folder, 'engine.log'), 'utf8');
  const database = createEngineClient([...log.matchAll(/listening on (http:\S+)/g)].at(-1)![1]!);
  const KeyConditionExpression = 'c = :chat';
  const ExpressionAttributeValues = { ':chat': chatKey };
  const asked = {
    TableName: tables.messages!,
    KeyConditionExpression,
    ExpressionAttributeValues,
    Select: 'COUNT',
  } as const;
  const { Count = 0 } = await database.send(new QueryCommand(asked)).finally(() => database.destroy());
  return Count;
}
