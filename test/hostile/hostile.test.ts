import { expect, test } from 'vitest';
import { playHostile } from '#test/hostile/play';

// SEED=… REQUESTS=… npx vitest run test/hostile repeats a run. `npm run long` plays more requests.
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1_000_000_000));
const requests = Number(process.env.REQUESTS ?? 5_000);

test(`${requests} hostile requests from seed ${seed} break nothing, and store nothing that was not verified`, async () => {
  const { broken, answers } = await playHostile(seed, requests);

  expect(broken).toBeUndefined();
  // Requests that are all refused, or all accepted, would show little.
  expect(answers['2xx']).toBeGreaterThan(requests / 10);
  expect(answers['4xx']).toBeGreaterThan(requests / 10);
});
