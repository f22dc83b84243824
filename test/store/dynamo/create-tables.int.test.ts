import {
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Table, tables } from '#lib/tables';
import { type Engine, startEngine } from '#local/engine/engine';
import { createTables } from '#store/dynamo/create-tables';

const names = Object.fromEntries(Object.keys(tables).map((id) => [id, `test-${id}`]));
let engine: Engine;
let client: DynamoDBClient;

beforeEach(async () => {
  engine = await startEngine();
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  client = new DynamoDBClient({ endpoint: engine.endpoint, region: 'local', credentials });
});

afterEach(async () => {
  client.destroy();
  await engine.stop();
});

async function describe(name: string) {
  return (await client.send(new DescribeTableCommand({ TableName: name }))).Table!;
}

const text = (name: string) => ({ name, type: 'S' }) as const;
const plain = { partition: text('p'), sort: text('s'), indexes: [], stream: true, expires: false, localOnly: false };
const byOwner = { name: 'by-owner', scope: 'global', partition: text('o'), sort: text('at') } as const;
const byTime = { name: 'by-time', scope: 'local', partition: text('p'), sort: text('at') } as const;

test('every table of the definition is made under the name that is given', async () => {
  await createTables(client, tables, names);

  const { TableNames } = await client.send(new ListTablesCommand());
  expect(TableNames?.toSorted()).toEqual(Object.values(names).toSorted());
});

test('a table has its keys, its indexes, and no stream', async () => {
  await createTables(client, tables, names);

  const outbox = await describe('test-outbox');
  expect(outbox).toMatchObject({
    TableStatus: 'ACTIVE',
    BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
    KeySchema: [
      { AttributeName: 'l', KeyType: 'HASH' },
      { AttributeName: 'e', KeyType: 'RANGE' },
    ],
    LocalSecondaryIndexes: [{ IndexName: 'pending', Projection: { ProjectionType: 'KEYS_ONLY' } }],
  });
  expect(outbox.AttributeDefinitions).toContainEqual({ AttributeName: 'nextAt', AttributeType: 'N' });
  expect(outbox.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.KeySchema])).toEqual(
    expect.arrayContaining([
      [
        'lanes',
        [
          { AttributeName: 'w', KeyType: 'HASH' },
          { AttributeName: 'nextAt', KeyType: 'RANGE' },
        ],
      ],
    ]),
  );
  expect((await describe('test-messages')).StreamSpecification?.StreamEnabled).not.toBe(true);
});

test('tables that exist stay, and missing ones are made', async () => {
  await createTables(client, { things: plain }, { things: 'things' });
  await client.send(new PutItemCommand({ TableName: 'things', Item: { p: { S: '1' }, s: { S: '-' } } }));

  await createTables(client, { things: plain, others: plain }, { things: 'things', others: 'others' });

  const { Item } = await client.send(
    new GetItemCommand({ TableName: 'things', Key: { p: { S: '1' }, s: { S: '-' } } }),
  );
  expect(Item).toBeDefined();
  expect((await describe('others')).TableStatus).toBe('ACTIVE');
});

test('the same definition can be applied again', async () => {
  await createTables(client, tables, names);

  await createTables(client, tables, names);
});

test('several processes may make the same tables at once', async () => {
  await Promise.all(Array.from({ length: 5 }, () => createTables(client, tables, names)));
});

test.each<[string, Table, Table]>([
  ['another partition key', plain, { ...plain, partition: text('q') }],
  ['another type of a key', plain, { ...plain, sort: { name: 's', type: 'N' } }],
  ['a new index', plain, { ...plain, indexes: [byOwner] }],
  ['an index that was removed', { ...plain, indexes: [byOwner] }, plain],
  ['another key of an index', { ...plain, indexes: [byTime] }, { ...plain, indexes: [{ ...byTime, sort: text('z') }] }],
  [
    'another scope of an index',
    { ...plain, indexes: [byTime] },
    { ...plain, indexes: [{ ...byTime, scope: 'global' as const }] },
  ],
])('a table that differs is an error with its name: %s', async (_, there, wanted) => {
  await createTables(client, { things: there }, { things: 'my-things' });

  const creating = createTables(client, { things: wanted }, { things: 'my-things' });

  await expect(creating).rejects.toMatchObject({ name: 'TableDiffersError', tableName: 'my-things' });
});

test('a table without a name is refused before anything is made', async () => {
  await expect(createTables(client, { things: plain, others: plain }, { things: 'things' })).rejects.toThrow('others');

  expect((await client.send(new ListTablesCommand())).TableNames).toEqual([]);
});
