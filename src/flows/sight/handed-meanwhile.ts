import { accountOfKey, addressKeys } from '#domain/address';
import type { CrmContact } from '#domain/crm';
import { shortHash } from '#domain/hash';
import { createCrmConnections } from '#store/accounts/crms';
import { type Address, createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createAssignRows } from '#store/outbox/assign-rows';
import { connectorLane, creationKey } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { createRows } from '#store/outbox/rows';
import { isDecision } from './own-records.ts';

/**
 * A client may be handed over while a connected CRM is asked to make them. Then the contact comes under the former user, which
 * is Konvert's own word and no news: the address keeps its owner, and the CRM is told.
 */
export function createHandedMeanwhile(deps: StoreDeps) {
  const { clock, newId } = deps;
  const addresses = createAddresses(deps);
  const connections = createCrmConnections(deps);
  const assignRows = createAssignRows(deps);
  const lanes = createLanes(deps);
  const rows = createRows(deps);

  /**
   * Tells of an address whether its client was handed over since the CRM was asked to make that contact, which is not
   * stored yet.
   */
  async function isHandedFrom(account: string, contact: CrmContact): Promise<(address: Address) => boolean> {
    const users = await usersAskedFor(account, contact);
    return (address) => users.has(contact.responsibleUserId) && isOther(address, contact);
  }

  /** The users that the CRM was asked to make responsible for the contact. */
  async function usersAskedFor(account: string, contact: CrmContact): Promise<ReadonlySet<string>> {
    const { id, key, contactData } = contact;
    if (key === undefined) return NOBODY;
    const known = await addresses.getAll(addressKeys(account, contactData));
    const { decidedAt } = known.find((address) => address.contact?.id !== id && isDecision(address, key)) ?? {};
    if (decidedAt === undefined) return NOBODY;
    const lane = connectorLane(account);
    const row = await rows.get(lane, creationKey(lane, decidedAt, key));
    return row?.kind === 'creation' ? (row.users ?? NOBODY) : NOBODY;
  }

  /** The writes that tell the CRM of the address's owner. `before` is the user that its contact has there. */
  async function writesOf(address: Address, contact: string, before: string): Promise<Write[]> {
    const account = accountOfKey(address.key);
    const { key, owner } = address;
    if (owner === undefined || !(await connections.of(account))) return [];
    const about = { account, id: newId(), at: clock.now(), subject: shortHash(key) };
    const news = { ...about, contact, userId: owner, before };
    await assignRows.makeRoom(news);
    return assignRows.writesOf(news);
  }

  /** Makes a lane due that waits, so that what was written leaves within a minute. */
  async function hasten(account: string): Promise<void> {
    await lanes.hasten(connectorLane(account));
  }

  return { isHandedFrom, writesOf, hasten };
}

/** Whether the decision about the address made the contact, which it has not got yet, and somebody else has it by now. */
function isOther(address: Address, { id, key, responsibleUserId }: CrmContact): boolean {
  const { contact, owner } = address;
  if (key === undefined || contact?.id === id || !isDecision(address, key)) return false;
  return owner !== undefined && owner !== responsibleUserId;
}

const NOBODY: ReadonlySet<string> = new Set();
