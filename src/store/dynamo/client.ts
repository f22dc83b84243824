import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#clock';

/** What the store needs of the SDK's document client. */
export type DocumentClient = Pick<DynamoDBDocumentClient, 'send'>;

/** What every part of the store is made from: the client, and the table names by the ids of `lib/tables.ts`. */
export interface StoreDeps {
  readonly client: DocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  readonly clock: Clock;
}

/** A document client that leaves `undefined` fields out of items. */
export function createDocumentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** The name of a table, which the wiring has to have given. */
export function tableName({ tables }: Pick<StoreDeps, 'tables'>, id: string): string {
  const name = tables[id];
  if (name === undefined) throw new Error(`No name was given for the table "${id}"`);
  return name;
}
