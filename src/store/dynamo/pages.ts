import { QueryCommand, type QueryCommandInput, ScanCommand, type ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DocumentClient } from '#store/dynamo/client';

type Item = Record<string, unknown>;

/** Every item that the query finds, in its order, over as many pages as it takes. */
export async function queryAll(client: DocumentClient, query: QueryCommandInput): Promise<Item[]> {
  return (await Array.fromAsync(queryPages(client, query))).flat();
}

/** The pages of a query, in its order. */
export function queryPages(client: DocumentClient, query: QueryCommandInput): AsyncGenerator<Item[]> {
  return pages((start) => client.send(new QueryCommand({ ...query, ...start })));
}

/** The pages of a scan. */
export function scanPages(client: DocumentClient, scan: ScanCommandInput): AsyncGenerator<Item[]> {
  return pages((start) => client.send(new ScanCommand({ ...scan, ...start })));
}

interface Page {
  readonly Items?: Item[] | undefined;
  readonly LastEvaluatedKey?: Item | undefined;
}

async function* pages(read: (start: { ExclusiveStartKey?: Item }) => Promise<Page>): AsyncGenerator<Item[]> {
  let start: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await read(start ? { ExclusiveStartKey: start } : {});
    yield Items;
    start = LastEvaluatedKey;
  } while (start);
}
