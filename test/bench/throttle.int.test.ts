import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tables } from '#lib/tables';
import { type Engine, startEngine } from '#local/engine/engine';
import { createLocalClient } from '#local/engine/local-client';
import { createDocumentClient, type DocumentClient } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { startProxy, type ThrottlingProxy } from '../../bench/throttle/proxy.ts';

const keys = { accessKeyId: 'none', secretAccessKey: 'none' };
const chat = (c: string, more: object = {}) => ({ TableName: 'chats', Item: { c, s: '-', ...more } });

let engine: Engine;
let proxy: ThrottlingProxy;
let client: DocumentClient;
let now = 0;

beforeAll(async () => {
  engine = await startEngine();
  const database = createLocalClient(engine.endpoint);
  await createTables(database, tables, Object.fromEntries(Object.keys(tables).map((id) => [id, id])));
  database.destroy();
  proxy = await startProxy(engine.endpoint, { writesPerSecond: 1, readsPerSecond: 3 }, () => now);
  const options = { endpoint: proxy.endpoint, region: 'us-east-1', credentials: keys };
  client = createDocumentClient(new DynamoDBClient(options));
});

afterAll(async () => {
  await proxy.stop();
  await engine.stop();
});

beforeEach(() => proxy.clear());

const used = (place: string) => proxy.uses().find((use) => use.place === place);

test('a key that has nothing left refuses, other keys do not, and the client tries for a while', async () => {
  await client.send(new PutCommand(chat('a')));
  await client.send(new PutCommand(chat('b')));
  await expect(client.send(new PutCommand(chat('a')))).rejects.toMatchObject({
    name: 'ProvisionedThroughputExceededException',
    ThrottlingReasons: [expect.objectContaining({ reason: 'TableWriteKeyRangeThroughputExceeded' })],
  });

  expect(used('chats')).toMatchObject({ units: 1, refused: 4 });
  now += 2_000;
  await client.send(new PutCommand(chat('a')));
});

test('an index that has nothing left refuses the writes of its table', async () => {
  const waits = { ch: 'channel', u: '1' };
  await client.send(new PutCommand(chat('c', waits)));
  await expect(client.send(new PutCommand(chat('d', waits)))).rejects.toMatchObject({ name: 'ThrottlingException' });

  expect(used('chats channel-unanswered')).toMatchObject({ key: 'channel', units: 1 });
  // What does not come into the index is written.
  await client.send(new PutCommand(chat('d')));
});

test('a transaction counts twice, is cancelled with its reasons, and is tried again as well', async () => {
  const transaction = new TransactWriteCommand({ TransactItems: [{ Put: chat('e') }, { Put: chat('f') }] });
  await client.send(transaction);
  await expect(client.send(transaction)).rejects.toMatchObject({
    name: 'TransactionCanceledException',
    CancellationReasons: [{ Code: 'ProvisionedThroughputExceeded' }, { Code: 'ProvisionedThroughputExceeded' }],
  });

  expect(used('chats')).toMatchObject({ units: 2 });
  expect(used('chats')?.refused).toBeGreaterThan(1);
});

test('of a batch the rest is done, and what is too much comes back', async () => {
  await client.send(new PutCommand(chat('g')));
  const asked = ['g', 'h'].map((c) => ({ PutRequest: { Item: chat(c).Item } }));
  const { UnprocessedItems } = await client.send(new BatchWriteCommand({ RequestItems: { chats: asked } }));
  expect(UnprocessedItems).toEqual({ chats: [asked[0]] });

  const Keys = [{ c: 'h', s: '-' }];
  const { Responses } = await client.send(new BatchGetCommand({ RequestItems: { chats: { Keys } } }));
  expect(Responses?.chats).toEqual([chat('h').Item]);
});
