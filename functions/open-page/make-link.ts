import type * as z from 'zod/mini';
import { type Asker, type AuthenticateDeps, authenticate, authenticateCrm } from '#api/authenticate';
import { newFrame, newPageLink } from '#api/page-routes';
import type { PageHolder, PageScope } from '#domain/page';
import { baseFor } from '#http/base-for';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import type { HttpRequest, HttpResponse } from '#http/route';
import type { User } from '#store/directory/users';
import type { Links } from '#store/pages/links';

export interface MakeLinkDeps extends AuthenticateDeps {
  readonly links: Pick<Links, 'make'>;
  /** The base of addresses that are told to others. Undefined: the one that the caller used. */
  readonly publicUrl: string | undefined;
}

/** `POST /v3/iframe`: the CRM shows a user all their chats, or those of one card. */
export async function makeFrameLink(deps: MakeLinkDeps, request: HttpRequest): Promise<HttpResponse> {
  const { account, keyId } = await authenticateCrm(request, deps);
  const { user, scope, filter, activeChat, options } = readBody(newFrame, request.body, invalidRequest);
  if (scope === 'card' && filter === undefined) throw invalidRequest(['filter']);
  const known = await deps.users.get(account, user.id);
  if (!known) throw unknownUser();
  const shown: PageScope = {
    kind: scope,
    ...(scope === 'card' && { filter: filter?.filter((address) => address !== undefined) ?? [] }),
    ...(activeChat && { activeChat }),
    ...(options?.useDealsEvents && { useDealsEvents: true }),
    ...(options?.useMessageEvents && { useMessageEvents: true }),
  };
  const holder = { ...holderFor(account, known), keyId, scope: shown };
  return { status: 200, body: await linkFor(deps, request, holder) };
}

/** `POST /v1/page-links`: a link for a user, for the settings, or for the own second window of a user. */
export async function makePageLink(deps: MakeLinkDeps, request: HttpRequest): Promise<HttpResponse> {
  const asker = await authenticate(request, deps);
  const wanted = readBody(newPageLink, request.body, invalidRequest);
  return { status: 201, body: await linkFor(deps, request, await holderOf(deps, asker, wanted)) };
}

async function holderOf(
  { users }: MakeLinkDeps,
  { account, userId: acting, page, keyId }: Asker,
  { userId, settings = false, activeChat }: z.infer<typeof newPageLink>,
): Promise<PageHolder> {
  if (settings === (userId !== undefined)) throw invalidRequest(['userId', 'settings']);
  if (settings) {
    if (activeChat) throw invalidRequest(['activeChat']);
    // Settings reach further than any role, so only the holder of the API key opens them.
    if (page || acting !== undefined) throw forbidden('A link to the settings needs the API key');
    return { account, keyId, scope: { kind: 'settings' } };
  }
  if (acting !== undefined && acting !== userId)
    throw forbidden('A user makes links for themselves only: the API key makes those of others');
  const user = await users.get(account, userId as string);
  if (!user) throw unknownUser();
  return { ...holderFor(account, user), keyId, scope: { kind: 'global', ...(activeChat && { activeChat }) } };
}

function holderFor(account: string, { id: userId, made }: User) {
  return { account, userId, ...(made !== undefined && { userMade: made }) };
}

async function linkFor({ links, publicUrl }: MakeLinkDeps, { origin }: HttpRequest, holder: PageHolder) {
  return { url: `${baseFor(publicUrl, origin)}/chat/${placeOf(holder)}#k=${await links.make(holder)}` };
}

/** The document of an account may stand in the frames of its CRM. The settings may stand in none, so they have that of nobody. */
function placeOf({ account, scope }: PageHolder): string {
  return scope.kind === 'settings' ? '-' : account;
}

function unknownUser(): RequestError {
  return new RequestError(400, 'INVALID_USER', 'There is no such user: push the user first');
}

function forbidden(description: string): RequestError {
  return new RequestError(403, 'FORBIDDEN', description);
}
