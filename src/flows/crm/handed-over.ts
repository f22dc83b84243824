import type { StoreDeps } from '#store/dynamo/client';
import { connectorLane, notesOf } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import type { PendingPage } from '#store/outbox/pending-rows';
import { createRows } from '#store/outbox/rows';

const AT_ONCE = 1_000;

/** Makes `handedOverIn`: the contacts of an account that were handed over here, and of which the CRM was not told yet. */
export function createHandedOver(deps: StoreDeps) {
  const lanes = createLanes(deps);
  const rows = createRows(deps);

  return async function handedOverIn(account: string): Promise<ReadonlySet<string>> {
    const lane = connectorLane(account);
    const state = (await lanes.lanesOf([lane])).get(lane);
    const contacts = new Set<string>();
    // Nothing waits below `from`, and nothing at all in a lane that rests.
    for (let next = state && !state.rests ? state.from : undefined; next !== undefined; ) {
      const page: PendingPage = await rows.pendingPage(lane, next, AT_ONCE, notesOf(lane));
      for (const row of page.rows) if (row.kind === 'assign') contacts.add(row.contact);
      next = page.next;
    }
    return contacts;
  };
}
