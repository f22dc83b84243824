import type { Listed } from '#api/delivery-routes';
import { eventLanesOf } from '#flows/events/event-lanes';
import type { LanePages } from '#store/outbox/lane-pages';
import type { Lanes } from '#store/outbox/lanes';
import { isEventRow } from '#store/outbox/row-item';
import { type Asked, isAsked, listedEvent } from './listed.ts';

/** A lane of events, and the sort key in it from which a page begins. */
export type EventPlace = readonly [lane: string, from: string];

export interface PendingEventsDeps {
  readonly lanes: Pick<Lanes, 'lanesOf'>;
  readonly lanePages: Pick<LanePages, 'pageOf'>;
}

/** The most rows that are looked at for a page. */
const LOOKS = 500;

/** At most `limit` events that wait, those that were set aside first, and the place to go on from. */
export async function pendingEvents(
  deps: PendingEventsDeps,
  account: string,
  asked: Asked,
  limit: number,
  [startLane = '', startFrom = '']: EventPlace | readonly [] = [],
): Promise<{ listed: Listed[]; next?: EventPlace }> {
  const listed: Listed[] = [];
  let looks = LOOKS;
  for (const [lane, state] of await eventLanesOf(deps.lanes, account)) {
    if (lane < startLane) continue;
    let from: string | undefined = lane === startLane ? startFrom : state.from;
    while (from !== undefined) {
      if (looks <= 0) return { listed, next: [lane, from] };
      const { rows, next } = await deps.lanePages.pageOf(lane, Math.min(looks, limit * 2), from);
      looks -= Math.max(1, rows.length);
      for (const row of rows) {
        if (row.state !== 'pending' || !isEventRow(row) || !isAsked(asked, row)) continue;
        if (listed.length === limit) return { listed, next: [lane, row.event] };
        listed.push(listedEvent(row, state));
      }
      from = next;
    }
  }
  return { listed };
}
