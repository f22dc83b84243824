import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same ones: new ones are looked for by `npm run long`.
test('1,000 histories end in the state of their facts, and nobody answers what they had not seen', async () => {
  const { broken } = await playHistories('chats', 1, 1_000);

  expect(broken?.message).toBeUndefined();
}, 180_000);

test('100 histories show nobody what was before a 2xx, and at rest everybody what is theirs', async () => {
  const { broken } = await playHistories('sight', 1, 100);

  expect(broken?.message).toBeUndefined();
}, 180_000);
