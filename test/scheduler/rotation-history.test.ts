import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 20;

test(`${SHORT} histories give every client to one user, in fair turn`, async () => {
  // Always the same ones: new ones are looked for by `npm run long`.
  const { broken } = await playHistories('rotation', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
