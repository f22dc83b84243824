import type { Bells } from '#bells';
import { createRetryReply } from '#flows/send-again/retry-reply';
import { createSendAgain } from '#flows/send-again/send-again';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAudit } from '#store/accounts/audit';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createCrmConnections } from '#store/accounts/crms';
import { createReceivers } from '#store/accounts/receivers';
import { createChats } from '#store/chats/chats';
import { createFacts } from '#store/chats/facts';
import { createWaitingReplies } from '#store/chats/waiting-replies';
import { createAddresses } from '#store/clients/addresses';
import { createContacts } from '#store/directory/contacts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createFailedRows } from '#store/outbox/failed-rows';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createLanePages } from '#store/outbox/lane-pages';
import { createLanes } from '#store/outbox/lanes';
import { createNews } from '#store/outbox/news';
import { createReopenedRows } from '#store/outbox/reopened-rows';
import { createRows } from '#store/outbox/rows';
import { createTasks } from '#store/outbox/tasks';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageDeliveriesDeps } from './handler.ts';

/** What manage-deliveries is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<LaneQueue | 'tasks'>; readonly log: Log },
): ManageDeliveriesDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    channels: createChannels(given),
    receivers: createReceivers(given),
    audit: createAudit(given),
    connections: createCrmConnections(given),
    contacts: createContacts(given),
    users: createUsers(given),
    settings: createSettings(given),
    chats: createChats(given),
    addresses: createAddresses(given),
    facts: createFacts(given),
    replies: createWaitingReplies(given),
    rows: createRows(given),
    failedRows: createFailedRows(given),
    reopenedRows: createReopenedRows(given),
    lanePages: createLanePages(given),
    news: createNews(given),
    tasks: createTasks(given),
    sendAgain: createSendAgain(given),
    lanes: createLanes(given),
    retryReply: createRetryReply(given),
  };
}
