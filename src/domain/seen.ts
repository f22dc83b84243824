import { timingSafeEqual } from 'node:crypto';
import { END_OF_KEYS, type Fact, FIRST_KEY, isHistory, leastKey, type Seen, timeOfKey } from './fact.ts';
import { type InstallationSecret, keyedHash, shortHash } from './hash.ts';
import { LAST_TIME, TIME_KEY, timeKey } from './time-key.ts';

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
/** 96 bits: nobody guesses them, and a token stays short. */
const SIGNATURE_BYTES = 12;

/** The writer saw nothing, so the answer covers nothing. */
export const SEEN_NOTHING: Seen = { from: END_OF_KEYS, low: FIRST_KEY, upTo: FIRST_KEY, at: 0, ids: [] };

/**
 * What a user who was shown the read has seen. It names at most `names` of the messages that are too new to be sure of.
 */
export function seenOf(read: ShownFacts, names = NAMES_IN_TOKEN): Seen {
  const at = read.startedAt - IN_FLIGHT_MS;
  const recent = read.facts.filter(({ kind, storedAt }) => kind === 'client' && storedAt > at);
  // If there are too many, those of an import go first: they are open only if the message itself still comes.
  const named = [...recent.filter(isHistory), ...recent.filter((fact) => !isHistory(fact))].slice(-names);
  return {
    from: read.openKey ?? END_OF_KEYS,
    low: placeOf(read.low),
    upTo: read.facts.findLast(({ key }) => isKey(key))?.key ?? FIRST_KEY,
    at,
    ids: named.map(({ key }) => shortHash(key)),
  };
}

/**
 * What a stored chat says was seen, as a token can hold it. Releases before 0.2 may have stored keys that hold no time:
 * those stand for the beginning of the chat.
 */
export function readableSeen(seen: Seen): Seen {
  return { ...seen, from: placeOf(seen.from), low: placeOf(seen.low), upTo: isKey(seen.upTo) ? seen.upTo : FIRST_KEY };
}

function placeOf(key: string): string {
  return isPlace(key) ? key : FIRST_KEY;
}

/** Whether the writer has seen the message. */
export function hasSeen(seen: Seen, message: { readonly key: string; readonly storedAt: number }): boolean {
  if (message.key < seen.low || message.key > seen.upTo) return false;
  return message.storedAt <= seen.at || seen.ids.includes(shortHash(message.key));
}

/**
 * The time for the key of an answer: now, or later if the key has to be greater to sort after everything that it
 * covers. Never later than a key can hold.
 */
export function timeAfter({ upTo }: Pick<Seen, 'upTo'>, now: number): number {
  const after = TIME_KEY.test(upTo) ? timeOfKey(upTo) + 1 : now;
  return Math.min(Math.max(now, after), LAST_TIME);
}

/**
 * What a stored answer covers, bounded by what its writer can have seen: nothing that was stored after it, and nothing
 * that sorts after it. In releases before 0.2 a caller could make up anything.
 */
export function boundCovers(covers: Seen, answer: { readonly key: string; readonly storedAt: number }): Seen {
  const last = TIME_KEY.test(answer.key) ? answer.key : timeKey(answer.storedAt, END_OF_KEYS);
  return { ...covers, upTo: leastKey(covers.upTo, last), at: Math.min(covers.at, answer.storedAt) };
}

/** The opaque `seenUpTo` of a chat: base64url, signed for that chat with the secret of the installation. */
export function writeSeenUpTo(secret: InstallationSecret, chatKey: string, seen: Seen): string {
  const payload = JSON.stringify([seen.from, seen.low, seen.upTo, seen.at, seen.ids]);
  return Buffer.from(`${sign(secret, chatKey, payload).toString('base64url')}.${payload}`).toString('base64url');
}

/**
 * What a `seenUpTo` says; nothing of it is later than now. Undefined if it is damaged, or was made for another chat or
 * by another installation.
 */
export function readSeenUpTo(
  secret: InstallationSecret,
  chatKey: string,
  token: string,
  now: number,
): Seen | undefined {
  const text = Buffer.from(token, 'base64url').toString();
  const dot = text.indexOf('.');
  const payload = text.slice(dot + 1);
  const signature = Buffer.from(text.slice(0, Math.max(dot, 0)), 'base64url');
  if (signature.length !== SIGNATURE_BYTES || !timingSafeEqual(signature, sign(secret, chatKey, payload)))
    return undefined;
  const seen = readPayload(payload);
  return seen && { ...seen, at: Math.min(seen.at, now) };
}

/** Checks every part as well, because an answer that stores it must stay readable, even if the secret gets known. */
function readPayload(payload: string): Seen | undefined {
  const read = jsonOf(payload);
  if (!Array.isArray(read) || read.length !== 5) return undefined;
  const [from, low, upTo, at, ids] = read as unknown[];
  if (!isPlace(from) || !isPlace(low) || !isPlace(upTo) || upTo === END_OF_KEYS) return undefined;
  if (!Number.isSafeInteger(at)) return undefined;
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
  return value === FIRST_KEY || value === END_OF_KEYS || isKey(value);
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && TIME_KEY.test(value) && value.length <= LONGEST_KEY && value.isWellFormed();
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-z]{1,11}$/.test(value);
}

function sign(secret: InstallationSecret, chatKey: string, payload: string): Buffer {
  return keyedHash(secret, 'seenUpTo', JSON.stringify([chatKey, payload])).subarray(0, SIGNATURE_BYTES);
}
