import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import type { Index, KeyAttribute, Table } from '#lib/tables';

/** A table of this name is there, with other keys or indexes than this version of Konvert needs. */
export class TableDiffersError extends Error {
  readonly tableName: string;

  constructor(tableName: string, expected: readonly string[], found: readonly string[]) {
    super(`The table ${tableName} has [${found.join(', ')}] where this version needs [${expected.join(', ')}]`);
    this.name = 'TableDiffersError';
    this.tableName = tableName;
  }
}

/**
 * Creates the tables that are missing, without streams and without expiry. Resolves when all can be used. An existing
 * table stays as it is; `TableDiffersError` if it has other keys or indexes.
 */
export async function createTables(
  client: DynamoDBClient,
  definitions: Record<string, Table>,
  names: Record<string, string>,
): Promise<void> {
  const named = Object.entries(definitions).map(([id, definition]) => {
    const name = names[id];
    if (name === undefined) throw new Error(`The table ${id} has no name`);
    return { definition, name };
  });
  await Promise.all(named.map(({ definition, name }) => createTable(client, definition, name)));
}

async function createTable(client: DynamoDBClient, definition: Table, name: string): Promise<void> {
  const table = (await describe(client, name)) ?? (await create(client, definition, name));
  const expected = shapeOf(creation(definition, name));
  const found = shapeOf(table);
  if (expected.join() !== found.join()) throw new TableDiffersError(name, expected, found);
  if (table.TableStatus !== 'ACTIVE') {
    await waitUntilTableExists({ client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 }, { TableName: name });
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table!;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, definition: Table, name: string): Promise<TableDescription> {
  try {
    return (await client.send(new CreateTableCommand(creation(definition, name)))).TableDescription!;
  } catch (error) {
    const made = error instanceof ResourceInUseException ? await describe(client, name) : undefined;
    if (made === undefined) throw error;
    return made; // Another process was faster.
  }
}

function creation({ partition, sort, indexes }: Table, name: string): CreateTableCommandInput {
  const keys = [partition, sort, ...indexes.flatMap((index) => [index.partition, index.sort])];
  const types = new Map(keys.map((key) => [key.name, key.type]));
  return {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType })),
    KeySchema: keySchema(partition, sort),
    GlobalSecondaryIndexes: indexesIn('global', indexes),
    LocalSecondaryIndexes: indexesIn('local', indexes),
  };
}

function keySchema(partition: KeyAttribute, sort: KeyAttribute): KeySchemaElement[] {
  return [
    { AttributeName: partition.name, KeyType: 'HASH' },
    { AttributeName: sort.name, KeyType: 'RANGE' },
  ];
}

/** Undefined instead of an empty list, which DynamoDB refuses. */
function indexesIn(scope: Index['scope'], indexes: readonly Index[]) {
  const inScope = indexes.filter((index) => index.scope === scope);
  if (inScope.length === 0) return undefined;
  return inScope.map((index) => ({
    IndexName: index.name,
    KeySchema: keySchema(index.partition, index.sort),
    Projection: { ProjectionType: 'KEYS_ONLY' as const },
  }));
}

/** Keys and indexes as text, to compare a wanted table with an existing one. */
function shapeOf(table: CreateTableCommandInput | TableDescription): string[] {
  const types = new Map(table.AttributeDefinitions?.map((key) => [key.AttributeName, key.AttributeType]));
  const keys = (schema: KeySchemaElement[] = []) =>
    schema
      .toSorted((a, b) => (a.KeyType! < b.KeyType! ? -1 : 1))
      .map((key) => `${key.AttributeName}:${types.get(key.AttributeName)}`)
      .join(' ');
  const indexes = [
    ...(table.GlobalSecondaryIndexes ?? []).map((index) => ({ ...index, scope: 'global' })),
    ...(table.LocalSecondaryIndexes ?? []).map((index) => ({ ...index, scope: 'local' })),
  ].map(
    (index) => `${index.scope} ${index.IndexName} ${keys(index.KeySchema)} ${index.Projection?.ProjectionType ?? ''}`,
  );
  return [keys(table.KeySchema), ...indexes.toSorted()];
}
