import { describe, expect, test } from 'vitest';
import { createBuckets } from '../../bench/throttle/buckets.ts';
import { indexWrites, partsOf } from '../../bench/throttle/requests.ts';

const chat = { place: 'chats', key: 'a', kind: 'write' } as const;
const S = (text: string) => ({ S: text });

describe('a bucket', () => {
  test('gives what flows in within a second, and what is taken beyond that is waited for', () => {
    let now = 0;
    const buckets = createBuckets({ writesPerSecond: 10, readsPerSecond: 30 }, () => now);

    buckets.take(chat, 25);
    expect(buckets.refusing([chat])).toEqual(expect.objectContaining({ key: 'a' }));
    now = 1_500;
    expect(buckets.refusing([chat])).toBeDefined();
    now = 1_600;
    expect(buckets.refusing([chat])).toBeUndefined();
    expect(buckets.uses()).toEqual([{ ...chat, units: 25, refused: 2 }]);
  });

  test('keeps no more than a second of what nobody took', () => {
    let now = 0;
    const buckets = createBuckets({ writesPerSecond: 10, readsPerSecond: 30 }, () => now);

    now = 300_000;
    buckets.take(chat, 10);
    expect(buckets.refusing([chat])).toBeDefined();
  });

  test.each([
    ['another key', { ...chat, key: 'b' }],
    ['reads', { ...chat, kind: 'read' as const }],
    ['an index', { ...chat, place: 'chats channel-rest' }],
  ])('is not shared with %s', (_, other) => {
    const buckets = createBuckets({ writesPerSecond: 10, readsPerSecond: 30 }, () => 0);

    buckets.take(chat, 10);

    expect(buckets.refusing([other])).toBeUndefined();
    expect(buckets.refusing([other, chat])).toMatchObject(chat);
  });
});

describe('the keys of a request', () => {
  const Key = { c: S('a'), s: S('-') };
  const write = { place: 'chats', key: 'a', kind: 'write' };
  const read = { ...write, kind: 'read' };
  const ofIndex = { place: 'chats viewer-rest', key: 'v1', kind: 'read' };
  const query = { ExpressionAttributeValues: { ':from': S('0'), ':one': S('v1') } };

  test.each<[string, string, object, object[]]>([
    ['a read', 'GetItem', { TableName: 'chats', Key }, [read]],
    [
      'a put, by the name in npm start',
      'PutItem',
      { TableName: 'konvert-chats', Item: { ...Key, u: S('1') } },
      [write],
    ],
    ['an update', 'UpdateItem', { TableName: 'chats', Key, UpdateExpression: 'SET u = :u' }, [write]],
    [
      'a query of an index',
      'Query',
      { TableName: 'chats', IndexName: 'viewer-rest', KeyConditionExpression: 'r > :from AND v = :one', ...query },
      [ofIndex],
    ],
    [
      'a batch',
      'BatchGetItem',
      { RequestItems: { chats: { Keys: [Key, { ...Key, c: S('b') }] } } },
      [read, { ...read, key: 'b' }],
    ],
    [
      'a batch of writes',
      'BatchWriteItem',
      { RequestItems: { chats: [{ PutRequest: { Item: Key } }, { DeleteRequest: { Key } }] } },
      [write, write],
    ],
    [
      'a transaction',
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'chats', Item: Key } }, { ConditionCheck: { TableName: 'chats', Key } }] },
      [write, write],
    ],
    ['a scan has none', 'Scan', { TableName: 'chats' }, []],
    ['a table that only npm start has', 'PutItem', { TableName: 'konvert-bells', Item: { b: S('a'), s: S('b') } }, []],
  ])('%s', (_, operation, body, keys) => {
    expect(partsOf(operation, body).map(({ partition }) => partition)).toEqual(keys);
  });

  const before = { c: S('a'), s: S('-'), ch: S('channel'), u: S('1'), r: S('1') };
  const place = (name: string, key = 'channel') => ({ place: `chats ${name}`, key, kind: 'write' });

  test.each<[string, object, object[]]>([
    ['leaves', { ...before, u: undefined }, [place('channel-unanswered')]],
    ['moves within it', { ...before, u: S('2') }, [place('channel-unanswered'), place('channel-unanswered')]],
    ['stays', { ...before, c: S('a') }, []],
    ['is deleted', {}, [place('channel-unanswered'), place('channel-rest')]],
  ])('of indexes, when the item %s', (_, after, writes) => {
    expect(indexWrites('chats', before, after as never)).toEqual(writes);
  });

  test('of indexes follow from what an update sets and removes', () => {
    const [part] = partsOf('UpdateItem', {
      TableName: 'chats',
      Key,
      UpdateExpression: 'SET #u = :u, ver = :ver REMOVE r, v',
      ExpressionAttributeNames: { '#u': 'u' },
      ExpressionAttributeValues: { ':u': S('9'), ':ver': { N: '2' } },
    });

    expect(part!.after!(before)).toEqual({ ...before, u: S('9'), ver: { N: '2' }, r: undefined, v: undefined });
  });
});
