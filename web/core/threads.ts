import { type Chat, type Entry, keyOf, type Line, type Tab } from '../models.ts';
import { compareRanks, Ordered, type Rank, rankOf } from './order.ts';

/** The lines of the list in their true order: the chats of one thread are one line, at the place of the most urgent. */
export class Lines {
  readonly #threads = new Map<string, Map<string, Chat>>();
  readonly #threadOf = new Map<string, string>();
  readonly #ordered = new Ordered<Line>();
  /** The open line keeps its place until another is opened. */
  #pinned: { readonly key: string; readonly rank: Rank } | undefined;

  put(chat: Chat): void {
    const key = keyOf(chat);
    const before = this.#threadOf.get(key);
    if (before !== undefined && before !== chat.thread) this.remove(key);
    this.#threadOf.set(key, chat.thread);
    const chats = this.#threads.get(chat.thread) ?? new Map<string, Chat>();
    this.#threads.set(chat.thread, chats.set(key, chat));
    this.#place(chat.thread);
  }

  remove(key: string): void {
    const thread = this.#threadOf.get(key);
    if (thread === undefined) return;
    this.#threadOf.delete(key);
    this.#threads.get(thread)?.delete(key);
    this.#place(thread);
  }

  /** Every known line. */
  all(): Line[] {
    return this.#ordered.until(() => true);
  }

  chatsOf(thread: string): readonly Chat[] {
    return sortChats(this.#threads.get(thread)?.values() ?? []);
  }

  /** Keeps the line where it is now, and lets the one before go to its place. */
  pin(thread: string | undefined): void {
    const before = this.#pinned?.key;
    this.#pinned = undefined;
    if (before !== undefined) this.#place(before);
    const [first] = thread === undefined ? [] : this.chatsOf(thread);
    if (thread !== undefined && first) this.#pinned = { key: thread, rank: rankOf(first) };
  }

  /**
   * The lines of a tab, down to `last`, the place to which the list is loaded. Further down there may be chats that are
   * not known, so what is known there is not shown.
   */
  listed(tab: Tab, last: Rank): Line[] {
    const isIn = (rank: Rank) => (tab === 'all' || rank.isWaiting) && compareRanks(rank, last) <= 0;
    const lines = this.#ordered.until(isIn);
    const [first, ...others] = this.#pinned ? this.chatsOf(this.#pinned.key) : [];
    // Nobody who waits is missing among the unanswered because their line is kept further down.
    if (this.#pinned && first && !isIn(this.#pinned.rank) && isIn(rankOf(first))) {
      const at = lines.findIndex(({ chats }) => compareRanks(rankOf(chats[0]), rankOf(first)) > 0);
      lines.splice(at < 0 ? lines.length : at, 0, { key: this.#pinned.key, chats: [first, ...others] });
    }
    return lines;
  }

  #place(thread: string): void {
    const [first, ...others] = this.chatsOf(thread);
    if (!first) {
      this.#threads.delete(thread);
      this.#ordered.remove(thread);
      return;
    }
    const rank = this.#pinned?.key === thread ? this.#pinned.rank : rankOf(first);
    this.#ordered.put(thread, { key: thread, chats: [first, ...others] }, rank);
  }
}

function sortChats(chats: Iterable<Chat>): Chat[] {
  return [...chats].sort((one, other) => compareRanks(rankOf(one), rankOf(other)));
}

/** The histories of several chats as one, in order of time. Each of them is in order. */
export function mergeHistories(histories: readonly (readonly Entry[])[]): Entry[] {
  const merged: Entry[] = [];
  const at = histories.map(() => 0);
  for (;;) {
    let next = -1;
    for (let i = 0; i < histories.length; i++) {
      const entry = histories[i]![at[i]!];
      if (entry && (next < 0 || timeOf(entry) < timeOf(histories[next]![at[next]!]!))) next = i;
    }
    if (next < 0) return merged;
    merged.push(histories[next]![at[next]!]!);
    at[next]!++;
  }
}

function timeOf(entry: Entry): number {
  return entry.kind === 'message' ? Date.parse(entry.message.dateTime) : entry.sending.at;
}
