import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CrmPair, TokenTimes } from '#domain/crm-tokens';
import type { Cipher } from '#store/accounts/cipher';
import { crmTokensContext, crmTokensKey } from '#store/accounts/keys';
import { newTokenBox, openTokenBox, type TokenBox } from '#store/accounts/token-box';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { UnreadableItemError } from '#store/dynamo/errors';
import { updateIf } from '#store/dynamo/update-if';

const pairSchema = z.object({
  key: z.string(),
  access: z.string(),
  refresh: z.optional(z.string()),
  at: z.number(),
  goodUntil: z.optional(z.number()),
  host: z.optional(z.string()),
});

const itemSchema = z.object({
  /** The number of the pair. It grows with each new one. */
  ver: z.number(),
  /** The consent or the credentials that the pair comes from. */
  grantId: z.string(),
  pair: pairSchema,
  /** The pair of a holder whose write came second. */
  spare: z.optional(pairSchema),
  lease: z.optional(z.number()),
  /** The pair whose refresh token was sent last. */
  sentVer: z.optional(z.number()),
  refusedAt: z.optional(z.number()),
  endedAt: z.optional(z.number()),
  /** What the CRM said when it refused. */
  endedBecause: z.optional(z.string()),
});

/** A pair as it is stored: its tokens sealed, each by itself. */
export type SealedPair = z.infer<typeof pairSchema>;

/** The tokens of a connection as they are stored. */
export interface StoredTokens extends z.infer<typeof itemSchema> {
  readonly connectionId: string;
}

/** What became of a new pair: it is the present one, it is kept beside a newer one, or its grant is of the past. */
export type StoredAs = 'present' | 'spare' | 'nothing';

export type CrmTokens = ReturnType<typeof createCrmTokens>;

const IS_SAME = 'ver = :ver AND grantId = :grantId';

/** What decides what is to be done with the present pair. */
export function timesOf({ pair, refusedAt, endedAt }: StoredTokens): TokenTimes {
  const { at, goodUntil, refresh } = pair;
  return { at, goodUntil, isRenewable: refresh !== undefined, refusedAt, endedAt };
}

/** Seals a pair that a CRM gave at that time. It waits for nothing. */
export function sealPair(
  box: TokenBox,
  { accessToken, refreshToken, goodUntil, host }: CrmPair,
  at: number,
): SealedPair {
  return {
    key: box.sealedKey,
    access: box.seal(accessToken, 'access'),
    ...(refreshToken !== undefined && { refresh: box.seal(refreshToken, 'refresh') }),
    at,
    ...(goodUntil !== undefined && { goodUntil }),
    ...(host !== undefined && { host }),
  };
}

/** The tokens of a connection as they are stored now, sealed. */
export async function loadCrmTokens(deps: StoreDeps, connectionId: string): Promise<StoredTokens | undefined> {
  const TableName = tableName(deps, 'accounts');
  const get = new GetCommand({ TableName, Key: crmTokensKey(connectionId), ConsistentRead: true });
  const { Item } = await deps.client.send(get);
  if (!Item) return undefined;
  const parsed = itemSchema.safeParse(Item);
  if (!parsed.success) throw new UnreadableItemError('accounts', { cause: parsed.error });
  return { connectionId, ...parsed.data };
}

/** The tokens of connections. `docs/crm.md` says who renews them, and what keeps the newest pair from being lost. */
export function createCrmTokens(deps: StoreDeps & { readonly cipher: Cipher }) {
  const { client, cipher } = deps;
  const TableName = tableName(deps, 'accounts');

  /** The tokens as they are stored now. Undefined if the CRM gave none yet. */
  async function load(connectionId: string): Promise<StoredTokens | undefined> {
    return loadCrmTokens(deps, connectionId);
  }

  /** The present pair, opened. */
  async function open({ connectionId, pair }: StoredTokens): Promise<CrmPair> {
    const openPart = await openTokenBox(cipher, crmTokensContext(connectionId), pair.key);
    const { access, refresh, goodUntil, host } = pair;
    const refreshToken = refresh === undefined ? undefined : openPart(refresh, 'refresh');
    return { accessToken: openPart(access, 'access'), refreshToken, goodUntil, host };
  }

  /** What seals a pair of the connection. */
  async function newBox(connectionId: string): Promise<TokenBox> {
    return newTokenBox(cipher, crmTokensContext(connectionId));
  }

  /** Updates the tokens if the pair is still the one that was loaded, and if that holds beside. */
  function change(
    loaded: StoredTokens,
    update: string,
    values: Readonly<Record<string, unknown>>,
    condition?: string,
  ): Promise<boolean> {
    return updateIf(client, {
      TableName,
      Key: crmTokensKey(loaded.connectionId),
      UpdateExpression: update,
      ConditionExpression: condition ? `${IS_SAME} AND ${condition}` : IS_SAME,
      ExpressionAttributeValues: { ':ver': loaded.ver, ':grantId': loaded.grantId, ...values },
    });
  }

  /** Makes the caller the one who renews the pair until then. False if there is another one, or another pair. */
  async function lease(loaded: StoredTokens, holder: string, now: number, until: number): Promise<boolean> {
    const values = { ':holder': holder, ':now': now, ':until': until };
    const isFree = '(attribute_not_exists(lease) OR lease < :now) AND attribute_not_exists(endedAt)';
    return change(loaded, 'SET lease = :until, leaseBy = :holder, sentVer = :ver', values, isFree);
  }

  /** Lets another one renew the pair from then on. */
  async function release(loaded: StoredTokens, holder: string, from: number): Promise<void> {
    await change(loaded, 'SET lease = :from', { ':from': from, ':holder': holder }, 'leaseBy = :holder');
  }

  /**
   * Stores the pair that came for the loaded one. That does not depend on a lease: it may be the only one that lives. If
   * another one is stored by now, it is kept beside that; it takes its place if the grant was found to have ended.
   */
  async function store(loaded: StoredTokens, pair: SealedPair): Promise<StoredAs> {
    if (await replace(loaded, pair)) return 'present';
    const now = await load(loaded.connectionId);
    if (!now || now.grantId !== loaded.grantId) return 'nothing';
    // The answer to an earlier attempt to store it was lost.
    if (now.pair.access === pair.access) return 'present';
    if (now.ver === loaded.ver) return store(now, pair);
    if (await replace(now, pair, 'attribute_exists(endedAt)')) return 'present';
    const isKept = await change(now, 'SET spare = :pair', { ':pair': pair }, 'attribute_not_exists(endedAt)');
    return isKept ? 'spare' : store(loaded, pair);
  }

  async function replace(loaded: StoredTokens, pair: SealedPair, condition?: string): Promise<boolean> {
    const update = 'SET pair = :pair, ver = :next REMOVE lease, leaseBy, refusedAt, endedAt, endedBecause';
    return change(loaded, update, { ':pair': pair, ':next': loaded.ver + 1 }, condition);
  }

  /** Makes the spare pair the present one. False if there is none, or if another pair was stored. */
  async function useSpare(loaded: StoredTokens): Promise<boolean> {
    if (!loaded.spare) return false;
    const update = 'SET pair = :pair, ver = :next REMOVE spare, lease, leaseBy, refusedAt, endedAt, endedBecause';
    return change(loaded, update, { ':pair': loaded.spare, ':next': loaded.ver + 1 });
  }

  /** Notes that the CRM refused to renew the pair, and in what words. The first time stays. */
  async function refuse(loaded: StoredTokens, at: number, because: string): Promise<boolean> {
    const values = { ':at': at, ':because': because };
    return change(loaded, 'SET refusedAt = :at, endedBecause = :because', values, 'attribute_not_exists(refusedAt)');
  }

  /** Notes that the grant has ended, and because of what unless that is noted. False if another pair is stored. */
  async function end(loaded: StoredTokens, at: number, because = ''): Promise<boolean> {
    const update = 'SET endedAt = :at, endedBecause = if_not_exists(endedBecause, :because)';
    return change(loaded, update, { ':at': at, ':because': because }, 'attribute_not_exists(endedAt)');
  }

  /** Notes that the pair works, though it was found to have ended. */
  async function revive(loaded: StoredTokens): Promise<boolean> {
    return change(loaded, 'REMOVE endedAt, refusedAt, endedBecause', {});
  }

  return { load, open, newBox, lease, release, store, useSpare, refuse, end, revive };
}
