import { assignmentListQuery, presentAssignment } from '#api/assignment-routes';
import { type AuthenticateDeps, authenticate, authenticateCrm } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import { type VisibleChatDeps, visibleChat } from '#api/visible-chat';
import type { Actor } from '#domain/sight';
import type { ExplainChat } from '#flows/sight/explain-chat';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Channels } from '#store/accounts/channels';
import type { Assignments } from '#store/clients/assignments';

export interface ReadAssignmentsDeps extends AuthenticateDeps, VisibleChatDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly assignments: Pick<Assignments, 'page'>;
  readonly explainChat: ExplainChat;
  readonly log: Log;
}

const PAGE = 50;
/** How many pages are searched for records of the channel before the caller has to ask for more. */
const LOOKED_THROUGH = 20;

/** Why users became responsible (D9), the newest first: the whole log for the CRM, or of one chat for who sees it. */
export function createHandler(deps: ReadAssignmentsDeps): HttpHandler {
  return createRoute(async (request) => {
    const { chatType, chatId } = request.query;
    if (chatType === undefined && chatId === undefined) {
      return list(deps, request, await authenticateCrm(request, deps));
    }
    return ofChat(deps, request, await authenticate(request, deps));
  }, deps);
}

async function ofChat(deps: ReadAssignmentsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { channelId, chatType, chatId } = readValues(assignmentListQuery, request.query, invalidRequest);
  if (channelId === undefined || chatType === undefined || chatId === undefined) {
    const missing = Object.entries({ channelId, chatType, chatId }).filter(([, value]) => value === undefined);
    throw invalidRequest(missing.map(([name]) => name));
  }
  const { row } = await visibleChat({ ...request, params: { channelId, chatType, chatId } }, actor, deps, 'sees');
  const records = await deps.explainChat(actor, row);
  return { status: 200, body: { assignments: records.map(presentAssignment) } };
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
