import * as z from 'zod/mini';
import type { Crm } from '#crms/crm';
import { createApi, PORTAL } from './client.ts';
import { createFrame } from './frame.ts';
import { createHooks } from './hooks.ts';
import { createLists, MOST_READ } from './lists.ts';
import { createMaking } from './make.ts';
import { links } from './map.ts';
import { createNotes, MOST_NOTES } from './notes.ts';
import { createPreparing } from './prepare.ts';

/** What the connector is built on. The real implementation stands in for what is left out. */
export interface Bitrix24Options {
  readonly fetch: typeof globalThis.fetch;
  /** Stands in for the hosts of all portals, and for the server of authorization. */
  readonly baseUrl?: string | undefined;
  readonly clock?: () => number;
}

const credentialsSchema = z.object({
  host: z.pipe(z.string(), z.transform(hostOf)).check(z.regex(PORTAL)),
  clientId: z.string().check(z.trim(), z.regex(/^[\w.-]{3,100}$/)),
  clientSecret: z.string().check(z.trim(), z.regex(/^\S{3,200}$/)),
});

/**
 * Bitrix24, by a local application of a portal: https://apidocs.bitrix24.com. Its pace is that of a portal, which drains
 * two requests a second; no request lives longer than a minute there.
 */
export function createBitrix24({ fetch, baseUrl, clock = Date.now }: Bitrix24Options): Crm {
  const api = createApi({ fetch, baseUrl, clock });
  return {
    name: 'bitrix24',
    offers: { unsorted: false, batch: MOST_READ, notes: MOST_NOTES, pace: 900, unclearMs: 60_000 },
    readCredentials(input) {
      const read = credentialsSchema.safeParse(input);
      if (read.success) return { credentials: read.data };
      return { fields: [...new Set(read.error.issues.map(({ path }) => String(path[0] ?? 'host')))] };
    },
    /** Bitrix24 brings the pair itself, when the application is installed. */
    tokensOf: () => undefined,
    hostOf: ({ host }) => host,
    oauth: {
      authorizeUrl({ host = '', clientId = '' }, state) {
        return `https://${host}/oauth/authorize/?${new URLSearchParams({ client_id: clientId, state })}`;
      },
      exchange: (app, callback, _redirectUri, signal) =>
        api.grant(app, { grant_type: 'authorization_code', code: callback.get('code') ?? '' }, signal),
      refresh: (app, { refreshToken }, _host, _redirectUri, signal) =>
        api.grant(app, { grant_type: 'refresh_token', refresh_token: refreshToken }, signal),
    },
    ...createPreparing(api),
    ...createLists(api),
    ...createMaking(api),
    ...createNotes(api),
    hooks: createHooks(clock),
    frame: createFrame(api),
    links,
  };
}

/** People paste the whole address of their portal. */
function hostOf(written: string): string {
  const text = written.trim().toLowerCase();
  const url = URL.parse(text.includes('://') ? text : `https://${text}`);
  return url?.username === '' && url.password === '' ? url.host : '';
}
