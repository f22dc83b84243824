import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { type KeptDraft, mergeDraft, readDraft, type StoredDraft, writeDraft } from '../core/drafts.ts';
import type { Draft, Message } from '../models.ts';
import type { FileShelf, Shelf } from './storage.ts';

const KEPT_AFTER_MS = 300;
const STORED_AFTER_MS = 2_000;
/** What another device may have stored is looked at before it would be overwritten. */
const AGREED_MS = 10_000;

/** A draft that survives a reload, and is found on other devices. */
export interface OwnDraft extends Draft {
  /** Keeps it now: the chat is left, or the page. */
  keep(): void;
  /** Removes it, because its chat was removed. */
  forget(): void;
  /** Takes what another device has stored. Returns the id of the message that is quoted there. */
  look(): Promise<string | undefined>;
}

/** Where drafts are for all devices. Undefined answers: it could not be asked. */
export interface DraftServer {
  get(key: string): Promise<(StoredDraft & { readonly quotedMessageId?: string }) | undefined>;
  put(key: string, text: string, quotedMessageId: string | undefined): Promise<StoredDraft | undefined>;
}

/** What drafts are made from. */
export interface DraftDeps {
  readonly shelf: Shelf;
  readonly files: FileShelf;
  /** The beginning of the names under which they are kept. */
  readonly prefix: string;
  readonly now: () => number;
  readonly server: DraftServer;
  /** Whether a reply of that chat is on its way: until it is accepted, other devices have its text as a draft. */
  readonly isSending: (key: string) => boolean;
  /** The draft was kept as it is written there, or removed. */
  readonly kept: (key: string, written: string | undefined) => void;
}

/** The drafts of one user by the keys of their chats. */
export class Drafts {
  readonly #deps: DraftDeps;
  readonly #prefix: string;
  readonly #drafts = new Map<string, OwnDraft & { readonly reload: (written: string | undefined) => void }>();
  readonly #texts = new Map<string, Signal<string>>();
  readonly #kept: ReadonlySet<string>;

  constructor(deps: DraftDeps) {
    this.#deps = deps;
    this.#prefix = `${deps.prefix}draft/`;
    this.#kept = new Set(deps.shelf.names(this.#prefix));
  }

  /** The text of a draft, which most chats do not have. */
  textOf(key: string): ReadonlySignal<string> {
    return this.#text(key);
  }

  of(key: string): OwnDraft {
    const known = this.#drafts.get(key);
    if (known) return known;
    const made = this.#make(key);
    this.#drafts.set(key, made);
    return made;
  }

  keepAll(): void {
    for (const draft of this.#drafts.values()) draft.keep();
  }

  /** Whether nothing is being written in any chat that was opened. */
  get isEmpty(): boolean {
    return [...this.#drafts.values()].every(
      ({ text, quoted, files }) => text.peek() === '' && quoted.peek() === undefined && files.peek().length === 0,
    );
  }

  /** Another tab has kept the draft. */
  reload(key: string, written: string | undefined): void {
    const draft = this.#drafts.get(key);
    if (draft) draft.reload(written);
    else this.#text(key).value = readDraft(written)?.text ?? '';
  }

  #make(key: string): OwnDraft & { readonly reload: (written: string | undefined) => void } {
    const { shelf, files: fileShelf, now, server, isSending, kept: tell } = this.#deps;
    const name = this.#prefix + key;
    const text = this.#text(key);
    const there: Partial<KeptDraft> = readDraft(shelf.get(name)) ?? {};
    let { storedAt, isChanged = false } = there;
    const quoted = signal<Message | undefined>(there.quoted);
    const files = signal<readonly File[]>([]);
    let keeping: ReturnType<typeof setTimeout> | undefined;
    let storing: ReturnType<typeof setTimeout> | undefined;
    let agreedAt = Number.NEGATIVE_INFINITY;
    let isStoring = false;
    let isOurs = true;

    const write = () => {
      const written = writeDraft({ text: text.peek(), quoted: quoted.peek(), storedAt, isChanged });
      if (written === undefined) shelf.remove(name);
      else shelf.set(name, written);
      tell(key, written);
    };
    const keep = () => {
      if (keeping === undefined) return;
      clearTimeout(keeping);
      keeping = undefined;
      write();
    };
    const setStore = () => {
      clearTimeout(storing);
      storing = setTimeout(() => void store(), STORED_AFTER_MS);
    };
    // What comes from elsewhere is no change of this user here, and is told to nobody.
    const replace = (nextText: string, nextQuoted: Message | undefined) => {
      isOurs = false;
      text.value = nextText;
      quoted.value = nextQuoted;
      isOurs = true;
    };
    const look = async () => {
      const stored = await server.get(key);
      if (!stored) return undefined;
      // What was written while the answer was on its way counts as written here.
      const merged = mergeDraft({ text: text.peek(), storedAt, isChanged }, stored);
      storedAt = stored.savedAt ?? undefined;
      agreedAt = now();
      isChanged &&= merged !== stored.text;
      if (merged !== text.peek()) replace(merged, quoted.peek());
      write();
      if (isChanged) setStore();
      return stored.quotedMessageId;
    };
    const store = async () => {
      if (!isChanged) return;
      if (isStoring || isSending(key)) {
        setStore();
        return;
      }
      isStoring = true;
      if (now() - agreedAt > AGREED_MS) await look();
      const [sent, quote] = [text.peek(), quoted.peek()];
      const stored = isChanged ? await server.put(key, sent, quote?.messageId) : undefined;
      isStoring = false;
      if (!stored) return;
      storedAt = stored.savedAt ?? undefined;
      agreedAt = now();
      isChanged = text.peek() !== sent || quoted.peek() !== quote;
      if (isChanged) setStore();
      write();
    };

    let isFirst = true;
    effect(() => {
      text.value;
      quoted.value;
      if (isFirst || !isOurs) return;
      isChanged = true;
      keeping ??= setTimeout(keep, KEPT_AFTER_MS);
      setStore();
    });
    effect(() => {
      const present = files.value;
      if (!isFirst) void fileShelf.set(name, present);
    });
    isFirst = false;
    if (isChanged) setStore();
    void fileShelf.get(name).then((kept) => {
      if (files.peek().length === 0 && kept.length > 0) files.value = kept;
    });
    return {
      text,
      quoted,
      files,
      keep,
      look,
      forget() {
        clearTimeout(keeping);
        clearTimeout(storing);
        keeping = undefined;
        storedAt = undefined;
        isChanged = false;
        replace('', undefined);
        files.value = [];
        write();
      },
      reload(written) {
        const now = readDraft(written);
        // What is being written here is newer.
        if (keeping !== undefined) return;
        storedAt = now?.storedAt;
        isChanged = now?.isChanged ?? false;
        replace(now?.text ?? '', now?.quoted);
      },
    };
  }

  #text(key: string): Signal<string> {
    const known = this.#texts.get(key);
    if (known) return known;
    const name = this.#prefix + key;
    const made = signal(this.#kept.has(name) ? (readDraft(this.#deps.shelf.get(name))?.text ?? '') : '');
    this.#texts.set(key, made);
    return made;
  }
}
