import { expect, test } from 'vitest';
import { TRANSPORTS } from '#domain/chat-types';
import { FUZZED } from '#test/fuzz/bodies';
import { fuzz } from '#test/fuzz/play';
import { TEST_MS } from '#test/patience';
import { SEED } from '#test/seed';

// SEED=… FUZZ_BODIES=… npx vitest run test/fuzz repeats a run. `npm run long` plays a million bodies.
const count = Number(process.env.FUZZ_BODIES ?? 2_000);

test('every messenger is fuzzed', () => {
  expect(FUZZED.map(({ transport }) => transport).sort()).toEqual([...TRANSPORTS].sort());
});

test(`${count} mutated bodies of all messengers from seed ${SEED}: no 5xx, and nothing unverified is stored`, {
  timeout: TEST_MS + count * 5,
}, async () => {
  const { broken, answers, stored } = await fuzz(SEED, count);

  if (count > 5_000) console.log(JSON.stringify({ answers, stored }));
  expect(broken).toBeUndefined();
  if (count < 1_000) return;
  // Bodies that are all refused, or none of which is read, would show little.
  expect(Object.keys(stored).sort()).toEqual([...TRANSPORTS].sort());
  expect(answers[200]).toBeGreaterThan(count / 5);
  expect(answers[401]).toBeGreaterThan(count / 20);
  expect(answers[400]).toBeGreaterThan(count / 50);
});
