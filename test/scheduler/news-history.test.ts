import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 20;

test(`${SHORT} histories keep what a connected CRM has, and no known client draws a turn`, async () => {
  // Always the same histories: `npm run long` plays new ones.
  const { broken } = await playHistories('news', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
