import type { CrmUnderWay } from '#api/present-crm';
import type { Clock } from '#clock';
import type { CrmConnection } from '#domain/crm';
import { isOfCrm } from '#flows/send-again/of-crm';
import type { FailedRows } from '#store/outbox/failed-rows';
import type { Lane } from '#store/outbox/lane-item';
import { connectorLane } from '#store/outbox/lane-names';
import type { LanePages } from '#store/outbox/lane-pages';
import type { Lanes } from '#store/outbox/lanes';
import type { News } from '#store/outbox/news';
import type { Row } from '#store/outbox/row-item';

export interface WaitingDeps {
  readonly lanes: Pick<Lanes, 'lanesOf'>;
  readonly lanePages: Pick<LanePages, 'waitingPage'>;
  readonly failedRows: Pick<FailedRows, 'pageOf'>;
  readonly news: Pick<News, 'isRefreshing'>;
  readonly clock: Clock;
}

/** So many rows of the lane are looked at, and so many that failed. A page of settings asks every few seconds. */
const LOOKS = 500;
const MOST_FAILED = 100;

/** What waits for the account's CRM, what has failed there, and until when nothing is called. */
export async function readWaiting(
  { lanes, lanePages, failedRows, news, clock }: WaitingDeps,
  connection: CrmConnection,
): Promise<CrmUnderWay> {
  const { account } = connection;
  const lane = connectorLane(account);
  const [found, failed, refreshing] = await Promise.all([
    lanes.lanesOf([lane]),
    failedRows.pageOf(account, MOST_FAILED, undefined, (key) => key.lane === lane),
    news.isRefreshing(account),
  ]);
  const state = found.get(lane);
  // Nothing waits below `from`, and nothing at all in a lane that rests.
  const page = state && !state.rests ? await lanePages.waitingPage(lane, LOOKS, state) : { rows: [] };
  const pending = page.rows.filter((row) => row.state === 'pending');
  const ours = failed.rows.filter((row) => isOfCrm(connection, row));
  const shutOut = ours.filter(({ lastError }) => lastError?.code === 'CRM_UNAUTHORIZED');
  return {
    waiting: pending.length,
    clientsWaiting: [...pending, ...shutOut].filter(isNewClient).length,
    failed: ours.length,
    atLeast: page.next !== undefined || failed.next !== undefined,
    refreshing,
    held: state && heldBy(state, clock.now()),
  };
}

/** Whether the row is a client who is not in the CRM yet. What failed because the CRM let nobody in leaves by itself. */
function isNewClient(row: Row): boolean {
  return row.kind === 'creation' && !row.asked && !row.made;
}

function heldBy({ nextAt, lastError, wasTaken, rests }: Lane, now: number): CrmUnderWay['held'] {
  return lastError && !wasTaken && !rests && nextAt > now ? { until: nextAt, because: lastError } : undefined;
}
