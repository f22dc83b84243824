import { assignmentListQuery, presentAssignment } from '#api/assignment-routes';
import { type AuthenticateDeps, authenticate, authenticateCrm } from '#api/authenticate';
import { factPlace, readPlace, writeCursor } from '#api/cursor';
import { shownName } from '#api/present-chat';
import { type VisibleChatDeps, visibleChat } from '#api/visible-chat';
import { chatKey } from '#domain/message';
import type { Actor } from '#domain/sight';
import type { ExplainChat } from '#flows/sight/explain-chat';
import { channelNotFound, invalidRequest } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Channels } from '#store/accounts/channels';
import { type Chats, isChat } from '#store/chats/chats';
import type { Assignment, Assignments } from '#store/clients/assignments';

export interface ReadAssignmentsDeps extends AuthenticateDeps, VisibleChatDeps {
  readonly channels: Pick<Channels, 'get'>;
  readonly chats: Pick<Chats, 'get' | 'loadAll'>;
  readonly assignments: Pick<Assignments, 'page'>;
  readonly explainChat: ExplainChat;
  readonly log: Log;
}

const PAGE = 50;
/** How many records are read at once if only some of them are wanted, and how often, for one page. */
const LOOKS = 250;
const LOOKED_THROUGH = 4;

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
  const { channelId, chatType, chatId, userId, rule } = readValues(assignmentListQuery, request.query, invalidRequest);
  if (channelId === undefined || chatType === undefined || chatId === undefined) {
    const missing = Object.entries({ channelId, chatType, chatId }).filter(([, value]) => value === undefined);
    throw invalidRequest(missing.map(([name]) => name));
  }
  const { row } = await visibleChat({ ...request, params: { channelId, chatType, chatId } }, actor, deps, 'sees');
  const records = await deps.explainChat(actor, row);
  const wanted = records.filter(
    (record) => (userId ?? record.userId) === record.userId && (rule ?? record.rule) === record.rule,
  );
  return { status: 200, body: { assignments: await presentAll(deps, wanted) } };
}

async function list(deps: ReadAssignmentsDeps, { query }: HttpRequest, { account }: Actor): Promise<HttpResponse> {
  const { channels, assignments } = deps;
  const { channelId, userId, rule, cursor } = readValues(assignmentListQuery, query, invalidRequest);
  const after = readPlace(factPlace, 'cursor', cursor);
  if (channelId !== undefined && (await channels.get(channelId))?.account !== account) throw channelNotFound();
  const wanted = { channelId, userId, rule };
  const isWhole = Object.values(wanted).every((value) => value === undefined);
  const looks = isWhole ? PAGE : LOOKS;
  const found: Assignment[] = [];
  let next = after;
  for (let looked = 0; looked < (isWhole ? 1 : LOOKED_THROUGH); looked += 1) {
    const page = await assignments.page(account, PAGE - found.length, wanted, { after: next, looks });
    found.push(...page.assignments);
    next = page.next;
    if (next === undefined || found.length === PAGE) break;
  }
  return {
    status: 200,
    body: {
      assignments: await presentAll(deps, found),
      ...(next !== undefined && { nextCursor: writeCursor(next) }),
    },
  };
}

/** The records, with what their clients are called by now. */
async function presentAll({ chats }: ReadAssignmentsDeps, records: readonly Assignment[]) {
  const rows = await chats.loadAll([...new Set(records.map(chatKey))]);
  return records.map((record) => {
    const row = rows.get(chatKey(record));
    return presentAssignment(record, row && isChat(row) ? shownName(row) : record.chatId);
  });
}
