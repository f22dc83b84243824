import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientConfig } from '#aws/client-config';
import { systemClock } from '#clock';
import { tables } from '#lib/tables';
import { tableVariable } from '#lib/variable-names';
import { createDocumentClient, createStoreDeps, type StoreDeps } from '#store/dynamo/client';

/**
 * What the store is built on in Lambda: the tables that the function's environment names. A part of the store that
 * needs another table throws when it is made, which is at start.
 */
export function createStorePlatform(): StoreDeps {
  const named = Object.keys(tables).map((id) => [id, process.env[tableVariable(id)]] as const);
  return createStoreDeps({
    client: createDocumentClient(new DynamoDBClient(clientConfig)),
    tables: Object.fromEntries(named.flatMap(([id, name]) => (name ? [[id, name]] : []))),
    clock: systemClock,
    newId: randomUUID,
  });
}
