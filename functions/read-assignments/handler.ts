import { assignmentListQuery, presentAssignment } from '#api/assignment-routes';
import { authenticateCrm } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import type { Actor } from '#domain/sight';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Channels } from '#store/accounts/channels';
import type { Assignments } from '#store/clients/assignments';
import type { PageTokens } from '#store/pages/tokens';

export interface ReadAssignmentsDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly channels: Pick<Channels, 'get'>;
  readonly assignments: Pick<Assignments, 'page'>;
  readonly log: Log;
}

const PAGE = 50;
/** How many pages are searched for records of the channel before the caller has to ask for more. */
const LOOKED_THROUGH = 20;

/** Why users became responsible (D9), the newest first. */
export function createHandler(deps: ReadAssignmentsDeps): HttpHandler {
  return createRoute(async (request) => list(deps, request, await authenticateCrm(request, deps)), deps);
}

async function list(
  { channels, assignments }: ReadAssignmentsDeps,
  { query }: HttpRequest,
  { account }: Actor,
): Promise<HttpResponse> {
  const { channelId, cursor } = readValues(assignmentListQuery, query, invalidRequest);
  const after = readPlace(factPlace, 'cursor', cursor);
  if (channelId !== undefined && (await channels.get(channelId))?.account !== account) throw channelNotFound();
  let page = await assignments.page(account, PAGE, { channelId, after });
  for (
    let looked = 1;
    page.assignments.length === 0 && page.next !== undefined && looked < LOOKED_THROUGH;
    looked += 1
  ) {
    page = await assignments.page(account, PAGE, { channelId, after: page.next });
  }
  return {
    status: 200,
    body: {
      assignments: page.assignments.map(presentAssignment),
      ...(page.next !== undefined && { nextCursor: writeCursor(page.next) }),
    },
  };
}
