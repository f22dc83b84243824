import { decodeJwt } from 'jose';
import * as z from 'zod/mini';
import type { Crm, CrmCredentials } from '#crms/crm';
import { createApi } from './client.ts';
import { frame } from './frame.ts';
import { hooks } from './hooks.ts';
import { frontOf, hostOf } from './hosts.ts';
import { createLists, MOST_READ } from './lists.ts';
import { createMaking } from './make.ts';
import { links } from './map.ts';
import { createNotes, MOST_NOTES } from './notes.ts';
import { createPreparing } from './prepare.ts';
import { createUnsorted } from './unsorted.ts';

/** What the connector is built on. The real implementation stands in for what is left out. */
export interface AmocrmOptions {
  readonly fetch: typeof globalThis.fetch;
  /** Stands in for the hosts of all accounts, and for those on which people sign in. */
  readonly baseUrl?: string | undefined;
  readonly clock?: () => number;
}

/** `host`, and a long-lived token; or the id and the secret of an integration, which do good beside a token too. */
const credentialsSchema = z.object({
  host: z.string().check(z.refine((text) => hostOf(text) !== undefined)),
  accessToken: z.optional(z.string().check(z.trim(), z.regex(/^[\w.~+/=-]{16,8000}$/))),
  clientId: z.optional(z.string().check(z.trim(), z.regex(/^[\w-]{3,100}$/))),
  clientSecret: z.optional(z.string().check(z.trim(), z.regex(/^\S{3,200}$/))),
});

/**
 * amoCRM and Kommo, which are one CRM under two names: https://www.amocrm.ru/developers. They take seven requests a second,
 * and no request lives longer than a minute there.
 */
export function createAmocrm({ fetch, baseUrl, clock = Date.now }: AmocrmOptions): Crm {
  const api = createApi({ fetch, baseUrl, clock });
  return {
    name: 'amocrm',
    offers: { unsorted: true, batch: MOST_READ, notes: MOST_NOTES, pace: 340, unclearMs: 60_000 },
    readCredentials,
    tokensOf: ({ accessToken }) => (accessToken ? { accessToken, ...endOf(accessToken) } : undefined),
    hostOf: ({ host }) => host,
    oauth: {
      authorizeUrl({ host = '', clientId = '' }, state) {
        return `https://${frontOf(host)}/oauth?${new URLSearchParams({ client_id: clientId, state })}`;
      },
      /** `referer` names the account that was chosen. The secret goes to no other host. */
      async exchange(app, callback, redirectUri, signal) {
        const host = hostOf(callback.get('referer') ?? app.host ?? '');
        const code = callback.get('code');
        if (!host || !code) {
          return { kind: 'unauthorized', code: callback.get('error') ?? 'no_code', description: 'amoCRM gave no code' };
        }
        const body = { grant_type: 'authorization_code', code, redirect_uri: redirectUri };
        return api.grant(host, app, body, signal);
      },
      refresh: (app, { refreshToken }, host, redirectUri, signal) =>
        api.grant(
          host,
          app,
          { grant_type: 'refresh_token', refresh_token: refreshToken, redirect_uri: redirectUri },
          signal,
        ),
    },
    ...createPreparing(api),
    ...createLists(api),
    ...createMaking(api),
    ...createNotes(api),
    unsorted: createUnsorted(api, clock),
    hooks,
    frame,
    links,
  };
}

function readCredentials(input: unknown): { credentials: CrmCredentials } | { fields: string[] } {
  const read = credentialsSchema.safeParse(input);
  const given = read.success ? read.data : undefined;
  const isObject = typeof input === 'object' && input !== null;
  const isSet = (name: string) => isObject && Boolean((input as Record<string, unknown>)[name]);
  const wrong = read.success ? [] : read.error.issues.map(({ path }) => String(path[0] ?? 'host'));
  const isOauth = !isSet('accessToken') && (isSet('clientId') || isSet('clientSecret'));
  const needed = isOauth ? ['clientId', 'clientSecret'] : ['accessToken'];
  const fields = [...new Set([...wrong, ...needed.filter((name) => !isSet(name))])];
  if (!given || fields.length > 0) return { fields };
  const credentials = { ...given, host: hostOf(given.host) ?? given.host };
  return {
    credentials: Object.fromEntries(
      Object.entries(credentials).flatMap(([name, value]) => (value ? [[name, value]] : [])),
    ),
  };
}

/** A long-lived token is a JWT that says when it ends. Its signature is amoCRM's to check. */
function endOf(token: string): { goodUntil?: number } {
  try {
    const { exp } = decodeJwt(token);
    return exp === undefined ? {} : { goodUntil: exp * 1000 };
  } catch {
    return {};
  }
}
