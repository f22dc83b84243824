import { idOfKey } from './fact.ts';
import { uuidOf } from './hash.ts';
import type { Doubts } from './set-aside.ts';

/** An event that waits in a lane. */
export interface WaitingEvent {
  /** Its place in the lane, which ends in its id. */
  readonly event: string;
  /** The contact or channel that it is about. Events of one subject stay in order. */
  readonly subject: string;
  /** Whether it never shares a call. */
  readonly isAlone: boolean;
}

/** Events that leave in one call. */
export interface Batch<E extends WaitingEvent> {
  /** What still waits of it. */
  readonly events: readonly E[];
  /** All events of it. They make its id, which stays the same however often it is sent. */
  readonly memo: readonly string[];
}

/** The most events of a call. */
export const MOST_EVENTS = 50;
/** The most bytes of a call. */
export const MOST_BYTES = 512 * 1024;

/**
 * The batch that leaves next, of the events that wait, in order. What is `underWay` was perhaps sent before, and leaves
 * again as it was. While something is in doubt, events leave one at a time. Undefined if nothing may leave.
 */
export function nextBatch<E extends WaitingEvent>(
  waiting: readonly E[],
  underWay: readonly string[],
  { suspects, singlyUpTo }: Doubts,
): Batch<E> | undefined {
  const again = waiting.filter(({ event }) => underWay.includes(event));
  if (again.length > 0 && mayShare(again)) return { events: again, memo: underWay };
  const first = waiting.find(({ subject }) => !suspects.includes(subject));
  if (!first) return undefined;
  const isSingle = suspects.length > 0 || first.event <= singlyUpTo || first.isAlone;
  return batchOf(isSingle ? [first] : sharing(waiting));
}

/** The batch without its last events, so that the bytes of what is left fit into one call. One event always does. */
export function fitting<E extends WaitingEvent>({ events }: Batch<E>, bytes: readonly number[]): Batch<E> {
  let sum = 0;
  const over = bytes.findIndex((size, index) => {
    sum += size;
    return index > 0 && sum > MOST_BYTES;
  });
  return batchOf(over < 0 ? events : events.slice(0, over));
}

/** The id of a batch, by which its receiver knows that it was there before. */
export function batchId(memo: readonly string[]): string {
  return uuidOf(JSON.stringify(memo.map(idOfKey)));
}

function sharing<E extends WaitingEvent>(waiting: readonly E[]): readonly E[] {
  const end = waiting.findIndex(({ isAlone }) => isAlone);
  return waiting.slice(0, end < 0 ? MOST_EVENTS : Math.min(end, MOST_EVENTS));
}

/** A batch that was only announced may hold what goes alone. Then it was never sent as it is. */
function mayShare(events: readonly WaitingEvent[]): boolean {
  return events.length === 1 || !events.some(({ isAlone }) => isAlone);
}

function batchOf<E extends WaitingEvent>(events: readonly E[]): Batch<E> {
  return { events, memo: events.map(({ event }) => event) };
}
