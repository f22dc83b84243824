import { addressOfChat } from '#domain/address';
import { recordOf } from '#flows/sight/explain';
import { createAddresses } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import type { StoreDeps } from '#store/dynamo/client';
import type { EventRow } from '#store/outbox/row-item';

/** Reads the records that rows tell of, by their ids. One that was erased meanwhile is not among them. */
export type TellableRecords = (rows: readonly EventRow[]) => Promise<ReadonlyMap<string, Assignment>>;

/** Makes `tellableRecords`. A decision has no record before the client has a contact, and is read from the address then. */
export function createTellableRecords(deps: StoreDeps): TellableRecords {
  const assignments = createAssignments(deps);
  const addresses = createAddresses(deps);

  async function read(row: Extract<EventRow, { what: 'assignment' }>): Promise<Assignment | undefined> {
    const stored = await assignments.get(row.account, row);
    if (stored) return stored;
    const decided = recordOf(await addresses.get(addressOfChat(row.account, row.chat)), null);
    return decided?.assignmentId === row.assignmentId ? decided : undefined;
  }

  return async function tellableRecords(rows) {
    const told = rows.flatMap((row) => (row.kind === 'event' && row.what === 'assignment' ? [row] : []));
    const found = await Promise.all(told.map(read));
    return new Map(found.flatMap((record) => (record ? [[record.assignmentId, record]] : [])));
  };
}
