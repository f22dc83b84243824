import { authenticate } from '#api/authenticate';
import { newResponsible } from '#api/chat-routes';
import { deletedOf, presentChat } from '#api/present-chat';
import { installationSecret } from '#api/seen-token';
import type { VisibleChat } from '#api/visible-chat';
import { visibleChat } from '#api/visible-chat';
import { mayWrite } from '#domain/settings';
import type { Actor } from '#domain/sight';
import { responsibleOf, roleOf } from '#domain/sight';
import type { Roots } from '#flows/identity/roots';
import type { HandOver } from '#flows/sight/hand-over';
import { invalidRequest, noAccess, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Installation } from '#store/accounts/installation';
import type { Chats } from '#store/chats/chats';
import type { Users } from '#store/directory/users';
import type { PageTokens } from '#store/pages/tokens';

export interface HandOverDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly users: Pick<Users, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
  readonly channels: Pick<Channels, 'get'>;
  readonly installation: Pick<Installation, 'secret'>;
  readonly chats: Pick<Chats, 'get'>;
  readonly roots: Pick<Roots, 'resolveChat'>;
  readonly handOver: HandOver;
  readonly log: Log;
}

/** A head, the responsible user or the CRM makes another user responsible. The chat moves before the answer. */
export function createHandler(deps: HandOverDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    const visible = await visibleChat(request, actor, deps, 'writes');
    const { row, settings } = visible;
    if (!mayHandOver(actor, visible)) throw noAccess();
    const { userId } = readBody(newResponsible, request.body, invalidRequest);
    const role = roleOf(userId, settings);
    if (!role || !mayWrite(role)) {
      throw new RequestError(400, 'UNKNOWN_USER', 'userId is nobody who may write in this channel', {
        fields: ['userId'],
      });
    }
    // Before anything is changed, because the answer cannot be given without it.
    const secret = await installationSecret(deps.installation);
    await deps.handOver(actor.account, row, { userId, rule: 'handed-over' });
    const now = (await deps.chats.get(row.key)) ?? row;
    return { status: 200, body: presentChat(now, actor, settings, secret, await deletedOf(deps.channels, [row])) };
  }, deps);
}

/** A seller who sees the client only in the pool may take them by replying (D4), and may not hand them over. */
function mayHandOver({ userId }: Actor, { row, settings }: VisibleChat): boolean {
  if (userId === undefined || roleOf(userId, settings) === 'manager') return true;
  return responsibleOf(row.viewers, settings) === userId;
}
