import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('in 25 histories what was there at a request is nowhere, and what came after it is there', async () => {
  const { broken } = await playHistories('erase', 1, 25);

  expect(broken?.message).toBeUndefined();
});
