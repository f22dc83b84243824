import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Act, OPERATOR } from '#domain/audit';
import { createAccountStates } from '#store/accounts/account-state';
import { createAudit } from '#store/accounts/audit';
import { createKeyUses, useKey } from '#store/accounts/key-uses';
import { accountKey, accountPartition, apiKeySortKey } from '#store/accounts/keys';
import { createOperator } from '#store/accounts/operator';
import { hashOf, newKey } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { isCancelled } from '#store/dynamo/errors';
import { queryAll } from '#store/dynamo/pages';
import { setting, type Write, writeIf } from '#store/dynamo/transaction';

const keySchema = z.object({ account: z.string(), keyId: z.string() });
const keyOfAccountSchema = z.object({
  s: z.string(),
  hash: z.string(),
  name: z.optional(z.string()),
  createdAt: z.optional(z.number()),
});

type KeyOfAccount = z.infer<typeof keyOfAccountSchema>;

/** The account that a key belongs to, the id of the key, and whether the operator has disabled the account. */
export interface KeyHolder extends z.infer<typeof keySchema> {
  readonly isDisabled: boolean;
}

/** A key as its account may see it. Times are in epoch milliseconds. The first version did not note `createdAt`. */
export interface ListedKey {
  readonly keyId: string;
  readonly name: string | undefined;
  readonly createdAt: number | undefined;
  readonly lastUsedAt: number | undefined;
}

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

const KEY = 'key#';
/** It is not being erased. */
const IS_OPEN = 'attribute_not_exists(closing)';
/** If keys of one account are revoked in parallel, each try that fails lets another one through. */
const TRIES = 20;

/** Accounts and their keys. Only hashes of the keys are stored. */
export function createAccounts(deps: StoreDeps) {
  const { client, cache, clock, newId } = deps;
  const table = tableName(deps, 'accounts');
  const states = createAccountStates(deps);
  const audit = createAudit(deps);
  const uses = createKeyUses(deps);

  const holderOf = cache.lookup('key', async (hash) => {
    const { Item } = await client.send(
      // A strong read: a key that was revoked must not work for another 10 s, and a new key must not be unknown.
      new GetCommand({ TableName: table, Key: { p: `${KEY}${hash}`, s: '-' }, ConsistentRead: true }),
    );
    if (!Item) return undefined;
    const holder = keySchema.parse(Item);
    // Side by side: `byKey` then finds the state of the account in the cache.
    await Promise.all([uses.note(holder.keyId), states.stateOf(holder.account)]);
    return holder;
  });

  /** Makes an account with its first key, for the operator. */
  async function create(name: string): Promise<NewAccount> {
    const account = { accountId: newId(), keyId: newId(), apiKey: newKey() };
    const { accountId } = account;
    await writeAll([
      put({ ...accountKey(accountId), name, createdAt: clock.now() }),
      ...keyWrites(accountId, account, undefined),
      ...byOperator(accountId, 'account-made', accountId),
    ]);
    return account;
  }

  /** Gives the account another key, by one that it has. */
  async function addKey(account: string, name: string | undefined, actor: string): Promise<NewKey> {
    const key = { keyId: newId(), apiKey: newKey() };
    const act = audit.write(account, { actor, act: 'key-made', subject: key.keyId });
    await writeAll([...keyWrites(account, key, name), act]);
    return key;
  }

  /** Gives an account another key, for the operator. Undefined if there is no such account. */
  async function addKeyByOperator(account: string, name: string | undefined): Promise<NewKey | undefined> {
    const key = { keyId: newId(), apiKey: newKey() };
    const exists = {
      TableName: table,
      Key: accountKey(account),
      ConditionExpression: `attribute_exists(p) AND ${IS_OPEN}`,
    };
    const isMade = await writeIf(client, [
      { ConditionCheck: exists },
      ...keyWrites(account, key, name),
      ...byOperator(account, 'key-made', key.keyId),
    ]);
    return isMade ? key : undefined;
  }

  /**
   * Disables an account or enables it again, for the operator. All functions know it within 10 s. It is no act if the
   * account is so already: enabling again would give what waits another day. False if there is no such account.
   */
  async function setEnabled(account: string, enabled: boolean): Promise<boolean> {
    const now = clock.now();
    const next = enabled ? { enabledAt: now, disabledAt: undefined } : { disabledAt: now };
    const isOther = enabled ? 'attribute_exists(disabledAt)' : 'attribute_not_exists(disabledAt)';
    const condition = { ConditionExpression: `attribute_exists(p) AND ${IS_OPEN} AND ${isOther}` };
    const isSet = await writeIf(client, [
      { Update: { TableName: table, Key: accountKey(account), ...setting(next, condition) } },
      ...byOperator(account, enabled ? 'account-enabled' : 'account-disabled', account),
    ]);
    states.forget(account);
    return isSet || isThere(account);
  }

  async function isThere(account: string): Promise<boolean> {
    const get = { TableName: table, Key: accountKey(account), ConsistentRead: true };
    const { Item } = await client.send(new GetCommand(get));
    return Item !== undefined && Item.closing === undefined;
  }

  /**
   * What the operator did to an account stands in the log of the account, and in that of the operator. There the subject
   * is the account: the id of a key alone would not name the account.
   */
  function byOperator(account: string, act: Act['act'], subject: string): Write[] {
    return [
      audit.write(account, { actor: OPERATOR, act, subject }),
      audit.write(OPERATOR, { actor: OPERATOR, act, subject: account }),
    ];
  }

  function put(Item: Record<string, unknown>): Write {
    return { Put: { TableName: table, Item } };
  }

  /** The two items of a key: one under its account, and one under its hash, which leads back to the account. */
  function keyWrites(account: string, { keyId, apiKey }: NewKey, name: string | undefined): Write[] {
    const hash = hashOf(apiKey);
    return [
      put({
        p: accountPartition(account),
        s: apiKeySortKey(keyId),
        hash,
        createdAt: clock.now(),
        ...(name && { name }),
      }),
      put({ p: `${KEY}${hash}`, s: '-', account, keyId }),
    ];
  }

  async function writeAll(writes: readonly Write[]): Promise<void> {
    await client.send(new TransactWriteCommand({ TransactItems: [...writes] }));
  }

  /** The keys of the account, the oldest first. */
  async function listKeys(account: string): Promise<ListedKey[]> {
    const keys = await keysOf(account);
    const used = await uses.lastOf(keys.map(idOf));
    const listed = keys.map((key) => ({
      keyId: idOf(key),
      name: key.name,
      createdAt: key.createdAt,
      lastUsedAt: used.get(idOf(key)),
    }));
    return listed.sort((one, other) => (one.createdAt ?? 0) - (other.createdAt ?? 0));
  }

  /**
   * Revokes a key of the account within 10 s. `last` if the account has no other key, `unknown` if the key is not its
   * own.
   */
  async function revokeKey(account: string, keyId: string, actor: string): Promise<'revoked' | 'last' | 'unknown'> {
    for (let attempt = 1; ; attempt += 1) {
      const keys = await keysOf(account);
      const revoked = keys.find((key) => idOf(key) === keyId);
      const other = keys.find((key) => key !== revoked);
      if (!revoked) return 'unknown';
      if (!other) return 'last';
      try {
        await revoke(account, revoked, other, actor);
        cache.forget('key', revoked.hash);
        return 'revoked';
      } catch (error) {
        if (!isCancelled(error) || attempt === TRIES) throw error;
      }
    }
  }

  /** Revokes the key if the other one is still there: of the last two only one can be revoked, also in parallel. */
  async function revoke(account: string, key: KeyOfAccount, other: KeyOfAccount, actor: string): Promise<void> {
    const p = accountPartition(account);
    const condition = { TableName: table, ConditionExpression: 'attribute_exists(p)' };
    await writeAll([
      { Delete: { ...condition, Key: { p, s: key.s } } },
      { Delete: { TableName: table, Key: { p: `${KEY}${key.hash}`, s: '-' } } },
      { Delete: { TableName: table, Key: useKey(idOf(key)) } },
      { ConditionCheck: { ...condition, Key: { p, s: other.s } } },
      audit.write(account, { actor, act: 'key-revoked', subject: idOf(key) }),
    ]);
  }

  async function keysOf(account: string): Promise<KeyOfAccount[]> {
    const items = await queryAll(client, {
      TableName: table,
      KeyConditionExpression: 'p = :account AND begins_with(s, :key)',
      ExpressionAttributeValues: { ':account': accountPartition(account), ':key': KEY },
      ConsistentRead: true,
    });
    return items.map((item) => keyOfAccountSchema.parse(item));
  }

  /** The account that the key belongs to. Undefined if the key was never given out or is revoked. Both are cached for 10 s. */
  async function byKey(apiKey: string): Promise<KeyHolder | undefined> {
    const holder = await holderOf(hashOf(apiKey));
    return holder && { ...holder, isDisabled: (await states.stateOf(holder.account)).isDisabled };
  }

  return { create, addKey, addKeyByOperator, setEnabled, listKeys, revokeKey, byKey, ...createOperator(deps) };
}

function idOf({ s }: KeyOfAccount): string {
  return s.slice(KEY.length);
}
