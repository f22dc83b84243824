import { expect, test } from 'vitest';
import { playHistories } from './play.ts';

// Always the same histories: `npm run long` plays new ones.
test('40 histories lose no pair of tokens that a CRM told, and end no connection that lives (K5-K8)', async () => {
  const { broken } = await playHistories('tokens', 1, 40);

  expect(broken?.message).toBeUndefined();
});
