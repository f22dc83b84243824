import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import { WORKER } from '#lib/page-manifest';
import type { Log } from '#log';
import type { Options } from '#store/accounts/account-options';
import type { createAccountStates } from '#store/accounts/account-state';
import type { CrmConnections } from '#store/accounts/crms';
import type { Receivers } from '#store/accounts/receivers';
import { acceptedEncodings } from './accepted-encodings.ts';
import { answerFile } from './answer-file.ts';
import type { PageFiles } from './page-files.ts';
import { ancestorsOf, contentPolicy, type PagePlaces } from './policy.ts';

export interface ServePageDeps {
  readonly page: PageFiles;
  /** The places that the page may reach, if it is asked for at that host. */
  readonly placesAt: (host: string) => PagePlaces;
  readonly accountStates: Pick<ReturnType<typeof createAccountStates>, 'stateOf'>;
  readonly receivers: Pick<Receivers, 'of'>;
  readonly options: Pick<Options, 'optionsOf'>;
  readonly crms: Pick<CrmConnections, 'of'>;
  readonly log: Log;
}

/** Stands in for the account in the address of who is not signed in, and of the settings. */
const NO_ACCOUNT = '-';
/** Nothing is read for what can be no account: anybody may ask, and each would be remembered for a while. */
const ACCOUNT = /^[\w-]{1,64}$/;

const DOCUMENT_HEADERS = {
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'microphone=(self), clipboard-write=(self)',
};
/** A file never changes: another one has another name. */
const FOREVER = { 'cache-control': 'public, max-age=31536000, immutable' };
const FILE_HEADERS = { 'cross-origin-resource-policy': 'same-origin' };
/** The worker lies below `page/`, and serves what lies below `chat/`. */
const WORKER_HEADERS = { 'service-worker-allowed': '../chat/', 'cache-control': 'no-cache' };

/** Serves the page: the document of an account, with the policy that lets it into the account's frames, and its files. */
export function createHandler(deps: ServePageDeps): HttpHandler {
  return createRoute(async (request) => {
    if (request.route === '/') return toLogin(request);
    if (request.route === '/chat/{accountId}') return serveDocument(deps, request);
    if (request.route === '/page/{file}') return serveFile(deps, request);
    throw notFound();
  }, deps);
}

function toLogin({ origin }: HttpRequest): HttpResponse {
  return { status: 302, text: '', headers: { location: `${placeOf(origin).stage}/chat/${NO_ACCOUNT}` } };
}

/** The host that the browser used, and the path below which a gateway may hold all routes. A host may be anything. */
function placeOf(origin: string): { host: string; stage: string } {
  const [, host = '', stage = ''] = /^https:\/\/([^/]*)(\/[\w-]+)?$/.exec(origin) ?? [];
  return { host, stage };
}

async function serveDocument(deps: ServePageDeps, request: HttpRequest): Promise<HttpResponse> {
  const { page, placesAt } = deps;
  const ancestors = await ancestorsIn(deps, request.params.accountId ?? '');
  const policy = contentPolicy(placesAt(placeOf(request.origin).host), ancestors);
  const document = await page.document(acceptedEncodings(request.headers));
  return answerFile(document, { ...DOCUMENT_HEADERS, 'content-security-policy': policy });
}

/**
 * An account that is not there has the same document, which stands in no frame. Its policy tells that it is none; ids of
 * accounts are random, so nobody finds one by trying.
 */
async function ancestorsIn(
  { accountStates, receivers, options, crms }: ServePageDeps,
  account: string,
): Promise<readonly string[]> {
  if (account === NO_ACCOUNT || !ACCOUNT.test(account)) return [];
  const { isThere, isDisabled } = await accountStates.stateOf(account);
  if (!isThere || isDisabled) return [];
  const [receiver, { frameAncestors }, crm] = await Promise.all([
    receivers.of(account),
    options.optionsOf(account),
    crms.of(account),
  ]);
  return ancestorsOf({ webhooksUri: receiver?.uri, portalHost: crm?.portal?.host, frameAncestors });
}

async function serveFile({ page }: ServePageDeps, { params, headers }: HttpRequest): Promise<HttpResponse> {
  const name = params.file ?? '';
  const file = await page.get(name, acceptedEncodings(headers));
  return answerFile(file, { ...FILE_HEADERS, ...(name === WORKER ? WORKER_HEADERS : FOREVER) });
}
