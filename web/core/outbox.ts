import { type ChatId, keyOf } from '../models.ts';
import { retryDelayMs } from './backoff.ts';

/** A reply as it is kept from the key press until it is accepted or taken back. */
export interface Reply {
  /** The `crmMessageId`: the server takes it once. */
  readonly id: string;
  readonly chat: ChatId;
  readonly text: string;
  /** When the key was pressed (epoch ms). */
  readonly at: number;
  /** What its writer had seen. Undefined: nothing, so it covers nothing. */
  readonly seenUpTo?: string | undefined;
  readonly quotedId?: string | undefined;
  readonly contentUri?: string | undefined;
  readonly file?: { readonly name: string; readonly type: string; readonly size: number } | undefined;
  readonly template?: { readonly id: string; readonly values: readonly string[] } | undefined;
  /** The answers of colleagues that its writer knew. */
  readonly known: readonly string[];
  /** The tab that it was written in. */
  readonly tab?: string | undefined;
  /** It was sent in spite of a colleague's answer. */
  readonly anyway?: true | undefined;
}

/**
 * - `uploading`: its file is on the way.
 * - `waits`: for an earlier one of its chat, for its time, or for a look at the chat.
 * - `sending`: a request is under way.
 * - `looks`: it may have been sent long ago, so the history is searched for it.
 * - `asks`: it is old and was not sent, so its writer has to say again that it is to be sent.
 */
export type ReplyState = 'uploading' | 'waits' | 'sending' | 'asks' | 'looks';

/** A reply and how far it is. */
export interface OutboxItem {
  readonly reply: Reply;
  readonly state: ReplyState;
  /** The sent requests of which nobody knows what they did. */
  readonly tries: number;
  /** The steps of any kind that had no clear answer, one after the other. */
  readonly misses: number;
  /** What happens if the history does not have it. Without it, the writer is asked. */
  readonly ifMissing?: 'send' | 'give-back';
  /** Not to be tried before (epoch ms). */
  readonly nextAt: number;
}

/** What is to be done for a reply now. `check`: read its chat again, because a colleague may have answered. */
export type Step = { readonly act: 'send' | 'check' | 'look'; readonly reply: Reply };

/**
 * What became of a step. `unclear`: there was no answer, or one that does not say what was done. `repeated`: the server
 * had it before and does not say what became of it. `answered`, `unanswered`: whether a colleague did meanwhile.
 */
export type Outcome =
  | 'accepted'
  | 'refused'
  | 'unclear'
  | 'repeated'
  | 'unanswered'
  | 'answered'
  | 'found'
  | 'not-found';

/** How a reply ended. `back`: it is its writer's again, and was not sent. */
export type End = 'sent' | 'back';

/** Older ones ask after a reload. */
const ASKS_AFTER_MS = 600_000;
/** A request of the page before the reload may arrive that much later. */
const LATE_MS = 60_000;
/** How long the server remembers the id of a reply. */
const CLAIMED_MS = 48 * 3_600_000;

/**
 * The replies that are on their way, of one account and user. One at a time leaves in each chat, in their order. A reply
 * ends once only: as accepted, or by going back to its writer.
 */
export class Outbox {
  #items: readonly OutboxItem[] = [];
  /** The ids with a step under way. */
  readonly #busy = new Set<string>();

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  add(reply: Reply, isUploading = false): void {
    this.#items = [
      ...this.#items,
      { reply, state: isUploading ? 'uploading' : 'waits', tries: 0, misses: 0, nextAt: 0 },
    ];
  }

  /** Takes what was kept before a reload. */
  restore(replies: readonly Reply[], now: number): void {
    const known = new Set(this.#items.map(({ reply }) => reply.id));
    const restored = replies.filter(({ id }) => !known.has(id)).sort((one, other) => one.at - other.at);
    // Nobody knows whether it was sent before the reload.
    const items = restored.map((reply): OutboxItem => {
      const isOld = now - reply.at > ASKS_AFTER_MS;
      return { reply, state: isOld ? 'looks' : 'waits', tries: 1, misses: 0, nextAt: isOld ? now + LATE_MS : 0 };
    });
    this.#items = [...items, ...this.#items];
  }

  /** The file of the reply is at the server. */
  uploaded(id: string, contentUri: string): Reply | undefined {
    this.#change(id, (item) => ({ ...item, reply: { ...item.reply, contentUri }, state: 'waits' }));
    return this.#find(id)?.reply;
  }

  /** Starts whatever can be done now. `isFresh`: what is known of the chat is at most half a minute old. */
  start(now: number, isFresh: (chat: ChatId) => boolean): Step[] {
    const steps = this.#firsts()
      .filter(({ nextAt }) => nextAt <= now)
      .map(({ reply, state, tries }): Step => {
        // A first try that may have arrived is repeated as it is: the look would find the reply itself, or come too late.
        const isLook = tries === 0 && !reply.anyway && !isFresh(reply.chat);
        return { act: state === 'looks' ? 'look' : isLook ? 'check' : 'send', reply };
      });
    for (const { act, reply } of steps) {
      this.#busy.add(reply.id);
      if (act === 'send') this.#change(reply.id, (item) => ({ ...item, state: 'sending' }));
    }
    return steps;
  }

  /** A step is done. Returns how the reply ended, if it did: it is gone from here then. */
  done(id: string, outcome: Outcome, now: number): End | undefined {
    this.#busy.delete(id);
    const item = this.#find(id);
    switch (outcome) {
      case 'accepted':
      case 'found':
        this.#remove(id);
        return 'sent';
      case 'refused':
      case 'answered':
        this.#remove(id);
        return 'back';
      case 'not-found':
        if (item?.ifMissing === 'give-back') {
          this.#remove(id);
          return 'back';
        }
        this.#change(id, (there) => ({ ...there, misses: 0, state: there.ifMissing === 'send' ? 'waits' : 'asks' }));
        return undefined;
      case 'repeated':
        this.#change(id, (there) => ({ ...there, state: 'looks', ifMissing: 'give-back' }));
        return undefined;
      case 'unanswered':
        this.#change(id, (there) => ({ ...there, misses: 0 }));
        return undefined;
      case 'unclear':
        this.#change(id, (there) => again(there, now));
        return undefined;
      default:
        return outcome satisfies never;
    }
  }

  /** Its writer says that the old reply is to be sent. What the server has forgotten by now is looked for first. */
  sendAsked(id: string, now: number): void {
    this.#change(id, (item) => {
      if (item.state !== 'asks') return item;
      const isForgotten = now - item.reply.at > CLAIMED_MS;
      return { ...item, ifMissing: 'send', state: isForgotten ? 'looks' : 'waits', nextAt: 0 };
    });
  }

  /** Takes a reply back that was not sent. Undefined: it may have been, so nobody can say that it was not. */
  takeBack(id: string): Reply | undefined {
    const item = this.#find(id);
    const isUnsent =
      item?.state === 'asks' || item?.state === 'uploading' || (item?.state === 'waits' && item.tries === 0);
    if (!isUnsent || this.#busy.has(id)) return undefined;
    this.#remove(id);
    return item.reply;
  }

  #remove(id: string): void {
    this.#items = this.#items.filter(({ reply }) => reply.id !== id);
  }

  /** There is a connection again, so what had no answer is tried at once. */
  hurry(): void {
    this.#items = this.#items.map((item) => (item.misses > 0 ? { ...item, nextAt: 0 } : item));
  }

  /** When the next reply is to be tried (epoch ms). */
  get nextAt(): number | undefined {
    const times = this.#firsts().map(({ nextAt }) => nextAt);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** The first reply of each chat, unless it is under way. What asks is its writer's to decide, and holds up nothing. */
  #firsts(): OutboxItem[] {
    const firsts = new Map<string, OutboxItem>();
    for (const item of this.#items) {
      const chat = keyOf(item.reply.chat);
      if (item.state !== 'asks' && !firsts.has(chat)) firsts.set(chat, item);
    }
    return [...firsts.values()].filter(({ reply, state }) => state !== 'uploading' && !this.#busy.has(reply.id));
  }

  #find(id: string): OutboxItem | undefined {
    return this.#items.find(({ reply }) => reply.id === id);
  }

  #change(id: string, change: (item: OutboxItem) => OutboxItem): void {
    this.#items = this.#items.map((item) => (item.reply.id === id ? change(item) : item));
  }
}

function again(item: OutboxItem, now: number): OutboxItem {
  const isSent = item.state === 'sending';
  const misses = item.misses + 1;
  return {
    ...item,
    state: isSent ? 'waits' : item.state,
    tries: item.tries + (isSent ? 1 : 0),
    misses,
    nextAt: now + retryDelayMs(misses),
  };
}
