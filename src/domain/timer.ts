/** What was done about one wait of a client. Times are epoch ms. */
export interface Timer {
  /** The wait, by the time at which Konvert had it (`waitOf`). The rest counts for no other wait. */
  readonly of: number;
  /** The mark: when the client leaves their responsible user, if nobody replies before (T8). */
  readonly leavesAt?: number;
  /** The responsible user gives the client back, so the mark holds before the minutes are over (T10). */
  readonly back?: true;
  /** When a reply lifted the last mark. */
  readonly liftedAt?: number;
  /** When the heads were told (T7). */
  readonly told?: number;
  /** When a client in the pool was called out once more (T7). */
  readonly reminded?: number;
  /** The channel cannot send, so the clock stands. */
  readonly stands?: true;
  /** When the channel could send again. The timer began anew then (T13). */
  readonly resumedAt?: number;
}

/** A chat as far as its wait is concerned. */
export interface WaitingChat {
  /** Absent while the chat is answered. */
  readonly openKey?: string | undefined;
  readonly unansweredSince?: number | undefined;
  /** When Konvert had the wait. Absent in what an older version stored: then it is `unansweredSince`. */
  readonly enteredAt?: number | undefined;
}

/** The same with what was done about its wait, or about an earlier one. */
export interface TimedChat extends WaitingChat {
  readonly timer?: Timer | undefined;
}

/** What names the wait that a chat is in: when Konvert had it (epoch ms). Undefined while the chat is answered. */
export function waitOf({ openKey, unansweredSince, enteredAt }: WaitingChat): number | undefined {
  return openKey === undefined ? undefined : (enteredAt ?? unansweredSince);
}

/** What counts of the timer: it may be of an earlier wait. */
export function timerOf(chat: TimedChat): Timer | undefined {
  return chat.timer && chat.timer.of === waitOf(chat) ? chat.timer : undefined;
}

/** The timer after a reply has lifted its mark, if it has one. */
export function lifted(timer: Timer | undefined, now: number): Timer | undefined {
  if (timer?.leavesAt === undefined) return timer;
  const { leavesAt: _, back: _back, ...kept } = timer;
  return { ...kept, liftedAt: now };
}

/** A chat after a change. */
export interface ChangedChat extends Omit<WaitingChat, 'enteredAt'> {
  /** When the message that has been open longest was stored (epoch ms), if that is known. */
  readonly storedAt?: number | undefined;
  /** When the first of all its open messages was stored, if that is known. */
  readonly hadAt?: number | undefined;
}

/**
 * When Konvert had the wait that a chat is in after a change. What opens an answered chat, also late or again, begins a wait
 * now, because nobody could answer before (T1). What an answer leaves open begins another wait, which Konvert had when it was
 * stored. Further messages begin none.
 */
export function enteredAt(
  { openKey, unansweredSince = 0, storedAt = 0, hadAt = 0 }: ChangedChat,
  before: WaitingChat | undefined,
  now: number,
): number | undefined {
  if (openKey === undefined) return undefined;
  // Another machine may have stored it, and its clock may be ahead. No wait is older than what it is about.
  const latest = Math.max(now, hadAt);
  const known = before && waitOf(before);
  if (before?.openKey === undefined || known === undefined) return latest;
  const since = Math.min(Math.max(unansweredSince, storedAt), latest);
  if (openKey > before.openKey) return Math.max(since, known + 1);
  // An older message may have come late. If all that was open before is answered, it waits by itself, since it was stored.
  const isAnother = before.enteredAt !== undefined && hadAt > known;
  return isAnother ? since : known;
}

/** When the wait began: with its first message, but not before Konvert had it (T1). */
export function waitBeganAt({ unansweredSince = 0, ...chat }: WaitingChat): number {
  return Math.max(unansweredSince, waitOf({ unansweredSince, ...chat }) ?? 0);
}
