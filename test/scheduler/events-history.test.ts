import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('30 histories tell a receiver everything once and in order, and make one contact and deal of each client', async () => {
  const { broken } = await playHistories('events', 1, 30);

  expect(broken?.message).toBeUndefined();
});
