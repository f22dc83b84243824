import { createCrmConnections } from '#store/accounts/crms';
import { createReceivers } from '#store/accounts/receivers';
import type { StoreDeps } from '#store/dynamo/client';
import { connectorLane, eventLane, queueOfClients, queueOfEvents } from '#store/outbox/lane-names';

/** The lane by which the CRM of an account is asked to make contacts and deals. Undefined if Konvert keeps them itself. */
export type LaneOfCrm = (account: string) => Promise<string | undefined>;

/** Makes `laneOfCrm`. A connected CRM goes before one that listens to `createContact` and `createDeal` (D10). */
export function createLaneOfCrm(deps: StoreDeps): LaneOfCrm {
  const connections = createCrmConnections(deps);
  const receivers = createReceivers(deps);

  return async function laneOfCrm(account) {
    if (await connections.of(account)) return connectorLane(account);
    return (await receivers.listening(account, 'contactsAndDealsCreation')) ? eventLane(account) : undefined;
  };
}

/** The queue in which a lane with creations rings. */
export function queueOfCreations(lane: string, slow: boolean): 'events' | 'slowEvents' | 'crm' {
  const queue = queueOfClients(lane);
  return queue === 'events' ? queueOfEvents(slow) : queue;
}
