import type * as z from 'zod/mini';
import { reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import type { Asked, CrmCredentials, Session, Tokens } from '#crms/crm';
import { withoutSecrets } from '#crms/without-secrets';
import { failureOf } from './errors.ts';
import { frontOf, hostOf, renamed } from './hosts.ts';
import { pageOf, readAs, subdomainSchema, tokensSchema } from './schema.ts';

/** Pages of lists have at most so many items. */
export const PAGE = 250;
/** 250 contacts with forty fields each. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
const MAX_TOKENS_BYTES = 64 * 1024;
/** Some of amoCRM's gateways refuse calls without one. */
const USER_AGENT = 'Konvert';

/** Who calls: the host of the account, and the token of a user. */
export type Caller = Pick<Session, 'host' | 'accessToken' | 'signal' | 'turn'>;

/** An answer, and the host that gave it: another one than was asked, if the account was renamed. */
export interface Answer {
  readonly body: unknown;
  readonly host: string;
}

/** A page of a list, and whether there is another one. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
}

/** Query parameters by their names, brackets and all. */
export type Query = readonly (readonly [string, string])[];

/** amoCRM's API of version 4: each member makes one call, which follows an account that was renamed. */
export interface AmocrmApi {
  /** `path` is below `/api/v4`. An answer without a body is undefined. */
  call(caller: Caller, method: string, path: string, sent?: unknown): Promise<Asked<Answer>>;
  /** A page of the list, from 1. A list without items is a 204. */
  page<T extends z.ZodMiniType>(
    caller: Caller,
    path: string,
    options: {
      readonly name: string;
      readonly item: T;
      readonly query?: Query;
      readonly page?: number;
      readonly limit?: number;
    },
  ): Promise<Asked<Page<z.output<T>>>>;
  /** Asks the account for a pair of tokens. */
  grant(
    host: string,
    app: CrmCredentials,
    body: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Asked<Tokens>>;
}

/** What the calls are made with. The address stands in for every host. */
export interface ApiOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly baseUrl?: string | undefined;
  readonly clock: () => number;
}

/** Calls amoCRM over HTTP, without retries. Returns every outcome and never throws. */
export function createApi({ fetch, baseUrl, clock }: ApiOptions): AmocrmApi {
  async function send(
    host: string,
    { signal, accessToken, ...caller }: Caller,
    method: string,
    path: string,
    sent?: unknown,
  ): Promise<Asked<Answer>> {
    await caller.turn?.();
    const response = await fetch(`${baseUrl ?? `https://${host}`}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${accessToken}`,
        accept: 'application/json',
        'user-agent': USER_AGENT,
        ...(sent !== undefined && { 'content-type': 'application/json' }),
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
      redirect: 'manual',
      signal,
    });
    const { status, headers } = response;
    const body = status === 204 ? undefined : await readJson(response, MAX_ANSWER_BYTES);
    if (status === 204 || (status >= 200 && status < 300 && body !== undefined))
      return { kind: 'ok', value: { body, host } };
    // A redirect leads to the sign-in page or to the new name of the account, and with it the method would be lost.
    if (status === 401 || (status >= 300 && status < 400)) {
      return { kind: 'unauthorized', code: String(status), description: 'amoCRM does not let Konvert in' };
    }
    return failureOf(status, withoutSecrets(body, [accessToken]), headers.get('retry-after'));
  }

  /** An account may be renamed at any time; its old name then knows no token. */
  async function movedTo(caller: Caller): Promise<string | undefined> {
    const asked = readAs(
      subdomainSchema,
      bodyOf(await send(frontOf(caller.host), caller, 'GET', '/oauth2/account/subdomain')),
    );
    if (asked.kind !== 'ok') return undefined;
    const { domain, subdomain = '' } = asked.value;
    const host = hostOf(domain ?? '') ?? renamed(caller.host, subdomain);
    return host === caller.host ? undefined : host;
  }

  async function call(caller: Caller, method: string, path: string, sent?: unknown): Promise<Asked<Answer>> {
    try {
      const asked = await send(caller.host, caller, method, `/api/v4${path}`, sent);
      if (asked.kind !== 'unauthorized') return asked;
      const host = await movedTo(caller);
      return host === undefined ? asked : await send(host, caller, method, `/api/v4${path}`, sent);
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }

  return {
    call,
    async page(caller, path, { name, item, query = [], page = 1, limit = PAGE }) {
      const all = new URLSearchParams(query.map(([key, value]): [string, string] => [key, value]));
      all.set('page', String(page));
      all.set('limit', String(limit));
      const asked = await call(caller, 'GET', `${path}?${all}`);
      if (asked.kind !== 'ok') return asked;
      if (asked.value.body === undefined) return { kind: 'ok', value: { items: [], hasNext: false } };
      const read = readAs(pageOf(name, item), bodyOf(asked));
      if (read.kind !== 'ok') return read;
      const items = (read.value._embedded[name] ?? []) as z.output<typeof item>[];
      return { kind: 'ok', value: { items, hasNext: read.value._links?.next !== undefined } };
    },
    async grant(host, app, body, signal) {
      const { clientId = '', clientSecret = '' } = app;
      try {
        const response = await fetch(`${baseUrl ?? `https://${host}`}/oauth2/access_token`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', accept: 'application/json', 'user-agent': USER_AGENT },
          body: JSON.stringify({ client_id: clientId, client_secret: clientSecret, ...body }),
          redirect: 'manual',
          signal,
        });
        const answer = await readJson(response, MAX_TOKENS_BYTES);
        return grantOf(response.status, answer, host, clock(), [clientSecret, body.refresh_token, body.code]);
      } catch (error) {
        return { kind: 'unreachable', reason: reasonOf(error) };
      }
    },
  };
}

/** The body of an answer, to be read. */
export function bodyOf(asked: Asked<Answer>): Asked<unknown> {
  return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.body } : asked;
}

function grantOf(
  status: number,
  body: unknown,
  host: string,
  now: number,
  secrets: readonly (string | undefined)[],
): Asked<Tokens> {
  const read = status >= 200 && status < 300 ? tokensSchema.safeParse(body) : undefined;
  if (read?.success) {
    const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = read.data;
    return {
      kind: 'ok',
      value: {
        accessToken,
        ...(refreshToken && { refreshToken }),
        ...(seconds !== undefined && { goodUntil: now + seconds * 1000 }),
        host,
      },
    };
  }
  const failed = failureOf(status, withoutSecrets(body, secrets));
  // "Token has been revoked", "Cannot decrypt the refresh token": whatever it is, no repetition helps.
  if (failed.kind === 'refused' || failed.kind === 'gone') {
    return {
      kind: 'unauthorized',
      code: String(status),
      description: failed.kind === 'refused' ? failed.description : 'gone',
    };
  }
  return failed;
}
