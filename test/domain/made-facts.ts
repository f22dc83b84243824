import {
  type ClientMessage,
  type Echo,
  END_OF_KEYS,
  FIRST_KEY,
  factKey,
  type NoReplyNeeded,
  type Reply,
  type Seen,
  type StillOwed,
} from '#domain/fact';

/** Time zero of made facts (epoch ms). Their times are given in milliseconds after it. */
export const START = Date.UTC(2026, 9, 5, 9, 0, 0);

interface Made {
  /** The messenger time, after START. */
  readonly at: number;
  /** The time of storage by our clock, after START; without it the messenger time. */
  readonly stored?: number;
  readonly id?: string;
}

/** A key at that time after START. */
export function keyAt(at: number, id = `m${at}`): string {
  return factKey(START + at, id);
}

export function client({ at, stored = at, id = `m${at}`, ...fields }: Made & Partial<ClientMessage>): ClientMessage {
  const content = { type: 'text', text: id } as const;
  return { kind: 'client', key: keyAt(at, id), storedAt: START + stored, opens: true, author: {}, content, ...fields };
}

/** An answer from the phone. */
export function echo({ at, stored = at, id = `e${at}`, ...fields }: Made & Partial<Echo>): Echo {
  const content = { type: 'text', text: id } as const;
  return { kind: 'echo', key: keyAt(at, id), storedAt: START + stored, author: {}, content, ...fields };
}

/** A reply through Konvert; without `covers` it answers nothing. */
export function reply({ at, stored = at, id = `r${at}`, ...fields }: Made & Partial<Reply>): Reply {
  const content = { type: 'text', text: id } as const;
  return { kind: 'reply', key: keyAt(at, id), storedAt: START + stored, author: {}, content, attempt: 1, ...fields };
}

export function noReplyNeeded({
  at,
  stored = at,
  id = `n${at}`,
  ...fields
}: Made & Pick<NoReplyNeeded, 'covers'> & Partial<NoReplyNeeded>): NoReplyNeeded {
  return { kind: 'no-reply-needed', key: keyAt(at, id), storedAt: START + stored, author: {}, ...fields };
}

/** What a reader has seen: everything that was stored up to `at` (after START) and is not newer than `upTo`. */
export function sawUntil(at: number, fields: Partial<Seen> = {}): Seen {
  return { from: END_OF_KEYS, low: FIRST_KEY, upTo: keyAt(at, '~'), at: START + at, ids: [], ...fields };
}

/** Said about the message with the key `of`. */
export function stillOwed({
  at,
  stored = at,
  id = `o${at}`,
  ...fields
}: Made & Pick<StillOwed, 'of'> & Partial<StillOwed>): StillOwed {
  return { kind: 'still-owed', key: keyAt(at, id), storedAt: START + stored, author: {}, ...fields };
}
