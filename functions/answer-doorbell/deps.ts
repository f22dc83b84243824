import type { Doorbells } from '#bells';
import { createRingPages } from '#flows/ring-pages';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createSockets } from '#store/pages/sockets';
import { createTickets } from '#store/pages/tickets';
import { createPageTokens } from '#store/pages/tokens';
import type { AnswerDoorbellDeps } from './handler.ts';

/** What answer-doorbell is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly doorbells: Doorbells | undefined; readonly log: Log },
): AnswerDoorbellDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    tickets: createTickets(given),
    sockets: createSockets(given),
    ringPages: createRingPages(given),
  };
}
