import type { Contact, Deal } from '#domain/directory';
import type { Person } from '#flows/erase/find-person';
import { recordOf } from '#flows/sight/explain';
import { type ChatRow, createChats } from '#store/chats/chats';
import { type Address, createAddresses } from '#store/clients/addresses';
import { type Assignment, createAssignments } from '#store/clients/assignments';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';

/** What is known of a person beside what was said. */
export interface AboutPerson {
  readonly contacts: readonly Contact[];
  readonly deals: readonly Deal[];
  /** The users who are responsible now. */
  readonly viewers: readonly string[];
  /** Why users became responsible, the newest first. */
  readonly assignments: readonly Assignment[];
  readonly chats: readonly ChatRow[];
}

/** Reads what is known of a person of an account. */
export type TellAboutPerson = (account: string, person: Person) => Promise<AboutPerson>;

/** More than anybody has. An answer has to stay below what a function may answer. */
const MOST_DEALS = 1_000;
const MOST_ASSIGNMENTS = 1_000;

/** Makes `tellAboutPerson`. */
export function createTellAboutPerson(deps: StoreDeps): TellAboutPerson {
  const addresses = createAddresses(deps);
  const assignments = createAssignments(deps);
  const chats = createChats(deps);
  const contacts = createContacts(deps);
  const deals = createDeals(deps);

  /** The contacts of the person, and their deals, the open ones first. */
  async function cardsOf(account: string, person: Person): Promise<Pick<AboutPerson, 'contacts' | 'deals'>> {
    const rows = await contacts.loadAll(account, person.contacts);
    const closed = await Promise.all(rows.map(({ id }) => deals.closedOf(account, id, undefined, MOST_DEALS)));
    const ids = [...new Set([...rows.flatMap((row) => Object.keys(row.deals)), ...closed.flat()])];
    return {
      contacts: rows.flatMap(({ id, card }) => (card ? [{ id, ...card }] : [])),
      deals: await deals.getAll(account, ids.slice(0, MOST_DEALS)),
    };
  }

  /** The hand-overs of the person, and what Konvert decided last. */
  async function assignmentsOf(known: readonly Address[]): Promise<Assignment[]> {
    const records = await Promise.all(known.map(({ key }) => assignments.ofPerson(key, MOST_ASSIGNMENTS)));
    const decided = known.flatMap((address) => recordOf(address, address.contact?.id ?? null) ?? []);
    const each = new Map([...records.flat(), ...decided].map((record) => [record.assignmentId, record]));
    return [...each.values()].sort((one, other) => other.at - one.at).slice(0, MOST_ASSIGNMENTS);
  }

  return async function tellAboutPerson(account, person) {
    const known = await addresses.loadAll(person.addresses);
    const [cards, records, rows] = await Promise.all([
      cardsOf(account, person),
      assignmentsOf(known),
      chats.getAll(person.chats),
    ]);
    return {
      ...cards,
      viewers: [...new Set(known.flatMap(({ viewers }) => viewers))],
      assignments: records,
      chats: rows.sort((one, other) => (one.key < other.key ? -1 : 1)),
    };
  };
}
