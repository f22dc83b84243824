import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';

type Item = Record<string, unknown>;

/** The most keys that one call may ask for. */
const AT_ONCE = 100;

/** How items are read: as they are now, unless it says something else. */
type Reading = Omit<KeysAndAttributes, 'Keys'>;

/** The items with these keys as they are now, in no particular order. Keys without an item are left out. */
export async function batchGet(
  client: DocumentClient,
  table: string,
  keys: readonly Item[],
  reading: Reading = { ConsistentRead: true },
): Promise<Item[]> {
  const found: Item[] = [];
  for (let left = [...keys]; left.length > 0; ) {
    const Keys = left.slice(0, AT_ONCE);
    const batch = await client.send(new BatchGetCommand({ RequestItems: { [table]: { ...reading, Keys } } }));
    found.push(...(batch.Responses?.[table] ?? []));
    left = [...(batch.UnprocessedKeys?.[table]?.Keys ?? []), ...left.slice(AT_ONCE)];
  }
  return found;
}
