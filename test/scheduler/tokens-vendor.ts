import type { Asked, Tokens } from '#crms/crm';
import type { Random } from './random.ts';

/** What becomes of a refresh token when it is used. `family`: a second use ends the whole grant, too. */
export type Mode = 'at-once' | 'family' | 'first-use' | 'constant';

export const MODES: readonly Mode[] = ['at-once', 'family', 'first-use', 'constant'];

interface Pair {
  readonly access: string;
  readonly refresh: string;
  readonly goodUntil: number;
}

/** How long an access token lives (ms). */
const LIFE_MS = 3_600_000;

/**
 * A CRM that gives tokens. It knows which refresh token lives, which pairs a holder got to see, and how many of its
 * answers were lost.
 */
export class TokensVendor {
  readonly mode: Mode;
  /** Refresh tokens that live. */
  readonly #living = new Set<string>();
  readonly #pairs = new Map<string, Pair>();
  /** The pair that the refresh token gave, for vendors that keep the former token until the new pair is used. */
  readonly #former = new Map<string, string>();
  readonly #used = new Set<string>();
  /** What the present consent gave, and what came of it. */
  readonly #ofGrant = new Set<string>();
  #made = 0;
  isRevoked = false;

  constructor(mode: Mode) {
    this.mode = mode;
  }

  /** A pair of a new consent. */
  consent(now: number): Pair {
    this.isRevoked = false;
    this.#living.clear();
    this.#ofGrant.clear();
    return this.#make(now, undefined);
  }

  /** The person takes the grant away. */
  revoke(): void {
    this.isRevoked = true;
    this.#living.clear();
  }

  /** Whether the grant can still be renewed by that refresh token. */
  lives(refresh: string): boolean {
    return this.#living.has(refresh);
  }

  /** Whether a pair is lost for good if the answer with it is. */
  get losesPairs(): boolean {
    return this.mode === 'at-once' || this.mode === 'family';
  }

  /** Whether the token came of the present consent. */
  isOfPresentGrant(token: string): boolean {
    return this.#ofGrant.has(token);
  }

  /** Whether no newer pair was given. */
  isNewest(access: string): boolean {
    return access === `access${this.#made}`;
  }

  /** What the CRM does when the request arrives. */
  refresh(refresh: string, now: number): Asked<Tokens> {
    if (!this.#living.has(refresh)) {
      // A token of a former consent ends nothing of the present one.
      if (this.mode === 'family' && this.#used.has(refresh) && this.isOfPresentGrant(refresh)) this.#living.clear();
      return { kind: 'unauthorized', code: 'invalid_grant', description: 'Token has been revoked' };
    }
    this.#used.add(refresh);
    if (this.mode === 'at-once' || this.mode === 'family') this.#living.delete(refresh);
    const { access, refresh: next, goodUntil } = this.#make(now, refresh);
    return { kind: 'ok', value: { accessToken: access, refreshToken: next, goodUntil } };
  }

  /** Whether a call with that access token is taken. By it the pair counts as used. */
  call(access: string, now: number): boolean {
    const pair = this.#pairs.get(access);
    if (!pair || now >= pair.goodUntil) return false;
    const former = this.#former.get(access);
    if (this.mode === 'first-use' && former !== undefined && former !== pair.refresh) this.#living.delete(former);
    return true;
  }

  #make(now: number, from: string | undefined): Pair {
    this.#made += 1;
    const refresh = this.mode === 'constant' && from !== undefined ? from : `refresh${this.#made}`;
    const pair = { access: `access${this.#made}`, refresh, goodUntil: now + LIFE_MS };
    this.#living.add(refresh);
    for (const token of [pair.access, refresh]) this.#ofGrant.add(token);
    this.#pairs.set(pair.access, pair);
    if (from !== undefined) this.#former.set(pair.access, from);
    return pair;
  }
}

/** How an answer goes: as it should, late, or never. */
export function fateOf(random: Random): 'told' | 'late' | 'mute' {
  return random.weighted([
    [0.87, 'told'],
    [0.05, 'late'],
    [0.08, 'mute'],
  ] as const);
}
