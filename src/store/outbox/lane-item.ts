import * as z from 'zod/mini';
import { FIRST_KEY } from '#domain/fact';
import type { DeliveryError, Row } from './row-item.ts';

/** What a lane remembers from one holder to the next, while something waits in it. */
export interface Tried {
  /** The failures in a row. */
  readonly attempts: number;
  /** How often the row that leaves next was sent. */
  readonly calls: number;
  /** How often in a row it found no free slot. */
  readonly waits: number;
  /** Whether its last call was slow. Its bells then go to a queue of slow lanes. */
  readonly slow: boolean;
  /** Why the last call failed, if it did. */
  readonly lastError?: DeliveryError | undefined;
}

/** What a holder knows of its lane. */
export interface LaneState {
  /** Nothing waits below this sort key. */
  readonly from: string;
  /** In the lane of a connected CRM: no note waits below this sort key. */
  readonly notesFrom?: string | undefined;
  /** The events of the batch that leaves next, or that has left without an answer. */
  readonly memo?: readonly string[] | undefined;
  /** What else the work of the lane has to remember. */
  readonly kept?: Readonly<Record<string, unknown>> | undefined;
  /** What the last calls came to. Nothing depends on it. */
  readonly answers?: string | undefined;
}

/** Rows of the lane are being opened again from that key on, the older ones first, until that time (epoch ms). */
export interface Opening {
  readonly opensFrom?: string | undefined;
  readonly opensUntil?: number | undefined;
}

/** A lane in which something waits, or that rests. */
export interface Lane extends Tried, LaneState, Opening {
  /** When it is due (epoch ms). */
  readonly nextAt: number;
  /** A holder took it and has not let it go. */
  readonly wasTaken: boolean;
  /** Nothing waits in it. It only remembers something. */
  readonly rests: boolean;
}

/**
 * How often a row was sent by now. While it waits the lane counts: for its oldest row, and for those that share its call.
 * A creation counts its first call itself: without it the CRM was not asked yet.
 */
export function callsOf({ calls, from, memo = [] }: Pick<Lane, 'calls' | 'from' | 'memo'>, row: CountedRow): number {
  if (row.event !== from && !memo.includes(row.event)) return row.calls;
  if (row.kind === 'creation') return row.calls === 0 ? 0 : Math.max(row.calls, calls);
  return row.calls + calls;
}

type CountedRow = Pick<Row, 'event' | 'kind' | 'calls'>;

/** The partition of the index `lanes` in which a lane waits. */
export const WORK = 'work';
/** The same for a lane of which the last call was slow. */
export const SLOW = 'slow';

const text = z.exactOptional(z.string());
const count = z.exactOptional(z.number());

const laneSchema = z.object({
  w: text,
  nextAt: count,
  from: text,
  notesFrom: text,
  memo: z.exactOptional(z.array(z.string())),
  kept: z.exactOptional(z.record(z.string(), z.unknown())),
  answers: text,
  token: text,
  opensFrom: text,
  opensUntil: count,
  attempts: count,
  calls: count,
  waits: count,
  lastError: z.exactOptional(z.object({ code: z.string(), description: z.string() })),
});

/** The lane that an item holds. One of an earlier release does not say from where on something waits. */
export function readLane(item: Readonly<Record<string, unknown>>): Lane {
  const {
    w,
    nextAt,
    from = FIRST_KEY,
    notesFrom,
    memo,
    kept,
    answers,
    token,
    opensFrom,
    opensUntil,
    attempts = 0,
    calls = 0,
    waits = 0,
    lastError,
  } = laneSchema.parse(item);
  const wasTaken = token !== undefined;
  const opening = { opensFrom, opensUntil };
  return {
    nextAt: nextAt ?? 0,
    rests: nextAt === undefined,
    from,
    notesFrom,
    memo,
    kept,
    answers,
    ...opening,
    attempts,
    calls,
    waits,
    slow: w === SLOW,
    lastError,
    wasTaken,
  };
}

/** The key of a lane's item. */
export function laneKey(lane: string): { readonly l: string; readonly e: string } {
  return { l: lane, e: '-' };
}

/** Whether the lane's item, if there is one, says that the holder of that token has the lane at that time. */
export function isHeldBy(item: Readonly<Record<string, unknown>> | undefined, token: unknown, now: number): boolean {
  return item !== undefined && item.token === token && Number(item.leaseUntil) > now;
}
