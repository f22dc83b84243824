import type { Chat } from '../models.ts';
import { keyOf } from '../models.ts';

/** A place in the list. */
export interface Rank {
  readonly isWaiting: boolean;
  /** Of a waiting chat since when it waits, else the time of its newest message. ISO 8601, so texts compare as times. */
  readonly at: string;
  readonly key: string;
}

/** The place of a chat by itself. */
export function rankOf(chat: Chat): Rank {
  const key = keyOf(chat);
  return chat.unanswered && chat.unansweredSince !== null
    ? { isWaiting: true, at: chat.unansweredSince, key }
    : { isWaiting: false, at: chat.lastMessageAt, key };
}

/** The order of the server (U7): the unanswered first, the longest waiting on top, then the rest, newest message first. */
export function compareRanks(one: Rank, other: Rank): number {
  if (one.isWaiting !== other.isWaiting) return one.isWaiting ? -1 : 1;
  return compare(one.at, other.at) * (one.isWaiting ? 1 : -1) || compare(one.key, other.key);
}

/** Items in the order of their ranks. A change moves one item and never sorts the others. */
export class Ordered<Item> {
  readonly #entries: { readonly rank: Rank; readonly item: Item }[] = [];
  readonly #ranks = new Map<string, Rank>();

  /** Puts the item of that key at its place, and away from where it was. */
  put(key: string, item: Item, rank: Rank): void {
    this.remove(key);
    this.#entries.splice(this.#placeOf(rank), 0, { rank, item });
    this.#ranks.set(key, rank);
  }

  remove(key: string): void {
    const rank = this.#ranks.get(key);
    if (!rank) return;
    this.#entries.splice(this.#placeOf(rank), 1);
    this.#ranks.delete(key);
  }

  /** The items from the top down to the last rank that belongs in it. */
  until(belongs: (rank: Rank) => boolean): Item[] {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (belongs(this.#entries[middle]!.rank)) low = middle + 1;
      else high = middle;
    }
    return this.#entries.slice(0, low).map(({ item }) => item);
  }

  #placeOf(rank: Rank): number {
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareRanks(this.#entries[middle]!.rank, rank) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
