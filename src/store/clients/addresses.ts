import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { HOME_WRITE_MS } from '#domain/homes';
import { chatOfKey } from '#domain/message';
import type { Belonging } from '#domain/ownership';
import { hasOneChat } from '#domain/person-ids';
import type { Had } from '#domain/returns';
import type { NoFields } from '#no-fields';
import { batchGet } from '#store/dynamo/batch-get';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ContentionError, isConditionFailure, isOvertaken } from '#store/dynamo/errors';
import { scanPage } from '#store/dynamo/scan-page';
import { ifStill, setting, transact, type Write } from '#store/dynamo/transaction';
import { type Address, type Decision, homeAttribute, keyOf, readAddress, unknownAddress } from './address-item.ts';

export type { Address, Decision, Enquiry } from './address-item.ts';

/** The users and the contact that an address is given to. */
export interface AddressChange extends Belonging {
  readonly owner?: string;
  readonly decidedAt?: number;
  /** When another responsible user gets the client (epoch ms), if that is not now; null if nobody does. */
  readonly since?: number | null;
  /** Those from whom the client was returned. Without it another responsible user begins without any. */
  readonly had?: readonly Had[];
}

/** The change that makes an address unowned. A client who then writes again is a new client. */
export const UNOWNED: AddressChange = { viewers: [] };

export type Addresses = ReturnType<typeof createAddresses>;

const TRIES = 20;
/** What belongs to a person hangs on the root. A write that meets an alias goes on with its root. */
const IS_ROOT = 'attribute_not_exists(root)';

/** The addresses of the people who write to accounts. */
export function createAddresses(deps: StoreDeps) {
  const { client, clock } = deps;
  const table = tableName(deps, 'addresses');

  /**
   * Adds the chat to its person's address, which is made if it is new, and answers with the address as it then is: the
   * root, if the chat's own address is an alias. It runs before the chat is created, so that a change of the contact
   * finds the chat, or the chat finds the change. `wrote` says that the client wrote, and which channel would give a new
   * client out.
   */
  async function addChat(
    addressKey: string,
    chatKey: string,
    wrote?: { readonly dispenser?: string | undefined },
  ): Promise<Address> {
    const { dispenser } = wrote ?? {};
    const { channelId, chatType } = chatOfKey(chatKey);
    const hasHome = hasOneChat(chatType);
    let key = addressKey;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: table,
            Key: keyOf(key),
            UpdateExpression: [
              'SET viewers = if_not_exists(viewers, :nobody)',
              ...(dispenser === undefined ? [] : [', dispenser = if_not_exists(dispenser, :dispenser)']),
              ...(hasHome ? [', #home = if_not_exists(#home, :home)'] : []),
              ` ADD chats :chat, av :one${wrote ? ', wrote :chat' : ''}`,
            ].join(''),
            // An alias may have left the root since it was read.
            ConditionExpression: key === addressKey ? IS_ROOT : `${IS_ROOT} AND contains(aliases, :own)`,
            ...(hasHome && { ExpressionAttributeNames: { '#home': homeAttribute(channelId) } }),
            ExpressionAttributeValues: {
              ':nobody': [],
              ':chat': new Set([chatKey]),
              ':one': 1,
              ...(key !== addressKey && { ':own': addressKey }),
              ...(dispenser !== undefined && { ':dispenser': dispenser }),
              ...(hasHome && { ':home': [{ c: chatKey, at: clock.now() }] }),
            },
            ReturnValues: 'ALL_NEW',
          }),
          ...(hasHome ? [{ abortSignal: clock.deadline(HOME_WRITE_MS) }] : []),
        );
        return readAddress(Attributes);
      } catch (error) {
        // It met a transaction on the same address.
        if (!isOvertaken(error)) throw error;
        if (isConditionFailure(error)) key = (await get(addressKey)).key;
      }
    }
    throw new ContentionError('An address');
  }

  /**
   * The address of that person as it is now: the root, if the key is that of an alias. If it is not stored, it is
   * unowned, without chats and with version 0.
   */
  async function get(addressKey: string): Promise<Address> {
    let key = addressKey;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: keyOf(key), ConsistentRead: true }));
      const address = Item ? readAddress(Item) : unknownAddress(key);
      if (address.root === undefined) return address;
      key = address.root;
    }
    throw new ContentionError('An address');
  }

  /** The addresses as they are now, in the order of the keys, as `get` answers them. Two keys may be one person's. */
  async function getAll(addressKeys: readonly string[]): Promise<Address[]> {
    let keys = addressKeys;
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const found = new Map((await loadAll([...new Set(keys)])).map((address) => [address.key, address]));
      const addresses = keys.map((key) => found.get(key) ?? unknownAddress(key));
      if (addresses.every(({ root }) => root === undefined)) return addresses;
      keys = addresses.map(({ key, root }) => root ?? key);
    }
    throw new ContentionError('An address');
  }

  /** The items as they stand, aliases too, without those that are not there. */
  async function loadAll(addressKeys: readonly string[]): Promise<Address[]> {
    return (await batchGet(client, table, addressKeys.map(keyOf))).map(readAddress);
  }

  /** One page of all addresses with their chats. It scans the table, so a change of the last second may be missing. */
  async function chatsPage(
    limit: number,
    after: string | undefined,
  ): Promise<{ addresses: { key: string; chats: string[] }[]; next?: string }> {
    const scan = { TableName: table, ProjectionExpression: 'a, chats', Limit: limit };
    const { items, next } = await scanPage(client, scan, after);
    const found = items.map(({ a, chats }) => ({ key: String(a), chats: [...((chats as Set<string>) ?? [])] }));
    return { addresses: found, ...(next !== undefined && { next }) };
  }

  /** The write that gives the address to `next`, if it is still as it was read. */
  function giving(address: Address, next: AddressChange): Write {
    const { key, version, generation } = address;
    const { viewers, contact, owner, decidedAt, since, had, ...rest } = next;
    rest satisfies NoFields;
    const forgotten = next === UNOWNED && {
      wrote: undefined,
      dispenser: undefined,
      why: undefined,
      decidedAt: undefined,
      enquiry: undefined,
      since: undefined,
      had: undefined,
      gen: generation + 1,
    };
    const decided = decidedAt !== undefined && { decidedAt };
    const isOther = viewers[0] !== address.viewers[0];
    const got = isOther && { since: since === null ? undefined : (since ?? clock.now()), had };
    const attributes = { viewers, contact, owner, av: version + 1, ...decided, ...got, ...forgotten };
    return { Update: { TableName: table, Key: keyOf(key), ...setting(attributes, ifStill('av', version)) } };
  }

  /**
   * Makes the channel the one that gives the client out, if the address is still as it was read; false if it is not.
   */
  async function dispenseBy({ key, version }: Address, channelId: string): Promise<boolean> {
    const change = setting({ dispenser: channelId, av: version + 1 }, ifStill('av', version));
    return transact(client, [{ Update: { TableName: table, Key: keyOf(key), ...change } }]);
  }

  /**
   * Makes the user responsible if the address has no contact and no owner, in the generation that was read. Answers
   * with the address as it then is: with this decision, or with what refused it.
   */
  async function decide(
    { key, generation }: Pick<Address, 'key' | 'generation'>,
    why: Decision,
  ): Promise<{ decided: boolean; address: Address }> {
    const { userId } = why;
    const now = clock.now();
    const change = setting({ owner: userId, viewers: [userId], why, decidedAt: now, since: now, had: undefined });
    try {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keyOf(key),
          UpdateExpression: `${change.UpdateExpression} ADD av :one`,
          ConditionExpression: [
            IS_ROOT,
            'attribute_not_exists(contact) AND attribute_not_exists(#owner)',
            generation === 0 ? 'attribute_not_exists(gen)' : 'gen = :generation',
          ].join(' AND '),
          ExpressionAttributeNames: change.ExpressionAttributeNames,
          ExpressionAttributeValues: {
            ...change.ExpressionAttributeValues,
            ':one': 1,
            ...(generation > 0 && { ':generation': generation }),
          },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return { decided: true, address: readAddress(Attributes) };
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      return { decided: false, address: await get(key) };
    }
  }

  /** The check that the address is still as it was read. */
  function unchanged({ key, version }: Address): Write {
    return { ConditionCheck: { TableName: table, Key: keyOf(key), ...ifStill('av', version) } };
  }

  return { addChat, get, getAll, loadAll, chatsPage, giving, dispenseBy, decide, unchanged };
}
