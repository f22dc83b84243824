import * as z from 'zod/mini';
import { FIRST_KEY, leastKey } from '#domain/fact';
import { seenOf, writeSeenUpTo } from '#domain/seen';
import type { Actor } from '#domain/sight';
import { authenticate } from '#http/authenticate';
import { visibleChat } from '#http/chat-of-path';
import { chatListQuery, messageListQuery } from '#http/contract';
import { chatPlace, factPlace, readPlace, writeCursor } from '#http/cursor';
import { invalidRequest, notFound } from '#http/errors';
import { presentChat } from '#http/present';
import { presentMessage } from '#http/present-message';
import { readValues } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts';
import type { Chats } from '#store/chats';
import type { Clock } from '#store/client';
import type { Lists } from '#store/lists';
import type { Messages } from '#store/messages';

export interface ReadChatsDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly lists: Lists;
  readonly messages: Pick<Messages, 'page' | 'outcomesOf'>;
  readonly clock: Clock;
  readonly log: Log;
}

const PAGE = 50;

const listPlace = z.object({
  begunAt: z.int(),
  block: z.enum(['unanswered', 'rest']),
  after: z.exactOptional(chatPlace),
});

/** What the team sees: the list in the order of urgency, one chat, its history. */
export function createHandler(deps: ReadChatsDeps): HttpHandler {
  const reads: Record<string, (request: HttpRequest, actor: Actor) => Promise<HttpResponse>> = {
    '/v1/chats': (request, actor) => list(deps, request, actor),
    '/v1/chats/{channelId}/{chatType}/{chatId}': (request, actor) => one(deps, request, actor),
    '/v1/chats/{channelId}/{chatType}/{chatId}/messages': (request, actor) => history(deps, request, actor),
  };
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps.accounts);
    const read = reads[request.route];
    if (!read) throw notFound();
    return read(request, actor);
  }, deps);
}

async function list({ lists, clock }: ReadChatsDeps, { query }: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { view = 'all', limit = PAGE, cursor } = readValues(chatListQuery, query, invalidRequest);
  const at = readPlace(listPlace, 'cursor', cursor) ?? { begunAt: clock.now(), block: 'unanswered' };
  const page = await lists.read(actor, view, limit, at);
  return {
    status: 200,
    body: { chats: page.rows.map(presentChat), ...(page.next && { nextCursor: writeCursor(page.next) }) },
  };
}

async function one({ chats }: ReadChatsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  return { status: 200, body: presentChat(await visibleChat(request, actor, chats, 'sees')) };
}

async function history(deps: ReadChatsDeps, request: HttpRequest, actor: Actor): Promise<HttpResponse> {
  const { chats, messages, clock } = deps;
  const { limit = PAGE, ...query } = readValues(messageListQuery, request.query, invalidRequest);
  const before = readPlace(factPlace, 'before', query.before);
  const { key, chat } = await visibleChat(request, actor, chats, 'sees');
  const startedAt = clock.now();
  const { facts, more } = await messages.page(key, limit, before);
  const outcomes = await messages.outcomesOf(key, facts);
  const oldest = facts[0]?.key ?? FIRST_KEY;
  // The newest page counts what is open below it; an older one shows what it shows.
  const low = before === undefined ? leastKey(oldest, chat.openKey) : oldest;
  return {
    status: 200,
    body: {
      messages: facts.map((fact) => presentMessage(key, fact, outcomes)),
      seenUpTo: writeSeenUpTo(key, seenOf({ facts, low, openKey: chat.openKey, startedAt })),
      ...(more && { before: writeCursor(oldest) }),
    },
  };
}
