import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { IDLE_MS, type PageHolder, TOKEN_PREFIX } from '#domain/page';
import { schemaOf } from '#schema-of';
import { createAccountStates } from '#store/accounts/account-state';
import { accountPartition, apiKeySortKey } from '#store/accounts/keys';
import { hashOf } from '#store/accounts/secret-key';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { setting } from '#store/dynamo/transaction';
import { updateIf } from '#store/dynamo/update-if';
import { deviceKey } from '#store/pages/devices';
import { type FoundHolder, holderFields } from '#store/pages/holder-item';
import { newPageSecret } from '#store/pages/page-secret';

/** A new token, which is shown this once only, and when it ends if nobody uses it (epoch ms). */
export interface NewToken {
  readonly token: string;
  readonly expiresAt: number;
}

export type PageTokens = ReturnType<typeof createPageTokens>;

const HOUR_MS = 3_600_000;

const itemSchema = schemaOf<PageHolder & { usedAt: number }>()(z.object({ ...holderFields, usedAt: z.number() }));

/** The tokens by which pages ask. Only their hashes are stored. */
export function createPageTokens(deps: StoreDeps) {
  const { client, cache, clock } = deps;
  const table = tableName(deps, 'pages');
  const accounts = tableName(deps, 'accounts');
  const states = createAccountStates(deps);

  /** Makes a token of the page. */
  async function make(holder: PageHolder): Promise<NewToken> {
    const token = `${TOKEN_PREFIX}${newPageSecret()}`;
    const usedAt = clock.now();
    const Item = { ...keyOf(hashOf(token)), ...holder, usedAt, ttl: ttlOf(usedAt) };
    await client.send(new PutCommand({ TableName: table, Item }));
    return { token, expiresAt: usedAt + IDLE_MS };
  }

  const itemOf = cache.lookup('page token', async (hash) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(hash), ConsistentRead: true }));
    const item = Item && readItem(Item);
    if (!item || hasEnded(item.usedAt)) return undefined;
    // Side by side: `holderOf` then finds the state of the account in the cache.
    const [isThere] = await Promise.all([
      isSourceThere(item),
      noteUse(hash, item.usedAt),
      states.stateOf(item.account),
    ]);
    return isThere ? item : undefined;
  });

  /** Who holds the token. Undefined if it was never given out or has ended. Cached for 10 s. */
  async function holderOf(token: string): Promise<FoundHolder | undefined> {
    const item = await itemOf(hashOf(token));
    if (!item || hasEnded(item.usedAt)) return undefined;
    const { usedAt: _usedAt, ...holder } = item;
    return { ...holder, isDisabled: (await states.stateOf(holder.account)).isDisabled };
  }

  /** Ends the token. Other processes know it within 10 s. */
  async function end(token: string): Promise<void> {
    const hash = hashOf(token);
    await client.send(new DeleteCommand({ TableName: table, Key: keyOf(hash) }));
    cache.forget('page token', hash);
  }

  /**
   * Whether that by which the page was opened is still good: its device, or for the settings the API key. A key that was
   * stolen must not live on in a page that can make keys.
   */
  async function isSourceThere({ account, userId, keyId, deviceId }: PageHolder): Promise<boolean> {
    if (deviceId !== undefined) return isThere(table, deviceKey(account, deviceId));
    return userId !== undefined || isThere(accounts, { p: accountPartition(account), s: apiKeySortKey(keyId) });
  }

  async function isThere(TableName: string, Key: Record<string, string>): Promise<boolean> {
    return (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item !== undefined;
  }

  function hasEnded(usedAt: number): boolean {
    return usedAt + IDLE_MS <= clock.now();
  }

  /** Notes that the token is used now, at most once an hour. It never fails. */
  async function noteUse(hash: string, before: number): Promise<void> {
    const usedAt = clock.now();
    if (before > usedAt - HOUR_MS) return;
    const stillThere = { ConditionExpression: 'attribute_exists(p)' };
    try {
      await updateIf(client, {
        TableName: table,
        Key: keyOf(hash),
        ...setting({ usedAt, ttl: ttlOf(usedAt) }, stillThere),
        ...stillThere,
      });
    } catch {
      // A request that is good must not fail for this. The next reading of the token notes it.
    }
  }

  return { make, holderOf, end };
}

function keyOf(hash: string) {
  return { p: `token#${hash}`, s: '-' };
}

function ttlOf(usedAt: number): number {
  return Math.ceil((usedAt + IDLE_MS) / 1000);
}

function readItem(item: Record<string, unknown>): z.infer<typeof itemSchema> {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) throw new UnreadableItemError('pages', { cause: parsed.error });
  return parsed.data;
}
