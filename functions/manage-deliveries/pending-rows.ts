import type { Listed } from '#api/delivery-routes';
import { eventLanesOf } from '#flows/events/event-lanes';
import type { Lane } from '#store/outbox/lane-item';
import { accountOfNewsLane, connectorLane, newsLane } from '#store/outbox/lane-names';
import type { LanePages } from '#store/outbox/lane-pages';
import type { Lanes } from '#store/outbox/lanes';
import type { News } from '#store/outbox/news';
import { isConnectorRow, isEventRow } from '#store/outbox/row-item';
import { type Asked, isAsked, listedNews, listedRow, mayHold } from './listed.ts';

/** A lane of events or of a connected CRM, and the sort key in it from which a page begins. */
export type RowPlace = readonly [lane: string, from: string];

export interface PendingRowsDeps {
  readonly lanes: Pick<Lanes, 'lanesOf'>;
  readonly lanePages: Pick<LanePages, 'waitingPage'>;
  readonly news: Pick<News, 'pageOf'>;
}

/** The most rows that are looked at for a page. */
const LOOKS = 500;

/**
 * At most `limit` of what waits in the lanes that are known by name, and the place to go on from: the events that were set
 * aside first, then what a connected CRM has to be told, the other events, and what has to be read from the CRM.
 */
export async function pendingRows(
  deps: PendingRowsDeps,
  account: string,
  asked: Asked,
  limit: number,
  [startLane = '', startFrom = '']: RowPlace | readonly [] = [],
): Promise<{ listed: Listed[]; next?: RowPlace }> {
  const listed: Listed[] = [];
  let looks = LOOKS;
  for (const [lane, state] of await lanesOf(deps, account)) {
    if (lane < startLane || !mayHold(asked, lane)) continue;
    let from: string | undefined = lane === startLane ? startFrom : state.from;
    while (from !== undefined) {
      if (looks <= 0) return { listed, next: [lane, from] };
      const { rows, looked, next } = await pageOf(deps, lane, state, Math.min(looks, limit * 2), from);
      looks -= Math.max(1, looked);
      for (const row of rows) {
        if (!isAsked(asked, row)) continue;
        if (listed.length === limit) return { listed, next: [lane, row.event] };
        listed.push(row);
      }
      from = next;
    }
  }
  return { listed };
}

/** The lanes of the account's events and of its connected CRM in which something waits, by their names. */
async function lanesOf({ lanes }: PendingRowsDeps, account: string): Promise<[string, Lane][]> {
  const [ofEvents, ofCrm] = await Promise.all([
    eventLanesOf(lanes, account),
    lanes.lanesOf([connectorLane(account), newsLane(account)]),
  ]);
  const waiting = [...ofEvents, ...ofCrm].filter(([, { rests }]) => !rests);
  return waiting.sort(([one], [other]) => (one < other ? -1 : 1));
}

async function pageOf(
  { lanePages, news }: PendingRowsDeps,
  lane: string,
  state: Lane,
  limit: number,
  from: string,
): Promise<{ rows: Listed[]; looked: number; next?: string | undefined }> {
  if (accountOfNewsLane(lane) !== undefined) {
    const { rows, next } = await news.pageOf(lane, limit, from);
    return { rows: rows.map((row) => listedNews(row, state)), looked: rows.length, next };
  }
  const { rows, next } = await lanePages.waitingPage(lane, limit, state, from);
  const waiting = rows.filter((row) => row.state === 'pending').filter((row) => isEventRow(row) || isConnectorRow(row));
  return { rows: waiting.map((row) => listedRow(row, state)), looked: rows.length, next };
}
