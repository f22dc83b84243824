import { authenticate } from '#api/authenticate';
import type { Clock } from '#clock';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log } from '#log';
import type { Accounts } from '#store/accounts/accounts';
import type { Outcomes } from '#store/chats/outcomes';
import type { PageTokens } from '#store/pages/tokens';
import { type CallMessengerDeps, callMessenger } from './call-messenger.ts';
import { checkDeletion, checkEdit } from './check-change.ts';
import { type FindSentDeps, findSent } from './find-sent.ts';
import { type PrepareChangeDeps, prepareChange } from './prepare-change.ts';
import { readChange } from './read-change.ts';

export interface ChangeMessageDeps extends FindSentDeps, CallMessengerDeps, PrepareChangeDeps {
  readonly accounts: Pick<Accounts, 'byKey'>;
  readonly tokens: Pick<PageTokens, 'holderOf'>;
  readonly outcomes: FindSentDeps['outcomes'] & Pick<Outcomes, 'recordOwnEdit' | 'recordDeletion'>;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Edits or deletes a message that the team sent: at the messenger first, while the request waits, then in the history.
 * If that is cut short, the same request once more brings it to its end.
 */
export function createHandler(deps: ChangeMessageDeps): HttpHandler {
  return createRoute(
    async (request) => {
      const { messageId = '' } = request.params;
      await (request.method === 'DELETE' ? remove(deps, request, messageId) : edit(deps, request, messageId));
      return { status: 200, body: { messageId } };
    },
    { ...deps, errors: () => 'message' },
  );
}

async function edit(deps: ChangeMessageDeps, request: HttpRequest, messageId: string): Promise<void> {
  const actor = await authenticate(request, deps);
  const change = readChange(request.body);
  const message = await findSent(deps, actor, messageId, change.crmUserId);
  const send = checkEdit(message, change, deps.clock.now());
  const { content, outgoing, keep } = await prepareChange(deps, message, change, request.origin);
  const { at } = await callMessenger(deps, message, ({ credentials }, place, signal) =>
    send(credentials, { ...place, content: outgoing }, message.providerId, signal),
  );
  await keep?.(message.chat, message.reply.key);
  await deps.outcomes.recordOwnEdit(message.chat, message.providerId, { at, content });
}

async function remove(deps: ChangeMessageDeps, request: HttpRequest, messageId: string): Promise<void> {
  const actor = await authenticate(request, deps);
  const message = await findSent(deps, actor, messageId);
  const send = checkDeletion(message, deps.clock.now());
  // It was deleted before, by us or in the messenger.
  if (message.deletedAt !== undefined) return;
  await callMessenger(deps, message, ({ credentials }, place, signal) =>
    send(credentials, place, message.providerId, signal),
  );
  await deps.outcomes.recordDeletion(message.chat, message.providerId);
}
