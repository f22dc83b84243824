/** What a CRM and its team have said of contacts, deals, users and roles, in the words of `docs/rules.md`. */
export interface Directory {
  readonly contacts: ReadonlyMap<string, Card>;
  readonly deals: ReadonlyMap<string, DealCard>;
  /** The contact of each address, the one that was pushed last, or the user to whom it was handed over since. */
  readonly addresses: ReadonlyMap<string, Ownership>;
  readonly users: ReadonlySet<string>;
  /** The roles of each channel as they were chosen. */
  readonly roles: ReadonlyMap<string, readonly PlayedRole[]>;
  /** The channels in which somebody ever had a role (R4). */
  readonly hadRoles: ReadonlySet<string>;
}

export interface Card {
  readonly name: string;
  readonly responsible: string;
  readonly addresses: readonly string[];
  /** The deal that Konvert made with the contact, if Konvert keeps both. */
  readonly own?: string;
}

export interface DealCard {
  readonly responsible: string;
  readonly contacts: readonly string[];
  readonly closed: boolean;
}

export interface Ownership {
  readonly contact?: string;
  readonly owner?: string;
}

export interface PlayedRole {
  readonly userId: string;
  readonly role: 'seller' | 'manager' | 'auditor';
  readonly allowGetNewClients: boolean;
}

/** What a chat takes over from its address. */
export interface View {
  readonly viewers: readonly string[];
  readonly contactId: string | null;
  readonly name: string | undefined;
}

export type Sight = 'nothing' | 'sees' | 'writes';

export const EMPTY: Directory = {
  contacts: new Map(),
  deals: new Map(),
  addresses: new Map(),
  users: new Set(),
  roles: new Map(),
  hadRoles: new Set(),
};

/** The contact pushed last has its addresses. Konvert's own contact is removed with its last address (D10). */
export function pushContact(before: Directory, id: string, card: Card): Directory {
  const addresses = new Map(before.addresses);
  const contacts = new Map(before.contacts);
  const deals = new Map(before.deals);
  for (const address of before.contacts.get(id)?.addresses ?? []) {
    if (addresses.get(address)?.contact === id) addresses.delete(address);
  }
  for (const address of card.addresses) {
    const loser = addresses.get(address)?.contact;
    const lost = loser === undefined ? undefined : contacts.get(loser);
    if (loser !== undefined && loser !== id && lost?.own !== undefined) {
      const left = lost.addresses.filter((other) => other !== address);
      if (left.length > 0) contacts.set(loser, { ...lost, addresses: left });
      else {
        contacts.delete(loser);
        if (isOwnDeal(deals.get(lost.own), loser)) deals.delete(lost.own);
      }
    }
    addresses.set(address, { contact: id });
  }
  contacts.set(id, card);
  return { ...before, contacts, addresses, deals };
}

/** A deleted contact leaves its addresses without one. Their clients are new when they write again. */
export function removeContact(before: Directory, id: string): Directory {
  const card = before.contacts.get(id);
  if (!card) return before;
  const contacts = new Map(before.contacts);
  const addresses = new Map(before.addresses);
  const deals = new Map(before.deals);
  contacts.delete(id);
  if (card.own !== undefined && isOwnDeal(deals.get(card.own), id)) deals.delete(card.own);
  for (const address of card.addresses) if (addresses.get(address)?.contact === id) addresses.delete(address);
  return { ...before, contacts, addresses, deals };
}

/** Whether the deal still belongs only to the contact with which Konvert made it. */
function isOwnDeal(deal: DealCard | undefined, contact: string): boolean {
  return deal?.contacts.length === 1 && deal.contacts[0] === contact;
}

export function pushDeal(before: Directory, id: string, deal: DealCard): Directory {
  return { ...before, deals: new Map(before.deals).set(id, deal) };
}

export function removeDeal(before: Directory, id: string): Directory {
  const deals = new Map(before.deals);
  deals.delete(id);
  return { ...before, deals };
}

/** Changes a contact that Konvert keeps. One of the CRM stays as it is, and the new user counts until the next push. */
export function handOver(before: Directory, address: string, userId: string): Directory {
  const { contact } = before.addresses.get(address) ?? {};
  const card = contact === undefined ? undefined : before.contacts.get(contact);
  if (contact === undefined || card?.own === undefined) {
    const ownership = { ...(contact !== undefined && { contact }), owner: userId };
    return { ...before, addresses: new Map(before.addresses).set(address, ownership) };
  }
  const addresses = new Map(before.addresses);
  for (const one of card.addresses)
    if (addresses.get(one)?.contact === contact) addresses.set(one, { contact, owner: userId });
  const deal = before.deals.get(card.own);
  return {
    ...before,
    addresses,
    contacts: new Map(before.contacts).set(contact, { ...card, responsible: userId }),
    deals:
      deal && isOwnDeal(deal, contact)
        ? new Map(before.deals).set(card.own, { ...deal, responsible: userId })
        : before.deals,
  };
}

/** Adds the contact and the deal that Konvert makes for a client who got a responsible user (D10). */
export function keepContact(
  before: Directory,
  address: string,
  { contact, deal, name }: { readonly contact: string; readonly deal: string; readonly name: string },
): Directory {
  const { owner = '' } = before.addresses.get(address) ?? {};
  const card = { name, responsible: owner, addresses: [address], own: deal };
  return {
    ...before,
    contacts: new Map(before.contacts).set(contact, card),
    deals: new Map(before.deals).set(deal, { responsible: owner, contacts: [contact], closed: false }),
    addresses: new Map(before.addresses).set(address, { contact, owner }),
  };
}

export function putUser(before: Directory, id: string): Directory {
  return { ...before, users: new Set(before.users).add(id) };
}

export function removeUser(before: Directory, id: string): Directory {
  return { ...before, users: new Set([...before.users].filter((other) => other !== id)) };
}

export function saveRoles(before: Directory, channelId: string, roles: readonly PlayedRole[]): Directory {
  const hadRoles = roles.length > 0 ? new Set(before.hadRoles).add(channelId) : before.hadRoles;
  return { ...before, hadRoles, roles: new Map(before.roles).set(channelId, roles) };
}

/** The responsible user of the contact, or the user to whom it was handed over, and those of its open deals. */
export function viewOf({ contacts, deals, addresses }: Directory, address: string): View {
  const { contact, owner } = addresses.get(address) ?? {};
  const card = contact === undefined ? undefined : contacts.get(contact);
  const responsible = owner ?? card?.responsible;
  const open = [...deals]
    .filter(([, deal]) => contact !== undefined && !deal.closed && deal.contacts.includes(contact))
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const all = [...(responsible === undefined ? [] : [responsible]), ...open.map(([, deal]) => deal.responsible)];
  return { viewers: [...new Set(all)], contactId: contact ?? null, name: card?.name };
}

/** The roles of users who exist: only those count. */
export function rolesThatCount(roles: readonly PlayedRole[], exists: (userId: string) => boolean): PlayedRole[] {
  return roles.filter(({ userId }) => exists(userId));
}

/** R1: what a user sees, and where they may write. */
export function sightOf(userId: string | undefined, viewers: readonly string[], roles: readonly PlayedRole[]): Sight {
  if (userId === undefined) return 'writes';
  const mine = roles.find((one) => one.userId === userId);
  if (!mine) return 'nothing';
  if (mine.role === 'auditor') return 'sees';
  if (mine.role === 'manager' || viewers.includes(userId)) return 'writes';
  return isPooled(viewers, roles) && receives(mine, roles) ? 'writes' : 'nothing';
}

/** R3: whether no responsible user may answer in the channel. */
export function isPooled(viewers: readonly string[], roles: readonly PlayedRole[]): boolean {
  return !roles.some(({ userId, role }) => role !== 'auditor' && viewers.includes(userId));
}

/** Whether the chat is the user's own to answer (U8). */
export function isOwn(userId: string, viewers: readonly string[], roles: readonly PlayedRole[]): boolean {
  const mine = roles.find((one) => one.userId === userId);
  if (!mine || mine.role === 'auditor') return false;
  return viewers.includes(userId) || (isPooled(viewers, roles) && receives(mine, roles));
}

/** The responsible user that a chat shows: the first who may answer, or without roles the one the CRM named. */
export function responsibleOf(viewers: readonly string[], roles: readonly PlayedRole[], saved: boolean): string | null {
  if (!saved) return viewers[0] ?? null;
  const may = roles.filter(({ role }) => role !== 'auditor').map(({ userId }) => userId);
  return viewers.find((viewer) => may.includes(viewer)) ?? null;
}

function receives({ role, allowGetNewClients }: PlayedRole, roles: readonly PlayedRole[]): boolean {
  const switched = roles.some((one) => one.role === 'seller' && one.allowGetNewClients);
  return allowGetNewClients || (role === 'seller' && !switched);
}
