import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { draft } from '#api/desk-routes';
import { presentDraft } from '#api/present-draft';
import type { Actor } from '#domain/sight';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest } from '#http/route';
import type { Log } from '#log';
import type { Draft, Drafts } from '#store/pages/drafts';
import { type ChatOfDraftDeps, chatOfDraft } from './chat-of-draft.ts';

export interface KeepDraftsDeps extends AuthenticateDeps, ChatOfDraftDeps {
  readonly drafts: Drafts;
  readonly log: Log;
}

/** What a user has written and not sent, so that they find it on another device. Nobody else reads it. */
export function createHandler(deps: KeepDraftsDeps): HttpHandler {
  return createRoute(async (request) => {
    const drafter = drafterOf(await authenticate(request, deps));
    const { channelId = '', chatType = '', chatId = '' } = request.params;
    const key = await chatOfDraft(deps, drafter, { channelId, chatType, chatId });
    return { status: 200, body: presentDraft(await act(deps, request, drafter, key)) };
  }, deps);
}

async function act(
  { drafts }: KeepDraftsDeps,
  request: HttpRequest,
  drafter: Required<Actor>,
  chatKey: string,
): Promise<Draft | undefined> {
  const { method } = request;
  if (method === 'GET') return drafts.get(drafter, chatKey);
  const { text = '', quotedMessageId } = method === 'PUT' ? readBody(draft, request.body, invalidRequest) : {};
  if (text !== '' || quotedMessageId !== undefined) {
    return drafts.put(drafter, chatKey, { text, ...(quotedMessageId !== undefined && { quotedMessageId }) });
  }
  await drafts.remove(drafter, chatKey);
  return undefined;
}

function drafterOf({ account, userId, userName = '' }: Actor): Required<Actor> {
  if (userId !== undefined) return { account, userId, userName };
  throw new RequestError(403, 'FORBIDDEN', 'Drafts are those of users: send the header Konvert-User');
}
