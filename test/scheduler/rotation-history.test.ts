import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 20;

test(`${SHORT} histories give every client to one user, in fair turn`, async () => {
  // Always the same histories: `npm run long` plays new ones.
  const { broken } = await playHistories('rotation', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
