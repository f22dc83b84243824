import type * as z from 'zod/mini';
import { authenticate } from '#api/authenticate';
import { noReplyNeeded } from '#api/chat-routes';
import { presentChat } from '#api/present-chat';
import { installationSecret, readSeen } from '#api/seen-token';
import { visibleChat } from '#api/visible-chat';
import type { Clock } from '#clock';
import { factKey } from '#domain/fact';
import { timeAfter } from '#domain/seen';
import type { Actor } from '#domain/sight';
import { authorOf } from '#domain/sight';
import type { FoldChat } from '#flows/fold';
import type { Roots } from '#flows/identity/roots';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Installation } from '#store/accounts/installation';
import type { ChatRow, Chats } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';

export interface SetNoReplyNeededDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly facts: Pick<Facts, 'put' | 'standingNoReplyNeeded' | 'withdraw' | 'newestKey'>;
  readonly foldChat: FoldChat;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/**
 * A user or the CRM says that no reply is needed, or takes it back (U5). It is stored and folded, and the answer is the
 * chat as it is then.
 */
export function createHandler(deps: SetNoReplyNeededDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    const { row, settings } = await visibleChat(request, actor, deps, 'writes');
    const wanted = readBody(noReplyNeeded, request.body, invalidRequest);
    // Before anything is stored, because the answer cannot be given without it.
    const secret = await installationSecret(deps.installation);
    const newsFrom = wanted.noReplyNeeded ? await say(deps, actor, row, wanted) : await takeBack(deps, row.key);
    const folded = newsFrom === undefined ? row : await deps.foldChat(row.key, newsFrom);
    return { status: 200, body: presentChat(folded ?? row, actor, settings, secret) };
  }, deps);
}

async function say(
  deps: SetNoReplyNeededDeps,
  actor: Actor,
  row: ChatRow,
  { seenUpTo, reason }: z.infer<typeof noReplyNeeded>,
): Promise<string> {
  const { facts, clock, newId } = deps;
  const { key } = row;
  const covers = seenUpTo === undefined ? undefined : await readSeen(deps, key, row, seenUpTo);
  if (!covers) {
    throw new RequestError(
      400,
      'INVALID_SEEN_UP_TO',
      'Send the seenUpTo that came with what was on the screen of this chat',
      { fields: ['seenUpTo'] },
    );
  }
  const fact = {
    kind: 'no-reply-needed' as const,
    key: factKey(timeAfter(covers, clock.now()), newId()),
    author: authorOf(actor),
    covers,
    ...(reason !== undefined && { reason }),
  };
  await facts.put(key, fact);
  return fact.key;
}

/** Withdraws the oldest first. If that is cut short, the newest still stands, and that is the one that is shown. */
async function takeBack({ facts }: SetNoReplyNeededDeps, key: string): Promise<string | undefined> {
  const standing = await facts.standingNoReplyNeeded(key);
  for (const answer of standing) await facts.withdraw(key, answer.key);
  return standing[0]?.key;
}
