import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('180 histories end in the state of their facts, and no answer covers what its writer had not seen', async () => {
  const { broken } = await playHistories('chats', 1, 180);

  expect(broken?.message).toBeUndefined();
});

test('100 histories show no user an older state after a 2xx, and at rest each user what is theirs', async () => {
  const { broken } = await playHistories('sight', 1, 100);

  expect(broken?.message).toBeUndefined();
});
