import { GetCommand, PutCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import type { FunctionDefinition } from '#lib/function-definition';
import { type FunctionName, functions } from '#lib/functions';
import { onlyGranted } from './only-granted.ts';

const TableName = 'accounts';
type Input = Readonly<Record<string, unknown>>;

const key = { p: 'key#of-a-thief', s: '-' };
const channel = { p: 'channel#theirs', s: '-' };

/** The platform of a function, which writes nowhere. */
const platformOf = (name: FunctionName) =>
  onlyGranted(name, { client: { send: async () => 'sent' }, bells: {}, cipher: {} } as never) as unknown as {
    client: { send(command: unknown): Promise<unknown> };
  };
const sentBy = async (name: FunctionName, command: unknown) => platformOf(name).client.send(command);

/** What somebody would write who took over a function that they feed. */
const attacks = {
  'an API key of their own': new PutCommand({ TableName, Item: { ...key, account: 'any', keyId: 'k' } }),
  'the same as an update': new UpdateCommand({
    TableName,
    Key: key,
    UpdateExpression: 'SET account = :any',
    ExpressionAttributeValues: { ':any': 'any' },
  }),
  'the same in a transaction': new TransactWriteCommand({
    TransactItems: [{ Put: { TableName, Item: { ...key, account: 'any', keyId: 'k' } } }],
  }),
  'an operator key': new PutCommand({ TableName, Item: { p: 'operator', s: '-', hash: 'h' } }),
  'the secret of the installation': new PutCommand({ TableName, Item: { p: 'installation', s: '-', sealed: 'x' } }),
  'another channel in place of one': new PutCommand({ TableName, Item: { ...channel, sealed: 'x' } }),
  'other secrets of a channel': new UpdateCommand({
    TableName,
    Key: channel,
    UpdateExpression: 'SET #sealed = :x, #state = :x',
    ExpressionAttributeNames: { '#sealed': 'sealed', '#state': 'state' },
    ExpressionAttributeValues: { ':x': 'x' },
  }),
  'a channel of another account': new UpdateCommand({
    TableName,
    Key: channel,
    UpdateExpression: 'SET account = :x',
    ExpressionAttributeValues: { ':x': 'x' },
  }),
};

/** The functions that may write keys or secrets: those that make them. */
const MAKERS = ['manage-accounts', 'manage-channels', 'sweep-lanes'];
const others = (Object.keys(functions) as FunctionName[]).filter((name) => !MAKERS.includes(name));

/** It stores the credentials that a messenger gives anew. */
const isRenewed = (name: FunctionName, what: string) =>
  name === 'tend-channels' && what === 'other secrets of a channel';

test.each(
  others.flatMap((name) =>
    Object.entries(attacks)
      .filter(([what]) => !isRenewed(name, what))
      .map(([what, command]) => [name, what, command] as const),
  ),
)('%s may not write %s', async (name, _what, command) => {
  await expect(sentBy(name, command)).rejects.toThrow('may not');
});

test.each<[FunctionName, string]>([
  ['manage-channels', 'an API key of their own'],
  ['manage-channels', 'an operator key'],
  ['manage-accounts', 'an operator key'],
  ['manage-accounts', 'other secrets of a channel'],
])('%s may not write %s either', async (name, what) => {
  await expect(sentBy(name, attacks[what as keyof typeof attacks])).rejects.toThrow('may not');
});

test('a function may write what it is for', async () => {
  const connection = new UpdateCommand({
    TableName,
    Key: { p: channel.p, s: 'connection#1' },
    UpdateExpression: 'SET #state = :state, ownerId = :state',
    ConditionExpression: 'attribute_not_exists(s) OR (madeAt = :state AND #sequence < :state)',
    ExpressionAttributeNames: { '#state': 'state', '#sequence': 'sequence' },
    ExpressionAttributeValues: { ':state': 'revoked' },
  });

  expect(await sentBy('receive-message', connection)).toBe('sent');
  expect(await sentBy('receive-message', new GetCommand({ TableName, Key: channel }))).toBe('sent');
  expect(await sentBy('manage-accounts', attacks['an API key of their own'])).toBe('sent');
});

test('receive-message may put events and nothing else into the outbox', async () => {
  const put = (l: string) => new PutCommand({ TableName: 'outbox', Item: { l, e: '1' } });

  expect(await sentBy('receive-message', put('event#account'))).toBe('sent');
  for (const lane of ['reply#chat', 'task#settle', 'slots#account', 'event'])
    await expect(sentBy('receive-message', put(lane))).rejects.toThrow('may not PutItem on outbox');
});

/** What gives a look at the chats of others, and the functions that may write it. */
const MINE = { account: 'theirs', userId: 'head', keyId: 'k', scope: { kind: 'global' }, usedAt: 1, until: 1 };
const pageAttacks: Readonly<Record<string, readonly [Input, ...FunctionName[]]>> = {
  'a token': [{ p: 'token#mine', s: '-', ...MINE }, 'open-page'],
  'a link': [{ p: 'link#mine', s: '-', ...MINE }, 'open-page', 'open-frame'],
  'the state of a consent': [{ p: 'consent#mine', s: '-', ...MINE }, 'manage-crm'],
  'a device': [{ p: 'device#theirs', s: 'd', ...MINE }, 'open-page'],
  'a ticket': [{ p: 'ticket#mine', s: '-', account: 'theirs', bearer: 'b' }, 'answer-doorbell'],
  'a socket': [{ p: 'account#theirs', s: 'socket#mine', account: 'theirs', bearer: 'b' }, 'answer-doorbell'],
  'a draft': [{ p: 'draft#theirs#head', s: 'chat', text: 'x' }, 'keep-drafts'],
  'a subscription': [{ p: 'push#theirs', s: 'head#mine', endpoint: 'https://mine.example/' }, 'manage-push'],
};

test.each(Object.entries(pageAttacks))('only the makers may write %s', async (_what, [Item, ...makers]) => {
  for (const name of Object.keys(functions) as FunctionName[]) {
    const put = sentBy(name, new PutCommand({ TableName: 'pages', Item }));
    await (makers.includes(name) ? expect(put).resolves.toBe('sent') : expect(put, name).rejects.toThrow('may not'));
  }
});

test('whoever notes the use of a token can make it nobody else’s', async () => {
  const update = (field: string) =>
    new UpdateCommand({
      TableName: 'pages',
      Key: { p: 'token#theirs', s: '-' },
      UpdateExpression: `SET ${field} = :any`,
      ExpressionAttributeValues: { ':any': 'any' },
    });

  expect(await sentBy('read-chats', update('usedAt'))).toBe('sent');
  for (const field of ['account', 'userId', 'userMade', 'deviceId', 'keyId'])
    await expect(sentBy('read-chats', update(field))).rejects.toThrow('may not');
});

test('who reads what strangers send knows nothing of pages', async () => {
  const strangers: readonly FunctionName[] = ['receive-message', 'fold-chat', 'store-file', 'serve-file', 'serve-page'];
  for (const name of strangers) {
    const get = new GetCommand({ TableName: 'pages', Key: { p: 'token#theirs', s: '-' } });
    await expect(sentBy(name, get), name).rejects.toThrow('may not');
  }
});

test('no function may do all that it likes with accounts', () => {
  const free = Object.entries<FunctionDefinition>(functions).flatMap(([name, { accountWrites = [] }]) =>
    accountWrites
      .flatMap(({ partitions }) => partitions)
      .filter((one) => /^[^#]*\*/.test(one))
      .map((one) => [name, one]),
  );

  expect(free).toEqual([]);
});
