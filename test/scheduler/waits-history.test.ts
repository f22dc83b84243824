import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 40;

test(`in ${SHORT} histories no answer is overtaken by the clock, returns are fair, and each act comes once and in time (I8, I9, I10, I11, I12)`, async () => {
  // Always the same histories: `npm run long` plays new ones.
  const { broken } = await playHistories('waits', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
