import { expect, test } from 'vitest';
import { playHostile } from '#test/hostile/play';
import { SEED } from '#test/seed';

// SEED=… REQUESTS=… npx vitest run test/hostile repeats a run. `npm run long` plays more requests.
const requests = Number(process.env.REQUESTS ?? 5_000);

test(`${requests} hostile requests from seed ${SEED} break nothing, and store nothing that was not verified`, async () => {
  const { broken, answers } = await playHostile(SEED, requests);

  expect(broken).toBeUndefined();
  // Requests that are all refused, or all accepted, would show little.
  expect(answers['2xx']).toBeGreaterThan(requests / 10);
  expect(answers['4xx']).toBeGreaterThan(requests / 10);
});
