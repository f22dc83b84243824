import type { Asked, Carrier, Crm, CrmMade, CrmNews, Failed, Note, Session, Wanted } from '#crms/crm';
import { addressKeys } from '#domain/address';
import type { CrmContact, CrmDeal, CrmPipeline, CrmProblemCode, CrmUser, Ref } from '#domain/crm';

/** What a CRM does with a call: nothing at all, all but the answer, both later, or it says no. */
export type Fault = 'down' | 'lost' | 'late' | Failed;

/** An entity of the model, with its age. */
type Aged<T> = T & { readonly createdAt: number; readonly changedAt: number; touched?: boolean };

/** A contact's addresses since that time, as the search index learns of them. */
interface Indexed {
  readonly at: number;
  readonly id: string;
  readonly contactData: CrmContact['contactData'];
}

/** What Konvert had made, or somebody has changed. */
export type Changed = (ref: Ref, kind: 'changed' | 'deleted') => void;

/** Carries out a call, or does not. */
type Carry = <T>(call: string, session: Session, act: () => Asked<T>) => Promise<Asked<T>>;

/** So many changes are on a page. */
const PROVED = 3;

/**
 * A small CRM: contacts and deals with our keys, made in one call. `faultOf` says what goes wrong with a call; what is
 * late is done by `land`.
 */
export class CrmModel {
  readonly contacts = new Map<string, Aged<CrmContact>>();
  readonly deals = new Map<string, Aged<CrmDeal>>();
  users: CrmUser[] = [];
  pipelines: CrmPipeline[] = PIPELINES;
  /** Where contacts went that were merged, if the CRM tells that. */
  readonly movedTo = new Map<string, string>();
  readonly notes: Note[] = [];
  readonly calls: string[] = [];
  /** When calls came (epoch ms). */
  readonly calledAt: number[] = [];
  readonly late: (() => void)[] = [];
  faultOf: (call: string) => Fault | undefined = () => undefined;
  /** Why the CRM does not make what is wanted, if it does not. */
  refuse: (wanted: Wanted) => Failed | undefined = () => undefined;
  /** Why something cannot be read, if it cannot. */
  unread: (ref: Ref) => Failed | undefined = () => undefined;
  /** What a preparation finds, and mends. */
  found: { code: CrmProblemCode; about: string }[] = [];
  /** Told of everything that changes. */
  changed: Changed = () => undefined;
  /** Whether keys are single there: a second record with one is refused, and the first one named (HubSpot). */
  isUnique = false;
  /** Whether contact and deal are made in two calls. */
  hasTwoSteps = false;
  /** Whether the winner of a merge takes the loser's key if it has none. */
  keepsKeys = false;
  /** Whether an id that was merged leads to the winner. */
  tellsHeirs = false;
  /** How far the search lags behind (ms). */
  searchLagMs = 0;
  /** How long before the time that is asked for its list begins (ms). */
  looksBackMs = Number.POSITIVE_INFINITY;
  readonly #now: () => number;
  readonly #wait: (call: string, signal: AbortSignal) => Promise<void>;
  readonly #indexed: Indexed[] = [];
  /** Contacts that were merged or removed, as the search shows them until it learns of it. */
  readonly #gone: { readonly at: number; readonly contact: Aged<CrmContact> }[] = [];
  #ids = 100;

  constructor(now: () => number, wait: (call: string, signal: AbortSignal) => Promise<void> = async () => undefined) {
    this.#now = now;
    this.#wait = wait;
  }

  /** Everything that was late takes effect. */
  land(): void {
    for (const act of this.late.splice(0)) act();
  }

  addContact(contact: Omit<CrmContact, 'type' | 'id'>): CrmContact {
    const made = { type: 'contact' as const, id: String(++this.#ids), ...contact, ...this.#aged() };
    this.#setContact(made);
    return made;
  }

  addDeal(deal: Omit<CrmDeal, 'type' | 'id'>): CrmDeal {
    const made = { type: 'deal' as const, id: String(++this.#ids), ...deal, ...this.#aged() };
    this.#setDeal(made);
    return made;
  }

  changeContact(id: string, change: Partial<CrmContact>): void {
    const contact = this.contacts.get(id);
    if (contact) this.#setContact({ ...contact, ...change, type: 'contact', id, changedAt: this.#now() });
  }

  changeDeal(id: string, change: Partial<CrmDeal>): void {
    const deal = this.deals.get(id);
    if (deal) this.#setDeal({ ...deal, ...change, type: 'deal', id, changedAt: this.#now() });
  }

  #setContact(contact: Aged<CrmContact>): void {
    this.contacts.set(contact.id, contact);
    this.#indexed.push({ at: this.#now(), id: contact.id, contactData: contact.contactData });
    this.changed({ type: 'contact', id: contact.id }, 'changed');
  }

  #setDeal(deal: Aged<CrmDeal>): void {
    this.deals.set(deal.id, deal);
    this.changed({ type: 'deal', id: deal.id }, 'changed');
  }

  /** The contacts that have one of the addresses, as the search showed them at that time. */
  holdersOf(keys: readonly string[], at = Number.POSITIVE_INFINITY): CrmContact[] {
    const shown = new Map<string, Indexed>();
    for (const entry of this.#indexed) if (entry.at <= at) shown.set(entry.id, entry);
    const has = ({ contactData }: Indexed) => addressKeys('account', contactData).some((key) => keys.includes(key));
    const gone = this.#gone.flatMap((one) => (one.at > at ? [one.contact] : []));
    return [...this.contacts.values(), ...gone].filter(({ id }) => {
      const entry = shown.get(id);
      return entry !== undefined && has(entry);
    });
  }

  #aged() {
    return { createdAt: this.#now(), changedAt: this.#now() };
  }

  removeContact(id: string): void {
    const contact = this.contacts.get(id);
    if (contact) this.#gone.push({ at: this.#now(), contact });
    this.contacts.delete(id);
  }

  /** Merges a contact into another one, which gets its addresses and deals. */
  merge(id: string, into: string): void {
    const [loser, winner] = [this.contacts.get(id), this.contacts.get(into)];
    if (!loser || !winner) return;
    this.removeContact(id);
    if (this.tellsHeirs) this.movedTo.set(id, into);
    const key = winner.key ?? (this.keepsKeys ? loser.key : undefined);
    this.#setContact({
      ...winner,
      ...(key !== undefined && { key }),
      contactData: [...winner.contactData, ...loser.contactData],
      touched: true,
      changedAt: this.#now(),
    });
    this.changed({ type: 'contact', id }, 'deleted');
    for (const deal of this.deals.values()) {
      if (!deal.contacts.includes(id)) continue;
      const contacts = [...new Set(deal.contacts.map((one) => (one === id ? into : one)))];
      this.#setDeal({ ...deal, contacts, changedAt: this.#now() });
    }
  }

  #ask<T>(call: string, session: Session, act: () => Asked<T>): Promise<Asked<T>> {
    this.calls.push(call);
    this.calledAt.push(this.#now());
    return this.carry(call, session, act);
  }

  /** How calls are carried out. A history has its own way. */
  carry: Carry = async (call, { signal }, act) => {
    await this.#wait(call, signal);
    const fault = this.faultOf(call);
    if (fault === undefined) return act();
    if (typeof fault === 'object') return fault;
    if (fault === 'late') this.late.push(act);
    if (fault === 'lost') act();
    return { kind: 'unreachable', reason: 'timeout' };
  };

  #make(wanted: Wanted): Asked<CrmMade> {
    const { keys, contactId, name, contactData, dealName, responsibleUserId = '' } = wanted;
    const refusal = this.refuse(wanted);
    if (refusal) return refusal;
    if (contactId !== undefined && !this.contacts.has(contactId)) {
      const to = this.movedTo.get(contactId);
      return to === undefined ? { kind: 'gone' } : { kind: 'moved', to };
    }
    const found = contactId === undefined ? this.#keptBy(this.contacts, keys.contact) : { id: contactId };
    const contact = found?.id ?? this.addContact({ name, responsibleUserId, contactData, key: keys.contact }).id;
    if (this.hasTwoSteps && contactId === undefined) return ok({ contactId: contact, responsibleUserId });
    const deal = { name: dealName, responsibleUserId, contacts: [contact], closed: false, key: keys.deal };
    const { id } = this.#keptBy(this.deals, keys.deal) ?? this.addDeal(deal);
    return ok({ contactId: contact, dealId: id, responsibleUserId });
  }

  /** What has the key already, if keys are single there. */
  #keptBy(all: ReadonlyMap<string, Aged<CrmContact | CrmDeal>>, key: string): Ref | undefined {
    return this.isUnique ? [...all.values()].find((one) => one.key === key) : undefined;
  }

  readonly crm: Crm = {
    name: 'amocrm',
    offers: { unsorted: false, batch: 50, notes: 10, pace: 200, unclearMs: 60_000 },
    readCredentials: () => ({ credentials: { token: 'token' } }),
    tokensOf: () => ({ accessToken: 'token' }),
    hostOf: () => 'crm.example',
    identify: async () => ok({ accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true }),
    prepare: (session) => this.#ask('prepare', session, () => ok({ fields: {}, todo: [], problems: this.found })),
    leave: async () => ok(undefined),
    users: async () => ok(this.users),
    pipelines: (session) => this.#ask('pipelines', session, () => ok(this.pipelines)),
    find: (session, data) =>
      this.#ask('find', session, () => {
        const hits = this.holdersOf(addressKeys('account', [data]), this.#now() - this.searchLagMs);
        return ok(hits.map((one) => contactOf(one as Aged<CrmContact>)));
      }),
    read: (session, refs) =>
      this.#ask('read', session, () => ok(refs.map((ref) => this.unread(ref) ?? this.#read(ref)))),
    dealsOf: (session, contactId) =>
      this.#ask('dealsOf', session, () =>
        ok([...this.deals.values()].filter(({ contacts }) => contacts.includes(contactId)).map(dealOf)),
      ),
    changedSince: (session, since, cursor = '0') =>
      this.#ask('changedSince', session, () => {
        const changed = [...this.contacts.values(), ...this.deals.values()].filter((one) => one.changedAt >= since);
        const [from, to] = [Number(cursor), Number(cursor) + PROVED];
        const refs = changed.slice(from, to).map(({ type, id }) => ({ type, id }));
        return ok({ refs, ...(to < changed.length && { cursor: String(to) }) });
      }),
    look: (session, keys, since) =>
      this.#ask('look', session, () => {
        const listed = this.#carriers([keys.contact, keys.deal]);
        return ok(listed.filter(({ createdAt }) => this.isUnique || createdAt >= since - this.looksBackMs));
      }),
    make: (session, wanted) => this.#ask('make', session, () => this.#make(wanted)),
    remove: (session, { type, id }) =>
      this.#ask('remove', session, () => {
        if (type === 'contact') this.removeContact(id);
        else this.deals.delete(id);
        this.changed({ type, id }, 'deleted');
        return ok(undefined);
      }),
    assign: (session, ref, userId) =>
      this.#ask('assign', session, () => {
        const contact = this.contacts.get(ref.id);
        const deal = this.deals.get(ref.id);
        if (ref.type === 'contact' && contact) this.changeContact(ref.id, { responsibleUserId: userId });
        if (ref.type === 'deal' && deal) this.changeDeal(ref.id, { responsibleUserId: userId });
        return ok(undefined);
      }),
    carry: (session, contactId, contactData) =>
      this.#ask('carry', session, () => {
        const contact = this.contacts.get(contactId);
        if (!contact) return { kind: 'gone' };
        this.changeContact(contactId, { contactData: [...contact.contactData, ...contactData] });
        return ok(undefined);
      }),
    note: (session, notes) =>
      this.#ask('note', session, () => {
        this.notes.push(...notes);
        return ok(notes.map(() => ok(undefined)));
      }),
    hooks: {
      maxBodyBytes: 100_000,
      verify: ({ headers }) => headers['x-crm'] === 'model',
      parse: ({ body }) => JSON.parse(Buffer.from(body).toString('utf8')) as CrmNews[],
    },
    links: {
      contact: (_portal, id) => `https://crm.example/contacts/${id}`,
      deal: (_portal, id) => `https://crm.example/deals/${id}`,
      newDeal: () => 'https://crm.example/deals/new',
    },
  };

  #read({ type, id }: Ref): Asked<CrmContact | CrmDeal> {
    const found = type === 'contact' ? this.contacts.get(id) : this.deals.get(id);
    const to = this.movedTo.get(id);
    if (!found) return to === undefined ? { kind: 'gone' } : { kind: 'moved', to };
    return ok(found.type === 'contact' ? contactOf(found) : dealOf(found));
  }

  #carriers(keys: readonly string[]): Carrier[] {
    const all = [...this.contacts.values(), ...this.deals.values()];
    return all.flatMap((one) => {
      const { type, id, key, createdAt, touched } = one;
      if (key === undefined || !keys.includes(key)) return [];
      const contacts = one.type === 'deal' ? { contacts: one.contacts } : {};
      return [{ type, id, key, createdAt, isUntouched: !touched, ...contacts }];
    });
  }
}

const PIPELINES = [
  { id: '1', name: 'Sales', isMain: true, stages: [{ id: '11', name: 'New', kind: 'open' as const }] },
];

function contactOf({ createdAt: _, changedAt: _c, touched: _t, ...contact }: Aged<CrmContact>): CrmContact {
  return contact;
}

function dealOf({ createdAt: _, changedAt: _c, touched: _t, ...deal }: Aged<CrmDeal>): CrmDeal {
  return deal;
}

function ok<T>(value: T): Asked<T> {
  return { kind: 'ok', value };
}
