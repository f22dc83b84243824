import type { Chat } from './chat.ts';
import { timeKey, timeOf } from './time-key.ts';

/** Where a chat stands in the lists. Both places are a time (13 digits) and the chat's hash, so they sort by time. */
export interface Places {
  /** In the block of the unanswered, by the longest waiting message; only while unanswered. */
  readonly unanswered?: string;
  /** In the rest, by the last message; always. Exact to ten minutes. */
  readonly rest: string;
  /** When a place of the unanswered chat last changed (epoch ms). */
  readonly placedAt?: number;
}

/** A reader is at `after` in that block of a list that was begun at `begunAt` (epoch ms). */
export interface ListCursor {
  readonly begunAt: number;
  readonly block: 'unanswered' | 'rest';
  readonly after?: string;
}

/** What a user has to be told of. */
export interface Counter {
  /** Messages; of more than 500 waiting chats each further one counts as one. */
  readonly count: number;
  /** Whether one of them is the user's own to answer. */
  readonly isOwn: boolean;
  /** The time of the newest message of a client among them (epoch ms). */
  readonly lastMessageAt?: number;
}

const REST_EXACT_MS = 600_000;
/** Longer than an index lags plus any skew of clocks. */
const INDEX_LAG_MS = 10_000;

/** The places that follow from the chat; what may stay, stays, because every move in an index costs two writes. */
export function placesOf(chat: Chat, hash: string, before: Places | undefined, now: number): Places {
  if (chat.unansweredSince === undefined) return { rest: restPlace(chat, hash, before) };
  // While it is unanswered its place in the rest must not move: a reader of the rest counts on finding it there.
  const rest = before?.rest ?? timeKey(chat.lastMessageAt, hash);
  const unanswered = timeKey(chat.unansweredSince, hash);
  const moved = unanswered !== before?.unanswered || rest !== before.rest;
  return { unanswered, rest, placedAt: moved ? now : (before.placedAt ?? now) };
}

/** Whether a reader of the rest leaves the chat out, having met it in the block of the unanswered. */
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
