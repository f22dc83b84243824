import type { Bells } from '#bells';
import { CRM, WEBHOOK } from '#domain/delivery-kind';
import { timeKey } from '#domain/time-key';
import { createCrmConnections } from '#store/accounts/crms';
import type { StoreDeps } from '#store/dynamo/client';
import { createFailedRows, type RowKey } from '#store/outbox/failed-rows';
import {
  connectorLane,
  eventLane,
  isEventLane,
  type LaneQueue,
  newsLane,
  queueOf,
  replyLane,
} from '#store/outbox/lane-names';
import { createLanePages } from '#store/outbox/lane-pages';
import { createLanes } from '#store/outbox/lanes';
import { createReopenedRows } from '#store/outbox/reopened-rows';
import { type ConnectorRow, type EventRow, isConnectorRow, isEventRow, type Row } from '#store/outbox/row-item';
import type { TaskOf } from '#store/outbox/tasks';
import { isOfCrm } from './of-crm.ts';
import type { PutBack } from './put-back.ts';
import { createRetryReply } from './retry-reply.ts';

export type RetryTask = TaskOf<'retry'>;

interface Sent {
  readonly count: number;
  readonly left?: RetryTask;
}

/** Keeps the task as it is given, so that the next run finds what this one was at if it is cut short. */
type Note = (task: RetryTask) => Promise<void>;

/** For so long a connection is cached, and a little longer. */
const KNOWN_MS = 11_000;
/** How many rows are put back together. */
const CHUNK = 200;

/** Sends again what failed for a target, in order, a piece at a time. Returns what is left when time is up. */
export function createRetryFailed(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }, { tell, open }: PutBack) {
  const { bells, clock } = deps;
  const connections = createCrmConnections(deps);
  const lanes = createLanes(deps);
  const { keysOf, getAll } = createFailedRows(deps);
  const { pageOf } = createLanePages(deps);
  const retryReply = createRetryReply(deps);
  const { reopenFailed } = createReopenedRows(deps);

  return async function retryFailed(task: RetryTask, until: number, note: Note): Promise<Sent> {
    const { account, target, begun } = task;
    const lane = target === CRM ? connectorLane(account) : (task.lane ?? eventLane(account));
    if (begun !== undefined) await tell(lane, [begun]);
    if (target === undefined) return { count: 0 };
    if (target === CRM) return retryAtCrm(task, until, note);
    return target === WEBHOOK
      ? retryRows(task, isOfEvents, isEventRow, until, note)
      : retryReplies(task, target, until);
  };

  async function retryRows(
    task: RetryTask,
    isKeyOf: (key: RowKey) => boolean,
    isRowOf: (row: Row) => row is EventRow | ConnectorRow,
    until: number,
    note: Note,
  ): Promise<Sent> {
    const { account } = task;
    const keys = await keysOf(account, isKeyOf, beforeOf(task));
    let count = 0;
    for (let start = 0; start < keys.length; start += CHUNK) {
      if (clock.now() >= until) return { count, left: task };
      const failed = (await getAll(keys.slice(start, start + CHUNK))).filter(isRowOf);
      const [first] = failed;
      if (!first) continue;
      await note({ ...task, begun: first.event });
      const opened = await open(failed, reopenFailed);
      await tell(isEventLane(first.lane) ? eventLane(account) : first.lane, opened);
      count += opened.length;
    }
    return { count };
  }

  /** What failed in a CRM that was left stays as it is. What waits is tried at once, also what has to be read there. */
  async function retryAtCrm(task: RetryTask, until: number, note: Note): Promise<Sent> {
    const { account, code } = task;
    const connection = await connections.now(account);
    const isAgain = (row: Row): row is ConnectorRow =>
      isConnectorRow(row) && isOfCrm(connection, row) && (code === undefined || row.lastError?.code === code);
    const isKeyOf = ({ lane }: RowKey) => lane === connectorLane(account);
    const sent = connection ? await retryRows(task, isKeyOf, isAgain, until, note) : { count: 0 };
    for (const lane of [connectorLane(account), newsLane(account)]) {
      await lanes.hasten(lane);
      // Whoever looks sooner may still know the connection that was left.
      await bells.ring(queueOf(lane, false), lane, connection ? undefined : KNOWN_MS);
    }
    return sent;
  }

  /** In the lane of a chat only replies that failed have rows. */
  async function retryReplies(task: RetryTask, target: string, until: number): Promise<Sent> {
    const { account } = task;
    const isFailed = ({ state, failedAt = '' }: Row) => state === 'failed' && failedAt < beforeOf(task);
    let count = 0;
    for (let from: string | undefined = ''; from !== undefined; ) {
      if (clock.now() >= until) return { count, left: task };
      const { rows: found, next } = await pageOf(replyLane(target), CHUNK, from || undefined);
      for (const row of found.filter(isFailed)) {
        if (row.kind !== 'reply' || row.account !== account) continue;
        await retryReply(row);
        count += 1;
      }
      from = next;
    }
    return { count };
  }
}

/** What failed since the task began is left alone: it would be sent again and again. */
function beforeOf({ at }: RetryTask): string {
  return timeKey(at, '');
}

function isOfEvents({ lane }: RowKey): boolean {
  return isEventLane(lane);
}
