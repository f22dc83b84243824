import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('60 histories give every new client to one user, in fair turn, or leave them in the pool', async () => {
  const { broken } = await playHistories('clients', 1, 60);

  expect(broken?.message).toBeUndefined();
});
