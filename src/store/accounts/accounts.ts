import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { accountPartition } from '#store/accounts/keys';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isCancelled } from '#store/dynamo/errors';

const keySchema = z.object({ account: z.string(), keyId: z.string() });
const operatorSchema = z.object({ hash: z.string() });
const keyOfAccountSchema = z.object({ s: z.string(), hash: z.string() });

/** The account that a key belongs to, and the id of the key. */
export type KeyHolder = z.infer<typeof keySchema>;

/** A new key. It is shown this once only. */
export interface NewKey {
  readonly keyId: string;
  readonly apiKey: string;
}

/** A new account and its first key. */
export interface NewAccount extends NewKey {
  readonly accountId: string;
}

export type Accounts = ReturnType<typeof createAccounts>;

const OPERATOR = { p: 'operator', s: '-' };
/** If keys of one account are revoked in parallel, each try that fails lets another one through. */
const TRIES = 20;

/** A new key: 256 random bits. */
export function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** Accounts and their keys. Only hashes of the keys are stored. */
export function createAccounts(deps: StoreDeps) {
  const { client, cache, clock, newId } = deps;
  const table = tableName(deps, 'accounts');

  const holderOf = cache.loader('key', async (hash) => {
    const { Item } = await client.send(
      // A strong read: a key that was revoked must not work for another 10 s, and a new key must not be unknown.
      new GetCommand({ TableName: table, Key: { p: `key#${hash}`, s: '-' }, ConsistentRead: true }),
    );
    return Item && keySchema.parse(Item);
  });

  const operator = cache.loader('operator key', async () => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: OPERATOR, ConsistentRead: true }));
    return Item && operatorSchema.parse(Item);
  });

  /** Makes an account with its first key. */
  async function create(name: string): Promise<NewAccount> {
    const account = { accountId: newId(), keyId: newId(), apiKey: newKey() };
    const { accountId } = account;
    await putAll([
      { p: accountPartition(accountId), s: 'account', name, createdAt: clock.now() },
      ...keyItems(accountId, account),
    ]);
    return account;
  }

  /** Gives the account another key. */
  async function addKey(account: string): Promise<NewKey> {
    const key = { keyId: newId(), apiKey: newKey() };
    await putAll(keyItems(account, key));
    return key;
  }

  async function putAll(items: Record<string, unknown>[]): Promise<void> {
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
  }

  /**
   * Revokes a key of the account within 10 s. `last` if the account has no other key, `unknown` if the key is not its
   * own.
   */
  async function revokeKey(account: string, keyId: string): Promise<'revoked' | 'last' | 'unknown'> {
    for (let attempt = 1; ; attempt += 1) {
      const keys = await keysOf(account);
      const revoked = keys.find(({ s }) => s === `key#${keyId}`);
      const other = keys.find((key) => key !== revoked);
      if (!revoked) return 'unknown';
      if (!other) return 'last';
      try {
        await revoke(account, revoked, other.s);
        cache.forget('key', revoked.hash);
        return 'revoked';
      } catch (error) {
        if (!isCancelled(error) || attempt === TRIES) throw error;
      }
    }
  }

  /** Revokes the key if the other one is still there: of the last two only one can be revoked, also in parallel. */
  async function revoke(account: string, { s, hash }: { s: string; hash: string }, other: string): Promise<void> {
    const p = accountPartition(account);
    const condition = { TableName: table, ConditionExpression: 'attribute_exists(p)' };
    await client.send(
      new TransactWriteCommand({
        TransactItems: [
          { Delete: { ...condition, Key: { p, s } } },
          { Delete: { TableName: table, Key: { p: `key#${hash}`, s: '-' } } },
          { ConditionCheck: { ...condition, Key: { p, s: other } } },
        ],
      }),
    );
  }

  async function keysOf(account: string): Promise<{ s: string; hash: string }[]> {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'p = :account AND begins_with(s, :key)',
        ExpressionAttributeValues: { ':account': accountPartition(account), ':key': 'key#' },
        ConsistentRead: true,
      }),
    );
    return Items.map((item) => keyOfAccountSchema.parse(item));
  }

  /** The account that the key belongs to. Undefined if the key was never given out or is revoked. Cached for 10 s. */
  async function byKey(apiKey: string): Promise<KeyHolder | undefined> {
    return holderOf(hashOf(apiKey));
  }

  /** Whether it is the operator's key. */
  async function isOperatorKey(key: string): Promise<boolean> {
    const known = await operator('operator');
    return known !== undefined && timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(known.hash));
  }

  /** Makes the key the operator key, in place of the one before. */
  async function setOperatorKey(key: string): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: { ...OPERATOR, hash: hashOf(key) } }));
    cache.forget('operator key', 'operator');
  }

  return { create, addKey, revokeKey, byKey, isOperatorKey, setOperatorKey };
}

/** The two items of a key: one under its account, and one under its hash, which leads back to the account. */
function keyItems(account: string, { keyId, apiKey }: NewKey): Record<string, unknown>[] {
  const hash = hashOf(apiKey);
  return [
    { p: accountPartition(account), s: `key#${keyId}`, hash },
    { p: `key#${hash}`, s: '-', account, keyId },
  ];
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
