import { handleKey, handlesOf, withPeople } from '#domain/handles';
import { isUnowned } from '#domain/ownership';
import { type Address, createAddresses } from '#store/clients/addresses';
import type { ContactState } from '#store/directory/contacts';
import { createHandles, type Handle } from '#store/directory/handles';
import type { StoreDeps } from '#store/dynamo/client';

type Card = NonNullable<ContactState['card']>;

/** A card with the ids of the people that are known by its handles, and the handles that stand in it. */
export interface NamedCard {
  readonly card: Card;
  readonly handles: readonly string[];
}

/** The contacts that a CRM knows by a @name alone: the person who writes with that name becomes theirs. */
export function createNames(deps: StoreDeps) {
  const addresses = createAddresses(deps);
  const handles = createHandles(deps);

  /** The card that was pushed, with the people that its handles have led to. `before`: the handles that it had. */
  async function resolve(
    account: string,
    contactId: string,
    pushed: Card,
    before: readonly string[] = [],
  ): Promise<NamedCard> {
    const wanted = handlesOf(account, pushed.contactData);
    const named = pushed.contactData.map(({ chatType, username }) => handleKey(account, chatType, username));
    const all = [...new Set([...wanted, ...before.filter((key) => named.includes(key))])];
    if (wanted.length === 0) return { card: pushed, handles: all };
    return { card: withPeople(account, pushed, await peopleOf(contactId, wanted)), handles: all };
  }

  /**
   * The people that handles have led to. One who wrote with a new name is still the contact's, if their address is: then
   * the CRM has followed a change of the name.
   */
  async function peopleOf(contactId: string, keys: readonly string[]): Promise<Map<string, string>> {
    const known = await handles.load(keys);
    const people = new Map<string, string>();
    for (const { key, contact, used } of known) if (contact === contactId && used !== undefined) people.set(key, used);
    const seen = known.filter(({ key, person }) => !people.has(key) && person !== undefined);
    if (seen.length === 0) return people;
    const found = await addresses.getAll(seen.map(({ person = '' }) => person));
    for (const [index, { key, person = '' }] of seen.entries()) {
      if (found[index]?.contact?.id === contactId) people.set(key, person);
    }
    return people;
  }

  /** Forgets the handles that the contact has no more. Others may then use them. */
  async function forget(
    contactId: string,
    before: readonly string[] | undefined,
    after: readonly string[],
  ): Promise<void> {
    for (const key of (before ?? []).filter((one) => !after.includes(one))) await handles.forget(key, contactId);
  }

  /**
   * Notes the handles of a contact that was stored. Answers with the people who have written with such a name before and
   * are unowned: they are the contact's from now on.
   */
  async function expect(contactId: string, after: readonly string[]): Promise<Map<string, string>> {
    const people = new Map<string, string>();
    if (after.length === 0) return people;
    const known = new Map((await handles.load(after)).map((handle) => [handle.key, handle]));
    for (const key of after) {
      const isNew = known.get(key)?.contact !== contactId;
      const { used, person = used } = isNew ? await handles.expect(key, contactId) : (known.get(key) as Handle);
      if (person === undefined || (used !== undefined && !isNew)) continue;
      // A name that was used leads to the same person for the contact that was pushed last (D10).
      const leads = used !== undefined || isFree(await addresses.get(person), contactId);
      if (leads && (await handles.use(key, contactId, used ?? person))) people.set(key, used ?? person);
    }
    return people;
  }

  /**
   * Notes that the person writes with that name. Answers with the contact that a CRM knows by it, if the person is
   * unowned and is the first.
   */
  async function meet(key: string, person: string): Promise<string | undefined> {
    const { contact, used } = await handles.meet(key, person);
    if (contact === undefined || (used !== undefined && used !== person)) return undefined;
    if (!isFree(await addresses.get(person), contact)) return undefined;
    return (await handles.use(key, contact, person)) ? contact : undefined;
  }

  return { resolve, expect, forget, meet };
}

function isFree(address: Address, contactId: string): boolean {
  return isUnowned(address) || address.contact?.id === contactId;
}
