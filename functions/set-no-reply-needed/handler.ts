import { authenticate } from '#api/authenticate';
import { deletedOf, presentChat } from '#api/present-chat';
import { installationSecret } from '#api/seen-token';
import { visibleChat } from '#api/visible-chat';
import type { Actor } from '#domain/sight';
import type { FoldChat } from '#flows/fold';
import type { Roots } from '#flows/identity/roots';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Installation } from '#store/accounts/installation';
import type { ChatRow, Chats } from '#store/chats/chats';
import type { Facts } from '#store/chats/facts';
import type { Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';
import { type NoReplyNeededDeps, setNoReplyNeeded } from './no-reply-needed.ts';
import { type StillOwedDeps, setStillOwed } from './still-owed.ts';

export interface SetNoReplyNeededDeps extends NoReplyNeededDeps, StillOwedDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly channels: Pick<Channels, 'get'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly facts: Pick<Facts, 'put' | 'standing' | 'withdraw' | 'newestKey' | 'readFrom'>;
  readonly foldChat: FoldChat;
  readonly log: Log;
}

/** Stores what was decided. Answers with the key that is news, if there is any. */
type Decide = (deps: SetNoReplyNeededDeps, actor: Actor, row: ChatRow, body: Uint8Array) => Promise<string | undefined>;

const DECISIONS: Readonly<Record<string, Decide>> = {
  '/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': setNoReplyNeeded,
  '/v1/chats/{channelId}/{chatType}/{chatId}/still-owed': setStillOwed,
};

/**
 * A user or the CRM says that no reply is needed (U5), or that one is still owed (U9), or takes it back. It is stored and
 * folded, and the answer is the chat as it is then.
 */
export function createHandler(deps: SetNoReplyNeededDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    const decide = DECISIONS[request.route];
    if (!decide) throw notFound();
    const { row, settings } = await visibleChat(request, actor, deps, 'writes');
    // Before anything is stored, because the answer cannot be given without it.
    const secret = await installationSecret(deps.installation);
    const newsFrom = await decide(deps, actor, row, request.body);
    const folded = newsFrom === undefined ? row : await deps.foldChat(row.key, newsFrom);
    const deleted = await deletedOf(deps.channels, [row]);
    return { status: 200, body: presentChat(folded ?? row, actor, settings, secret, deleted) };
  }, deps);
}
