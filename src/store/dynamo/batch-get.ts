import { setTimeout as sleep } from 'node:timers/promises';
import type { KeysAndAttributes } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';

type Item = Record<string, unknown>;

/** The most keys that one call may ask for. */
const AT_ONCE = 100;
/** How often in a row a call may read none of its keys. Then too much is asked of them. */
const MOST_IN_VAIN = 8;
const LONGEST_WAIT_MS = 200;

/** How items are read: as they are now, unless it says something else. */
type Reading = Omit<KeysAndAttributes, 'Keys'>;

/**
 * The items with these keys as they are now, each once, in no particular order. Keys without an item are left out.
 * DynamoDB refuses a call that names a key twice. What it leaves for later is asked for again after a wait:
 * https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchGetItem.html
 */
export async function batchGet(
  client: DocumentClient,
  table: string,
  keys: readonly Item[],
  reading: Reading = { ConsistentRead: true },
): Promise<Item[]> {
  const found: Item[] = [];
  let inVain = 0;
  for (let left = distinct(keys); left.length > 0; ) {
    const Keys = left.slice(0, AT_ONCE);
    const batch = await client.send(new BatchGetCommand({ RequestItems: { [table]: { ...reading, Keys } } }));
    found.push(...(batch.Responses?.[table] ?? []));
    const undone = batch.UnprocessedKeys?.[table]?.Keys ?? [];
    inVain = undone.length === Keys.length ? inVain + 1 : 0;
    if (inVain === MOST_IN_VAIN) throw new ContentionError(`The table ${table}`);
    if (undone.length > 0) await sleep(Math.random() * Math.min(25 * 2 ** inVain, LONGEST_WAIT_MS));
    left = [...undone, ...left.slice(AT_ONCE)];
  }
  return found;
}

/** The keys, each once. They are made in one place for each table, with their attributes in one order. */
function distinct(keys: readonly Item[]): Item[] {
  return [...new Map(keys.map((key) => [JSON.stringify(key), key])).values()];
}
