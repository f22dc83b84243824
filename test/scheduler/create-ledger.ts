import type { Carrier, Keys, Wanted } from '#crms/crm';
import { addressKeys, addressOfChat } from '#domain/address';
import type { CrmContact, CrmDeal } from '#domain/crm';
import type { Client } from './create-history.ts';
import type { CrmInbox } from './crm-inbox.ts';
import type { CrmModel } from './crm-model.ts';
import { ACCOUNT } from './machines.ts';
import type { Stage } from './stage.ts';

/** A call that makes something, and whether its outcome became known. */
interface Tried {
  readonly keys: Keys;
  readonly at: number;
  isClear: boolean;
}

/** The lanes whose holders call the CRM, by the function that runs them. */
const LANES: Readonly<Record<string, string>> = { 'call-crm': 'connector#', 'read-crm-news': 'news#' };
/** After a call without an answer nothing is made for a minute, which begins some time before the call itself (ms). */
const UNCLEAR_MS = 60_000 - 25_000;
/** From the look for an address to the call that makes it, at most (ms). */
const FOUND_MS = 65_000;

/** What is seen of a CRM that has to have each client once, and what has to hold in the end. */
export class CreateLedger {
  readonly #stage: Stage;
  readonly #model: CrmModel;
  readonly #clients: readonly Client[];
  readonly #hasOneClock: boolean;
  readonly #inbox: CrmInbox | undefined;
  readonly #tried: Tried[] = [];
  readonly #looked = new Map<string, number>();
  /** The contacts that the last look showed. */
  readonly #shown = new Map<string, readonly string[]>();
  /** Who was handed over last, and to whom, unless somebody said otherwise since. */
  readonly #handed = new Map<string, string | undefined>();
  #calledAt = Number.NEGATIVE_INFINITY;

  constructor(
    stage: Stage,
    model: CrmModel,
    clients: readonly Client[],
    hasOneClock: boolean,
    inbox: CrmInbox | undefined,
  ) {
    this.#stage = stage;
    this.#inbox = inbox;
    this.#model = model;
    this.#clients = clients;
    this.#hasOneClock = hasOneClock;
  }

  get #now(): number {
    return this.#stage.scheduler.now;
  }

  // On the way

  /** A call is about to leave. Whoever calls for a lane has its lease, and keeps the CRM's pace. */
  calling(): void {
    const { task } = this.#stage.scheduler;
    const prefix = task && LANES[task.name];
    if (!task || prefix === undefined) return;
    const isHeld = this.#stage.db
      .items('outbox')
      .some(({ l, e, token }) => e === '-' && String(l).startsWith(prefix) && task.ids.includes(String(token)));
    if (!isHeld) this.#stage.notice('the CRM was called by a run that no longer held its lane');
    if (task.name !== 'call-crm') return;
    if (this.#hasOneClock && this.#now < this.#calledAt + this.#model.crm.offers.pace)
      this.#stage.notice(`the CRM was called ${this.#now - this.#calledAt} ms after the call before`);
    this.#calledAt = this.#now;
  }

  /** The CRM answered what carries the keys. */
  looked({ contact }: Keys, carriers: readonly Carrier[]): void {
    this.#looked.set(contact, this.#now);
    this.#shown.set(
      contact,
      carriers.map(({ id }) => id),
    );
  }

  /** Something is about to be made. `isClear` is set when it is known what became of it. */
  making({ keys, contactId, contactData }: Wanted): Tried {
    for (const { keys: earlier, at, isClear } of this.#tried) {
      if (isClear || earlier.contact !== keys.contact) continue;
      const since = Math.round((this.#now - at) / 1_000);
      if (since * 1_000 < UNCLEAR_MS)
        this.#stage.notice(`${keys.contact} is made again ${since} s after an unclear call`);
      if (!((this.#looked.get(keys.contact) ?? 0) > at + UNCLEAR_MS))
        this.#stage.notice(`${keys.contact} is made again, and nobody looked for it`);
    }
    const shown = this.#shown.get(keys.contact)?.filter((id) => this.#model.contacts.has(id)) ?? [];
    if (contactId === undefined && shown.length > 0)
      this.#stage.notice(`${keys.contact} is made again, and the look showed ${shown}`);
    const shownAt = this.#now - this.#model.searchLagMs - FOUND_MS;
    const known = this.#model.holdersOf(addressKeys(ACCOUNT, contactData), shownAt);
    if (contactId === undefined && known.some(({ id }) => this.#hasSince(id, contactData, shownAt)))
      this.#stage.notice(`a contact is made, and ${known.map(({ id }) => id)} has its address`);
    const tried = { keys, at: this.#now, isClear: false };
    this.#tried.push(tried);
    return tried;
  }

  /** Whether the contact has had one of the addresses from that time on. */
  #hasSince(id: string, contactData: CrmContact['contactData'], at: number): boolean {
    const keys = addressKeys(ACCOUNT, contactData);
    return (
      this.#model.holdersOf(keys, at).some((one) => one.id === id) &&
      this.#model.holdersOf(keys).some((one) => one.id === id)
    );
  }

  /** Somebody hands the client of a chat over. What is called with the answer's status notes who has them. */
  handsOver(chat: string, userId: string): (status: number) => void {
    const name = addressOfChat(ACCOUNT, chat);
    const client = this.#clients.find(({ keys }) => keys.includes(name));
    const [key = name] = client?.keys ?? [];
    this.#handed.set(key, undefined);
    const others = this.#underWay.get(key) ?? new Set();
    const request = { isAlone: others.size === 0 };
    for (const other of others) other.isAlone = false;
    this.#underWay.set(key, others.add(request));
    return (status) => {
      others.delete(request);
      // Of two at once either may be the last, and of one that was cut off nobody knows.
      this.#handed.set(key, status === 200 && request.isAlone ? userId : undefined);
    };
  }

  readonly #underWay = new Map<string, Set<{ isAlone: boolean }>>();

  /** Somebody at the CRM names another responsible user. */
  named({ contactData }: CrmContact): void {
    const keys = addressKeys(ACCOUNT, contactData);
    for (const client of this.#clients) {
      const [key = ''] = client.keys;
      if (!client.keys.some((one) => keys.includes(one))) continue;
      this.#handed.delete(key);
      for (const request of this.#underWay.get(key) ?? []) request.isAlone = false;
    }
  }

  // In the end

  /** D1: whoever wrote has somebody responsible, unless they stand in an inbox (D5). */
  checkGivenOut(): void {
    if (this.#inbox) return;
    for (const { a, wrote, contact, viewers, root } of this.#addresses())
      if (root === undefined && isSome(wrote) && contact === undefined && !isSome(viewers))
        this.#stage.broken(`${a} wrote, and nobody is responsible (D1)`);
  }

  /** Each client is in the CRM once, with one deal of ours at most. */
  check(isProved = false): void {
    this.checkGivenOut();
    for (const client of this.#clients) this.#checkClient(client, isProved);
  }

  /** The same, each address belongs to that contact, and Konvert and the CRM agree who is responsible. */
  checkProved(): void {
    this.check(true);
    for (const client of this.#clients) this.#checkContact(client);
  }

  /** D5: whoever waits is one request in the inbox, unless it was declined. Who is somebody's has none there any more. */
  #checkRequest(keys: readonly string[], contacts: readonly CrmContact[], isWaiting: boolean): void {
    const requests = this.#inbox?.requests.filter(({ contact }) => contacts.some(({ id }) => id === contact)) ?? [];
    const open = requests.filter(({ isOpen }) => isOpen);
    const isDeclined = this.#declined.has(keys[0] ?? '');
    if (isWaiting && !isDeclined && open.length !== 1)
      this.#stage.broken(`${keys[0]} waits, and has ${open.length} requests in the inbox (D5)`);
    if (!isWaiting && open.length > 0 && open.length === contacts.length)
      this.#stage.broken(`${keys[0]} is somebody's, and their request is in the inbox (D5)`);
  }

  /** Somebody at the CRM declines the request of that contact. */
  declines({ contactData }: CrmContact): void {
    const keys = addressKeys(ACCOUNT, contactData);
    const client = this.#clients.find((one) => one.keys.some((key) => keys.includes(key)));
    this.#declined.add(client?.keys[0] ?? '');
  }

  readonly #declined = new Set<string>();

  #checkClient({ keys }: Client, isProved: boolean): void {
    const address = this.#addressOf(keys);
    if (!address) return;
    const rows = this.#rowsOf(keys);
    const failed = rows.filter(({ failedAt }) => failedAt !== undefined);
    const codes = failed.map(({ lastError }) => (lastError as { code: string }).code);
    if (codes.some((code) => code !== 'TWIN' && code !== 'CRM_INVALID'))
      this.#stage.broken(`${keys[0]} failed: ${codes}`);
    const made = rows.map(({ ids }) => ids as Keys);
    const holders = this.#model.holdersOf(keys);
    const contacts = holders.filter(({ key }) => made.some(({ contact }) => contact === key));
    const deals = [...this.#model.deals.values()].filter(({ key }) => made.some(({ deal }) => deal === key));
    const has = `${keys[0]} has ${contacts.map(({ id }) => id)} and ${deals.map(({ id }) => id)} of ours at the CRM`;
    if (!codes.includes('TWIN') && (contacts.length > 1 || deals.length > 1)) this.#stage.broken(has);
    if (failed.length > 0) return;
    const isWaiting = address.contact === undefined && !isSome(address.viewers);
    const { id = '' } = (address.contact ?? {}) as { id?: string };
    const isByHand = id !== '' && !contacts.some((one) => one.id === id);
    if (isProved && !isByHand && !this.#isOfOthers(holders, contacts)) this.#checkRequest(keys, contacts, isWaiting);
    if (isWaiting && this.#inbox) return;
    if (holders.length === 0) this.#stage.broken(`${keys[0]} is not in the CRM`);
    if (contacts.length > 0 && !this.#hasDeal(holders)) this.#stage.broken(`${has}, and no deal`);
  }

  /** Whether somebody made the client by hand, too. */
  #isOfOthers(holders: readonly CrmContact[], ours: readonly CrmContact[]): boolean {
    return holders.length > ours.length;
  }

  #hasDeal(holders: readonly CrmContact[]): boolean {
    const ids = holders.map(({ id }) => id);
    return [...this.#model.deals.values()].some((deal: CrmDeal) => deal.contacts.some((id) => ids.includes(id)));
  }

  #checkContact({ keys }: Client): void {
    const [key = ''] = keys;
    const address = this.#addressOf(keys);
    if (!address) return;
    const { id = '' } = (address.contact ?? {}) as { id?: string };
    const holders = this.#model.holdersOf(keys).filter(({ id: one }) => !this.#inbox?.hides(one));
    const contact = holders.some((one) => one.id === id) ? this.#model.contacts.get(id) : undefined;
    if (holders.length > 0 && !contact)
      this.#stage.broken(`${key} is of ${id}, and the CRM says ${holders.map((one) => one.id)}`);
    if (!contact) return;
    const [owner] = address.viewers as string[];
    if (contact.responsibleUserId !== '' && owner !== contact.responsibleUserId)
      this.#stage.broken(`${key} is ${owner}'s, and at the CRM ${contact.responsibleUserId}'s`);
    // A contact that people made or changed there is theirs to give.
    const isOurs = this.#rowsOf(keys).some(({ ids }) => (ids as Keys).contact === contact.key) && !contact.touched;
    // Who was faster in the inbox counts more than what was decided here without knowing of it.
    const { rule } = (address.why ?? {}) as { rule?: string };
    const isTheirs = rule !== 'unsorted' && this.#inbox?.isAcceptedThere(id);
    const handed = isOurs && !isTheirs ? this.#handed.get(key) : undefined;
    if (handed !== undefined && owner !== handed)
      this.#stage.broken(`${key} is ${owner}'s, and was given to ${handed}`);
  }

  /** The address of a client who has written. */
  #addressOf(keys: readonly string[]) {
    return this.#addresses().find(({ a, wrote }) => keys.includes(String(a)) && isSome(wrote));
  }

  #rowsOf(keys: readonly string[]) {
    return this.#stage.db
      .items('outbox')
      .filter(({ kind, address }) => kind === 'creation' && keys.includes(String(address)));
  }

  #addresses() {
    return this.#stage.db.items('addresses');
  }
}

function isSome(list: unknown): boolean {
  return (Array.isArray(list) && list.length > 0) || (list instanceof Set && list.size > 0);
}
