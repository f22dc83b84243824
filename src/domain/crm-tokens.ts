/** A pair of tokens as a CRM gives it. A token that never expires stands alone. Times are epoch ms. */
export interface CrmPair {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
  readonly goodUntil?: number | undefined;
  /** The host that the CRM named with the pair. */
  readonly host?: string | undefined;
}

/** What decides what is to be done with a stored pair. Times are epoch ms. */
export interface TokenTimes {
  /** When the pair was stored. */
  readonly at: number;
  readonly goodUntil?: number | undefined;
  readonly isRenewable: boolean;
  /** When the CRM refused to renew it, and when that was found to be the end. */
  readonly refusedAt?: number | undefined;
  readonly endedAt?: number | undefined;
}

/**
 * How long one holder alone may renew a pair (ms). No function that does lives that long, so that a holder is dead before
 * the next one sends the same refresh token: some CRMs end a grant whose token comes twice.
 */
export const TOKEN_LEASE_MS = 300_000;
/** How long a refusal to renew is not believed (ms): a living pair may be stored by a slow holder until then. */
const REFUSAL_HOLDS_MS = 130_000;
/** A pair is renewed after that time, whatever happens (ms): refresh tokens die if they are not used (K10). */
const UNUSED_AT_MOST_MS = 7 * 24 * 3_600_000;
/** A token that ends sooner is not used any more (ms): the call takes time, and clocks differ. */
const ENDS_SOON_MS = 60_000;

/** Whether calls may be made with it. The access token of a grant that ended works on until its time. */
export function isGood({ goodUntil, endedAt }: TokenTimes, now: number): boolean {
  return goodUntil === undefined ? endedAt === undefined : now < goodUntil - ENDS_SOON_MS;
}

/**
 * Whether it is to be renewed: half of its life is over, so that a lost answer of the CRM is a countdown and not an outage.
 */
export function isDue({ at, goodUntil, isRenewable, refusedAt, endedAt }: TokenTimes, now: number): boolean {
  if (!isRenewable || endedAt !== undefined || refusedAt !== undefined) return false;
  const half = goodUntil === undefined ? Number.POSITIVE_INFINITY : at + (goodUntil - at) / 2;
  return now >= Math.min(half, at + UNUSED_AT_MOST_MS);
}

/** Whether a refusal to renew stood for so long that it is the end. */
export function isEnd({ refusedAt, endedAt }: TokenTimes, now: number): boolean {
  return endedAt === undefined && refusedAt !== undefined && now >= refusedAt + REFUSAL_HOLDS_MS;
}
