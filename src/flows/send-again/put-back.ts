import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { createTellLane } from '#flows/tell-lane';
import type { StoreDeps } from '#store/dynamo/client';
import { accountOfConnectorLane, eventLane, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import type { ConnectorRow, EventRow } from '#store/outbox/row-item';

/** How many subjects are put back at the same time. */
const AT_ONCE = 32;

export type PutBack = ReturnType<typeof createPutBack>;

/** Puts what had ended back into its lane: that of the account's events, or that of its connected CRM. */
export function createPutBack(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }) {
  const lanes = createLanes(deps);
  /** Tells the lane of rows of these sort keys. Its holder looks again, from the first of them on. */
  const tell = createTellLane(deps, queueOf);

  /**
   * Opens the rows, which are in order, and returns the sort keys of those that were opened. Those of one subject are
   * opened one after the other, because the lane may be read meanwhile and has to show the older ones first.
   */
  async function open<R extends EventRow | ConnectorRow>(
    rows: readonly R[],
    reopen: (row: R) => Promise<boolean>,
  ): Promise<string[]> {
    const opened: string[] = [];
    const [oldest] = rows;
    // The holder of a connected CRM's lane reads anew before each call.
    if (oldest && accountOfConnectorLane(oldest.lane) === undefined) {
      await lanes.beginOpening(eventLane(oldest.account), oldest.event);
    }
    const subjects = Map.groupBy(rows, ({ subject }) => subject);
    await eachAtOnce([...subjects.values()], AT_ONCE, async (ofSubject) => {
      for (const row of ofSubject) if (await reopen(row)) opened.push(row.event);
    });
    return opened;
  }

  return { tell, open };
}
