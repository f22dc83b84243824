import type { Bells } from '#bells';
import { accountOfKey } from '#domain/address';
import { WITH_UNSORTED } from '#domain/crm-offers';
import { enquiryIds } from '#domain/enquiry';
import { shortHash } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { isNewClient } from '#flows/decide';
import { createTellLane } from '#flows/tell-lane';
import { createSettings } from '#store/accounts/channel-settings';
import { createCrmConnections } from '#store/accounts/crms';
import { type Address, createAddresses, type Enquiry } from '#store/clients/addresses';
import { createEnquiries } from '#store/clients/enquiries';
import type { StoreDeps } from '#store/dynamo/client';
import { connectorLane, creationKey } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';
import { queueOfCreations } from './lane-of-crm.ts';

/**
 * Puts a new client of whom no user is responsible into the inbox of the connected CRM, if it has one (D5, D6). Repeating
 * it asks once.
 */
export type AskEnquiry = (address: Address) => Promise<void>;

/** Makes `askEnquiry`. What is decided stands on the address, and the row that asks the CRM follows from it. */
export function createAskEnquiry(
  deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> },
): AskEnquiry {
  const { clock } = deps;
  const connections = createCrmConnections(deps);
  const settings = createSettings(deps);
  const addresses = createAddresses(deps);
  const enquiries = createEnquiries(deps);
  const rows = createRows(deps);
  const tellLane = createTellLane(deps, queueOfCreations);

  return async function askEnquiry(address) {
    if (!isNewClient(address)) return;
    const account = accountOfKey(address.key);
    const connection = await connections.of(account);
    if (!connection?.portal || !WITH_UNSORTED.includes(connection.crm)) return;
    const { accountId: portal } = connection.portal;
    const enquiry = address.enquiry?.portal === portal ? address.enquiry : await begin(address, portal);
    if (!enquiry || enquiry.made) return;
    const { at, ids } = enquiry;
    const lane = connectorLane(account);
    const event = enquiryKey(lane, enquiry);
    const about = { kind: 'creation' as const, isEnquiry: true, subject: shortHash(address.key), address: address.key };
    const added = await rows.add({ ...about, decidedAt: at, ids, lane, event, account, storedAt: at });
    if (added !== 'ended') await tellLane(lane, [event]);
  };

  async function begin(address: Address, portal: string): Promise<Enquiry | undefined> {
    const { key, generation } = address;
    const chatKey = await chatOf(address);
    if (chatKey === undefined) return undefined;
    const at = clock.now();
    const enquiry: Enquiry = { at, chatKey, portal, ids: enquiryIds(key, generation, at) };
    if (await enquiries.begin(address, enquiry)) return enquiry;
    const now = await addresses.get(key);
    return isNewClient(now) && now.enquiry?.portal === portal ? now.enquiry : undefined;
  }

  /** A chat in whose channel nobody gets new clients by a turn: its mode is `unsorted`, or no user was eligible (D6). */
  async function chatOf({ wrote }: Address): Promise<string | undefined> {
    const channelOf = (chatKey: string) => chatOfKey(chatKey).channelId;
    const chosen = await settings.settingsOf([...new Set(wrote.map(channelOf))]);
    return wrote.find((chatKey) => {
      const mode = chosen.get(channelOf(chatKey))?.newClients.mode;
      return mode === 'unsorted' || mode === 'round-robin';
    });
  }
}

/** The place of the request in the lane of its CRM. */
export function enquiryKey(lane: string, { at, ids }: Pick<Enquiry, 'at' | 'ids'>): string {
  return creationKey(lane, at, ids.contact);
}
