import { isDeepStrictEqual } from 'node:util';
import { addressKeys } from '#domain/address';
import type { Contact } from '#domain/directory';
import { type Address, createAddresses, UNOWNED } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { type ContactChange, createCommit } from './commit.ts';
import { addressesOf, type Give, givenBy, isGiven } from './give.ts';
import { ownDeal } from './own-records.ts';
import { untilDone } from './until-done.ts';

export type ContactChanges = ReturnType<typeof createContactChanges>;

/** Contacts as a CRM pushes and deletes them. */
export function createContactChanges(deps: StoreDeps) {
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const addresses = createAddresses(deps);
  const dispensers = createDispensers(deps);
  const { commit, settle } = createCommit(deps);

  /** Stores the contact, replacing the one with its id. It becomes the owner of its addresses (D10). */
  async function pushContact(account: string, { id, ...card }: Contact): Promise<void> {
    await store(account, id, () => card);
  }

  /**
   * Stores the contact that `cardOf` makes of the present one, as if it had been pushed. An address keeps its owner if
   * `keepsOwner` says so.
   */
  async function mergeContact(
    account: string,
    id: string,
    cardOf: (now: ContactRow['card']) => NonNullable<ContactRow['card']>,
    keepsOwner: (address: Address) => boolean,
  ): Promise<void> {
    await store(account, id, cardOf, keepsOwner);
  }

  /** Stores what `change` makes of the contact as it is now, and answers with it. Undefined if there is none. */
  async function updateContact(
    account: string,
    id: string,
    change: (now: Contact) => Contact,
  ): Promise<Contact | undefined> {
    let changed: Contact | undefined;
    const isStored = await store(account, id, (now) => {
      if (!now) return undefined;
      changed = change({ id, ...now });
      const { id: _, ...card } = changed;
      return card;
    });
    return isStored ? changed : undefined;
  }

  /** Stores what `cardOf` makes of the present card. False if that is none. */
  async function store(
    account: string,
    id: string,
    cardOf: (now: ContactRow['card']) => ContactRow['card'],
    keepsOwner: (address: Address) => boolean = () => false,
  ): Promise<boolean> {
    const outcome = await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      const card = cardOf(before.card);
      if (!card) return 'absent';
      const after = { card, deals: before.deals };
      const kept = addressesOf({ ...before, card });
      const left = addressesOf(before).filter((key) => !kept.includes(key));
      const known = await addresses.getAll([...left, ...kept]);
      const given = known.flatMap((address): Give[] => {
        const owner = keepsOwner(address) ? address : {};
        if (kept.includes(address.key)) return [{ address, next: givenBy({ ...before, ...after }, owner) }];
        return address.contact?.id === id ? [{ address, next: UNOWNED }] : [];
      });
      if (isDeepStrictEqual(stateOf(before), after) && given.every(isGiven)) return 'done';
      const taken = await takeFromOwn(account, id, kept, known);
      return commit({
        contacts: [{ before, after }, ...taken.contacts],
        given,
        more: [...taken.more, ...releases(given)],
      });
    });
    return outcome === 'done';
  }

  /** Deletes the contact. Its addresses become unowned, its chats stay. False if there is none. */
  async function removeContact(account: string, id: string): Promise<boolean> {
    const outcome = await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      // An earlier deletion was cut short, so it is finished.
      if (!before.card && before.unsettled) return settle(account, id);
      if (!before.card) return 'absent';
      const known = await addresses.getAll(addressesOf(before));
      const given = known.filter(({ contact }) => contact?.id === id).map((address) => ({ address, next: UNOWNED }));
      const ended = await end(before);
      return commit({ contacts: ended.contacts, given, more: [...ended.more, ...releases(given)] });
    });
    return outcome === 'done';
  }

  /** Konvert's own contacts lose the addresses that the contact `id` takes over, and end with the last one (D10). */
  async function takeFromOwn(account: string, id: string, kept: readonly string[], known: readonly Address[]) {
    const others = known.flatMap(({ key, contact }) =>
      contact && contact.id !== id && kept.includes(key) ? [contact.id] : [],
    );
    const rows = (await contacts.loadAll(account, [...new Set(others)])).filter(({ own }) => own !== undefined);
    const parts = await Promise.all(
      rows.map(async (before): Promise<Part> => {
        const contactData = (before.card?.contactData ?? []).filter(
          (data) => !addressKeys(account, [data]).some((key) => kept.includes(key)),
        );
        if (!before.card || contactData.length === 0) return end(before);
        const after = { ...stateOf(before), card: { ...before.card, contactData } };
        return { contacts: [{ before, after }], more: [] };
      }),
    );
    return { contacts: parts.flatMap((part) => part.contacts), more: parts.flatMap(({ more }) => more) };
  }

  /** The writes that end a contact, and the deal that Konvert made with it. */
  async function end(before: ContactRow): Promise<Part> {
    const deal = await ownDeal(deals, before);
    if (!deal) return { contacts: [{ before, after: { deals: before.deals } }], more: [] };
    const { [deal.id]: _, ...others } = before.deals;
    return {
      contacts: [{ before, after: { deals: others } }],
      more: [deals.write(before.account, deal, undefined, deal.id)],
    };
  }

  /** The writes that release turns: a client without their contact is a new client, and draws a turn again. */
  function releases(given: readonly Give[]): Write[] {
    const left = given.filter(({ address, next }) => next === UNOWNED && address.dispenser !== undefined);
    const byDispenser = Map.groupBy(left, ({ address }) => address.dispenser ?? '');
    return [...byDispenser].map(([channelId, all]) =>
      dispensers.release(
        channelId,
        all.map(({ address }) => address.key),
      ),
    );
  }

  return { pushContact, mergeContact, updateContact, removeContact };
}

/** A part of a change: contacts, and writes that go with them. */
interface Part {
  readonly contacts: readonly ContactChange[];
  readonly more: readonly Write[];
}
