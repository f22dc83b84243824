import * as z from 'zod/mini';
import type { Crm } from '#crms/crm';
import type { Portal } from '#domain/crm';
import { createClient } from './client.ts';
import { createFrame } from './frame.ts';
import { hooks } from './hooks.ts';
import { createMaking } from './make.ts';
import { createNotes, NOTES } from './notes.ts';
import { createOauth } from './oauth.ts';
import { createSetup } from './prepare.ts';
import { BATCH, createReading } from './read.ts';

/** What the connector is built on. */
export interface HubspotOptions {
  readonly fetch: typeof globalThis.fetch;
  /** The address that stands in for HubSpot's API. */
  readonly baseUrl?: string | undefined;
  readonly now?: () => number;
}

const word = z.string().check(z.regex(/^[\w.+/=-]{8,1000}$/));

/** A service key, or the token of a project's app and its secret. An app for several accounts has an id and no token. */
const credentialsSchema = z.object({
  accessToken: z.optional(word),
  clientId: z.optional(word),
  clientSecret: z.optional(word),
});

/** HubSpot: contacts, deals and owners. A service key works without hooks, the token of a project's app with them. */
export function createHubspot({ fetch, baseUrl, now = Date.now }: HubspotOptions): Crm {
  const call = createClient(fetch, baseUrl);
  return {
    name: 'hubspot',
    // 60 s: the longest that HubSpot works on a request. 150 ms, with the news and the questions about newcomers beside
    // them, stay below 100 calls in 10 s.
    offers: { unsorted: false, batch: BATCH, notes: NOTES, pace: 150, unclearMs: 60_000 },
    readCredentials(input) {
      const read = credentialsSchema.safeParse(input ?? {});
      if (!read.success) {
        const fields = read.error.issues.map(({ path }) => String(path[0] ?? 'accessToken'));
        return { fields: [...new Set(fields)] };
      }
      const { accessToken, clientId, clientSecret } = read.data;
      if (accessToken === undefined && (clientId === undefined || clientSecret === undefined)) {
        return { fields: ['accessToken'] };
      }
      return {
        credentials: {
          ...(accessToken && { accessToken }),
          ...(clientId && { clientId }),
          ...(clientSecret && { clientSecret }),
        },
      };
    },
    tokensOf: ({ accessToken }) => (accessToken ? { accessToken } : undefined),
    hostOf: () => undefined,
    oauth: createOauth(fetch, now, baseUrl),
    ...createSetup(call),
    ...createReading(call),
    ...createMaking(call),
    note: createNotes(call),
    hooks,
    frame: createFrame(call),
    links: {
      contact: (portal, id) => recordUrl(portal, '0-1', id),
      deal: (portal, id) => recordUrl(portal, '0-3', id),
      // HubSpot documents no address of a form that knows its contact, so the contact's card is opened, which has one.
      newDeal: (portal, contactId) => recordUrl(portal, '0-1', contactId),
    },
  };
}

function recordUrl({ host, accountId }: Portal, typeId: string, id: string): string {
  return `https://${host}/contacts/${encodeURIComponent(accountId)}/record/${typeId}/${encodeURIComponent(id)}`;
}
