import type { Bells } from '#bells';
import { FIRST_KEY } from '#domain/fact';
import { createTellLane } from '#flows/tell-lane';
import type { StoreDeps } from '#store/dynamo/client';
import { asideLane, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import { createMoves } from '#store/outbox/moves';
import { createRows } from '#store/outbox/rows';
import { createWaitingLanes } from '#store/outbox/waiting-lanes';
import type { WaitingRow } from './event-row.ts';

/** The lanes of subjects that were set aside. Only the holder of the account's lane puts rows into them. */
export function createAsideLanes(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }) {
  const tellLane = createTellLane(deps, queueOf);
  const { lanesOf } = createWaitingLanes(deps);
  const { move: moveRow } = createMoves(deps);
  const rows = createRows(deps);

  /** Moves rows of a subject, in order, into its lane. */
  async function move(account: string, subject: string, waiting: readonly WaitingRow[]): Promise<void> {
    const lane = asideLane(account, subject);
    for (const { row } of waiting) await moveRow(row, lane);
    await tellLane(
      lane,
      waiting.map(({ event }) => event),
    );
  }

  /**
   * Which of the subjects still have events in lanes of their own, as it is now. A lane that was not announced, because
   * its holder died before, is announced here.
   */
  async function stillAside(account: string, subjects: readonly string[]): Promise<string[]> {
    const found = await lanesOf(subjects.map((subject) => asideLane(account, subject)));
    const aside: string[] = [];
    for (const subject of subjects) {
      const lane = asideLane(account, subject);
      const left = found.has(lane) ? [] : await rows.pendingIn(lane, FIRST_KEY, 1);
      await tellLane(
        lane,
        left.map(({ event }) => event),
      );
      if (found.has(lane) || left.length > 0) aside.push(subject);
    }
    return aside;
  }

  return { move, stillAside };
}
