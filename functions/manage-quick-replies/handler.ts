import { type Asker, type AuthenticateDeps, actorOf, authenticate, authenticateCrm } from '#api/authenticate';
import { quickReplies } from '#api/desk-routes';
import { faultsOf } from '#domain/quick-reply';
import { mayWrite } from '#domain/settings';
import { roleOf } from '#domain/sight';
import { invalidRequest, RequestError } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { QuickReplies } from '#store/accounts/quick-replies';
import { ContentionError } from '#store/dynamo/errors';

export interface ManageQuickRepliesDeps extends AuthenticateDeps {
  readonly channels: Pick<Channels, 'idsOf'>;
  readonly settings: Pick<Settings, 'settingsOf'>;
  readonly quickReplies: QuickReplies;
  readonly log: Log;
}

/** How often a change without a version begins again because of another one. */
const TRIES = 5;

/** The quick replies of an account: every user reads them, who may write in a channel changes them. */
export function createHandler(deps: ManageQuickRepliesDeps): HttpHandler {
  return createRoute(async (request) => {
    const actor = await authenticate(request, deps);
    if (request.method === 'PUT') return put(deps, request, actor);
    return { status: 200, body: await deps.quickReplies.of(actor.account) };
  }, deps);
}

async function put(deps: ManageQuickRepliesDeps, request: HttpRequest, actor: Asker): Promise<HttpResponse> {
  const by = await changerOf(deps, request, actor);
  const wanted = readBody(quickReplies, request.body, invalidRequest);
  const faults = faultsOf(wanted.quickReplies);
  if (faults.length > 0) throw invalidRequest(faults);
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    const before = wanted.version ?? (await deps.quickReplies.of(actor.account)).version;
    const stored = await deps.quickReplies.replace(actor.account, before, wanted.quickReplies, by);
    if (stored) return { status: 200, body: stored };
    if (wanted.version !== undefined) throw await changedMeanwhile(deps, actor);
  }
  throw new ContentionError('The quick replies');
}

async function changedMeanwhile({ quickReplies: stored }: ManageQuickRepliesDeps, { account }: Asker) {
  const { version } = await stored.of(account);
  const description = 'Somebody has changed the quick replies meanwhile: read them again';
  return new RequestError(409, 'QUICK_REPLIES_CHANGED', description, { version });
}

/** Who changes them, as the audit names them. Throws a `RequestError` 403 for a user who may write in no channel. */
async function changerOf(deps: ManageQuickRepliesDeps, request: HttpRequest, asker: Asker) {
  const { account, userId } = asker;
  if (userId === undefined) return actorOf(await authenticateCrm(request, deps));
  const ofChannels = await deps.settings.settingsOf(await deps.channels.idsOf(account));
  const roles = [...ofChannels.values()].map((settings) => roleOf(userId, settings));
  if (roles.some((role) => role !== undefined && mayWrite(role))) return actorOf(asker);
  throw new RequestError(403, 'FORBIDDEN', 'Quick replies are changed by users who may write');
}
