import type { Assignment, Chat } from '../models.ts';

/** A return may be told a little before the page, by its own clock, expects it. */
const EARLY_MS = 2_000;

/** What else is known of a change. */
export interface Around {
  /** The client has written, which sounds by itself. */
  readonly isNews: boolean;
  /** All rows are loaded. */
  readonly isAllKnown: boolean;
  /** The end of the newest minute of this chat that the user was called for. */
  readonly calledFor?: string | undefined;
}

/** Whether a change of a chat calls its user: the client is about to leave them (T8), or has come to them waiting. */
export function isCall(
  userId: string,
  row: Chat,
  before: Chat | undefined,
  { isNews, isAllKnown, calledFor = '' }: Around,
): boolean {
  if (!row.unanswered || row.responsibleUserId !== userId) return false;
  // An answer from behind takes a minute away, and the next one brings it back. Each minute ends later than the last.
  if (row.leavesAt !== undefined && before?.leavesAt !== row.leavesAt) return row.leavesAt > calledFor;
  if (isNews) return false;
  // A row that was not known may only not have been loaded.
  return before === undefined ? isAllKnown : before.responsibleUserId !== userId;
}

/** Whether the client has left the user because nobody answered in time. What a person did before that is no return. */
export function hasLeft(userId: string, row: Chat | undefined, before: Chat | undefined, now: number): boolean {
  if (before?.leavesAt === undefined || before.responsibleUserId !== userId) return false;
  return row?.responsibleUserId !== userId && now >= Date.parse(before.leavesAt) - EARLY_MS;
}

/** Whether a change of a chat may change how many clients the user could give back. Only the server knows how many those are. */
export function changesReturnable(userId: string, row: Chat | undefined, before: Chat | undefined): boolean {
  return waitsFor(userId, row) !== waitsFor(userId, before);
}

function waitsFor(userId: string, row: Chat | undefined): boolean {
  return row?.unanswered === true && row.responsibleUserId === userId && row.leavesAt === undefined;
}

/** A return, as a line of the history tells it. Without `to` all who receive new clients have the client. */
export interface Return {
  readonly key: string;
  readonly at: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly minutes: number;
}

/** The returns among the records of a chat, the oldest first. */
export function returnsOf(records: readonly Assignment[]): readonly Return[] {
  const returns = records.flatMap((record): Return[] => {
    if (record.rule !== 'returned') return [];
    const { assignmentId, at, from = null, userId, waitedMinutes = 0 } = record;
    return [{ key: `return ${assignmentId}`, at, from, to: userId, minutes: waitedMinutes }];
  });
  return returns.sort((one, other) => (one.at < other.at ? -1 : 1));
}
