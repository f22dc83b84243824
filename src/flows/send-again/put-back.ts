import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { createTellLane } from '#flows/tell-lane';
import type { StoreDeps } from '#store/dynamo/client';
import { eventLane, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import type { EventRow } from '#store/outbox/row-item';

/** How many subjects are put back at the same time. */
const AT_ONCE = 32;

export type PutBack = ReturnType<typeof createPutBack>;

/** Puts events back into the lane of their account. */
export function createPutBack(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }) {
  const lanes = createLanes(deps);
  const tellLane = createTellLane(deps, queueOf);

  /** Tells the lane of rows of these sort keys. Its holder looks again, from the first of them on. */
  async function tell(account: string, added: readonly string[]): Promise<void> {
    await tellLane(eventLane(account), added);
  }

  /**
   * Opens the rows, which are in order, and returns the sort keys of those that were opened. Those of one subject are
   * opened one after the other, because the lane may be read meanwhile and has to show the older ones first.
   */
  async function open(rows: readonly EventRow[], reopen: (row: EventRow) => Promise<boolean>): Promise<string[]> {
    const opened: string[] = [];
    const [oldest] = rows;
    if (oldest) await lanes.beginOpening(eventLane(oldest.account), oldest.event);
    const subjects = Map.groupBy(rows, ({ subject }) => subject);
    await eachAtOnce([...subjects.values()], AT_ONCE, async (ofSubject) => {
      for (const row of ofSubject) if (await reopen(row)) opened.push(row.event);
    });
    return opened;
  }

  return { tell, open };
}
