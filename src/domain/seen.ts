import { END_OF_KEYS, type Fact, FIRST_KEY, type Seen, timeOfKey } from './fact.ts';
import { shortHash } from './hash.ts';
import { TIME_KEY } from './time-key.ts';

/** A strongly consistent read of a chat: its facts, in the order of their keys, and when the read began. */
export interface ShownFacts {
  readonly facts: readonly Fact[];
  /** The oldest key that the read held, or counted. */
  readonly low: string;
  /** The chat's oldest open message, if any. */
  readonly openKey?: string | undefined;
  readonly startedAt: number;
}

/**
 * Longer than any put in flight and any skew of clocks together. A strong read holds every fact that was stored this
 * long before it.
 */
const IN_FLIGHT_MS = 10_000;
/** How many messages a handed-out token names at most. */
export const NAMES_IN_TOKEN = 20;

/** In characters of up to three bytes. The key of a table holds 1024 bytes. */
const LONGEST_KEY = 320;

/** The writer saw nothing, so the answer covers nothing. */
export const SEEN_NOTHING: Seen = { from: END_OF_KEYS, low: FIRST_KEY, upTo: FIRST_KEY, at: 0, ids: [] };

/**
 * What a user who was shown the read has seen. It names at most `names` of the messages that are too new to be sure of.
 */
export function seenOf(read: ShownFacts, names = NAMES_IN_TOKEN): Seen {
  const at = read.startedAt - IN_FLIGHT_MS;
  const recent = read.facts.filter(({ kind, storedAt }) => kind === 'client' && storedAt > at);
  return {
    from: read.openKey ?? END_OF_KEYS,
    low: read.low,
    upTo: read.facts.at(-1)?.key ?? FIRST_KEY,
    at,
    ids: recent.slice(-names).map(({ key }) => shortHash(key)),
  };
}

/** Whether the writer has seen the message. */
export function hasSeen(seen: Seen, message: { readonly key: string; readonly storedAt: number }): boolean {
  if (message.key < seen.low || message.key > seen.upTo) return false;
  return message.storedAt <= seen.at || seen.ids.includes(shortHash(message.key));
}

/**
 * The time for the key of an answer: now, or later if the key has to be greater to sort after everything that it
 * covers.
 */
export function timeAfter(seen: Seen, now: number): number {
  return seen.upTo === FIRST_KEY ? now : Math.max(now, timeOfKey(seen.upTo) + 1);
}

/** The opaque `seenUpTo` of a chat: base64url, with a checksum that binds it to that chat. */
export function writeSeenUpTo(chatKey: string, seen: Seen): string {
  const payload = JSON.stringify([seen.from, seen.low, seen.upTo, seen.at, seen.ids]);
  return Buffer.from(`${checksum(chatKey, payload)}.${payload}`).toString('base64url');
}

/** What a `seenUpTo` says. Undefined if it is damaged or was made for another chat. */
export function readSeenUpTo(chatKey: string, token: string): Seen | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const dot = text.indexOf('.');
  const payload = text.slice(dot + 1);
  if (dot < 0 || text.slice(0, dot) !== checksum(chatKey, payload)) return undefined;
  return readPayload(payload);
}

/**
 * Checks every part: the checksum is no secret, so a caller may make a token up, and an answer that stores it must stay
 * readable.
 */
function readPayload(payload: string): Seen | undefined {
  const read = jsonOf(payload);
  if (!Array.isArray(read) || read.length !== 5) return undefined;
  const [from, low, upTo, at, ids] = read as unknown[];
  if (!isPlace(from) || !isPlace(low) || !isPlace(upTo) || !Number.isSafeInteger(at)) return undefined;
  if (!Array.isArray(ids) || ids.length > NAMES_IN_TOKEN || !ids.every(isName)) return undefined;
  return { from, low, upTo, at: at as number, ids };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The key of a fact, or one of the two ends of all keys. */
function isPlace(value: unknown): value is string {
  if (typeof value !== 'string' || !value.isWellFormed()) return false;
  return value === FIRST_KEY || value === END_OF_KEYS || (TIME_KEY.test(value) && value.length <= LONGEST_KEY);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-z]{1,11}$/.test(value);
}

function checksum(chatKey: string, payload: string): string {
  return shortHash(`${chatKey}\n${payload}`);
}
