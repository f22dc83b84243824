import type { Chat } from './chat.ts';
import { timeKey, timeOf } from './time-key.ts';

/** The places of a chat in the lists. A place is a time (13 digits) and the chat's hash, so places sort by time. */
export interface Places {
  /** In the unanswered block, by the longest waiting message. Absent while the chat is answered. */
  readonly unanswered?: string;
  /** In the rest, by the last message, exact to ten minutes. Always there. */
  readonly rest: string;
  /** When a place of the unanswered chat last changed (epoch ms). */
  readonly placedAt?: number;
}

/** How far a reader has come in a list that they began at `begunAt` (epoch ms): to the place `after` in `block`. */
export interface ListCursor {
  readonly begunAt: number;
  readonly block: 'unanswered' | 'rest';
  readonly after?: string;
}

/** What is unanswered for a user (U8). */
export interface Counter {
  /** The number of messages. Beyond 500 waiting chats, each further chat counts as one message. */
  readonly count: number;
  /** Whether one of the messages is the user's own to answer. */
  readonly isOwn: boolean;
  /** The time of the newest client message among them (epoch ms). */
  readonly lastMessageAt?: number;
}

const REST_EXACT_MS = 600_000;
/** Longer than the lag of an index and any skew of clocks together. */
const INDEX_LAG_MS = 10_000;

/** The places of the chat now. A place stays as it is if it may, because every move in an index costs two writes. */
export function placesOf(chat: Chat, hash: string, before: Places | undefined, now: number): Places {
  if (chat.unansweredSince === undefined) return { rest: restPlace(chat, hash, before) };
  // While the chat is unanswered, its place in the rest must not move: a reader of the rest relies on finding it there.
  const rest = before?.rest ?? timeKey(chat.lastMessageAt, hash);
  const unanswered = timeKey(chat.unansweredSince, hash);
  const moved = unanswered !== before?.unanswered || rest !== before.rest;
  return { unanswered, rest, placedAt: moved ? now : (before.placedAt ?? now) };
}

/**
 * Whether the chat may stand at these places: in the unanswered block exactly as long as it waits, in the rest by its last
 * message, or behind it as far as `placesOf` lets it be.
 */
export function mayStandAt({ unanswered, rest }: Places, chat: Chat, hash: string): boolean {
  const { unansweredSince, lastMessageAt } = chat;
  if (unanswered !== (unansweredSince === undefined ? undefined : timeKey(unansweredSince, hash))) return false;
  if (rest !== timeKey(timeOf(rest), hash)) return false;
  const behind = lastMessageAt - timeOf(rest);
  return behind >= 0 && (unanswered !== undefined || behind <= REST_EXACT_MS);
}

/** The places that the chat has to have. The present one in the rest stays, if it may. */
export function rightPlaces({ rest }: Places, chat: Chat, hash: string, now: number): Places {
  const right = placesOf(chat, hash, undefined, now);
  const kept = { ...right, rest };
  return mayStandAt(kept, chat, hash) ? kept : right;
}

/** Whether a reader of the rest leaves the chat out, because they have met it in the unanswered block. */
export function wasAmongUnanswered(places: Places, begunAt: number): boolean {
  return places.unanswered !== undefined && (places.placedAt ?? 0) <= begunAt - INDEX_LAG_MS;
}

/** The order of a page (U7): the unanswered first, the longest waiting on top, then the rest, newest message first. */
export function byUrgency(one: Chat, other: Chat): number {
  if (one.unansweredSince !== undefined && other.unansweredSince !== undefined) {
    return one.unansweredSince - other.unansweredSince;
  }
  if (one.unansweredSince !== undefined) return -1;
  if (other.unansweredSince !== undefined) return 1;
  return other.lastMessageAt - one.lastMessageAt;
}

function restPlace(chat: Chat, hash: string, before: Places | undefined): string {
  const behind = before === undefined || chat.lastMessageAt - timeOf(before.rest) > REST_EXACT_MS;
  return behind ? timeKey(chat.lastMessageAt, hash) : before.rest;
}
