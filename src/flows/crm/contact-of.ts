import { accountOfKey } from '#domain/address';
import type { ContactOf } from '#domain/next-act';
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
 * Who keeps the contact of the client (T4). A CRM hears of assignments by a connector, or by a receiver that is subscribed to
 * them. Until it has made contact and deal, nobody keeps them, though the contact may be there already.
 */
export type ReadContactOf = (client: AskedClient) => Promise<ContactOf>;

/** Makes `readContactOf`. It is asked when a client is about to be returned, so it reads what is stored then. */
export function createReadContactOf(deps: StoreDeps): ReadContactOf {
  const connections = createCrmConnections(deps);
  const receivers = createReceivers(deps);
  const rows = createRows(deps);

  return async function readContactOf({ address, contact }) {
    const account = accountOfKey(address.key);
    if (await isBeingMade(account, address)) return 'nobody-yet';
    // Without a contact only the address can be given to somebody else, and there is none to take a user from.
    if (!contact) return 'none';
    if (contact.own !== undefined) return 'konvert';
    return (await hearsAssignments(account)) ? 'crm-that-hears' : 'crm';
  };

  async function hearsAssignments(account: string): Promise<boolean> {
    const connection = await connections.of(account);
    if (connection) return !connection.isDisabled;
    return listensTo(await receivers.listening(account, 'assignments'), 'assignments');
  }

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
