import { DeleteCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FaultKind } from '#domain/check';
import { shortHash } from '#domain/hash';
import { chatHashOf } from '#domain/message-id';
import type { DocumentClient } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';

/** A chat as the test made it, and where its parts are stored. */
export interface Target {
  readonly chatKey: string;
  readonly address: string;
  readonly account: string;
  readonly client: DocumentClient;
  readonly tables: Readonly<Record<string, string>>;
  /** The time of its last message (epoch ms). */
  readonly lastAt: number;
}

/** One way to break what is stored of a chat. */
export interface Way {
  readonly name: string;
  /** What a check has to call it. */
  readonly kind: FaultKind;
  /** Whose chat it is: an unowned client's, a contact's, or that of a contact with an open deal of another user. */
  readonly of: 'nobody' | 'contact' | 'deal';
  /** So many more messages wait afterwards, or the chat is gone. */
  readonly more?: number | 'gone';
  readonly breaks: (target: Target) => Promise<unknown>;
}

function changed(expression: string, values?: Record<string, unknown>, names?: Record<string, string>) {
  return ({ client, tables, chatKey }: Target) =>
    client.send(
      new UpdateCommand({
        TableName: tables.chats,
        Key: { c: chatKey, s: '-' },
        UpdateExpression: expression,
        ...(values && { ExpressionAttributeValues: values }),
        ...(names && { ExpressionAttributeNames: names }),
      }),
    );
}

function gone(table: string, key: (target: Target) => Record<string, unknown>) {
  return (target: Target) =>
    target.client.send(new DeleteCommand({ TableName: target.tables[table], Key: key(target) }));
}

/** The contact of somebody else, whom an address may be given to by mistake. */
export const STRANGER = 'contact-stranger';
/** A user who was deleted. */
export const GONE = 'gone';

/** Every way in which a check is shown broken chats. Each is mended by what is still right. */
export const WAYS: readonly Way[] = [
  { name: 'the place of a chat that waits is gone', kind: 'place', of: 'contact', breaks: changed('REMOVE u') },
  {
    name: 'a chat is in the list of the wrong user',
    kind: 'users',
    of: 'contact',
    breaks: changed('SET viewers = :v', { ':v': ['boris'] }),
  },
  {
    name: 'too few messages are counted',
    kind: 'state',
    of: 'contact',
    breaks: changed('SET chat.unansweredCount = :n', { ':n': 1 }),
  },
  {
    name: 'a chat that waits does not know it',
    kind: 'state',
    of: 'nobody',
    breaks: changed('REMOVE chat.openKey, chat.unansweredSince, u SET chat.unansweredCount = :n', { ':n': 0 }),
  },
  {
    name: 'the row of a chat is gone',
    kind: 'no-row',
    of: 'contact',
    breaks: gone('chats', ({ chatKey }) => ({ c: chatKey, s: '-' })),
  },
  {
    name: 'the address of a client is gone',
    kind: 'address',
    of: 'contact',
    breaks: gone('addresses', ({ address }) => ({ a: address, s: '-' })),
  },
  {
    name: 'an address belongs to the contact of somebody else',
    kind: 'contact',
    of: 'contact',
    breaks: ({ client, tables, address }) =>
      client.send(
        new UpdateCommand({
          TableName: tables.addresses,
          Key: { a: address, s: '-' },
          UpdateExpression: 'SET contact.id = :id',
          ExpressionAttributeValues: { ':id': STRANGER },
        }),
      ),
  },
  {
    name: 'the row of a user who is none any more is left',
    kind: 'further-users',
    of: 'contact',
    breaks: ({ client, tables, chatKey, account }) => {
      const at = `0000000000001#${shortHash(chatKey)}`;
      const Item = { c: chatKey, s: 'viewer#carl', v: `${account}#user#carl`, u: at, r: at };
      return client.send(new PutCommand({ TableName: tables.chats, Item }));
    },
  },
  {
    name: 'the row of a further user is gone',
    kind: 'further-users',
    of: 'deal',
    breaks: gone('chats', ({ chatKey }) => ({ c: chatKey, s: 'viewer#carl' })),
  },
  {
    name: 'no message id leads to a chat',
    kind: 'message-ids',
    of: 'contact',
    breaks: gone('chats', ({ chatKey }) => ({ c: `m#${chatHashOf(chatKey)}`, s: chatKey })),
  },
  {
    name: 'nobody was told of a client, though the chat says so',
    kind: 'unreported',
    of: 'nobody',
    breaks: ({ client, tables, address }) =>
      client.send(
        new UpdateCommand({
          TableName: tables.addresses,
          Key: { a: address, s: '-' },
          UpdateExpression: 'REMOVE wrote',
        }),
      ),
  },
  { name: 'a chat says that nobody was told', kind: 'unreported', of: 'nobody', breaks: changed('REMOVE told') },
  {
    name: 'a chat is in the list of a user who was deleted',
    kind: 'place',
    of: 'nobody',
    breaks: (target) => changed('SET v = :v', { ':v': `${target.account}#user#${GONE}` })(target),
  },
  { name: 'a chat is in the list of no channel', kind: 'place', of: 'contact', breaks: changed('REMOVE ch') },
  { name: 'a chat has no place at all', kind: 'place', of: 'contact', breaks: changed('REMOVE v, r') },
  {
    name: 'a message was stored and not folded',
    kind: 'state',
    of: 'contact',
    more: 1,
    breaks: ({ client, tables, chatKey, lastAt }) => {
      const [time, storedAt] = [lastAt + 1_000, lastAt + 2_000];
      const content = { type: 'text', text: 'Nobody heard this' };
      const fact = { kind: 'client', opens: true, author: { name: 'Client' }, content, storedAt, changedAt: storedAt };
      return client.send(
        new PutCommand({ TableName: tables.messages, Item: { c: chatKey, k: `${time}#unheard`, ...fact } }),
      );
    },
  },
  {
    name: 'a chat is there in which nothing was said',
    kind: 'no-facts',
    of: 'nobody',
    more: 'gone',
    breaks: async ({ client, tables, chatKey }) => {
      const items = await queryAll(client, {
        TableName: tables.messages,
        KeyConditionExpression: 'c = :chat',
        ExpressionAttributeValues: { ':chat': chatKey },
      });
      for (const { c, k } of items) await client.send(new DeleteCommand({ TableName: tables.messages, Key: { c, k } }));
    },
  },
];
