import { isDeepStrictEqual } from 'node:util';
import { personOfKey } from '#domain/address';
import type { Contact } from '#domain/directory';
import { withPeople } from '#domain/handles';
import { type Address, createAddresses, UNOWNED } from '#store/clients/addresses';
import { createDispensers } from '#store/clients/dispensers';
import { type ContactRow, createContacts, stateOf } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createTasks, type Task, taskName } from '#store/outbox/tasks';
import { createCommit } from './commit.ts';
import { addressesOf, eachOnce, type Give, givenBy, isGiven } from './give.ts';
import { createNames } from './names.ts';
import { createOwnContacts } from './own-contacts.ts';
import { untilDone } from './until-done.ts';

export type ContactChanges = ReturnType<typeof createContactChanges>;

/** Contacts as a CRM pushes and deletes them. */
export function createContactChanges(deps: StoreDeps) {
  const contacts = createContacts(deps);
  const ownContacts = createOwnContacts(deps);
  const names = createNames(deps);
  const tasks = createTasks(deps);
  const addresses = createAddresses(deps);
  const dispensers = createDispensers(deps);
  const { commit, settle } = createCommit(deps);

  /** Stores the contact, replacing the one with its id. It becomes the owner of its addresses (D10). */
  async function pushContact(account: string, { id, ...card }: Contact): Promise<void> {
    await store(account, id, () => card);
  }

  /**
   * Stores the contact that `cardOf` makes of the present one, as if it had been pushed. An address keeps its owner if
   * `keepsOwner` says so; `tell` gives the writes that go with that.
   */
  async function mergeContact(
    account: string,
    id: string,
    cardOf: (now: ContactRow['card']) => NonNullable<ContactRow['card']>,
    keepsOwner: (address: Address) => boolean,
    tell?: (address: Address) => Promise<Write[]>,
  ): Promise<void> {
    await store(account, id, cardOf, keepsOwner, tell);
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

  /** Gives the person who wrote with that name to the contact that a CRM knows by it. */
  async function nameContact(account: string, id: string, handle: string, person: string): Promise<void> {
    await store(account, id, (now) => now && withPeople(account, now, new Map([[handle, person]])));
  }

  /** Stores what `cardOf` makes of the present card, with the people that its handles lead to. False if that is none. */
  async function store(
    account: string,
    id: string,
    cardOf: (now: ContactRow['card']) => ContactRow['card'],
    keepsOwner: (address: Address) => boolean = () => false,
    tell: (address: Address) => Promise<Write[]> = async () => [],
  ): Promise<boolean> {
    const handles = await storeOnce(account, id, cardOf, keepsOwner, tell);
    if (!handles) return false;
    // The contact is stored before its handles: a fold that meets one of them finds it.
    const people = await names.expect(id, handles);
    const named = (now: ContactRow['card']) => now && withPeople(account, now, people);
    if (people.size > 0) await storeOnce(account, id, named, keepsOwner, tell);
    return true;
  }

  /** Answers with the handles that the contact has then. Undefined if there is no contact. */
  async function storeOnce(
    account: string,
    id: string,
    cardOf: (now: ContactRow['card']) => ContactRow['card'],
    keepsOwner: (address: Address) => boolean,
    tell: (address: Address) => Promise<Write[]>,
  ): Promise<readonly string[] | undefined> {
    let stored: readonly string[] | undefined;
    await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      const pushed = cardOf(before.card);
      if (!pushed) return 'absent';
      const { card, handles } = await names.resolve(account, id, pushed, before.handles);
      const after = { card, deals: before.deals, ...(handles.length > 0 && { handles }) };
      await names.forget(id, before.handles, handles);
      stored = handles;
      const kept = addressesOf({ ...before, card });
      const left = addressesOf(before).filter((key) => !kept.includes(key));
      const found = await addresses.getAll([...kept, ...left]);
      const ofKept = new Set(found.slice(0, kept.length).map(({ key }) => key));
      const known = eachOnce(found);
      const given = known.flatMap((address): Give[] => {
        const owner = keepsOwner(address) ? address : {};
        if (ofKept.has(address.key)) return [{ address, next: givenBy({ ...before, ...after }, owner) }];
        return address.contact?.id === id ? [{ address, next: UNOWNED }] : [];
      });
      if (isDeepStrictEqual(stateOf(before), after) && given.every(isGiven)) return 'done';
      const keeping = known.filter((address) => ofKept.has(address.key) && keepsOwner(address));
      const told = await Promise.all(keeping.map(tell));
      const taken = await ownContacts.take(
        account,
        id,
        known.filter(({ key }) => ofKept.has(key)),
      );
      return commit({
        contacts: [{ before, after }, ...taken.contacts],
        given,
        more: [...taken.more, ...told.flat(), ...releases(given), ...(await linksAgain(account, given))],
      });
    });
    return stored;
  }

  /** Deletes the contact. Its addresses become unowned, its chats stay. False if there is none. */
  async function removeContact(account: string, id: string): Promise<boolean> {
    const outcome = await untilDone('A contact', async () => {
      const before = await contacts.load(account, id);
      // An earlier deletion was cut short, so it is finished.
      if (!before.card && before.unsettled) return settle(account, id);
      if (!before.card) return 'absent';
      const known = eachOnce(await addresses.getAll(addressesOf(before)));
      const given = known.filter(({ contact }) => contact?.id === id).map((address) => ({ address, next: UNOWNED }));
      await names.forget(id, before.handles, []);
      const ended = await ownContacts.end(before);
      return commit({
        contacts: ended.contacts,
        given,
        more: [...ended.more, ...releases(given), ...(await linksAgain(account, given))],
      });
    });
    return outcome === 'done';
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

  /** The tasks that look at people again who had two contacts: a CRM may have made one of them. */
  async function linksAgain(account: string, given: readonly Give[]): Promise<Write[]> {
    const pairs = given.flatMap(({ address }) => address.twins.map((twin) => ({ address, twin })));
    const twins = pairs.length === 0 ? [] : await addresses.getAll(pairs.map(({ twin }) => twin));
    const again = pairs.flatMap(({ address }, index) => {
      const both = [address, twins[index] ?? address];
      const chat = both.flatMap(({ homes }) => Object.values(homes).flat())[0]?.chat;
      return both.map(({ key }): Task | undefined =>
        chat === undefined ? undefined : { kind: 'link', account, chat, id: { ...personOfKey(key), at: 0 }, tries: 0 },
      );
    });
    // Both may be among those that change. A transaction writes an item once.
    const each = new Map(again.flatMap((task) => (task ? [[taskName(task), task] as const] : [])));
    return [...each.values()].map((task) => tasks.write(task, 0));
  }

  return { pushContact, mergeContact, updateContact, nameContact, removeContact };
}
