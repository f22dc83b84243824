import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('50 histories end with one state of each reply, whatever the messenger told of it and in whatever order', async () => {
  const { broken } = await playHistories('receipts', 1, 50);

  expect(broken?.message).toBeUndefined();
});
