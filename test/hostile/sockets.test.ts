import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import { hostileText, hostileValue, mutated, toJsonText } from '#test/hostile/values';

const CLIENT = 7;

let world: PageWorld;

beforeAll(async () => {
  world = await createPageWorld();
  await world.say(CLIENT, 'hello');
});

afterAll(() => world.stop());

/** What a page may say, and what none does. */
function bodies(): fc.Arbitrary<string> {
  const part = fc.oneof(hostileText, fc.constantFrom(world.channel.channelId, 'telegram', String(CLIENT), '#', ''));
  const chat = fc.array(part, { maxLength: 4 });
  const said = fc.oneof(
    fc.record({ t: fc.constantFrom('ping', 'writing', 'ring', 'bye', '__proto__', 'constructor'), chat }),
    fc.constant({ t: 'writing', chat: [world.channel.channelId, 'telegram', '€'.repeat(256)] }),
    fc.constant({ t: 'writing', chat: ['€'.repeat(250), '€'.repeat(250), '€'.repeat(250)] }),
    hostileValue,
  );
  return fc.oneof(mutated(said).map(toJsonText), hostileText, fc.constantFrom('', '[', 'null', 'x'.repeat(5_000)));
}

test('whatever a socket says, it is answered or ignored, and neither fails nor tells a colleague of another chat', async () => {
  const seller = await world.openPage({ as: 'seller' });
  const head = await world.openPage({ as: 'head' });
  (world.logs as unknown[]).length = 0;
  const own = [world.channel.channelId, 'telegram', String(CLIENT)];

  await fc.assert(
    fc.asyncProperty(bodies(), async (body) => {
      await seller.tell(body);
      for (const said of head.said() as { t: string; chat?: unknown }[]) {
        expect(said).toMatchObject({ t: 'writing', chat: own });
      }
      expect(world.logs).toEqual([]);
    }),
    { numRuns: 2_000 },
  );

  expect(await seller.tell({ t: 'ping' })).toEqual({ t: 'pong' });
});

test('no ticket but one that was given out opens a socket', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      const page = await world.openPage({
        url: `wss://doorbell.example/live?ticket=${encodeURIComponent(text.toWellFormed())}`,
      });
      expect(page.isOpen).toBe(false);
    }),
    { numRuns: 200 },
  );
  expect(world.logs.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
});
