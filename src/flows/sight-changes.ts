import { isDeepStrictEqual } from 'node:util';
import { accountOfKey, addressKeys, personOfKey } from '#domain/address';
import type { Contact, Deal } from '#domain/directory';
import { uuidOf } from '#domain/hash';
import { chatOfKey } from '#domain/message';
import { NO_SETTINGS } from '#domain/settings';
import type { Explain } from '#flows/explain';
import type { Rules } from '#store/accounts/settings';
import { type Chats, isChat } from '#store/chats/chats';
import { type Address, type AddressChange, type Addresses, NOBODYS } from '#store/clients/addresses';
import type { Dispensers } from '#store/clients/dispensers';
import { addressesOf, type ContactRow, type ContactState, type Contacts, givenBy } from '#store/directory/contacts';
import { type DealRow, type Deals, toDeal } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import { ContentionError } from '#store/dynamo/errors';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { REQUEST_MS, type Tasks, taskName } from '#store/outbox/tasks';

/** What changes of sight are made from. */
export interface SightChangesDeps extends Pick<StoreDeps, 'client'> {
  readonly contacts: Contacts;
  readonly deals: Deals;
  readonly addresses: Addresses;
  readonly chats: Chats;
  readonly settings: Pick<Rules, 'settingsOf'>;
  readonly tasks: Tasks;
  /** Takes their turns from addresses that become nobody's. */
  readonly release: Dispensers['release'];
  /** Records why an address that gets a contact was given to whom it was. */
  readonly explain: Explain;
  /** The most writes of one transaction; without it, as many as DynamoDB takes. */
  readonly mostWrites?: number;
}

export type SightChanges = ReturnType<typeof createSightChanges>;

/** A contact and its addresses, its old ones too, are changed in one transaction, so they have to fit into it. */
export const MOST_ADDRESSES = 45;

const TRIES = 50;

interface ContactChange {
  readonly before: ContactRow;
  readonly after: ContactState;
}

/**
 * Contacts and deals as a CRM pushes them. Each change resolves when its addresses and all their chats follow it: no
 * request that starts later sees the state before (R2). What fits is one transaction. What does not begins with one that
 * notes the addresses in the contact and leaves a task, so that a crash is finished by a sweep, or by the next change.
 */
export function createSightChanges(deps: SightChangesDeps) {
  const {
    client,
    contacts,
    deals,
    addresses,
    chats,
    settings,
    tasks,
    release,
    explain,
    mostWrites = MOST_WRITES,
  } = deps;

  /** Stores the contact, in the place of the one with its id; it becomes the owner of its addresses (D10). */
  async function pushContact(account: string, { id, ...card }: Contact): Promise<void> {
    await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      const after = { card, deals: before.deals };
      const kept = addressesOf({ ...before, card });
      const left = addressesOf(before).filter((key) => !kept.includes(key));
      const known = await addresses.getAll([...left, ...kept]);
      const given = known.flatMap((address): Give[] => {
        if (kept.includes(address.key)) return [{ address, next: givenBy({ ...before, ...after }) }];
        return address.contact?.id === id ? [{ address, next: NOBODYS }] : [];
      });
      if (isDeepStrictEqual(stateOf(before), after) && given.every(isTheirs)) return 'done';
      const bereft = await bereave(account, id, kept, known);
      return commit([{ before, after }, ...bereft.changes], bereft.writes, given);
    });
  }

  /** Deletes the contact: its addresses are nobody's, its chats stay. False where there is none. */
  async function removeContact(account: string, id: string): Promise<boolean> {
    const outcome = await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      // A deletion that was cut short is repeated.
      if (!before.card && before.unsettled) return settle(account, id);
      if (!before.card) return 'absent';
      const known = await addresses.getAll(addressesOf(before));
      const left = known.filter(({ contact }) => contact?.id === id).map((address) => ({ address, next: NOBODYS }));
      const ended = await end(before);
      return commit(ended.changes, ended.writes, left);
    });
    return outcome === 'done';
  }

  /** Stores the deal, in the place of the one with its id. */
  async function pushDeal(account: string, deal: Deal): Promise<void> {
    await untilDone('A deal', async () => changeDeal(account, deal.id, await deals.load(account, deal.id), deal));
  }

  /** Deletes the deal. False where there is none. */
  async function removeDeal(account: string, id: string): Promise<boolean> {
    const outcome = await untilDone('A deal', async () => {
      const before = await deals.load(account, id);
      return before ? changeDeal(account, id, before, undefined) : 'absent';
    });
    return outcome === 'done';
  }

  /**
   * Makes the user responsible for the address and all its chats, and records it: the contact that Konvert keeps
   * changes with it, that of a CRM stays as it is, and takes the address back when it is pushed again. `recordOf` is the
   * write of the record, by the contact's id.
   */
  async function handOver(
    addressKey: string,
    { userId, at, recordOf }: { userId: string; at: number; recordOf: (contactId: string) => Write },
  ): Promise<void> {
    const account = accountOfKey(addressKey);
    await untilDone('An address', async () => {
      const address = await addresses.get(addressKey);
      const contact = address.contact && (await contacts.load(account, address.contact.id));
      const recorded = recordOf(contact?.id ?? ownIds(address, address.decidedAt ?? at).contact);
      if (!contact?.card) {
        const next = { viewers: [userId], owner: userId, decidedAt: address.decidedAt ?? at };
        return commit([], [recorded], [{ address, next }]);
      }
      if (contact.own === undefined) {
        // The contact is part of it, so that a deal that is pushed in the same moment is not overlooked.
        const unchanged = { before: contact, after: stateOf(contact) };
        return commit([unchanged], [recorded], [{ address, next: givenBy(contact, { owner: userId }) }]);
      }
      const deal = await ownDeal(contact);
      const after = {
        ...stateOf(contact),
        card: { ...contact.card, responsibleUserId: userId },
        deals: deal && !deal.closed ? { ...contact.deals, [deal.id]: userId } : contact.deals,
      };
      const moved = deal ? [deals.write(account, deal, { ...toDeal(deal), responsibleUserId: userId }, deal.id)] : [];
      const given = await ownAddresses([{ ...contact, ...after }]);
      const owned = given.map(({ address }) => ({
        address,
        next: givenBy({ ...contact, ...after }, { owner: userId }),
      }));
      return commit([{ before: contact, after }], [...moved, recorded], owned);
    });
  }

  /**
   * Where Konvert keeps contacts itself (D10): makes the contact and the deal of an address that was decided, and
   * brings its chats after it. Their ids follow from the decision, so repeating it makes no twins.
   */
  async function keepContact(addressKey: string): Promise<void> {
    const account = accountOfKey(addressKey);
    await untilDone('An address', async () => {
      const address = await addresses.get(addressKey);
      const { owner, decidedAt, contact: known } = address;
      if (known || owner === undefined || decidedAt === undefined) return settleChats(addressKey);
      const ids = ownIds(address, decidedAt);
      const [before, deal, rows] = await Promise.all([
        contacts.load(account, ids.contact),
        deals.load(account, ids.deal),
        chats.loadAll(address.chats),
      ]);
      const { chatType, chatId } = personOfKey(addressKey);
      const named = [...rows.values()].map((row) => (isChat(row) ? row.chat.client?.name : undefined));
      const name = named.find((one) => one !== undefined) ?? chatId;
      const after = {
        card: { name, responsibleUserId: owner, contactData: [{ chatType, chatId }] },
        deals: { ...before.deals, [ids.deal]: owner },
        own: ids.deal,
      };
      const made = { id: ids.deal, name, responsibleUserId: owner, contacts: [ids.contact], closed: false };
      const next = { ...givenBy({ ...before, ...after }, address), decidedAt };
      return commit([{ before, after }], [deals.write(account, deal, made, ids.deal)], [{ address, next }]);
    });
  }

  async function changeDeal(
    account: string,
    id: string,
    before: DealRow | undefined,
    deal: Deal | undefined,
  ): Promise<Outcome> {
    const named = deal && !deal.closed ? deal.contacts : [];
    const rows = await contacts.loadAll(account, [...new Set([...(before?.contacts ?? []), ...named])]);
    const changes = rows
      .map((row) => ({
        before: row,
        after: withDeal(row, id, named.includes(row.id) ? deal?.responsibleUserId : undefined),
      }))
      .filter((change) => change.before.unsettled || !isDeepStrictEqual(change.before.deals, change.after.deals));
    if (changes.length === 0 && deal && isDeepStrictEqual(before, { ...deal, version: before?.version })) return 'done';
    const given = await ownAddresses(changes.map((change) => ({ ...change.before, ...change.after })));
    // A deal of many contacts with many addresses may be too much at once. It changes no owner, so settling may do the rest.
    return commit(changes, [deals.write(account, before, deal, id)], given, 'addresses may follow');
  }

  /** The addresses that the contacts own, and what they have to become. Each is read once, and so has one owner. */
  async function ownAddresses(owners: readonly ContactRow[]): Promise<Give[]> {
    const known = await addresses.getAll([...new Set(owners.flatMap(addressesOf))]);
    return known.flatMap((address) => {
      const owner = owners.find((one) => one.id === address.contact?.id && addressesOf(one).includes(address.key));
      return owner ? [{ address, next: givenBy(owner, address) }] : [];
    });
  }

  /** Konvert's own contacts lose the addresses that the contact `id` takes over, and end with the last one (D10). */
  async function bereave(account: string, id: string, kept: readonly string[], known: readonly Address[]) {
    const others = known.flatMap(({ key, contact }) =>
      contact && contact.id !== id && kept.includes(key) ? [contact.id] : [],
    );
    const rows = (await contacts.loadAll(account, [...new Set(others)])).filter(({ own }) => own !== undefined);
    const parts = await Promise.all(
      rows.map(async (before) => {
        const contactData = (before.card?.contactData ?? []).filter(
          (data) => !addressKeys(account, [data]).some((key) => kept.includes(key)),
        );
        if (!before.card || contactData.length === 0) return end(before);
        return {
          changes: [{ before, after: { ...stateOf(before), card: { ...before.card, contactData } } }],
          writes: [],
        };
      }),
    );
    return { changes: parts.flatMap(({ changes }) => changes), writes: parts.flatMap(({ writes }) => writes) };
  }

  /** The end of a contact, and of the deal that Konvert made with it. */
  async function end(before: ContactRow): Promise<{ changes: ContactChange[]; writes: Write[] }> {
    const deal = await ownDeal(before);
    if (!deal) return { changes: [{ before, after: { deals: before.deals } }], writes: [] };
    const { [deal.id]: _, ...others } = before.deals;
    return {
      changes: [{ before, after: { deals: others } }],
      writes: [deals.write(before.account, deal, undefined, deal.id)],
    };
  }

  /** The deal that Konvert made with the contact, as long as it is about nobody else: a CRM may have moved it. */
  async function ownDeal({ account, id, own }: ContactRow): Promise<DealRow | undefined> {
    const deal = own === undefined ? undefined : await deals.load(account, own);
    return deal && isDeepStrictEqual(deal.contacts, [id]) ? deal : undefined;
  }

  /**
   * Changes contacts, addresses, their chats and `more`: in one transaction, or beginning with one. Addresses go with
   * the contacts, so that the contact pushed last owns all of its addresses.
   */
  async function commit(
    changes: readonly ContactChange[],
    more: readonly Write[],
    given: readonly Give[],
    how?: 'addresses may follow',
  ): Promise<Outcome> {
    for (const { address, next } of given)
      if (next.contact && !address.contact) await explain(address, next.contact.id);
    const writes = [
      ...changes.map(({ before, after }) => contacts.write(before, after)),
      ...more,
      ...given.map(giveOrCheck),
      ...releases(given),
    ];
    const resumes = changes.some(({ before }) => before.unsettled);
    const whole = [...writes, ...(await chatWrites(given)).flat()];
    if (!resumes && whole.length <= mostWrites) return (await transact(client, whole)) ? 'done' : 'overtaken';
    return commitInParts(changes, more, given, how);
  }

  /** A client whose contact is gone is a new one, and draws a turn again. */
  function releases(given: readonly Give[]): Write[] {
    const left = given.filter(({ address, next }) => next === NOBODYS && address.dispenser !== undefined);
    const byDispenser = Map.groupBy(left, ({ address }) => address.dispenser ?? '');
    return [...byDispenser].map(([channelId, all]) =>
      release(
        channelId,
        all.map(({ address }) => address.key),
      ),
    );
  }

  async function commitInParts(
    changes: readonly ContactChange[],
    more: readonly Write[],
    given: readonly Give[],
    how: 'addresses may follow' | undefined,
  ): Promise<Outcome> {
    // Those who lose sight come first.
    const keys = [...given]
      .sort((one, other) => Number(loses(other)) - Number(loses(one)))
      .map(({ address }) => address.key);
    const noted = changes.map(({ before, after }) => {
      const unsettled = [...new Set([...keys, ...(before.unsettled ?? [])])];
      return { before, after: { ...after, unsettled } };
    });
    const head = [
      ...noted.map(({ before, after }) => contacts.write(before, after)),
      ...noted.map(({ before: { account, id } }) =>
        tasks.write({ kind: 'settle', account, contactId: id }, REQUEST_MS),
      ),
      ...more,
      ...releases(given),
    ];
    const whole = [...head, ...given.map(giveOrCheck)];
    const atOnce = how && whole.length > mostWrites ? head : whole;
    if (!(await transact(client, atOnce))) return 'overtaken';
    for (const { before } of noted) await settle(before.account, before.id);
    // Where no contact could note them: a crash in between is finished by the stream of addresses.
    if (noted.length === 0) for (const key of keys) await untilDone('An address', () => settleChats(key));
    return 'done';
  }

  /** An address that stays as it is has to stay so until the transaction: somebody else may be about to take it. */
  function giveOrCheck({ address, next }: Give): Write {
    return isTheirs({ address, next }) ? addresses.unchanged(address) : addresses.giving(address, next);
  }

  /** Brings everything that changes of a contact have begun to its end. Repeating it does no harm. */
  async function settle(account: string, contactId: string): Promise<Outcome> {
    const task = taskName({ kind: 'settle', account, contactId });
    const taken = await tasks.take(task);
    await untilDone('A contact', () => settleOnce(account, contactId));
    if (taken) await tasks.finish(taken);
    return 'done';
  }

  async function settleOnce(account: string, contactId: string): Promise<Outcome> {
    const contact = await contacts.load(account, contactId);
    const { unsettled, ...after } = stateOf(contact);
    if (!unsettled) return 'done';
    for (const { address, next } of await ownAddresses([contact])) {
      const given = isTheirs({ address, next }) || (await giveAddress(contact, address, next));
      if (!given) return 'overtaken';
    }
    for (const key of unsettled) await untilDone('An address', () => settleChats(key));
    return (await transact(client, [contacts.write(contact, after)])) ? 'done' : 'overtaken';
  }

  async function giveAddress(contact: ContactRow, address: Address, next: AddressChange): Promise<boolean> {
    return transact(client, [contacts.unchanged(contact), addresses.giving(address, next)]);
  }

  /** Brings the chats of an address to whom it belongs now. */
  async function settleChats(key: string): Promise<Outcome> {
    const address = await addresses.get(key);
    const unchanged = addresses.unchanged(address);
    let batch: Write[] = [unchanged];
    for (const writes of await chatWrites([{ address, next: address }])) {
      if (batch.length + writes.length > mostWrites) {
        if (!(await transact(client, batch))) return 'overtaken';
        batch = [unchanged];
      }
      batch.push(...writes);
    }
    if (batch.length === 1) return 'done';
    return (await transact(client, batch)) ? 'done' : 'overtaken';
  }

  /** For each chat of the addresses that has to follow, its writes, which belong together. */
  async function chatWrites(given: readonly Give[]): Promise<Write[][]> {
    const keys = given.flatMap(({ address }) => address.chats);
    if (keys.length === 0) return [];
    const channelIds = [...new Set(keys.map((key) => chatOfKey(key).channelId))];
    const [rows, roles] = await Promise.all([chats.loadAll(keys), settings.settingsOf(channelIds)]);
    return given
      .flatMap(({ address, next }) =>
        address.chats.map((key) => {
          const { userRoles } = roles.get(chatOfKey(key).channelId) ?? NO_SETTINGS;
          return chats.giving(key, rows.get(key), accountOfKey(address.key), next, { userRoles });
        }),
      )
      .filter((writes) => writes.length > 0);
  }

  return { pushContact, removeContact, pushDeal, removeDeal, handOver, keepContact, settle };
}

/** An address, and whose it becomes. */
interface Give {
  readonly address: Address;
  readonly next: AddressChange;
}

type Outcome = 'done' | 'absent' | 'overtaken';

/** Reads and decides again for as long as somebody else is faster. */
async function untilDone(what: string, attempt: () => Promise<Outcome>): Promise<Outcome> {
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const outcome = await attempt();
    if (outcome !== 'overtaken') return outcome;
  }
  throw new ContentionError(what);
}

/** What the decision about an address makes the ids of its contact and deal (D7). */
function ownIds(
  { key, generation }: Pick<Address, 'key' | 'generation'>,
  decidedAt: number,
): { contact: string; deal: string } {
  const decision = `${key}#${generation}#${decidedAt}`;
  return { contact: uuidOf(`contact#${decision}`), deal: uuidOf(`deal#${decision}`) };
}

function stateOf({ card, deals, unsettled, own }: ContactState): ContactState {
  return { ...(card && { card }), deals, ...(unsettled && { unsettled }), ...(own !== undefined && { own }) };
}

function withDeal(row: ContactRow, dealId: string, responsible: string | undefined): ContactState {
  const { [dealId]: _, ...others } = row.deals;
  return { ...stateOf(row), deals: responsible === undefined ? others : { ...others, [dealId]: responsible } };
}

function isTheirs({ address, next }: Give): boolean {
  return (['viewers', 'contact', 'owner'] as const).every((part) => isDeepStrictEqual(address[part], next[part]));
}

/** Whether somebody who sees the chats of the address will not any more. */
function loses({ address, next }: Give): boolean {
  return address.viewers.some((viewer) => !next.viewers.includes(viewer));
}
