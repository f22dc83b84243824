import type { Doorbells } from '#bells';
import { createCardKeys } from '#flows/card-keys';
import { createRingPages } from '#flows/ring-pages';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createChats } from '#store/chats/chats';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import { createSockets } from '#store/pages/sockets';
import { createTickets } from '#store/pages/tickets';
import { createPageTokens } from '#store/pages/tokens';
import { createWriting } from '#store/pages/writing';
import type { AnswerDoorbellDeps } from './handler.ts';

/** What answer-doorbell is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly doorbells: Doorbells | undefined; readonly log: Log },
): AnswerDoorbellDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    users: createUsers(given),
    tokens: createPageTokens(given),
    cardKeys: createCardKeys(given),
    tickets: createTickets(given),
    chats: createChats(given),
    sockets: createSockets(given),
    subscriptions: createPushSubscriptions(given),
    writing: createWriting(given),
    ringPages: createRingPages(given),
  };
}
