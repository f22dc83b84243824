import type { Bells } from '#bells';
import { accountOfKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import { createCommit } from '#flows/sight/commit';
import { ownIds } from '#flows/sight/own-records';
import { createTellLane } from '#flows/tell-lane';
import type { Address } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { creationKey } from '#store/outbox/lane-names';
import { createRows } from '#store/outbox/rows';
import { createLaneOfCrm, queueOfCreations } from './lane-of-crm.ts';

/**
 * Asks the CRM to make contact and deal of a decided address, if it listens to that (D10), and lets the chats follow the
 * decision at once. False if it does not listen, and nothing was done.
 */
export type AskCrm = (address: Address) => Promise<boolean>;

/** Makes `askCrm`. A decision has one row, which stays when it has ended, so repeating it asks once. */
export function createAskCrm(deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> }): AskCrm {
  const laneOfCrm = createLaneOfCrm(deps);
  const rows = createRows(deps);
  const tellLane = createTellLane(deps, queueOfCreations);
  const { settleChats } = createCommit(deps);

  return async function askCrm(address) {
    const { key, decidedAt } = address;
    const account = accountOfKey(key);
    const lane = decidedAt === undefined ? undefined : await laneOfCrm(account);
    if (decidedAt === undefined || lane === undefined) return false;
    await settleChats(key);
    const ids = ownIds(address, decidedAt);
    const event = creationKey(lane, decidedAt, ids.contact);
    const about = { kind: 'creation' as const, subject: shortHash(key), address: key, decidedAt, ids };
    const added = await rows.add({ ...about, lane, event, account, storedAt: decidedAt });
    if (added !== 'ended') await tellLane(lane, [event]);
    return true;
  };
}
