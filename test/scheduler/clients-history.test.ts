import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same ones: new ones are looked for by `npm run long`.
test('60 histories give every new client to one user, in fair turn, or leave them where all can see them', async () => {
  const { broken } = await playHistories('clients', 1, 60);

  expect(broken?.message).toBeUndefined();
}, 120_000);
