import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from '#aws/client-config';
import { readVariables } from '#aws/variables';
import { systemClock } from '#clock';
import { tableVariable } from '#lib/environment';
import type { TableId } from '#lib/tables';
import { createDocumentClient, type StoreDeps } from '#store/dynamo/client';

/** What the parts of the store are made from in Lambda; a table's name is in the variable that `lib/konvert-tables.ts` sets. */
export function createStoreDeps(...ids: readonly TableId[]): StoreDeps {
  const environment = readVariables(...ids.map(tableVariable));
  return {
    client: createDocumentClient(new DynamoDBClient(clientConfig)),
    tables: Object.fromEntries(ids.map((id) => [id, environment[tableVariable(id)] ?? ''])),
    clock: systemClock,
  };
}
