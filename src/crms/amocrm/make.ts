import * as z from 'zod/mini';
import type { Asked, Carrier, Crm, CrmMade, Session, Wanted } from '#crms/crm';
import { type AmocrmApi, bodyOf, type Query } from './client.ts';
import { contactFieldsOf, contactsOf, keyField, toCarrier, withChats } from './map.ts';
import { complexSchema, contactSchema, idSchema, leadSchema, pageOf, readAs, unsortedSchema } from './schema.ts';

/** Two clocks are so far apart at most. */
const SKEW_SECONDS = 300;
/** 50,000 leads since the call that got no answer. Beyond that nothing can be said. */
const MOST_PAGES = 200;

type Making = Pick<Crm, 'look' | 'make' | 'remove' | 'assign' | 'carry'>;

/** What is made in an account. */
export function createMaking(api: AmocrmApi): Making {
  return {
    /**
     * Lists of what was made since then, read to their beginning, and never the search, which lags behind. The newest are
     * first: what is made meanwhile moves the rest back, and so nothing is passed over.
     */
    async look(session, keys, since) {
      const from = Math.floor(since / 1000) - SKEW_SECONDS;
      const { contactKey, dealKey } = session.fields;
      const leads = await allSince(session, {
        path: '/leads',
        name: 'leads',
        item: leadSchema,
        from,
        query: [['with', 'contacts']],
      });
      if (leads.kind !== 'ok') return leads;
      const contacts = await allSince(session, {
        path: '/contacts',
        name: 'contacts',
        item: contactSchema,
        from,
        query: [],
      });
      if (contacts.kind !== 'ok') return contacts;
      const enquiries = await enquiriesOf(session, keys.deal, from);
      if (enquiries.kind !== 'ok') return enquiries;
      const found = [
        ...enquiries.value.flatMap((enquiry) => carriersOf(enquiry, keys)),
        ...leads.value.flatMap((item) => toCarrier('deal', item, dealKey, keys.deal)),
        ...contacts.value.flatMap((item) => toCarrier('contact', item, contactKey, keys.contact)),
      ];
      const byRef = new Map<string, Carrier>();
      for (const carrier of found) {
        const ref = `${carrier.type} ${carrier.id}`;
        byRef.set(ref, { ...byRef.get(ref), ...carrier });
      }
      return { kind: 'ok', value: [...byRef.values()] };
    },
    async make(session, wanted) {
      if (wanted.responsibleUserId !== undefined && !isNumber(wanted.responsibleUserId)) return userGone();
      if (wanted.contactId !== undefined) return makeLead(session, wanted, wanted.contactId);
      const lead = { ...leadOf(session, wanted), _embedded: { contacts: [contactOf(session, wanted)] } };
      const made = readAs(complexSchema, bodyOf(await api.call(session, 'POST', '/leads/complex', [lead])));
      if (made.kind !== 'ok') return made;
      const [first] = made.value;
      if (!first) return { kind: 'unreachable', reason: 'an answer in another form' };
      if (first.merged) return joined(session, first.id, first.contact_id ?? undefined);
      if (!first.contact_id) return { kind: 'unreachable', reason: 'a lead without its contact' };
      return { kind: 'ok', value: { contactId: first.contact_id, dealId: first.id } };
    },
    /** The API deletes neither leads nor contacts: a person has to. */
    async remove() {
      return {
        kind: 'refused',
        code: 'INVALID',
        description: 'amoCRM lets nobody delete leads or contacts by its API',
      };
    },
    async assign(session, { type, id }, userId) {
      if (!isNumber(userId)) return userGone();
      const path = `/${type === 'contact' ? 'contacts' : 'leads'}/${encodeURIComponent(id)}`;
      const asked = await api.call(session, 'PATCH', path, { responsible_user_id: Number(userId) });
      return asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked;
    },
    /** Whoever merges two contacts chooses one value of a field. */
    async carry(session, contactId, contactData) {
      const path = `/contacts/${encodeURIComponent(contactId)}`;
      const found = bodyOf(await api.call(session, 'GET', path));
      if (found.kind === 'ok' && found.value === undefined) return { kind: 'gone' };
      const contact = readAs(contactSchema, found);
      if (contact.kind !== 'ok') return contact;
      const custom_fields_values = withChats(session.fields, contact.value, contactData);
      const asked = await api.call(session, 'PATCH', path, { custom_fields_values });
      return asked.kind === 'ok' ? { kind: 'ok', value: undefined } : asked;
    },
  };

  async function makeLead(session: Session, wanted: Wanted, contactId: string): Promise<Asked<CrmMade>> {
    const lead = { ...leadOf(session, wanted), _embedded: { contacts: [{ id: Number(contactId), is_main: true }] } };
    const made = readAs(madeSchema, bodyOf(await api.call(session, 'POST', '/leads', [lead])));
    if (made.kind !== 'ok') return made;
    const [first] = made.value._embedded.leads ?? [];
    return first
      ? { kind: 'ok', value: { contactId, dealId: first.id } }
      : { kind: 'unreachable', reason: 'an answer in another form' };
  }

  /**
   * amoCRM's control of duplicates joined what was sent to a lead that was there (K17). Its stage and its responsible user
   * stay as they are.
   */
  async function joined(session: Session, dealId: string, contactId: string | undefined): Promise<Asked<CrmMade>> {
    const lead = readAs(leadSchema, bodyOf(await api.call(session, 'GET', `/leads/${dealId}?with=contacts`)));
    if (lead.kind !== 'ok')
      return contactId
        ? { kind: 'ok', value: { contactId, dealId } }
        : { kind: 'unreachable', reason: 'a lead that was joined' };
    const { responsible_user_id: responsibleUserId } = lead.value;
    const main = contactId ?? contactsOf(lead.value)[0];
    if (main === undefined) return { kind: 'unreachable', reason: 'a lead without its contact' };
    return { kind: 'ok', value: { contactId: main, dealId, ...(responsibleUserId && { responsibleUserId }) } };
  }

  async function allSince<T extends z.ZodMiniType>(
    session: Session,
    { path, name, item, from, query }: { path: string; name: string; item: T; from: number; query: Query },
  ): Promise<Asked<z.output<T>[]>> {
    const all: z.output<T>[] = [];
    const since: Query = [...query, ['filter[created_at][from]', String(from)], ['order[id]', 'desc']];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const asked = await api.page(session, path, { name, item, query: since, page });
      if (asked.kind !== 'ok') return asked;
      all.push(...asked.value.items);
      if (!asked.value.hasNext) return { kind: 'ok', value: all };
    }
    return { kind: 'unreachable', reason: 'too many leads or contacts since then' };
  }

  /** Contacts of enquiries are in no list until somebody accepts. Enquiries themselves have no filter by time. */
  async function enquiriesOf(session: Session, key: string, from: number) {
    const found: z.output<typeof unsortedSchema>[] = [];
    const query: Query = [
      ['filter[category][]', 'forms'],
      ['order[created_at]', 'desc'],
    ];
    for (let page = 1; page <= MOST_PAGES; page += 1) {
      const asked = await api.page(session, '/leads/unsorted', { name: 'unsorted', item: unsortedSchema, query, page });
      // An account may have no inbox at all.
      if (asked.kind === 'refused' || asked.kind === 'gone') break;
      if (asked.kind !== 'ok') return asked;
      found.push(...asked.value.items.filter(({ source_uid }) => source_uid === key));
      if (!asked.value.hasNext || asked.value.items.some(({ created_at = from }) => created_at < from)) break;
    }
    return { kind: 'ok', value: found } as const;
  }
}

const madeSchema = pageOf('leads', z.object({ id: idSchema }));

/** A lead as it is sent. */
export function leadOf({ fields }: Pick<Session, 'fields'>, wanted: Wanted) {
  const { keys, dealName, responsibleUserId, pipelineId, stageId } = wanted;
  return {
    name: dealName,
    request_id: keys.deal,
    ...(responsibleUserId !== undefined && { responsible_user_id: Number(responsibleUserId) }),
    ...(pipelineId !== undefined && { pipeline_id: Number(pipelineId) }),
    ...(stageId !== undefined && { status_id: Number(stageId) }),
    custom_fields_values: keyField(fields.dealKey, keys.deal),
  };
}

/** A contact as it is sent. */
export function contactOf({ fields }: Pick<Session, 'fields'>, { keys, name, responsibleUserId, contactData }: Wanted) {
  return {
    name,
    ...(responsibleUserId !== undefined && { responsible_user_id: Number(responsibleUserId) }),
    custom_fields_values: contactFieldsOf(fields, keys.contact, contactData),
  };
}

function carriersOf(
  { uid, created_at: at = 0, _embedded }: z.output<typeof unsortedSchema>,
  keys: Wanted['keys'],
): Carrier[] {
  const [lead] = _embedded.leads ?? [];
  const [contact] = _embedded.contacts ?? [];
  const about = { createdAt: at * 1000, isUntouched: true, uid };
  return [
    ...(lead
      ? [{ ...about, type: 'deal', id: lead.id, key: keys.deal, contacts: contact ? [contact.id] : [] } as const]
      : []),
    ...(contact ? [{ ...about, type: 'contact', id: contact.id, key: keys.contact } as const] : []),
  ];
}

/** Ids of users are numbers here. */
export function isNumber(id: string): boolean {
  return /^\d{1,15}$/.test(id);
}

export function userGone() {
  return { kind: 'refused', code: 'USER_GONE', description: 'There is no such user in amoCRM' } as const;
}
