import { authenticate, nameOfBearer } from '#api/authenticate';
import type { Doorbells } from '#bells';
import type { CardKeys } from '#flows/card-keys';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { SocketEvent, SocketHandler } from '#http/socket';
import type { Accounts } from '#store/accounts/accounts';
import type { Users } from '#store/directory/users';
import type { Tickets } from '#store/pages/tickets';
import type { PageTokens } from '#store/pages/tokens';
import { createSocketHandler, type SocketDeps } from './sockets.ts';

export interface AnswerDoorbellDeps extends SocketDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly users: Pick<Users, 'get'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly cardKeys: CardKeys;
  readonly tickets: Pick<Tickets, 'make' | 'spend'>;
  readonly doorbells: Doorbells | undefined;
}

/** Answers a route of the HTTP API, and the events of sockets. */
export type AnswerDoorbell = HttpHandler & SocketHandler;

/** Gives out the address of a socket, with a ticket that opens it once, and answers what comes by the socket then. */
export function createHandler(deps: AnswerDoorbellDeps): AnswerDoorbell {
  const answerRequest = createTicketRoute(deps);
  const answerSocket = createSocketHandler(deps);
  return ((event: Parameters<HttpHandler>[0] | SocketEvent) =>
    'connectionId' in event.requestContext
      ? answerSocket(event as SocketEvent)
      : answerRequest(event as Parameters<HttpHandler>[0])) as AnswerDoorbell;
}

function createTicketRoute(deps: AnswerDoorbellDeps): HttpHandler {
  const { tickets, doorbells } = deps;
  return createRoute(async (request) => {
    const asker = await authenticate(request, deps);
    const { account, userId, userName, userMade, page } = asker;
    // A deployment may have no sockets. `GET /v1/me` says so.
    if (!doorbells) throw notFound();
    const ticket = await tickets.make({
      account,
      ...(userId !== undefined && { userId }),
      ...(userName !== undefined && { userName }),
      ...(userMade !== undefined && { userMade }),
      ...(page?.scope.kind === 'card' && { card: await deps.cardKeys(account, page.scope.filter ?? []) }),
      bearer: nameOfBearer(request, asker),
    });
    return { status: 201, body: { url: doorbells.addressFor(ticket, request.headers) } };
  }, deps);
}
