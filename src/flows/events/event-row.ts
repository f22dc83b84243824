import type { WaitingEvent } from '#domain/event-batch';
import { type EventRow, isEventRow, type Row } from '#store/outbox/row-item';

/** A row that waits, as the rules look at it. */
export type WaitingRow = WaitingEvent & { readonly row: EventRow };

/** The rows of an event lane, as the rules look at them. */
export function waitingRows(rows: readonly Row[]): WaitingRow[] {
  return rows
    .filter(isEventRow)
    .map((row) => ({ event: row.event, subject: row.subject, isAlone: leavesAlone(row), row }));
}

/** Only what is told of messages shares a call. */
const ALONE: ReadonlySet<string> = new Set(['channel', 'template', 'assignment', 'waiting']);

function leavesAlone(row: EventRow): boolean {
  return row.kind === 'creation' || ALONE.has(row.what);
}
