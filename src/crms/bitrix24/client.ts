import { reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import type { Asked, CrmCredentials, Session, Tokens } from '#crms/crm';
import { withoutSecrets } from '#crms/without-secrets';
import { failureOf } from './errors.ts';
import { answerSchema, batchSchema, errorSchema, partTimeSchema, tokensSchema } from './schema.ts';

/** The server of authorization, one for all portals. https://apidocs.bitrix24.com/settings/oauth/index.html */
const OAUTH_URL = 'https://oauth.bitrix.info';
/** A batch has at most so many commands. */
export const MOST_COMMANDS = 50;
/** Fifty pages of fifty items. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MAX_TOKENS_BYTES = 64 * 1024;
/** A portal that was renamed answers with its new address, and one that was renamed twice may do so twice. */
const MOST_REDIRECTS = 2;
const USER_AGENT = 'Konvert';
/** How long a token is good if nobody says, and at most. */
const LIFE_SECONDS = 3_600;
const LONGEST_LIFE_SECONDS = 366 * 86_400;
/** The host of a portal, with its port if it has one of its own. */
export const PORTAL = /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/;

/** An answer, and the host that gave it: another one than was asked, if the portal was renamed. */
export interface Answer {
  readonly result: unknown;
  readonly host: string;
  readonly next?: number | undefined;
  readonly total?: number | undefined;
}

/** The answers of a batch by the names of its commands. A command that was not reached has none. */
export interface BatchAnswer {
  readonly host: string;
  readonly parts: ReadonlyMap<string, Asked<unknown>>;
}

/** Who calls: the host of the portal, and the token of a user. */
export type Caller = Pick<Session, 'host' | 'accessToken' | 'signal' | 'turn'>;

/** Bitrix24's REST: each member makes one call, which follows a portal that was renamed. */
export interface Bitrix24Api {
  call(caller: Caller, method: string, parameters?: Readonly<Record<string, unknown>>): Promise<Asked<Answer>>;
  /** At most 50 commands. `halt` ends it at the first error. */
  batch(
    caller: Caller,
    commands: Readonly<Record<string, string>>,
    options?: { readonly halt?: boolean },
  ): Promise<Asked<BatchAnswer>>;
  /** Asks the server of authorization for a pair. */
  grant(app: CrmCredentials, query: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Asked<Tokens>>;
}

/** What the calls are made with. The address stands in for every host, portals and the server of authorization. */
export interface ApiOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly baseUrl?: string | undefined;
  readonly clock: () => number;
}

/** Calls Bitrix24 over HTTP, without retries. Returns every outcome and never throws. */
export function createApi({ fetch, baseUrl, clock }: ApiOptions): Bitrix24Api {
  async function call(caller: Caller, method: string, parameters: Readonly<Record<string, unknown>> = {}) {
    try {
      const body = JSON.stringify({ ...parameters, auth: caller.accessToken });
      return await callFrom(caller.host, caller, method, body);
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) } as const;
    }
  }

  /**
   * Redirects are followed by hand: `fetch` would make a GET of a POST and lose what was asked (K22).
   * https://apidocs.bitrix24.com/settings/how-to-call-rest-api/change-domen.html
   */
  async function callFrom(
    host: string,
    { signal, accessToken, ...caller }: Caller,
    method: string,
    body: string,
    redirects = 0,
  ): Promise<Asked<Answer>> {
    await caller.turn?.();
    const response = await fetch(`${baseUrl ?? `https://${host}`}/rest/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': USER_AGENT },
      body,
      redirect: 'manual',
      signal,
    });
    if (response.status >= 300 && response.status < 400) {
      const moved = hostOf(response.headers.get('location'));
      await response.body?.cancel();
      if (moved === undefined || redirects === MOST_REDIRECTS) {
        return { kind: 'unreachable', reason: 'a redirect that leads nowhere' };
      }
      return callFrom(moved, { ...caller, host: moved, signal, accessToken }, method, body, redirects + 1);
    }
    return answerOf(host, response.status, await readJson(response, MAX_ANSWER_BYTES), [accessToken]);
  }

  return {
    call,
    async batch(caller, commands, { halt = false } = {}) {
      const asked = await call(caller, 'batch', { halt: halt ? 1 : 0, cmd: commands });
      return asked.kind === 'ok' ? partsOf(asked.value, Object.keys(commands), [caller.accessToken]) : asked;
    },
    async grant(app, query, signal) {
      const { clientId = '', clientSecret = '' } = app;
      const all = new URLSearchParams({ ...query, client_id: clientId, client_secret: clientSecret });
      try {
        const response = await fetch(`${baseUrl ?? OAUTH_URL}/oauth/token/?${all}`, {
          headers: { accept: 'application/json', 'user-agent': USER_AGENT },
          redirect: 'manual',
          signal,
        });
        const body = await readJson(response, MAX_TOKENS_BYTES);
        return grantOf(response.status, body, clock(), [clientSecret, query.refresh_token, query.code]);
      } catch (error) {
        return { kind: 'unreachable', reason: reasonOf(error) };
      }
    },
  };
}

/** The token goes with the call, so it goes nowhere but to an address over TLS. */
function hostOf(location: string | null): string | undefined {
  const url = location === null ? null : URL.parse(location);
  return url?.protocol === 'https:' && url.pathname.includes('/rest/') ? portalOf(url) : undefined;
}

/** The host of a portal. It stands in headers of ours, so it is letters, digits and dots. */
function portalOf(url: URL | null): string | undefined {
  return url && PORTAL.test(url.host) ? url.host : undefined;
}

function answerOf(host: string, status: number, body: unknown, secrets: readonly string[]): Asked<Answer> {
  const read = answerSchema.safeParse(body);
  if (!read.success) {
    if (status === 429) return failureOf({ status, code: '', description: '' });
    return { kind: 'unreachable', reason: `status ${status} without an answer of Bitrix24` };
  }
  const { result, error, error_description: description = '', time, next, total } = read.data;
  const isOk = status >= 200 && status < 300 && error === undefined && description === '' && result !== undefined;
  if (isOk) return { kind: 'ok', value: { result, host, next, total } };
  if (status < 300 && error === undefined && description === '') {
    return { kind: 'unreachable', reason: 'an answer in another form' };
  }
  const told = typeof error === 'object' ? error : { code: String(error ?? ''), message: '' };
  const said = { code: told.code, description: description || (told.message ?? '') };
  return failureOf({ status, ...withoutSecrets(said, secrets), resetSeconds: resetOf(time) });
}

function resetOf(time: { finish?: number | undefined; operating_reset_at?: number | undefined } | undefined) {
  const { finish, operating_reset_at: resetAt } = time ?? {};
  return finish === undefined || resetAt === undefined ? undefined : resetAt - finish;
}

/** The answers of the commands stand in `result`, and what was refused in `result_error`, under the same names. */
function partsOf({ result, host }: Answer, names: readonly string[], secrets: readonly string[]): Asked<BatchAnswer> {
  const read = batchSchema.safeParse(result);
  if (!read.success) return { kind: 'unreachable', reason: 'an answer in another form' };
  const { result: results, result_error: errors, result_time: times } = read.data;
  const parts = new Map<string, Asked<unknown>>();
  for (const name of names) {
    if (Object.hasOwn(errors, name)) {
      const { error: code = '', error_description: description = '' } = errorSchema.safeParse(errors[name]).data ?? {};
      const time = partTimeSchema.safeParse(times[name]).data;
      parts.set(name, failureOf({ ...withoutSecrets({ code, description }, secrets), resetSeconds: resetOf(time) }));
    } else if (Object.hasOwn(results, name)) parts.set(name, { kind: 'ok', value: results[name] });
  }
  return { kind: 'ok', value: { host, parts } };
}

function grantOf(status: number, body: unknown, now: number, secrets: readonly (string | undefined)[]): Asked<Tokens> {
  const tokens = status === 200 ? tokensOf(body, now) : undefined;
  if (tokens) return { kind: 'ok', value: tokens };
  const said = errorSchema.safeParse(body).data;
  if (said?.error === undefined) return { kind: 'unreachable', reason: `status ${status} without tokens` };
  const { error: code, error_description: description = '' } = said;
  return failureOf({ status, ...withoutSecrets({ code, description }, secrets) });
}

/** The pair in an answer of the server of authorization, or in the hook of an installation. */
export function tokensOf(body: unknown, now: number): Tokens | undefined {
  const { success, data } = tokensSchema.safeParse(body);
  if (!success) return undefined;
  const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds, client_endpoint: at } = data;
  const told = Number(seconds);
  const goodFor = told > 0 && told <= LONGEST_LIFE_SECONDS ? told : LIFE_SECONDS;
  const host = at === undefined ? undefined : portalOf(URL.parse(at));
  return {
    accessToken,
    ...(refreshToken && { refreshToken }),
    goodUntil: now + Math.floor(goodFor) * 1000,
    ...(host && { host }),
  };
}

/** The answer of a command. One that is missing was not reached, or got lost: it may have been done. */
export function partOf({ parts }: BatchAnswer, name: string): Asked<unknown> {
  return parts.get(name) ?? { kind: 'unreachable', reason: 'a command without an answer' };
}
