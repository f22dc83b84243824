import { QueryCommand, type QueryCommandInput, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';

type Item = Record<string, unknown>;

/** Every item that the query finds, in its order, over as many pages as it takes. */
export async function queryAll(client: DocumentClient, query: QueryCommandInput): Promise<Item[]> {
  return (await Array.fromAsync(queryPages(client, query))).flat();
}

/** The pages of a query, in its order; behind the key `after` if one is given. */
export function queryPages(client: DocumentClient, query: QueryCommandInput, after?: Item): AsyncGenerator<Item[]> {
  return pages((start) => client.send(new QueryCommand({ ...query, ...start })), after);
}

/** The number of items that the query finds. Each costs as much as if it were answered. */
export async function queryCount(client: DocumentClient, query: QueryCommandInput): Promise<number> {
  let count = 0;
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({ ...query, Select: 'COUNT', ...(start && { ExclusiveStartKey: start }) }),
    );
    count += page.Count ?? 0;
    start = page.LastEvaluatedKey;
  } while (start);
  return count;
}

/** The pages of a scan. */
export function scanPages(client: DocumentClient, scan: ScanCommandInput): AsyncGenerator<Item[]> {
  return pages((start) => client.send(new ScanCommand({ ...scan, ...start })));
}

interface Page {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

async function* pages(
  read: (start: { ExclusiveStartKey?: Item }) => Promise<Page>,
  after?: Item,
): AsyncGenerator<Item[]> {
  let start = after;
  do {
    const { Items = [], LastEvaluatedKey } = await read(start ? { ExclusiveStartKey: start } : {});
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}
