import { expect, test } from 'vitest';
import { batchGet } from '#store/dynamo/batch-get';
import type { DocumentClient } from '#store/dynamo/client';

const keys = Array.from({ length: 120 }, (_, p) => ({ p }));

/** A client that reads so many of the keys in each call, and leaves the others for later. */
function clientThatReads(counts: readonly number[]) {
  const asked: number[] = [];
  const send = async ({ input }: { input: { RequestItems: { things: { Keys: object[] } } } }) => {
    const { Keys } = input.RequestItems.things;
    const count = counts[asked.length] ?? Keys.length;
    asked.push(Keys.length);
    const undone = Keys.slice(count);
    return {
      Responses: { things: Keys.slice(0, count) },
      ...(undone.length > 0 && { UnprocessedKeys: { things: { Keys: undone } } }),
    };
  };
  return { asked, client: { send } as unknown as DocumentClient };
}

test('what DynamoDB leaves for later is asked for again', async () => {
  const { client, asked } = clientThatReads([60, 0, 0, 10]);

  const found = await batchGet(client, 'things', keys);

  expect(found.toSorted((one, other) => Number(one.p) - Number(other.p))).toEqual(keys);
  expect(asked).toEqual([100, 60, 60, 60, 50]);
});

test('keys that are never read are no endless work', async () => {
  const { client, asked } = clientThatReads(Array(100).fill(0));

  await expect(batchGet(client, 'things', keys)).rejects.toMatchObject({ name: 'ContentionError' });
  expect(asked.length).toBeLessThan(10);
});

test('a key that is named twice is asked for once, because DynamoDB refuses a call that names it twice', async () => {
  const { client, asked } = clientThatReads([]);

  const found = await batchGet(client, 'things', [
    { p: 1, s: '-' },
    { p: 2, s: '-' },
    { p: 1, s: '-' },
  ]);

  expect(found).toEqual([
    { p: 1, s: '-' },
    { p: 2, s: '-' },
  ]);
  expect(asked).toEqual([2]);
});
