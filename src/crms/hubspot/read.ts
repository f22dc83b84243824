import type * as z from 'zod/mini';
import type { Asked, Carrier, Crm, Failed, Keys, Session } from '#crms/crm';
import type { CrmContact, CrmDeal, CrmUser, Ref } from '#domain/crm';
import { type CallHubspot, type HubspotRequest, PATHS } from './client.ts';
import {
  CHATS,
  KEY,
  mergedOf,
  OBJECTS,
  PROPERTIES,
  phoneOf,
  refused,
  toCarrier,
  toContact,
  toDeal,
  toPipelines,
} from './map.ts';
import {
  associatedSchema,
  associationsSchema,
  type HubspotObject,
  objectSchema,
  objectsSchema,
  ownersSchema,
  pipelinesSchema,
} from './schema.ts';

/** The most records that a batch takes. */
export const BATCH = 100;
/** The most that a search gives at once: https://developers.hubspot.com/docs/api-reference/search/guide */
const SEARCH_PAGE = 200;
const ASSOCIATIONS_PAGE = 500;
/** How many pages of associations and owners are read. A list that is longer is no honest one. */
const MOST_PAGES = 100;
/** A contact with more deals than this is no client: the newest are read. */
const MOST_DEALS = 500;
/** A search takes so many groups of filters. */
const MOST_FILTERS = 5;
/** The end of a phone number that all its spellings share. HubSpot strips country codes of its searchable ones. */
const PHONE_END = 7;

/** What is read from HubSpot. */
export type Reading = Pick<Crm, 'users' | 'pipelines' | 'find' | 'read' | 'dealsOf' | 'changedSince' | 'look'>;

/** Calls and reads the answer by the schema. One that it does not fit says nothing. */
export async function ask<T extends z.ZodMiniType>(
  call: CallHubspot,
  session: Pick<Session, 'accessToken' | 'signal' | 'turn'>,
  request: HubspotRequest,
  schema: T,
): Promise<Asked<z.infer<T>>> {
  const answer = refused(await call(session, request));
  if (answer.kind !== 'ok') return answer;
  const read = schema.safeParse(answer.value);
  return read.success
    ? { kind: 'ok', value: read.data }
    : { kind: 'unreachable', reason: 'an answer in a form that HubSpot does not document' };
}

/** Makes what reads. */
export function createReading(call: CallHubspot): Reading {
  type S = Pick<Session, 'accessToken' | 'signal' | 'turn'>;

  async function batchRead(
    session: S,
    type: Ref['type'],
    ids: readonly string[],
  ): Promise<Asked<readonly HubspotObject[]>> {
    if (ids.length === 0) return { kind: 'ok', value: [] };
    const path = `${PATHS.objects}/${OBJECTS[type]}/batch/read`;
    const json = { properties: PROPERTIES[type], inputs: [...new Set(ids)].map((id) => ({ id })) };
    const asked = await ask(call, session, { method: 'POST', path, json }, objectsSchema);
    return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.results } : asked;
  }

  /** The contacts of deals, by the deals' ids. */
  async function contactsOf(
    session: S,
    ids: readonly string[],
  ): Promise<Asked<ReadonlyMap<string, readonly string[]>>> {
    if (ids.length === 0) return { kind: 'ok', value: new Map() };
    const path = `${PATHS.associations}/deals/contacts/batch/read`;
    const json = { inputs: ids.map((id) => ({ id })) };
    const asked = await ask(call, session, { method: 'POST', path, json }, associationsSchema);
    if (asked.kind !== 'ok') return asked;
    const pairs = asked.value.results.map(
      ({ from, to }) => [from.id, to.map(({ toObjectId }) => String(toObjectId))] as const,
    );
    return { kind: 'ok', value: new Map(pairs) };
  }

  async function dealsBy(
    session: S,
    ids: readonly string[],
  ): Promise<Asked<readonly { deal: CrmDeal; object: HubspotObject }[]>> {
    const objects = await batchRead(session, 'deal', ids);
    if (objects.kind !== 'ok') return objects;
    const contacts = await contactsOf(
      session,
      objects.value.map(({ id }) => id),
    );
    if (contacts.kind !== 'ok') return contacts;
    return {
      kind: 'ok',
      value: objects.value.map((object) => ({ object, deal: toDeal(object, contacts.value.get(object.id) ?? []) })),
    };
  }

  async function owners(session: S, archived: boolean): Promise<Asked<CrmUser[]>> {
    const users: CrmUser[] = [];
    let after: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const query = { limit: String(BATCH), archived: String(archived), ...(after && { after }) };
      const asked = await ask(call, session, { method: 'GET', path: PATHS.owners, query }, ownersSchema);
      if (asked.kind !== 'ok') return asked;
      const people = asked.value.results.filter(({ type }) => type !== 'QUEUE');
      users.push(
        ...people.map(({ id, firstName, lastName, email }) => ({
          id,
          name: [firstName, lastName].filter(Boolean).join(' ') || email || id,
          isActive: !archived,
        })),
      );
      after = asked.value.paging?.next?.after;
      if (after === undefined) return { kind: 'ok', value: users };
    }
    return endless();
  }

  async function search(session: S, type: Ref['type'], json: object): Promise<Asked<readonly HubspotObject[]>> {
    const path = `${PATHS.objects}/${OBJECTS[type]}/search`;
    const asked = await ask(call, session, { method: 'POST', path, json }, objectsSchema);
    return asked.kind === 'ok' ? { kind: 'ok', value: asked.value.results } : asked;
  }

  async function carrier(session: Session, type: Ref['type'], key: string): Promise<Asked<Carrier | undefined>> {
    const path = `${PATHS.objects}/${OBJECTS[type]}/${encodeURIComponent(key)}`;
    const query = { idProperty: KEY, properties: PROPERTIES[type].join(',') };
    const asked = await ask(call, session, { method: 'GET', path, query }, objectSchema);
    if (asked.kind === 'gone') return { kind: 'ok', value: undefined };
    if (asked.kind !== 'ok') return asked;
    if (type === 'contact') return { kind: 'ok', value: toCarrier(type, key, asked.value) };
    const contacts = await contactsOf(session, [asked.value.id]);
    if (contacts.kind !== 'ok') return contacts;
    return { kind: 'ok', value: toCarrier(type, key, asked.value, contacts.value.get(asked.value.id) ?? []) };
  }

  return {
    async users(session) {
      const active = await owners(session, false);
      if (active.kind !== 'ok') return active;
      const gone = await owners(session, true);
      if (gone.kind !== 'ok') return gone;
      const ids = new Set(active.value.map(({ id }) => id));
      return { kind: 'ok', value: [...active.value, ...gone.value.filter(({ id }) => !ids.has(id))] };
    },

    async pipelines(session) {
      const asked = await ask(call, session, { method: 'GET', path: PATHS.pipelines }, pipelinesSchema);
      return asked.kind === 'ok' ? { kind: 'ok', value: toPipelines(asked.value) } : asked;
    },

    async find(session, data) {
      const phone = phoneOf(data);
      const id = data.chatId || data.username;
      const filters = [
        ...(phone ? phoneFilters(phone) : []),
        ...(id && data.chatId !== phone ? [{ propertyName: CHATS, operator: 'CONTAINS_TOKEN', value: id }] : []),
      ];
      if (filters.length === 0) return { kind: 'ok', value: [] };
      const filterGroups = filters.map((filter) => ({ filters: [filter] })).slice(-MOST_FILTERS);
      const sorts = [{ propertyName: 'createdate', direction: 'ASCENDING' }];
      const found = await search(session, 'contact', {
        filterGroups,
        sorts,
        properties: PROPERTIES.contact,
        limit: BATCH,
      });
      return found.kind === 'ok' ? { kind: 'ok', value: found.value.map(toContact) } : found;
    },

    async read(session, refs) {
      const idsOf = (type: Ref['type']) => refs.filter((ref) => ref.type === type).map(({ id }) => id);
      const contacts = await batchRead(session, 'contact', idsOf('contact'));
      if (contacts.kind !== 'ok') return contacts;
      const deals = await dealsBy(session, idsOf('deal'));
      if (deals.kind !== 'ok') return deals;
      const known = [
        ...contacts.value.map((object) => ({ object, value: toContact(object) as CrmContact | CrmDeal })),
        ...deals.value.map(({ object, deal }) => ({ object, value: deal as CrmContact | CrmDeal })),
      ];
      return {
        kind: 'ok',
        value: refs.map(({ type, id }) => {
          const ofType = known.filter(({ value }) => value.type === type);
          const same = ofType.find(({ value }) => value.id === id);
          if (same) return { kind: 'ok' as const, value: same.value };
          // HubSpot answers for a merged record with the one that it went into.
          const heir = ofType.find(({ object }) => mergedOf(object).includes(id));
          return heir ? { kind: 'moved' as const, to: heir.value.id } : { kind: 'gone' as const };
        }),
      };
    },

    async dealsOf(session, contactId) {
      const ids: string[] = [];
      let after: string | undefined;
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const path = `${PATHS.objects}/contacts/${encodeURIComponent(contactId)}/associations/deals`;
        const query = { limit: String(ASSOCIATIONS_PAGE), ...(after && { after }) };
        const asked = await ask(call, session, { method: 'GET', path, query }, associatedSchema);
        if (asked.kind !== 'ok') return asked;
        ids.push(...asked.value.results.map(({ toObjectId }) => String(toObjectId)));
        after = asked.value.paging?.next?.after;
        if (after === undefined) break;
      }
      // Ids grow, so the longer number is the newer one.
      ids.sort((one, other) => other.length - one.length || (one < other ? 1 : -1));
      const newest = ids.slice(0, MOST_DEALS);
      const all: { deal: CrmDeal; object: HubspotObject }[] = [];
      for (let begin = 0; begin < newest.length; begin += BATCH) {
        const deals = await dealsBy(session, newest.slice(begin, begin + BATCH));
        if (deals.kind !== 'ok') return deals;
        all.push(...deals.value);
      }
      all.sort((one, other) => Date.parse(other.object.createdAt) - Date.parse(one.object.createdAt));
      return { kind: 'ok', value: all.map(({ deal }) => deal) };
    },

    /**
     * The cursor is the type and the last id. A search ends at 10,000 results (K24) and loses records of equal times at the
     * borders of windows. Ids do neither: each page asks for those behind the last one.
     */
    async changedSince(session, since, cursor = 'contact:0') {
      const [type, last = '0'] = cursor.split(':') as [Ref['type'], string?];
      const changed = type === 'contact' ? 'lastmodifieddate' : 'hs_lastmodifieddate';
      const filters = [
        { propertyName: changed, operator: 'GTE', value: String(since) },
        { propertyName: 'hs_object_id', operator: 'GT', value: last },
      ];
      const sorts = [{ propertyName: 'hs_object_id', direction: 'ASCENDING' }];
      const body = { filterGroups: [{ filters }], sorts, properties: [changed], limit: SEARCH_PAGE };
      const found = await search(session, type, body);
      if (found.kind !== 'ok') return found;
      const refs = found.value.map(({ id }) => ({ type, id }));
      const isFull = refs.length === SEARCH_PAGE;
      const next = isFull ? `${type}:${refs.at(-1)?.id}` : type === 'contact' ? 'deal:0' : undefined;
      return { kind: 'ok', value: { refs, ...(next && { cursor: next }) } };
    },

    async look(session, keys: Keys) {
      const contact = await carrier(session, 'contact', keys.contact);
      if (contact.kind !== 'ok') return contact;
      const deal = await carrier(session, 'deal', keys.deal);
      if (deal.kind !== 'ok') return deal;
      return { kind: 'ok', value: [contact.value, deal.value].filter((one) => one !== undefined) };
    },
  };
}

/** The last ones find the most. */
function phoneFilters(phone: string) {
  const end = `*${phone.slice(-PHONE_END)}`;
  const searchable = [
    'hs_whatsapp_phone_number',
    'hs_searchable_calculated_mobile_number',
    'hs_searchable_calculated_phone_number',
  ];
  return [
    ...['mobilephone', 'phone'].map((propertyName) => ({ propertyName, operator: 'EQ', value: `+${phone}` })),
    ...searchable.map((propertyName) => ({ propertyName, operator: 'CONTAINS_TOKEN', value: end })),
  ];
}

function endless(): Failed {
  return { kind: 'unreachable', reason: 'a list that does not end' };
}
