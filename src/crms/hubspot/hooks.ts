import type { Crm, CrmNews, CrmRequest } from '#crms/crm';
import type { Ref } from '#domain/crm';
import { eventSchema, type HubspotEvent } from './schema.ts';
import { isSigned } from './signature.ts';

/** At most 100 events, each with the new value of a property, which may be a long text. */
const MAX_BODY_BYTES = 1024 * 1024;
const MOST_EVENTS = 1_000;

const TYPES: Readonly<Record<string, Ref['type']>> = {
  contact: 'contact',
  deal: 'deal',
  '0-1': 'contact',
  '0-3': 'deal',
};

/** Hooks of HubSpot. They come at least once, in no order, up to 100 in a request. */
export const hooks: Crm['hooks'] = {
  maxBodyBytes: MAX_BODY_BYTES,
  verify(request, { app, accountId, hooksUrl, now }) {
    if (!isSigned(request, hooksUrl, app.clientSecret ?? '', now)) return false;
    // An app has one address for all accounts that it is installed in.
    return eventsOf(request).every(
      ({ portalId }) => accountId === undefined || portalId === undefined || String(portalId) === accountId,
    );
  },
  parse(request) {
    const seen = new Set<string>();
    return eventsOf(request)
      .flatMap(newsOf)
      .filter((news) => {
        const text = JSON.stringify(news);
        return !seen.has(text) && seen.add(text);
      });
  },
};

function eventsOf({ body }: CrmRequest): HubspotEvent[] {
  try {
    const events: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    if (!Array.isArray(events)) return [];
    return events.slice(0, MOST_EVENTS).flatMap((event) => eventSchema.safeParse(event).data ?? []);
  } catch {
    return [];
  }
}

function newsOf(event: HubspotEvent): CrmNews[] {
  const [named = '', act] = event.subscriptionType.split('.');
  const name = named === 'object' ? (event.objectTypeId ?? '') : named;
  const type = Object.hasOwn(TYPES, name) ? TYPES[name] : undefined;
  if (!type) return [];
  switch (act) {
    case 'creation':
    case 'propertyChange':
    case 'restore':
      return one('changed', type, event.objectId);
    case 'deletion':
    case 'privacyDeletion':
      return one('deleted', type, event.objectId);
    case 'associationChange':
      return event.associationType?.startsWith(type.toUpperCase()) === false
        ? one('changed', type, event.toObjectId)
        : one('changed', type, event.fromObjectId);
    case 'merge':
      return mergesOf(type, event);
    default:
      return [];
  }
}

/** Some merges make a third record, and then both of the old ones are gone (K18). */
function mergesOf(
  type: Ref['type'],
  { objectId, primaryObjectId, mergedObjectIds = [], newObjectId }: HubspotEvent,
): CrmNews[] {
  const into = idOf(newObjectId ?? primaryObjectId ?? objectId);
  if (into === undefined) return [];
  const losers = [...mergedObjectIds, ...(newObjectId === undefined ? [] : [primaryObjectId])].map(idOf);
  return losers.flatMap((id) => (id === undefined || id === into ? [] : [{ kind: 'merged', ref: { type, id }, into }]));
}

function one(kind: 'changed' | 'deleted', type: Ref['type'], id: number | string | undefined): CrmNews[] {
  const text = idOf(id);
  return text === undefined ? [] : [{ kind, ref: { type, id: text } }];
}

function idOf(id: number | string | undefined): string | undefined {
  return id !== undefined && /^\d{1,20}$/.test(String(id)) ? String(id) : undefined;
}
