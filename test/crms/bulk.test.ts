import { setImmediate as tick } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Platform } from '#functions/app';
import { createDeps as createCallDeps } from '#functions/call-crm/deps';
import { createDeps as createNewsDeps } from '#functions/read-crm-news/deps';
import { connectorLane, newsLane } from '#store/outbox/lane-names';
import { TEST_MS } from '#test/patience';
import { textUpdate } from '#test/world';
import { type HookedWorld, openHookedWorld, VENDORS } from './kit/hooked-world.ts';

// The clock is a fake one, and goes on only when both lanes wait. The doubles count by it.

/** `npm run long` changes 10,000. */
const DEALS = Number(process.env.BULK_DEALS ?? 500);
/** New clients who write meanwhile, each as soon as the one before is made. */
const CLIENTS = Number(process.env.BULK_CLIENTS ?? 5);
const FIRST_CLIENT = 600;
/** A client takes so many calls at most, and a batch of deals so many requests. */
const MOST_CALLS = 8;
const MOST_REQUESTS = 2;
const TIMEOUT_MS = TEST_MS + 30 * DEALS;

let at: HookedWorld;
let sleepers: { readonly at: number; readonly wake: () => void }[];
let working: number;

beforeEach(() => {
  [sleepers, working] = [[], 0];
});
afterEach(() => at.stop());

const account = () => at.world.account.accountId;
const marks = () => at.world.db.items('outbox').filter(({ l, e }) => l === newsLane(account()) && e !== '-').length;

function pause(ms: number): Promise<void> {
  return new Promise((wake) => sleepers.push({ at: at.world.clock.now() + ms, wake }));
}

async function work(all: readonly (() => Promise<void>)[]): Promise<void> {
  working = all.length;
  const done = Promise.all(all.map((one) => one().finally(() => (working -= 1))));
  while (working > 0) {
    await tick();
    if (sleepers.length < working || working === 0) continue;
    sleepers.sort((one, other) => one.at - other.at);
    const [next] = sleepers.splice(0, 1);
    if (!next) continue;
    at.world.clock.advance(Math.max(0, next.at - at.world.clock.now()));
    next.wake();
  }
  await done;
}

describe.each(VENDORS)('deals that change in bulk in %s', (vendor) => {
  test(
    `${DEALS} of them are few reads, never over the limit, and hold up no new client (K1, K11, K12)`,
    async () => {
      at = await openHookedWorld(vendor);
      const { world, rig } = at;
      const { contactId } = await at.client(FIRST_CLIENT - 1);
      for (let number = 0; number < DEALS; number += 1)
        rig.hands.addDeal({
          name: `Sale ${number}`,
          contacts: number % 100 === 0 ? [contactId] : [],
          responsibleUserId: at.boris,
        });
      for (const hook of await rig.take(at.hooksUrl)) expect(await at.hook(hook)).toBe(200);
      expect(marks()).toBe(DEALS);
      world.clock.advance(60_000);
      const deps = { ...(world.deps as Platform), pause };
      const [news, creations] = [createNewsDeps(deps), createCallDeps(deps)];
      const before = rig.double.calls.length;
      const beyond = rig.count();
      const made: number[] = [];
      const took: number[] = [];

      await work([
        async () => {
          while (marks() > 0) {
            await news.runLane(newsLane(account()));
            await pause(1_000);
          }
        },
        async () => {
          for (let client = FIRST_CLIENT; client < FIRST_CLIENT + CLIENTS; client += 1) {
            const [since, count] = [world.clock.now(), rig.hands.count('contact')];
            await world.webhook(textUpdate(client, 'Hello', client, since));
            await world.drain({ deliver: false });
            await creations.runLane(connectorLane(account()));
            made.push(rig.hands.count('contact') - count);
            took.push(world.clock.now() - since);
          }
        },
      ]);

      expect(made).toEqual(Array(CLIENTS).fill(1));
      expect(beyond()).toBe(0);
      // A client is a few calls, and each waits for the pace of its own lane alone.
      for (const ms of took) expect(ms).toBeLessThanOrEqual(MOST_CALLS * rig.crm.offers.pace);
      const reads = Math.ceil(DEALS / rig.crm.offers.batch);
      expect(rig.double.calls.length - before).toBeLessThanOrEqual((reads + 1) * MOST_REQUESTS + CLIENTS * MOST_CALLS);
      expect(await at.desk.seenBy(at.boris)).toContain(String(FIRST_CLIENT - 1));
    },
    TIMEOUT_MS,
  );
});
