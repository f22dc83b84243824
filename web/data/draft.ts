import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { readDraft, writeDraft } from '../core/drafts.ts';
import type { Draft, Message } from '../models.ts';
import type { Shelf } from './storage.ts';

const KEPT_AFTER_MS = 300;

/** A draft that survives a reload. */
export interface KeptDraft extends Draft {
  /** Keeps it now: the chat is left, or the page. */
  keep(): void;
}

/** The drafts of one user by the keys of their chats. They are kept under names that begin with `prefix`. */
export class Drafts {
  readonly #shelf: Shelf;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #drafts = new Map<string, KeptDraft>();
  readonly #texts = new Map<string, Signal<string>>();
  readonly #kept: ReadonlySet<string>;

  constructor(shelf: Shelf, prefix: string, now: () => number) {
    this.#shelf = shelf;
    this.#prefix = `${prefix}draft/`;
    this.#now = now;
    this.#kept = new Set(shelf.names(this.#prefix));
  }

  /** The text of a draft, which most chats do not have. */
  textOf(key: string): ReadonlySignal<string> {
    return this.#text(key);
  }

  of(key: string): KeptDraft {
    const known = this.#drafts.get(key);
    if (known) return known;
    const made = this.#make(key);
    this.#drafts.set(key, made);
    return made;
  }

  keepAll(): void {
    for (const draft of this.#drafts.values()) draft.keep();
  }

  #make(key: string): KeptDraft {
    const name = this.#prefix + key;
    const text = this.#text(key);
    const quoted = signal<Message | undefined>(readDraft(this.#shelf.get(name))?.quoted);
    const files = signal<readonly File[]>([]);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isFirst = true;

    const keep = () => {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      const written = writeDraft({ text: text.peek(), quoted: quoted.peek(), at: this.#now() });
      if (written === undefined) this.#shelf.remove(name);
      else this.#shelf.set(name, written);
    };
    effect(() => {
      text.value;
      quoted.value;
      if (!isFirst) timer ??= setTimeout(keep, KEPT_AFTER_MS);
      isFirst = false;
    });
    return { text, quoted, files, keep };
  }

  #text(key: string): Signal<string> {
    const known = this.#texts.get(key);
    if (known) return known;
    const name = this.#prefix + key;
    const made = signal(this.#kept.has(name) ? (readDraft(this.#shelf.get(name))?.text ?? '') : '');
    this.#texts.set(key, made);
    return made;
  }
}
