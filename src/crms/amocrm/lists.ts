import type { Asked, Crm, Session } from '#crms/crm';
import { isOfAll } from '#crms/is-of-all';
import { addressKeys } from '#domain/address';
import type { CrmContact, CrmDeal, CrmPipeline, CrmUser, Ref } from '#domain/crm';
import type { ContactData } from '#domain/directory';
import { type AmocrmApi, bodyOf, type Query } from './client.ts';
import { toContact, toDeal, toPipeline, toUser } from './map.ts';
import { phoneOf } from './phones.ts';
import { contactSchema, eventSchema, leadSchema, pipelineSchema, readAs, userSchema } from './schema.ts';

/** Ids of so many entities fit into an address of 8 KB, which gateways take. */
export const MOST_READ = 100;
/** What no list has is read by itself, so many in a call. The others have to be asked for again. */
const MOST_ALONE = 5;
const LATER: Asked<never> = { kind: 'throttled', retryAfterSeconds: 1 };
/** 12,500 users. */
const MOST_PAGES = 50;
/** A contact with more deals than this is no client: the newest are read. */
const MOST_DEALS = 500;
/** The most that a page of events has. */
const EVENTS_PAGE = 100;
/** Russian numbers are written with 7 and with 8, and these digits are the same in both (K16). */
const SAME_DIGITS = 10;

type Lists = Pick<Crm, 'users' | 'pipelines' | 'find' | 'read' | 'dealsOf' | 'changedSince'>;
type Found = CrmContact | CrmDeal;

/** What is read of an account. */
export function createLists(api: AmocrmApi): Lists {
  function many(
    session: Session,
    type: Ref['type'],
    query: Query,
    page = 1,
  ): Promise<Asked<{ items: readonly Found[]; hasNext: boolean }>> {
    return type === 'contact' ? contacts(session, query, page) : deals(session, query, page);
  }

  async function contacts(session: Session, query: Query, page = 1) {
    const asked = await api.page(session, '/contacts', { name: 'contacts', item: contactSchema, query, page });
    if (asked.kind !== 'ok') return asked;
    const items = asked.value.items
      .filter(({ is_deleted }) => !is_deleted)
      .map((item) => toContact(session.host, session.fields, item));
    return { kind: 'ok', value: { items, hasNext: asked.value.hasNext } } as const;
  }

  async function deals(session: Session, query: Query, page = 1) {
    const all: Query = [...query, ['with', 'contacts']];
    const asked = await api.page(session, '/leads', { name: 'leads', item: leadSchema, query: all, page });
    if (asked.kind !== 'ok') return asked;
    const items = asked.value.items
      .filter(({ is_deleted }) => !is_deleted)
      .map((item) => toDeal(session.host, session.fields, item));
    return { kind: 'ok', value: { items, hasNext: asked.value.hasNext } } as const;
  }

  /** Lists leave out the contact of an enquiry that nobody has accepted yet. By its id it is there. */
  async function one(session: Session, { type, id }: Ref): Promise<Asked<Found>> {
    const isContact = type === 'contact';
    const path = isContact ? `/contacts/${encodeURIComponent(id)}` : `/leads/${encodeURIComponent(id)}?with=contacts`;
    const asked = bodyOf(await api.call(session, 'GET', path));
    if (asked.kind !== 'ok') return asked;
    if (asked.value === undefined) return { kind: 'gone' };
    if (isContact) {
      const read = readAs(contactSchema, asked);
      if (read.kind !== 'ok') return read;
      return read.value.is_deleted
        ? { kind: 'gone' }
        : { kind: 'ok', value: toContact(session.host, session.fields, read.value) };
    }
    const read = readAs(leadSchema, asked);
    if (read.kind !== 'ok') return read;
    return read.value.is_deleted
      ? { kind: 'gone' }
      : { kind: 'ok', value: toDeal(session.host, session.fields, read.value) };
  }

  async function byIds(
    session: Session,
    type: Ref['type'],
    ids: readonly string[],
  ): Promise<Asked<Map<string, Found>>> {
    const found = new Map<string, Found>();
    for (let from = 0; from < ids.length; from += MOST_READ) {
      const some = ids.slice(from, from + MOST_READ);
      const asked = await many(
        session,
        type,
        some.map((id) => ['filter[id][]', id] as const),
      );
      if (asked.kind !== 'ok') return asked;
      for (const item of asked.value.items) found.set(item.id, item);
    }
    return { kind: 'ok', value: found };
  }

  return {
    async users(session) {
      const users = new Map<string, CrmUser>();
      for (let page = 1; page <= MOST_PAGES; page += 1) {
        const asked = await api.page(session, '/users', { name: 'users', item: userSchema, page });
        if (asked.kind !== 'ok') return asked;
        for (const user of asked.value.items) users.set(user.id, toUser(user));
        if (!asked.value.hasNext) return { kind: 'ok', value: [...users.values()] };
      }
      return { kind: 'unreachable', reason: 'a list that does not end' };
    },
    async pipelines(session) {
      const asked = await api.page(session, '/leads/pipelines', { name: 'pipelines', item: pipelineSchema });
      if (asked.kind !== 'ok') return asked;
      const pipelines: CrmPipeline[] = asked.value.items.filter(({ is_archive }) => !is_archive).map(toPipeline);
      return { kind: 'ok', value: pipelines };
    },
    /** The search looks at all fields, so a hit may have the digits anywhere: only those with the address are told (K16). */
    async find(session, data) {
      const digits = phoneOf(data);
      const { chatType, chatId, username } = data;
      const query = digits?.slice(-SAME_DIGITS) ?? chatId ?? username?.replace(/^@/, '');
      if (!query) return { kind: 'ok', value: [] };
      const asked = await contacts(session, [['query', query]]);
      if (asked.kind !== 'ok') return asked;
      const sought = digits === undefined ? data : { chatType: 'whatsapp', chatId: digits };
      const both = chatType === 'whatsapp' ? [data, sought] : [sought];
      return { kind: 'ok', value: asked.value.items.filter((contact) => both.some((one) => hasAddress(contact, one))) };
    },
    async read(session, refs) {
      const answers = new Map<string, Asked<Found>>();
      for (const type of ['contact', 'deal'] as const) {
        const ids = [...new Set(refs.filter((ref) => ref.type === type).map(({ id }) => id))];
        const found = await byIds(session, type, ids);
        if (found.kind !== 'ok') return found;
        const missing = ids.filter((id) => !found.value.has(id));
        const alone = new Set(missing.slice(0, MOST_ALONE));
        let left: Asked<Found> = LATER;
        for (const id of ids) {
          const item = found.value.get(id);
          const answer = alone.has(id) && left === LATER ? await one(session, { type, id }) : left;
          if (isOfAll(answer)) left = answer;
          answers.set(`${type} ${id}`, item ? { kind: 'ok', value: item } : answer);
        }
      }
      return { kind: 'ok', value: refs.map(({ type, id }) => answers.get(`${type} ${id}`) ?? { kind: 'gone' }) };
    },
    /** Leads have no filter by contact. The contact names them. */
    async dealsOf(session, contactId) {
      const asked = bodyOf(await api.call(session, 'GET', `/contacts/${encodeURIComponent(contactId)}?with=leads`));
      if (asked.kind !== 'ok') return asked;
      if (asked.value === undefined) return { kind: 'gone' };
      const contact = readAs(contactSchema, asked);
      if (contact.kind !== 'ok') return contact;
      const ids = (contact.value._embedded?.leads ?? []).map(({ id }) => id);
      const newest = ids.toSorted((one, other) => Number(other) - Number(one)).slice(0, MOST_DEALS);
      const found = await byIds(session, 'deal', newest);
      if (found.kind !== 'ok') return found;
      const isDeal = (item: Found | undefined): item is CrmDeal => item?.type === 'deal';
      return { kind: 'ok', value: newest.map((id) => found.value.get(id)).filter(isDeal) };
    },
    /**
     * The newest first: what changes while pages are read moves what is left back, and so it is named twice rather than
     * never. Lists have nothing that was deleted, so events tell of it.
     */
    async changedSince(session, since, cursor = 'contact 1') {
      const [what = '', number] = cursor.split(' ');
      const page = Number(number ?? 1);
      const from = String(Math.floor(since / 1000));
      if (what === 'deleted') {
        const query: Query = [
          ['filter[type][]', 'contact_deleted'],
          ['filter[type][]', 'lead_deleted'],
          ['filter[created_at][from]', from],
        ];
        const asked = await api.page(session, '/events', {
          name: 'events',
          item: eventSchema,
          query,
          page,
          limit: EVENTS_PAGE,
        });
        // Not every plan has a list of events. Hooks tell of deletions too.
        if (asked.kind === 'refused' || asked.kind === 'gone') return { kind: 'ok', value: { refs: [] } };
        if (asked.kind !== 'ok') return asked;
        const refs = asked.value.items.map(({ type, entity_id: id }) => refOf(type.startsWith('contact'), id));
        return { kind: 'ok', value: { refs, ...(asked.value.hasNext && { cursor: `deleted ${page + 1}` }) } };
      }
      const type = what === 'deal' ? 'deal' : 'contact';
      const asked = await many(
        session,
        type,
        [
          ['filter[updated_at][from]', from],
          ['order[updated_at]', 'desc'],
        ],
        page,
      );
      if (asked.kind !== 'ok') return asked;
      const refs = asked.value.items.map(({ id }) => refOf(type === 'contact', id));
      const next = asked.value.hasNext ? `${type} ${page + 1}` : type === 'contact' ? 'deal 1' : 'deleted 1';
      return { kind: 'ok', value: { refs, cursor: next } };
    },
  };
}

function refOf(isContact: boolean, id: string): Ref {
  return { type: isContact ? 'contact' : 'deal', id };
}

function hasAddress(contact: CrmContact, sought: ContactData): boolean {
  const [key] = addressKeys('', [sought]);
  if (key !== undefined && addressKeys('', contact.contactData).includes(key)) return true;
  const name = sought.username?.replace(/^@/, '').toLowerCase();
  return (
    name !== undefined &&
    contact.contactData.some((one) => one.chatType === sought.chatType && one.username?.toLowerCase() === name)
  );
}
