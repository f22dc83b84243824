import { setTimeout as wait } from 'node:timers/promises';
import type { Asked, Crm, Failed } from '#crms/crm';
import { type CrmPair, isDue, isEnd, isGood, TOKEN_LEASE_MS } from '#domain/crm-tokens';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createCrmTokens, type SealedPair, type StoredTokens, sealPair, timesOf } from '#store/accounts/crm-tokens';
import type { OpenCrm } from '#store/accounts/open-crms';
import type { StoreDeps } from '#store/dynamo/client';

/** What tokens are kept with. */
export interface KeeperDeps extends StoreDeps {
  readonly cipher: Cipher;
  readonly log: Log;
  /** Waits for so many milliseconds. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
}

/** A pair that is good, and its number. */
export interface Held {
  readonly pair: CrmPair;
  readonly stored: StoredTokens;
}

/** How long one call of a CRM for new tokens may take (ms). */
const CALL_MS = 10_000;
/** How long a caller waits for another one who renews the pair (ms), and how long between two looks. */
const WAITS_MS = 10_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;
/** How often a new pair is stored that cannot be: for longer than a function lives. */
const MOST_TRIES = 1_000;
/** A pair that is not older (ms) is not renewed because a call was refused: another one would fare no better. */
const NEW_MS = 60_000;

const NO_TOKENS: Failed = {
  kind: 'unauthorized',
  code: 'CRM_NOT_CONNECTED',
  description: 'The CRM gave no tokens yet',
};
const ENDED = { kind: 'unauthorized', code: 'CRM_UNAUTHORIZED', description: 'The CRM took its grant away' } as const;
const BUSY: Failed = { kind: 'unreachable', reason: 'the tokens are being renewed' };

/**
 * Keeps the tokens of CRMs good. One holder of a lease renews a pair, at half of its life, and the others use the former
 * one while it is good. A new pair is stored before anybody uses it, and none is thrown away (docs/crm.md).
 */
export function createTokenKeeper(deps: KeeperDeps) {
  const { cache, clock, log, newId } = deps;
  const pause = deps.pause ?? wait;
  const tokens = createCrmTokens(deps);

  const known = cache.loader('crm tokens', async (connectionId): Promise<Held | undefined> => {
    const stored = await tokens.load(connectionId);
    return stored && held(stored);
  });

  async function held(stored: StoredTokens): Promise<Held> {
    return { stored, pair: await tokens.open(stored) };
  }

  /**
   * A pair that is good. If it has to be renewed first, that takes 10 s at most and goes on after `signal` has ended: a
   * call that was begun is not given up, because its answer may be the only pair that lives.
   */
  async function good(crm: Crm, open: OpenCrm, signal: AbortSignal): Promise<Asked<Held>> {
    const found = await known(open.connection.connectionId);
    if (!found) return NO_TOKENS;
    const times = timesOf(found.stored);
    const now = clock.now();
    if (isGood(times, now) && !isDue(times, now) && !isEnd(times, now)) return { kind: 'ok', value: found };
    return care(crm, open, signal);
  }

  /** Another pair than the one of that number, which a call was refused with. */
  async function other(crm: Crm, open: OpenCrm, refused: Held, signal: AbortSignal): Promise<Asked<Held>> {
    return care(crm, open, signal, refused.stored.ver);
  }

  /** Renews the pair if that is due, or if it is the one that was refused. Those who come second wait, and read first. */
  async function care(crm: Crm, open: OpenCrm, signal: AbortSignal, refused?: number): Promise<Asked<Held>> {
    const { connectionId } = open.connection;
    cache.forget('crm tokens', connectionId);
    const until = clock.now() + WAITS_MS;
    for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
      const stored = await tokens.load(connectionId);
      if (!stored) return NO_TOKENS;
      if (isEnd(timesOf(stored), clock.now())) {
        await end(stored);
        continue;
      }
      const renewed = mayRenew(stored, refused) && !signal.aborted ? await renew(crm, open, stored) : undefined;
      if (renewed === 'again') continue;
      const times = timesOf(stored);
      if (isGood(times, clock.now()) && stored.ver !== refused) return { kind: 'ok', value: await held(stored) };
      const isNewAndRefused = stored.ver === refused && isNew(stored);
      if (times.endedAt !== undefined || !times.isRenewable || isNewAndRefused) {
        return { ...ENDED, description: stored.endedBecause || ENDED.description };
      }
      if (renewed) return renewed;
      if (times.refusedAt !== undefined || clock.now() >= until || signal.aborted) return BUSY;
      await pause(pauseMs);
    }
  }

  function mayRenew(stored: StoredTokens, refused: number | undefined): boolean {
    const times = timesOf(stored);
    const { isRenewable, refusedAt, endedAt } = times;
    const isRefused = stored.ver === refused && !isNew(stored);
    const isWanted = isDue(times, clock.now()) || (isRefused && refusedAt === undefined && endedAt === undefined);
    return isRenewable && isWanted && (stored.lease ?? 0) < clock.now();
  }

  function isNew({ pair }: StoredTokens): boolean {
    return clock.now() < pair.at + NEW_MS;
  }

  /**
   * Asks the CRM for a new pair, if nobody else does. `again` says that another pair may be stored now; undefined that
   * somebody else asks.
   */
  async function renew(crm: Crm, open: OpenCrm, stored: StoredTokens): Promise<'again' | Failed | undefined> {
    const { connectionId } = open.connection;
    const [pair, box] = await Promise.all([tokens.open(stored), tokens.newBox(connectionId)]);
    const { refreshToken } = pair;
    if (refreshToken === undefined || !crm.oauth) return undefined;
    const holder = newId();
    const leasedUntil = clock.now() + TOKEN_LEASE_MS;
    if (!(await tokens.lease(stored, holder, clock.now(), leasedUntil))) return undefined;
    // A holder that slept calls no more: the next one may be calling.
    if (clock.now() >= leasedUntil - 2 * CALL_MS) return BUSY;
    if (stored.sentVer === stored.ver) say(connectionId, 'crm-token-sent-again');
    const host = hostOf(crm, open, pair);
    const answer = await crm.oauth.refresh(
      open.app,
      { ...plain(pair), refreshToken },
      host,
      open.callbackUrl,
      clock.deadline(CALL_MS),
    );
    if (answer.kind === 'ok') {
      const { value } = answer;
      const next = { ...value, refreshToken: value.refreshToken ?? refreshToken, host: value.host ?? pair.host };
      // Nothing is awaited between the answer and the write.
      await keep(stored, sealPair(box, next, clock.now()));
      return 'again';
    }
    if (answer.kind === 'unauthorized') {
      await doubt(stored, answer.description);
      return 'again';
    }
    if (answer.kind === 'throttled')
      await tokens.release(stored, holder, clock.now() + answer.retryAfterSeconds * 1_000);
    return answer.kind === 'throttled' ? answer : { kind: 'unreachable', reason: 'the tokens could not be renewed' };
  }

  /**
   * Stores the new pair, however often that fails: there may be no other one that lives. Tries are counted and not their
   * time, because a machine may sleep.
   */
  async function keep(stored: StoredTokens, pair: SealedPair): Promise<void> {
    for (let tries = 1; ; tries += 1) {
      try {
        const as = await tokens.store(stored, pair);
        if (as !== 'present') say(stored.connectionId, `crm-token-kept-as-${as}`);
        return;
      } catch (error) {
        if (tries === MOST_TRIES) throw error;
        await pause(FIRST_PAUSE_MS);
      }
    }
  }

  /** The CRM says that the grant has ended. That counts if the pair is still the stored one, and for now it is only noted. */
  async function doubt(stored: StoredTokens, because: string): Promise<void> {
    const now = await tokens.load(stored.connectionId);
    if (!now || now.ver !== stored.ver || now.grantId !== stored.grantId) return;
    if (await tokens.useSpare(now)) return;
    if (await tokens.refuse(now, clock.now(), because)) say(stored.connectionId, 'crm-token-refused');
  }

  /** The refusal stood for so long that no slow holder can still bring a pair. */
  async function end(stored: StoredTokens): Promise<void> {
    if (await tokens.useSpare(stored)) return;
    if (await tokens.end(stored, stored.refusedAt ?? clock.now())) say(stored.connectionId, 'crm-token-ended');
  }

  /** A token that nothing renews was refused twice, in those words. */
  async function endUnrenewable({ stored }: Held, because: string): Promise<void> {
    if (timesOf(stored).isRenewable) return;
    cache.forget('crm tokens', stored.connectionId);
    if (await tokens.end(stored, clock.now(), because)) say(stored.connectionId, 'crm-token-ended');
  }

  function say(connectionId: string, did: string): void {
    log({ did, connectionId });
  }

  return { good, other, care, endUnrenewable, load: tokens.load, open: held, revive: tokens.revive };
}

/** The host that calls go to: the last one that the CRM named. */
export function hostOf(crm: Crm, { connection, app }: OpenCrm, pair: CrmPair): string {
  return pair.host ?? connection.portal?.host ?? crm.hostOf(app) ?? '';
}

/** The pair without what it does not have. */
function plain({ accessToken, goodUntil, host }: CrmPair) {
  return { accessToken, ...(goodUntil !== undefined && { goodUntil }), ...(host !== undefined && { host }) };
}
