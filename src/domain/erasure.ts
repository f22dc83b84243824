/** What an erasure is of: one person, or a whole account. */
export const ERASURE_KINDS = ['person', 'account'] as const;

/** What an erasure is of. */
export type ErasureKind = (typeof ERASURE_KINDS)[number];

/** What is counted of an erasure. */
export const ERASED = ['chats', 'messages', 'files', 'contacts', 'deals', 'deliveries'] as const;

/** How much of each kind was erased. A run that was cut short may have erased some that it did not count. */
export type Erased = Readonly<Record<(typeof ERASED)[number], number>>;

/** Nothing is erased yet. */
export const NOTHING_ERASED: Erased = { chats: 0, messages: 0, files: 0, contacts: 0, deals: 0, deliveries: 0 };

/** An erasure as it is reported. It tells nothing of the person. Times are in epoch milliseconds. */
export interface Erasure {
  readonly id: string;
  readonly kind: ErasureKind;
  readonly requestedAt: number;
  /** Absent while it is under way. */
  readonly doneAt?: number;
  readonly erased: Erased;
}

/** How long an erasure is reported. */
export const REPORTED_MS = 90 * 86_400_000;

/** An erasure that is under way for longer than this is late. */
export const LATE_MS = 3_600_000;

/** The sum of both counts. */
export function withErased(one: Erased, more: Partial<Erased>): Erased {
  return Object.fromEntries(ERASED.map((what) => [what, one[what] + (more[what] ?? 0)])) as Erased;
}
