import type * as z from 'zod/mini';
import type { pendingPlace } from '#api/cursor';
import type { Lanes } from '#store/outbox/lanes';
import type { Row } from '#store/outbox/row-item';
import { placeInLane, type Rows } from '#store/outbox/rows';
import type { WaitingLane } from '#store/outbox/waiting-lanes';

/** The most deliveries on a page, and about the most lanes that are looked at for it. */
export const PAGE = 50;

/** A row that waits, and the time at which its lane is due (epoch ms). */
interface Waiting {
  readonly row: Row;
  readonly nextAt: number;
}

type Place = z.infer<typeof pendingPlace>;

export interface PendingDeps {
  readonly rows: Pick<Rows, 'pendingIn'>;
  readonly lanes: Pick<Lanes, 'someLanes'>;
}

/**
 * A page of what waits in the account, and the place to go on from. Lanes are known by their time only, and belong to
 * all accounts, so a page may have few rows or none and not be the last. The place names no lane of another account.
 */
export async function pendingPage(
  { rows, lanes }: PendingDeps,
  account: string,
  [from = 0, startLane, startPlace]: Place | [] = [],
): Promise<{ waiting: Waiting[]; next?: Place }> {
  const found = await lanes.someLanes(from, PAGE);
  const left = found.lanes.sort(inOrder).filter(({ lane, nextAt }) => !isBefore(lane, nextAt, from, startLane));
  const oldest = await Promise.all(left.map(({ lane }) => rows.pendingIn(lane, 1)));
  const waiting: Waiting[] = [];
  for (const [index, { lane, nextAt }] of left.entries()) {
    const [first] = oldest[index] ?? [];
    if (first?.account !== account || first.kind !== 'reply') continue;
    const after = lane === startLane ? startPlace : undefined;
    const more = await rows.pendingIn(lane, PAGE - waiting.length, after);
    waiting.push(...more.map((row) => ({ row, nextAt })));
    const last = waiting.at(-1);
    if (last && waiting.length === PAGE) return { waiting, next: [nextAt, lane, placeInLane(last.row)] };
  }
  return found.next === undefined ? { waiting } : { waiting, next: [found.next] };
}

function inOrder(one: WaitingLane, other: WaitingLane): number {
  return one.nextAt - other.nextAt || (one.lane < other.lane ? -1 : 1);
}

/** Whether an earlier page has shown this lane, of those that are due at the same time as its last one. */
function isBefore(lane: string, nextAt: number, from: number, startLane: string | undefined): boolean {
  return startLane !== undefined && nextAt === from && lane < startLane;
}
