import * as z from 'zod/mini';
import { type Asker, authenticate } from '#api/authenticate';
import { chatListQuery, presentCounter } from '#api/chat-routes';
import { chatPlace, factPlace, readPlace, writeCursor } from '#api/cursor';
import { messageListQuery } from '#api/history-routes';
import { deletedOf, presentChat } from '#api/present-chat';
import { presentMessage } from '#api/present-message';
import { installationSecret } from '#api/seen-token';
import { visibleChat } from '#api/visible-chat';
import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { FIRST_KEY, isOwnEcho, leastKey } from '#domain/fact';
import type { ListCursor } from '#domain/list';
import { seenOf, writeSeenUpTo } from '#domain/seen';
import { NO_SETTINGS } from '#domain/settings';
import type { Actor } from '#domain/sight';
import { beginOfTime } from '#domain/time-key';
import type { AddressLists } from '#flows/address-lists';
import type { Roots } from '#flows/identity/roots';
import type { ListPage, Lists } from '#flows/lists';
import { hashInLog } from '#flows/name-in-log';
import { invalidRequest, notFound, RequestError } from '#http/errors';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Options } from '#store/accounts/account-options';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Installation } from '#store/accounts/installation';
import type { Chats } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Outcomes } from '#store/chats/outcomes';
import type { Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';
import { type FindInDeps, findIn } from './find-in.ts';
import { type NewestMessageDeps, newestMessage } from './newest-message.ts';
import { type NoticesDeps, notices } from './notices.ts';

export interface ReadChatsDeps extends FindInDeps, NewestMessageDeps, NoticesDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read' | 'settingsOf'>;
  readonly options: Pick<Options, 'optionsOf'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly lists: Lists;
  readonly addressLists: AddressLists;
  readonly facts: Pick<Facts, 'page'>;
  readonly outcomes: Pick<Outcomes, 'outcomesOf'>;
  /** The base of the addresses of files. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

const PAGE = 50;
/** How many chats are looked at for a notice. So many wait for nobody who answers them. */
const NOTICED = 100;

const listPlace = z.object({
  begunAt: z.int(),
  block: z.enum(['unanswered', 'rest']),
  after: z.exactOptional(chatPlace),
});

/** What the team sees: the list in order of urgency, one chat, its history, a user's counter, and who wrote last. */
export function createHandler(deps: ReadChatsDeps): HttpHandler {
  const reads: Record<string, (request: HttpRequest, actor: Asker) => Promise<HttpResponse>> = {
    '/v1/chats': (request, actor) => list(deps, request, actor),
    '/v1/chats/{channelId}/{chatType}/{chatId}': (request, actor) => one(deps, request, actor),
    '/v1/chats/{channelId}/{chatType}/{chatId}/messages': (request, actor) => history(deps, request, actor),
    '/v3/unanswered/{id}': (request, actor) => counter(deps, request, actor),
    '/v1/me/notices': (_request, actor) => noticesOfUser(deps, actor),
  };
  return createRoute(async (request) => {
    if (request.route === '/v1/channels/{channelId}/newest-message') return newestMessage(deps, request);
    const actor = await authenticate(request, deps);
    const read = reads[request.route];
    if (!read) throw notFound();
    return read(request, actor);
  }, deps);
}

async function list(deps: ReadChatsDeps, { query }: HttpRequest, actor: Asker): Promise<HttpResponse> {
  const { installation, channels, clock } = deps;
  const { view = 'all', limit = PAGE, cursor, find } = readValues(chatListQuery, query, invalidRequest);
  if (find !== undefined) return findIn(deps, actor, find, limit, cursor);
  const at = readPlace(listPlace, 'cursor', cursor) ?? { begunAt: clock.now(), block: 'unanswered' };
  const [page, secret] = await Promise.all([pageOf(deps, actor, view, limit, at), installationSecret(installation)]);
  const deleted = await deletedOf(channels, page.rows);
  return {
    status: 200,
    body: {
      chats: page.rows.map((row) =>
        presentChat(row, actor, page.settings.get(row.channelId) ?? NO_SETTINGS, secret, deleted),
      ),
      ...(page.next && { nextCursor: writeCursor(page.next) }),
    },
  };
}

async function noticesOfUser(deps: ReadChatsDeps, actor: Asker): Promise<HttpResponse> {
  const at: ListCursor = { begunAt: deps.clock.now(), block: 'unanswered' };
  return notices(deps, actor, await pageOf(deps, actor, 'unanswered', NOTICED, at));
}

/** A page that was opened for a card lists the chats of the card's addresses. What else is seen is not its matter. */
function pageOf(
  { lists, addressLists }: ReadChatsDeps,
  actor: Asker,
  view: 'all' | 'unanswered',
  limit: number,
  at: ListCursor,
): Promise<ListPage> {
  const { kind, filter = [] } = actor.page?.scope ?? {};
  if (kind !== 'card') return lists.read(actor, view, limit, at);
  const keys = filter.map(({ chatType, chatId }) => addressKey(actor.account, chatType, chatId));
  return addressLists.read(actor, [...new Set(keys)], view, limit, at);
}

async function one(deps: ReadChatsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { row, settings } = await visibleChat(request, actor, deps, 'sees');
  const [secret, deleted] = await Promise.all([installationSecret(deps.installation), deletedOf(deps.channels, [row])]);
  const body = presentChat(row, actor, settings, secret, deleted);
  return { status: 200, body, noted: { chat: hashInLog(secret, row.key) } };
}

async function counter(
  deps: ReadChatsDeps,
  { params }: HttpRequest,
  { account, userId: acting }: Actor,
): Promise<HttpResponse> {
  const { lists, users, options } = deps;
  const { id: userId = '' } = params;
  if (acting !== undefined && acting !== userId)
    throw new RequestError(403, 'FORBIDDEN', 'A user may read their own counter');
  if (!(await users.get(account, userId))) throw new RequestError(404, 'USER_NOT_FOUND', 'There is no such user');
  const waiting = await lists.count(account, userId, await options.optionsOf(account));
  return { status: 200, body: presentCounter(waiting) };
}

async function history(deps: ReadChatsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { clock } = deps;
  const { limit = PAGE, ...query } = readValues(messageListQuery, request.query, invalidRequest);
  const before = readPlace(factPlace, 'before', query.before);
  const {
    row: { key, chat, ids, begin },
  } = await visibleChat(request, actor, deps, 'sees');
  const secret = await installationSecret(deps.installation);
  const startedAt = clock.now();
  const { facts, more } = await deps.facts.page(
    key,
    limit,
    before,
    begin === undefined ? FIRST_KEY : beginOfTime(begin),
  );
  const outcomes = await deps.outcomes.outcomesOf(key, facts);
  const oldest = facts[0]?.key ?? FIRST_KEY;
  // In `seenUpTo` the newest page also stands for older open messages. An older page stands for what it shows.
  const low = before === undefined ? leastKey(oldest, chat.openKey) : oldest;
  return {
    status: 200,
    body: {
      messages: facts
        .filter((fact) => !isOwnEcho(fact))
        .map((fact) => presentMessage(key, fact, outcomes, deps.publicUrl, ids)),
      seenUpTo: writeSeenUpTo(secret, key, seenOf({ facts, low, openKey: chat.openKey, startedAt })),
      ...(more && { before: writeCursor(oldest) }),
    },
    noted: { chat: hashInLog(secret, key) },
  };
}
