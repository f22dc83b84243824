import type { Bells } from '#bells';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createChannels } from '#store/accounts/channels';
import { createAttempts } from '#store/chats/attempts';
import { createFacts } from '#store/chats/facts';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { createRows } from '#store/outbox/rows';
import type { ManageDeliveriesDeps } from './handler.ts';

/** What manage-deliveries is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<LaneQueue>; readonly log: Log },
): ManageDeliveriesDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    channels: createChannels(given),
    facts: createFacts(given),
    replies: createWaitingReplies(given),
    rows: createRows(given),
    lanes: createLanes(given),
    attempts: createAttempts(given),
  };
}
