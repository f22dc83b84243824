import { randomUUID } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { eachAtOnce } from '#at-once';
import { systemClock } from '#clock';
import { sumOf, type Tally } from '#domain/check';
import { createRunCheck } from '#flows/check/run-check';
import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createKeyCipher, newCipherKey } from '#local/key-cipher';
import { type Check, createChecks } from '#store/accounts/checks';
import type { Cipher } from '#store/accounts/cipher';
import { createStoreDeps, type StoreDeps } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { openBothClients } from '#test/local/engine/both-clients';
import { createWorld, START } from '#test/world';
import { listed, modelOf, openChats } from './company.ts';
import { WAYS } from './ways.ts';

/** In CI a few chats in memory; in `npm run long` ten thousand on the engine. */
const EACH = Number(process.env.CHECK_EACH ?? 2);
const ON_ENGINE = process.env.CHECK_ON_ENGINE === 'yes';
const DAY_MS = 24 * 3_600_000;

/** Where checks run: the store, an account with a channel, and what does a whole check. */
interface Site {
  readonly deps: StoreDeps & { readonly cipher: Cipher };
  readonly account: string;
  readonly channelId: string;
  readonly from: number;
  check(): Promise<Check>;
}

async function openSite(): Promise<Site> {
  const world = await createWorld();
  onTestFinished(() => world.stop());
  const { deps, account, channel } = world;
  const checks = createChecks(deps);
  return {
    deps,
    account: account.accountId,
    channelId: channel.channelId,
    from: START - DAY_MS,
    async check() {
      // What was stored a moment ago is left to the fold.
      world.clock.advance(DAY_MS);
      const { id } = await checks.begin('whole');
      await world.app.listeners['watch-chats']({ Records: [{ body: id }] });
      return (await checks.get(id))!;
    },
  };
}

/** The same on the embedded engine, with a clock that is a day late until everything is stored. */
async function openEngineSite(): Promise<Site> {
  const engine = await startEngine();
  const { database, documents, destroy } = openBothClients(engine.endpoint);
  onTestFinished(async () => {
    destroy();
    await engine.stop();
  });
  const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
  await createTables(database, tables, names);
  let late = DAY_MS;
  const clock = { ...systemClock, now: () => systemClock.now() - late };
  const cipher = createKeyCipher(newCipherKey());
  const deps = { ...createStoreDeps({ client: documents, tables: names, clock, newId: randomUUID }), cipher };
  const [account, channelId] = [randomUUID(), randomUUID()];
  const channel = { channelId, account, transport: 'telegram', name: 'Bot', plainId: 'bot', state: 'active' };
  const rest = { identity: 'bot', credentialsVersion: 1, sealed: 'sealed' };
  const put = (Item: object) => documents.send(new PutCommand({ TableName: 'accounts', Item }));
  await put({ p: `channel#${channelId}`, s: '-', ...channel, ...rest });
  await put({ p: `account#${account}`, s: `channel#${channelId}` });
  const checks = createChecks(deps);
  const ring = async () => undefined;
  const beside = { bells: { ring }, nameInLog: async () => '-', log: console.log };
  const runCheck = createRunCheck({ ...deps, ...beside }, createFold(deps, leaveInPool));
  return {
    deps,
    account,
    channelId,
    from: clock.now() - DAY_MS,
    async check() {
      late = 0;
      const { id } = await checks.begin('whole');
      await runCheck(id, Number.POSITIVE_INFINITY);
      return (await checks.get(id))!;
    },
  };
}

/** What a check of those chats has to find: one fault in each. */
function expected(each: number): Tally {
  const kinds = [...Map.groupBy(WAYS, ({ kind }) => kind)].map(([kind, ways]) => [kind, ways.length * each]);
  return Object.fromEntries(kinds);
}

test(`${EACH * WAYS.length} chats broken in ${WAYS.length} ways are all found and mended, and a second check finds nothing`, async () => {
  const site = await (ON_ENGINE ? openEngineSite() : openSite());
  const { deps, account, channelId } = site;
  const made = await openChats(deps, account, channelId, EACH, site.from);
  expect((await site.check()).found).toEqual({});
  await eachAtOnce(made, 24, (one) => one.way.breaks(one));

  const first = await site.check();
  const second = await site.check();

  expect(first.found).toEqual(expected(EACH));
  expect(first.mended).toEqual(expected(EACH));
  expect(sumOf(second.found)).toBe(0);
  expect(await listed(deps, account)).toEqual(modelOf(made));
}, 3_600_000);
