import { addressOfChat } from '#domain/address';
import { handleKey } from '#domain/handles';
import { chatHashOf } from '#domain/message-id';
import { isUnowned } from '#domain/ownership';
import { createAddressRemoval } from '#store/clients/address-removal';
import { type Address, createAddresses } from '#store/clients/addresses';
import { createAssignments } from '#store/clients/assignments';
import { createHandles } from '#store/directory/handles';
import { type StoreDeps, tableName } from '#store/dynamo/client';
import { queryAll } from '#store/dynamo/pages';
import { ifStill, transact, type Write } from '#store/dynamo/transaction';
import type { ChatRow } from './chats.ts';
import { createOldFacts } from './old-facts.ts';

/** Removes a chat in which nothing is left, with its places, and its client if nothing is left of them either. */
export function createChatRemoval(deps: StoreDeps) {
  const { client } = deps;
  const chats = tableName(deps, 'chats');
  const facts = createOldFacts(deps);
  const addresses = createAddresses(deps);
  const people = createAddressRemoval(deps);
  const assignments = createAssignments(deps);
  const handles = createHandles(deps);

  /**
   * Removes the chat, if it is still as it was read and has no facts. False otherwise: then somebody has written, or has
   * begun to. The client goes with it if they have no other chat and no contact.
   */
  async function remove(row: ChatRow): Promise<boolean> {
    const { key, account } = row;
    // It is read before the facts are: whoever writes later than that adds the chat to the address again.
    const address = await addresses.get(addressOfChat(account, key));
    if ((await facts.oldestKey(key)) !== undefined) return false;
    await facts.removeRest(key);
    const isLast = isForgotten(address, key);
    const items = await itemsOf(key);
    const gone = [
      { Delete: { TableName: chats, Key: { c: key, s: '-' }, ...ifStill('ver', row.version) } },
      ...items.filter((s) => s !== '-').map((s) => ({ Delete: { TableName: chats, Key: { c: key, s } } })),
      { Delete: { TableName: chats, Key: { c: `m#${chatHashOf(key)}`, s: key } } },
    ] satisfies Write[];
    if (!(await transact(client, [...gone, ...(isLast ? people.removing(address) : people.leaving(address, key))]))) {
      return false;
    }
    if (isLast) await forgetPerson(row, address);
    return true;
  }

  async function itemsOf(chatKey: string): Promise<string[]> {
    const items = await queryAll(client, {
      TableName: chats,
      KeyConditionExpression: 'c = :chat',
      ExpressionAttributeValues: { ':chat': chatKey },
      ProjectionExpression: 's',
      ConsistentRead: true,
    });
    return items.map(({ s }) => String(s));
  }

  /** Removes what stands elsewhere of a person who is gone: their @name, and the records of who was responsible. */
  async function forgetPerson({ account, chatType, chat }: ChatRow, address: Address): Promise<void> {
    const handle = handleKey(account, chatType, chat.profile?.username);
    if (handle !== undefined) await handles.leave(handle, address.key);
    for (const key of [address.key, ...address.aliases]) await assignments.removePerson(key);
  }

  return { remove };
}

/** Whether nothing but this chat is known of the person: no contact, nobody responsible, and no request in a CRM. */
function isForgotten(address: Address, chatKey: string): boolean {
  const isOnly = address.chats.every((key) => key === chatKey);
  return isOnly && isUnowned(address) && !address.enquiry && address.twins.length === 0;
}
