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
  /** It was sent in spite of a colleague's answer. */
  readonly anyway?: true | undefined;
}

/**
 * - `uploading`: its file is on the way.
 * - `waits`: for an earlier one of its chat, for its time, or for a look at the chat.
 * - `sending`: a request is under way.
 * - `asks`: it is old, so its writer has to say again that it is to be sent.
 * - `looks`: it is older than the server remembers it, so the history is searched for it first.
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
  /** Its writer has said again that it is to be sent. */
  readonly isSaid?: true;
  /** Not to be tried before (epoch ms). */
  readonly nextAt: number;
}

/** What is to be done for a reply now. `check`: read its chat again, because a colleague may have answered. */
export type Step = { readonly act: 'send' | 'check' | 'look'; readonly reply: Reply };

/** What became of a step. `unclear`: there was no answer, or one that does not say what was done. */
export type Outcome = 'accepted' | 'refused' | 'unclear' | 'unanswered' | 'answered' | 'found' | 'not-found';

/** Older ones ask after a reload. */
const ASKS_AFTER_MS = 600_000;
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
    const items = restored.map((reply) => ({ reply, state: stateOf(reply, now), tries: 1, misses: 0, nextAt: 0 }));
    this.#items = [...items, ...this.#items];
  }

  /** The file of the reply is at the server. */
  uploaded(id: string, contentUri: string): Reply | undefined {
    this.#change(id, (item) => ({ ...item, reply: { ...item.reply, contentUri }, state: 'waits' }));
    return this.#find(id)?.reply;
  }

  /** Starts whatever can be done now. `isFresh`: what is known of the chat is at most half a minute old. */
  start(now: number, isFresh: (chat: ChatId) => boolean): Step[] {
    const blocked = new Set<string>();
    const steps: Step[] = [];
    for (const { reply, state, tries, nextAt } of this.#items) {
      // What asks is its writer's to decide, and what they write now does not wait for it.
      if (state === 'asks') continue;
      const chat = keyOf(reply.chat);
      if (!blocked.has(chat) && !this.#busy.has(reply.id) && state !== 'uploading' && nextAt <= now) {
        // A first try that may have arrived is repeated as it is: the look would find the reply itself, or come too late.
        const isLook = state === 'waits' && tries === 0 && !reply.anyway && !isFresh(reply.chat);
        steps.push({ act: state === 'looks' ? 'look' : isLook ? 'check' : 'send', reply });
      }
      blocked.add(chat);
    }
    for (const { act, reply } of steps) {
      this.#busy.add(reply.id);
      if (act === 'send') this.#change(reply.id, (item) => ({ ...item, state: 'sending' }));
    }
    return steps;
  }

  /** A step is done. The reply is gone from here if it was accepted, refused or answered by a colleague meanwhile. */
  done(id: string, outcome: Outcome, now: number): void {
    this.#busy.delete(id);
    switch (outcome) {
      case 'accepted':
      case 'refused':
      case 'answered':
      case 'found':
        this.remove(id);
        return;
      case 'not-found':
        this.#change(id, (item) => ({ ...item, state: item.isSaid ? 'waits' : 'asks' }));
        return;
      case 'unanswered':
        this.#change(id, (item) => ({ ...item, misses: 0 }));
        return;
      case 'unclear':
        this.#change(id, (item) => again(item, now));
        return;
      default:
        outcome satisfies never;
    }
  }

  /** Its writer says that the old reply is to be sent. What the server has forgotten by now is looked for first. */
  sendAsked(id: string, now: number): void {
    this.#change(id, (item) => {
      if (item.state !== 'asks') return item;
      return { ...item, isSaid: true, state: isForgotten(item.reply, now) ? 'looks' : 'waits', nextAt: 0 };
    });
  }

  /** Takes a reply back that is not under way. Undefined: it is, so nobody can say that it was not sent. */
  takeBack(id: string): Reply | undefined {
    const item = this.#find(id);
    if (!item || item.state === 'sending' || this.#busy.has(id)) return undefined;
    this.remove(id);
    return item.reply;
  }

  remove(id: string): void {
    this.#items = this.#items.filter(({ reply }) => reply.id !== id);
  }

  /** There is a connection again, so nothing waits for its time. */
  hurry(): void {
    this.#items = this.#items.map((item) => ({ ...item, nextAt: 0 }));
  }

  /** When the next reply is to be tried (epoch ms). */
  get nextAt(): number | undefined {
    const waiting = this.#items.filter(
      ({ reply, state }) => !this.#busy.has(reply.id) && state !== 'asks' && state !== 'uploading',
    );
    return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ nextAt }) => nextAt));
  }

  #find(id: string): OutboxItem | undefined {
    return this.#items.find(({ reply }) => reply.id === id);
  }

  #change(id: string, change: (item: OutboxItem) => OutboxItem): void {
    this.#items = this.#items.map((item) => (item.reply.id === id ? change(item) : item));
  }
}

function stateOf(reply: Reply, now: number): ReplyState {
  if (isForgotten(reply, now)) return 'looks';
  return now - reply.at > ASKS_AFTER_MS ? 'asks' : 'waits';
}

function isForgotten(reply: Reply, now: number): boolean {
  return now - reply.at > CLAIMED_MS;
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
