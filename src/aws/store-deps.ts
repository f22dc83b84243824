import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from '#aws/client-config';
import { readEnvironment } from '#aws/environment';
import type { TableId } from '#lib/tables';
import { createDocumentClient, type StoreDeps, systemClock } from '#store/client';

/** What the parts of the store are made from in Lambda; a table's name is in `<ID>_TABLE`, as `lib/konvert-tables.ts` sets it. */
export function createStoreDeps(...ids: readonly TableId[]): StoreDeps {
  const environment = readEnvironment(...ids.map(variableOf));
  return {
    client: createDocumentClient(new DynamoDBClient(clientConfig)),
    tables: Object.fromEntries(ids.map((id) => [id, environment[variableOf(id)] ?? ''])),
    clock: systemClock,
  };
}

function variableOf(id: TableId): string {
  return `${id.toUpperCase()}_TABLE`;
}
