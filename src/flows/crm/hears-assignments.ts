import { accountOfKey } from '#domain/address';
import { listensTo } from '#domain/receiver';
import { ownIds } from '#flows/sight/own-records';
import { createCrmConnections } from '#store/accounts/crms';
import { createReceivers } from '#store/accounts/receivers';
import type { Address } from '#store/clients/addresses';
import type { ContactRow } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { connectorLane, creationKey, eventLane } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';

/** A client as the question needs them: their address, and their contact if they have one. */
export interface AskedClient {
  readonly address: Pick<Address, 'key' | 'generation' | 'decidedAt'>;
  readonly contact: Pick<ContactRow, 'own'> | undefined;
}

/**
 * Whether everybody who keeps the client would hear that somebody else is responsible (T4). A contact that Konvert keeps
 * needs no more. The CRM's own contact needs a connector, or a receiver that is subscribed to `assignments`. Undefined while the
 * CRM is asked to make the client: nobody hears yet.
 */
export type HearsAssignments = (client: AskedClient) => Promise<boolean | undefined>;

/** Makes `hearsAssignments`. It is asked when a client is about to be returned, so it reads what is stored then. */
export function createHearsAssignments(deps: StoreDeps): HearsAssignments {
  const connections = createCrmConnections(deps);
  const receivers = createReceivers(deps);
  const rows = createRows(deps);

  return async function hearsAssignments({ address, contact }) {
    const account = accountOfKey(address.key);
    if (await isBeingMade(account, address)) return undefined;
    if (!contact || contact.own !== undefined) return true;
    const connection = await connections.of(account);
    if (connection) return !connection.isDisabled;
    return listensTo(await receivers.listening(account, 'assignments'), 'assignments');
  };

  /** Whether the CRM, by its connector or by its receiver, is still to make contact and deal of the decision. */
  async function isBeingMade(account: string, address: AskedClient['address']): Promise<boolean> {
    const { decidedAt } = address;
    if (decidedAt === undefined) return false;
    const { contact } = ownIds(address, decidedAt);
    const lanes = [eventLane(account), connectorLane(account)];
    const found = await Promise.all(lanes.map((lane) => rows.get(lane, creationKey(lane, decidedAt, contact))));
    return found.some((row) => row?.state === 'pending');
  }
}
