import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

const SHORT = 12;

test(`${SHORT} histories make each client once in a connected CRM, or show the twin`, async () => {
  // Always the same histories: `npm run long` plays new ones.
  const { broken } = await playHistories('create', 1, SHORT);

  expect(broken?.message).toBeUndefined();
});
