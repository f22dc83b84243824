import { BatchGetCommand, DeleteCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { tables as definitions } from '#lib/tables';
import { type ImagesDeps, withImages } from '#local/streams/with-images';
import { imagesOf } from '#store/chats/chat-images';
import type { DocumentClient } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { type Command, MemoryDynamo } from '#test/scheduler/memory-dynamo';

const tables = Object.fromEntries(Object.keys(definitions).map((id) => [id, id]));
const KEY = { c: 'channel#telegram#1', s: '-' };

/** A client over a table of chats, and what it told. */
function start(isHeard = true) {
  const db = new MemoryDynamo(definitions, tables);
  const reads: unknown[] = [];
  const told: Parameters<ImagesDeps['tell']>[1][number][] = [];
  const plain = {
    send: async (command: Command) => {
      if (command instanceof BatchGetCommand) reads.push(command);
      return db.apply(command);
    },
  } as unknown as DocumentClient;
  const tell: ImagesDeps['tell'] = (kind, records) => void (kind === 'chats' && told.push(...records));
  const client = withImages({ client: plain, tables, definitions, isHeard: () => isHeard, tell, log: () => {} });
  const chat = (viewers: readonly string[], ver: number, loaded = ver - 1) => ({
    Put: {
      TableName: 'chats',
      Item: { ...KEY, account: 'shop', ver, viewers, chat: { preview: 'Good day' } },
      ConditionExpression: 'attribute_not_exists(c) OR ver = :loaded',
      ExpressionAttributeValues: { ':loaded': loaded },
    },
  });
  return { client, told, reads, chat, settled: () => new Promise((resolve) => setTimeout(resolve, 5)) };
}

test('a write tells the image before and after it, as a stream of AWS does', async () => {
  const { client, told, chat, settled } = start();

  await transact(client, [chat(['anna'], 1)]);
  await transact(client, [chat(['boris'], 2)]);
  await settled();

  const images = told.map((record) =>
    imagesOf({ Records: [record] }).map(({ version, viewers }) => [version, ...viewers]),
  );
  expect(images[0]?.at(-1)).toEqual(expect.arrayContaining([expect.any(Number)]));
  expect(images[1]).toEqual([
    [1, 'anna'],
    [2, 'boris'],
  ]);
  expect(told.map(({ eventName }) => eventName)).toEqual(['INSERT', 'MODIFY']);
});

test('a chat that is removed tells its last image, with a version that no page has', async () => {
  const { client, told, chat, settled } = start();
  await transact(client, [chat(['anna'], 1)]);
  await settled();

  await client.send(new DeleteCommand({ TableName: 'chats', Key: KEY }) as never);
  await settled();

  expect(told.map(({ eventName }) => eventName)).toEqual(['INSERT', 'REMOVE']);
  expect(imagesOf({ Records: told.slice(1) })).toEqual([expect.objectContaining({ version: 2, isGone: true })]);
});

test('a transaction tells each chat that it changes', async () => {
  const { client, told, chat, settled } = start();
  const beside = { Put: { TableName: 'chats', Item: { ...KEY, s: 'viewer#boris', v: 'x' } } };

  await client.send(new TransactWriteCommand({ TransactItems: [chat(['anna', 'boris'], 1), beside] }) as never);
  await settled();

  expect(told).toHaveLength(2);
  expect(imagesOf({ Records: told }).map(({ viewers }) => viewers)).toEqual([['anna', 'boris']]);
});

test('what a condition refused is not told, whatever another writer did meanwhile', async () => {
  const { client, told, chat, settled } = start();
  await transact(client, [chat(['anna'], 1)]);
  await settled();
  told.splice(0);

  expect(await transact(client, [chat(['boris'], 5)])).toBe(false);
  await settled();

  expect(told).toEqual([]);
});

test.each([
  ['nobody wants to know', false, 'chats'],
  ['it is of another table', true, 'pages'],
])('a write costs nothing more if %s', async (_, isHeard, TableName) => {
  const { client, told, reads, settled } = start(isHeard);

  const key = TableName === 'chats' ? KEY : { p: 'p', s: '-' };
  await client.send(new PutCommand({ TableName, Item: { ...key, ver: 1 } }) as never);
  await settled();

  expect([told, reads]).toEqual([[], []]);
});
