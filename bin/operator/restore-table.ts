import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import {
  type AttributeValue,
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  paginateScan,
  type WriteRequest,
} from '@aws-sdk/client-dynamodb';
import { StepError } from '../terminal/errors.ts';

type Item = Record<string, AttributeValue>;

/** How many items were put into the table, deleted from it, and left as they were. */
export interface Restored {
  readonly put: number;
  readonly deleted: number;
  readonly left: number;
}

/** DynamoDB reads 100 items at once and writes 25. */
const [READ, WRITE] = [100, 25];
/** What DynamoDB leaves for later was too much at once. */
const WAIT_MS = 200;

/**
 * Brings items of a restored table back into the table of a stack: those that are missing there, or all with `whole`,
 * which also deletes what the restored table has not. May be run again. Throws a `StepError` if that cannot be done.
 */
export async function restoreTable(from: string, to: string, whole: boolean): Promise<Restored> {
  const client = new DynamoDBClient({});
  const keys = await keysOf(client, to);
  if (!isDeepStrictEqual(keys, await keysOf(client, from))) {
    throw new StepError(`${from} has other keys than ${to}: is it the restored table of another one?`);
  }
  const [, sort = ''] = keys;
  const done = { put: 0, deleted: 0, left: 0 };
  // What became of a reply stands behind letters. It has to be there before the reply, which would leave once more.
  for (const isTurn of [isLettered, (key: string) => !isLettered(key)]) {
    for await (const page of pagesOf(client, from)) {
      const items = page.filter((item) => isTurn(item[sort]?.S ?? ''));
      const there = await sameKeys(client, to, keys, items);
      const wrong = items.filter((item, index) =>
        whole ? !isDeepStrictEqual(item, there[index]) : there[index] === undefined,
      );
      await write(
        client,
        to,
        wrong.map((Item) => ({ PutRequest: { Item } })),
      );
      done.put += wrong.length;
      done.left += items.length - wrong.length;
    }
  }
  if (!whole) return done;
  for await (const items of pagesOf(client, to)) {
    const there = await sameKeys(client, from, keys, items);
    const newer = items.filter((_, index) => there[index] === undefined);
    await write(
      client,
      to,
      newer.map((item) => ({ DeleteRequest: { Key: keyOf(item, keys) } })),
    );
    done.deleted += newer.length;
  }
  return done;
}

function isLettered(key: string): boolean {
  return /^[a-z]/.test(key);
}

async function keysOf(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName })).catch((error: Error) => {
    throw new StepError(`The table ${TableName} cannot be read: ${error.message}`);
  });
  return (Table?.KeySchema ?? []).map(({ AttributeName = '' }) => AttributeName);
}

async function* pagesOf(client: DynamoDBClient, TableName: string): AsyncGenerator<Item[]> {
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield Items;
}

function keyOf(item: Item, keys: readonly string[]): Item {
  return Object.fromEntries(keys.map((key) => [key, item[key] as AttributeValue]));
}

/** The items with the same keys in a table, undefined where there is none. */
async function sameKeys(client: DynamoDBClient, table: string, keys: readonly string[], items: readonly Item[]) {
  const name = (item: Item) => JSON.stringify(keyOf(item, keys));
  const found = new Map<string, Item>();
  for (let first = 0; first < items.length; first += READ) {
    let asked: Item[] = items.slice(first, first + READ).map((item) => keyOf(item, keys));
    while (asked.length > 0) {
      const RequestItems = { [table]: { Keys: asked, ConsistentRead: true } };
      const { Responses = {}, UnprocessedKeys = {} } = await client.send(new BatchGetItemCommand({ RequestItems }));
      for (const item of Responses[table] ?? []) found.set(name(item), item);
      asked = UnprocessedKeys[table]?.Keys ?? [];
      if (asked.length > 0) await sleep(WAIT_MS);
    }
  }
  return items.map((item) => found.get(name(item)));
}

async function write(client: DynamoDBClient, table: string, requests: readonly WriteRequest[]): Promise<void> {
  for (let first = 0; first < requests.length; first += WRITE) {
    let left: WriteRequest[] = requests.slice(first, first + WRITE);
    while (left.length > 0) {
      const { UnprocessedItems = {} } = await client.send(
        new BatchWriteItemCommand({ RequestItems: { [table]: left } }),
      );
      left = UnprocessedItems[table] ?? [];
      if (left.length > 0) await sleep(WAIT_MS);
    }
  }
}
