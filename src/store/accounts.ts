import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { GetCommand, PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type StoreDeps, tableName } from '#store/client';
import { cached } from '#store/settings-cache';

const keySchema = z.object({ account: z.string(), keyId: z.string() });
const operatorSchema = z.object({ hash: z.string() });

/** Whose key it is. */
export type KeyHolder = z.infer<typeof keySchema>;

/** A new account and its first key, which is shown this once. */
export interface NewAccount {
  readonly accountId: string;
  readonly keyId: string;
  readonly apiKey: string;
}

export type Accounts = ReturnType<typeof createAccounts>;

const OPERATOR = { p: 'operator', s: '-' };

/** A new key: 256 random bits. */
export function newKey(): string {
  return randomBytes(32).toString('hex');
}

/** Accounts and their keys, of which only hashes are stored. */
export function createAccounts(deps: StoreDeps & { newId: () => string }) {
  const { client, clock, newId } = deps;
  const table = tableName(deps, 'settings');

  const holders = cached(clock, async (hash) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: { p: `key#${hash}`, s: '-' } }));
    return Item && keySchema.parse(Item);
  });

  const operator = cached(clock, async () => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: OPERATOR, ConsistentRead: true }));
    return Item && operatorSchema.parse(Item);
  });

  /** Makes an account with its first key. */
  async function create(name: string): Promise<NewAccount> {
    const account = { accountId: newId(), keyId: newId(), apiKey: newKey() };
    const { accountId, keyId, apiKey } = account;
    const items = [
      { p: `account#${accountId}`, s: 'account', name, createdAt: clock.now() },
      { p: `account#${accountId}`, s: `key#${keyId}`, hash: hashOf(apiKey) },
      { p: `key#${hashOf(apiKey)}`, s: '-', account: accountId, keyId },
    ];
    await client.send(
      new TransactWriteCommand({ TransactItems: items.map((Item) => ({ Put: { TableName: table, Item } })) }),
    );
    return account;
  }

  /** Whose key it is; undefined for a key that was never given out or is revoked. Holds for 10 s. */
  async function byKey(apiKey: string): Promise<KeyHolder | undefined> {
    return holders.get(hashOf(apiKey));
  }

  /** Whether it is the operator's key. */
  async function isOperatorKey(key: string): Promise<boolean> {
    const known = await operator.get('operator');
    return known !== undefined && timingSafeEqual(Buffer.from(hashOf(key)), Buffer.from(known.hash));
  }

  /** Makes that key the operator's, instead of the one before. */
  async function setOperatorKey(key: string): Promise<void> {
    await client.send(new PutCommand({ TableName: table, Item: { ...OPERATOR, hash: hashOf(key) } }));
    operator.forget('operator');
  }

  return { create, byKey, isOperatorKey, setOperatorKey };
}

function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}
