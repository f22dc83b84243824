import { accountOfKey } from '#domain/address';
import { chatOfKey } from '#domain/message';
import { NO_SETTINGS } from '#domain/settings';
import { timerOf } from '#domain/timer';
import { createExplain } from '#flows/sight/explain';
import { createSettings } from '#store/accounts/channel-settings';
import { type ChatRow, createChats, isChat, type Stub, waitIn } from '#store/chats/chats';
import { type Address, type AddressChange, createAddresses } from '#store/clients/addresses';
import { type ContactRow, type ContactState, createContacts, stateOf } from '#store/directory/contacts';
import type { StoreDeps } from '#store/dynamo/client';
import { MOST_WRITES, transact, type Write } from '#store/dynamo/transaction';
import { createTasks, REQUEST_MS, taskName } from '#store/outbox/tasks';
import { addressesOf, eachOnce, type Give, givenBy, isGiven, losesSight, namesOf } from './give.ts';
import { type Outcome, untilDone } from './until-done.ts';

/** A contact as it was read, and as it is to be. */
export interface ContactChange {
  readonly before: ContactRow;
  readonly after: ContactState;
}

/** A change of sight. All of it changes together. */
export interface SightChange {
  readonly contacts: readonly ContactChange[];
  readonly given: readonly Give[];
  /** Writes of the same transaction: deals, records, turns that are released. */
  readonly more: readonly Write[];
  /**
   * Whether addresses may follow after the first transaction: for a change that moves no address to another contact,
   * and may have more addresses than one transaction holds.
   */
  readonly addressesMayFollow?: boolean;
  /** The chats of the addresses as the caller read them, if the change depends on what they say. */
  readonly chats?: ReadonlyMap<string, ChatRow | Stub>;
  /** The chat that has to be as it was read, and moves with the first transaction, whatever follows later. */
  readonly waits?: ChatRow;
  /** More chats that have to be as they were read. They may move later than the first transaction. */
  readonly beside?: readonly ChatRow[];
}

export type Commit = ReturnType<typeof createCommit>;

/**
 * The one way in which contacts, addresses and chats change together. A change resolves when its addresses and all their
 * chats follow it: no request that starts later sees the state before (R2). It is one transaction if it fits into one.
 * Otherwise the first transaction notes the addresses in the contact and leaves a task, so that a sweep or the next
 * change finishes what a crash cut short.
 */
export function createCommit(deps: StoreDeps) {
  const { client, mostWrites = MOST_WRITES } = deps;
  const contacts = createContacts(deps);
  const addresses = createAddresses(deps);
  const chats = createChats(deps);
  const settings = createSettings(deps);
  const tasks = createTasks(deps);
  const explain = createExplain(deps);

  /** Carries out the change. `overtaken` if something that it depends on has changed. */
  async function commit(change: SightChange): Promise<Outcome> {
    for (const { address, next } of change.given) {
      if (next.contact && !address.contact) await explain(address, next.contact.id);
    }
    const writes = [
      ...change.contacts.map(({ before, after }) => contacts.write(before, after)),
      ...change.more,
      ...change.given.map(giveOrCheck),
    ];
    const resumes = change.contacts.some(({ before }) => before.unsettled);
    const whole = [...writes, ...(await chatWrites(change.given, change.chats, change.waits)).flat()];
    if (!resumes && whole.length <= mostWrites) return (await transact(client, whole)) ? 'done' : 'overtaken';
    return commitInParts(change);
  }

  async function commitInParts(change: SightChange): Promise<Outcome> {
    const { contacts: changes, given, addressesMayFollow, waits, beside = [] } = change;
    const minded = waits ? await writesOf(waits, given) : [];
    const more = [...change.more, ...minded, ...beside.map(chats.unchanged)];
    // First the addresses that a user loses: no user may go on seeing what they lost while the rest is written.
    const keys = [...given]
      .sort((one, other) => Number(losesSight(other)) - Number(losesSight(one)))
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
    ];
    const whole = [...head, ...given.map(giveOrCheck)];
    const atOnce = addressesMayFollow && whole.length > mostWrites ? head : whole;
    if (!(await transact(client, atOnce))) return 'overtaken';
    for (const { before } of noted) await settle(before.account, before.id);
    // Without a contact no row notes the addresses. Their stream finishes what a crash cuts short here.
    if (noted.length === 0) for (const key of keys) await settleChats(key);
    return 'done';
  }

  /** An address that stays as it is must stay so until the transaction: another writer may be about to take it. */
  function giveOrCheck({ address, next }: Give): Write {
    return isGiven({ address, next }) ? addresses.unchanged(address) : addresses.giving(address, next);
  }

  /** The addresses that the contacts own, each with what it has to become. Each is read once, and so has one owner. */
  async function ownAddresses(owners: readonly ContactRow[]): Promise<Give[]> {
    const known = eachOnce(await addresses.getAll([...new Set(owners.flatMap(addressesOf))]));
    return known.flatMap((address) => {
      const names = namesOf(address);
      const isOf = (one: ContactRow) => addressesOf(one).some((key) => names.includes(key));
      const owner = owners.find((one) => one.id === address.contact?.id && isOf(one));
      return owner ? [{ address, next: givenBy(owner, address) }] : [];
    });
  }

  /** Finishes everything that changes of the contact have begun. Repeating it does no harm. */
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
      const given = isGiven({ address, next }) || (await giveAddress(contact, address, next));
      if (!given) return 'overtaken';
    }
    for (const key of unsettled) await settleChats(key);
    return (await transact(client, [contacts.write(contact, after)])) ? 'done' : 'overtaken';
  }

  function giveAddress(contact: ContactRow, address: Address, next: AddressChange): Promise<boolean> {
    return transact(client, [contacts.unchanged(contact), addresses.giving(address, next)]);
  }

  /** Gives the chats of an address to the users and the contact that the address belongs to now. */
  async function settleChats(key: string): Promise<void> {
    await untilDone('An address', () => settleChatsOnce(key));
  }

  async function settleChatsOnce(key: string): Promise<Outcome> {
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

  /** The writes of one chat that follows its address. */
  async function writesOf(row: ChatRow, given: readonly Give[]): Promise<Write[]> {
    const own = given.filter(({ address }) => address.chats.includes(row.key));
    const only = own.map(({ address, next }) => ({ address: { ...address, chats: [row.key] }, next }));
    const writes = await chatWrites(only, new Map([[row.key, row]]), row);
    return writes.length > 0 ? writes.flat() : [chats.unchanged(row)];
  }

  /**
   * The writes, or the check, of each chat that has to follow its address. Those of one chat belong together. Who minds the
   * wait of the chat `minded` goes on with it.
   */
  async function chatWrites(given: readonly Give[], read?: SightChange['chats'], minded?: ChatRow): Promise<Write[][]> {
    const keys = given.flatMap(({ address }) => address.chats);
    if (keys.length === 0) return [];
    const channelIds = [...new Set(keys.map((key) => chatOfKey(key).channelId))];
    const [rows, ofChannels] = await Promise.all([read ?? chats.loadAll(keys), settings.settingsOf(channelIds)]);
    return given
      .flatMap(({ address, next }) =>
        address.chats.map((key) => {
          const { userRoles } = ofChannels.get(chatOfKey(key).channelId) ?? NO_SETTINGS;
          const before = rows.get(key);
          const moved = chats.giving(key, before, accountOfKey(address.key), next, { userRoles });
          const anew = moved.length > 0 && key !== minded?.key ? mindedAnew(before, next) : [];
          const writes = [...moved, ...anew];
          // An earlier change of this address has not reached the chat yet, and must not reach it any more.
          const isBehind = before && writes.length === 0 && !isGiven({ address, next });
          return isBehind ? [chats.unchanged(before)] : writes;
        }),
      )
      .filter((writes) => writes.length > 0);
  }

  /** The task that has a late client minded again, because another user has them now: the one before may be over (T1). */
  function mindedAnew(before: ChatRow | Stub | undefined, next: AddressChange): Write[] {
    const isLate = before && isChat(before) && timerOf(waitIn(before)) !== undefined;
    if (!isLate || before.viewers[0] === next.viewers[0]) return [];
    return [tasks.write({ kind: 'wait', chatKey: before.key }, 0)];
  }

  return { commit, ownAddresses, settle, settleChats };
}
