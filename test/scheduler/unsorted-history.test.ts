import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 6;

test(`${SHORT} histories of an inbox: each client is one request, and then one contact and one deal of who took them`, async () => {
  // Always the same histories: `npm run long` plays new ones.
  const { broken } = await playHistories('unsorted', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
