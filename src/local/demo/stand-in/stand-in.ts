import * as z from 'zod/mini';
import type { Clock } from '#clock';
import { SAFE_HEADERS } from '#http/safe-headers';
import { answerJson, type Gateway, type PlainAnswer, type PlainRequest, splitTarget } from '#local/server/gateway';
import { ask } from '../ask.ts';
import type { AmoHook } from '../crm/amo-hooks.ts';
import { DEMO_CLIENTS } from '../kit/clients.ts';
import type { DemoMessenger } from '../kit/demo-messenger.ts';
import { readSent } from '../kit/read-sent.ts';
import { refusePages } from '../kit/refuse-pages.ts';
import { type Books, openBooks } from './books.ts';
import { type CrmCompanyDeps, openCrmCompany, readCrmCompany } from './company.ts';
import { CRM_STYLE, crmDocument, crmFile } from './page.ts';
import { CRM_BOT_PATH, CRM_PATH } from './places.ts';
import { CRM_SCRIPT } from './script.ts';

const HOOK_MS = 15_000;

/** The files of the stand-in: of its books, and of the company that is connected to it. */
export interface StandInFiles {
  readonly books: string;
  readonly company: string;
}

/** The stand-in CRM. */
export interface StandIn extends DemoMessenger {
  /** Lets the page connect a company. A company that was connected before is connected to this address again. */
  start(deps: CrmCompanyDeps): Promise<void>;
}

/** Opens a stand-in for amoCRM with the state of its last run: its API, and a page on which people work in it. */
export async function openStandIn(files: StandInFiles, crmToken: string, clock: Clock): Promise<StandIn> {
  const books = await openBooks(files.books, clock, (hook) => void postHook(hook));
  let deps: CrmCompanyDeps | undefined;
  let connecting: Promise<unknown> | undefined;
  const connect = (given: CrmCompanyDeps) => {
    connecting ??= openCrmCompany(files.company, given).finally(() => {
      connecting = undefined;
    });
    return connecting;
  };

  async function work(request: PlainRequest, path: string): Promise<PlainAnswer | undefined> {
    const company = await readCrmCompany(files.company);
    if (request.method === 'GET') {
      const clients = Object.entries(DEMO_CLIENTS).map(([id, { first_name: name }]) => ({ id, name }));
      const isConnected = company?.connectedAt !== undefined;
      return path === '/state' ? answerJson(200, { isConnected, clients, ...books.shown() }) : undefined;
    }
    const sent = await readSent(request);
    if (path === '/change') return change(books, sent);
    if (!deps) return answerJson(503, { error: 'STARTING', description: 'Konvert is starting' });
    if (path === '/connect') {
      await connect(deps);
      return answerJson(200, {});
    }
    if (path === '/write') return relay(deps.url + CRM_BOT_PATH, '/write', sent);
    if (path === '/link' && company) return answerJson(200, await linkOf(deps, company.apiKey, sent));
    return undefined;
  }

  return {
    serves: (target) => `${splitTarget(target).path}/`.startsWith(`${CRM_PATH}/`),
    async start(given) {
      // Addresses that are registered and shown begin with the one that was called.
      const { host } = new URL(given.url);
      const gateway: Gateway = (request) => given.gateway({ ...request, headers: { ...request.headers, host } });
      deps = { ...given, gateway };
      if ((await readCrmCompany(files.company))?.connectedAt !== undefined) await connect(deps);
    },
    async answer(request) {
      const { path: whole, query } = splitTarget(request.target);
      const path = whole.slice(CRM_PATH.length).replace(/\/$/, '');
      const shown = request.method === 'GET' ? shownAt(path, request.headers['accept-language']) : undefined;
      if (shown) return shown;
      const isApi = path.startsWith('/api/v4/');
      const isKnown = request.headers.authorization === `Bearer ${crmToken}`;
      const refused = refusePages(request, isApi && isKnown);
      if (refused) return refused;
      if (!isApi) {
        try {
          return (
            (await work(request, path)) ??
            answerJson(404, { error: 'NOT_FOUND', description: 'There is no such route' })
          );
        } catch (error) {
          return answerJson(502, { error: 'NOT_DONE', description: (error as Error).message });
        }
      }
      if (!isKnown) return answerJson(401, { title: 'Unauthorized', status: 401, detail: 'The token is not known' });
      const sent = request.body.length === 0 ? undefined : await readSent(request);
      const call = {
        method: request.method,
        path: path.slice('/api/v4'.length),
        query: new URLSearchParams(query),
        sent,
      };
      return amoAnswer(await books.answer(call));
    },
  };
}

/** Its page, the files of that, and where links into the CRM lead. */
function shownAt(path: string, acceptLanguage: string | undefined): PlainAnswer | undefined {
  if (path === '') return crmFile('html', crmDocument(CRM_PATH, acceptLanguage));
  if (path === '/page.css') return crmFile('css', CRM_STYLE);
  if (path === '/page.js') return crmFile('javascript', CRM_SCRIPT);
  const [, kind, id] = /^\/(leads|contacts)\/detail\/(\d+)$/.exec(path) ?? [];
  if (kind === undefined) return undefined;
  const location = `${CRM_PATH}#${kind === 'leads' ? 'deal' : 'contact'}-${id}`;
  return { status: 302, headers: { ...SAFE_HEADERS, location }, body: '' };
}

function amoAnswer({ status, body }: { readonly status: number; readonly body?: unknown }): PlainAnswer {
  if (body === undefined) return { status, headers: SAFE_HEADERS, body: '' };
  const type = status < 400 ? 'application/hal+json' : 'application/problem+json';
  return { status, headers: { ...SAFE_HEADERS, 'content-type': type }, body: JSON.stringify(body) };
}

const changeSchema = z.object({
  type: z.enum(['contact', 'deal']),
  id: z.number(),
  userId: z.optional(z.coerce.number()),
  stageId: z.optional(z.coerce.number()),
});

async function change(books: Books, sent: unknown): Promise<PlainAnswer> {
  const read = changeSchema.safeParse(sent);
  const isDone = read.success && (await books.change(read.data.type, read.data.id, read.data));
  return isDone
    ? answerJson(200, {})
    : answerJson(400, { error: 'INVALID_REQUEST', description: 'There is no such thing' });
}

/** Writes as a client, by the messenger of the company. */
async function relay(messenger: string, path: string, sent: unknown): Promise<PlainAnswer> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(messenger + path, { method: 'POST', headers, body: JSON.stringify(sent) });
  return answerJson(response.status, await response.json());
}

const linkSchema = z.object({ url: z.string() });

/** A link into the inbox of a user of the CRM, or without one into the settings. */
async function linkOf({ gateway }: CrmCompanyDeps, apiKey: string, sent: unknown) {
  const { person = '' } = (sent ?? {}) as { person?: string };
  const body = person === '' ? { settings: true } : { userId: person };
  return ask(gateway, 'POST', '/v1/page-links', apiKey, linkSchema, body);
}

/** Posts a hook, as amoCRM does. It is not repeated: Konvert compares everything once an hour. */
async function postHook({ destination, body }: AmoHook): Promise<void> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'user-agent': 'amoCRM-WebHook-client/1.0' };
  const signal = AbortSignal.timeout(HOOK_MS);
  const answer = await fetch(destination, { method: 'POST', headers, body, signal }).catch(() => undefined);
  await answer?.body?.cancel();
}
