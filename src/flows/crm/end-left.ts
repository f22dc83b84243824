import type { Bells } from '#bells';
import { type CrmConnection, holdsFormer } from '#domain/crm';
import { CRM_DISCONNECTED } from '#flows/send-again/of-crm';
import { createTellLane } from '#flows/tell-lane';
import { createReceivers } from '#store/accounts/receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { creationKey, eventLane, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import type { ConnectorRow, DeliveryError, RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';

type Creation = RowOf<'creation'>;

const LEFT: DeliveryError = {
  code: CRM_DISCONNECTED,
  description: 'The CRM was disconnected before it was told',
};

/**
 * Whether the row waits for a CRM that the account has left: there is none, or another one was connected since. A hand-over
 * names a contact, who may be one of the former portal until those are forgotten (ADR 88).
 */
export function isLeft(connection: CrmConnection | undefined, row: ConnectorRow): boolean {
  if (connection === undefined) return true;
  if (row.kind === 'assign' && (holdsFormer(connection) || row.since < (connection.forgotAt ?? 0))) return true;
  return row.since < connection.madeAt && !isNewClient(row);
}

/**
 * Makes `endLeft`, which ends what waited for a CRM that the account has left (ADR 85). A new client goes to whoever makes
 * contacts now: the receiver that listens to that, else Konvert (D10). What the CRM has made counts. Everything else
 * fails, so that people see what the CRM was not told.
 */
export function createEndLeft(deps: StoreDeps & { readonly bells: Bells<LaneQueue | 'tasks'> }) {
  const { bells } = deps;
  const receivers = createReceivers(deps);
  const rows = createRows(deps);
  const tasks = createTasks(deps);
  const tellLane = createTellLane(deps, queueOf);

  return async function endLeft(row: ConnectorRow): Promise<void> {
    if (row.kind !== 'creation' || row.asked) return rows.markFailed(row, LEFT);
    const { address, ids, made } = row;
    // A client whose request was not made waits in the pool, as in mode first-reply (D6).
    if (row.isEnquiry) return rows.markDone(row);
    if (made) await begin({ kind: 'adopt', address, creation: ids.contact, made });
    else await handOver(row);
    await rows.markDone(row);
  };

  async function handOver({ account, address, subject, decidedAt, ids }: Creation): Promise<void> {
    if (!(await receivers.listening(account, 'contactsAndDealsCreation'))) return begin({ kind: 'keep', address });
    const lane = eventLane(account);
    const event = creationKey(lane, decidedAt, ids.contact);
    const about = { kind: 'creation' as const, subject, address, decidedAt, ids };
    const added = await rows.add({ ...about, lane, event, account, storedAt: decidedAt });
    if (added !== 'ended') await tellLane(lane, [event]);
  }

  async function begin(task: Task): Promise<void> {
    await tasks.put(task);
    await bells.ring('tasks', taskName(task));
  }
}

/** Whether nothing was made for a new client so far: any CRM can do that. */
function isNewClient(row: ConnectorRow): boolean {
  return row.kind === 'creation' && !row.asked && !row.made && !row.isEnquiry;
}
