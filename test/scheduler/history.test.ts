import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 1_000;

test(`${SHORT} histories end in the state of their facts, and nobody answers what they had not seen`, async () => {
  // Always the same ones: new ones are looked for by `npm run long`.
  const { broken } = await playHistories(1, SHORT);

  expect(broken?.message).toBeUndefined();
});
