import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { type VisibleChatDeps, visibleChat } from '#api/visible-chat';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { RequestError } from '#http/errors';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { createDealClaims } from '#store/outbox/deal-claims';
import { taskName } from '#store/outbox/tasks';

export interface AskDealDeps extends AuthenticateDeps, VisibleChatDeps {
  readonly claims: ReturnType<typeof createDealClaims>;
  readonly bells: Bells<'tasks'>;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly log: Log;
}

/** A user asks for one more deal with the client of a chat, once however often they press (C5). A task does the rest. */
export function createHandler(deps: AskDealDeps): HttpHandler {
  const { claims, bells, clock, newId } = deps;
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    const { account, userId } = actor;
    if (userId === undefined) {
      throw new RequestError(403, 'FORBIDDEN', 'A deal is asked for by a user; a CRM pushes its deals');
    }
    const { row } = await visibleChat(request, actor, deps, 'writes');
    if (!row.contact) throw new RequestError(409, 'NO_CONTACT', 'The client has no contact yet: answer them first');
    const at = clock.now();
    const about = { account, chat: row.key, contact: row.contact.id, userId };
    const task = { kind: 'ask-deal' as const, ...about, id: newId(), at };
    const isNew = await claims.ask(task);
    if (isNew) await bells.ring('tasks', taskName(task));
    return { status: 202, body: {}, noted: { isNew } };
  }, deps);
}
