import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('30 histories make one person with one owner of everybody, by whichever ids they write', async () => {
  const { broken } = await playHistories('identity', 1, 30);

  expect(broken?.message).toBeUndefined();
});
