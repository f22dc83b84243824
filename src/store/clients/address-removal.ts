import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ifStill, setting, type Write } from '#store/dynamo/transaction';
import { type Address, keyOf } from './address-item.ts';
import { createDispensers } from './dispensers.ts';

/** The writes by which a chat leaves its person, or the person goes. */
export function createAddressRemoval(deps: StoreDeps) {
  const table = tableName(deps, 'addresses');
  const dispensers = createDispensers(deps);

  /** The write that takes the chat from the address, if the address is still as it was read. None if it is not there. */
  function leaving({ key, version, chats, wrote }: Address, chatKey: string): Write[] {
    if (version === 0) return [];
    const without = (keys: readonly string[]) => {
      const left = keys.filter((one) => one !== chatKey);
      return left.length > 0 ? new Set(left) : undefined;
    };
    const change = setting({ chats: without(chats), wrote: without(wrote), av: version + 1 }, ifStill('av', version));
    return [{ Update: { TableName: table, Key: keyOf(key), ...change } }];
  }

  /** The writes that remove the address and its aliases, if it is still as it was read, and its claim of a turn. */
  function removing({ key, version, aliases, dispenser }: Address): Write[] {
    if (version === 0) return [];
    const isAlias = { ConditionExpression: '#root = :root', ExpressionAttributeNames: { '#root': 'root' } };
    return [
      { Delete: { TableName: table, Key: keyOf(key), ...ifStill('av', version) } },
      ...aliases.map((alias) => ({
        Delete: { TableName: table, Key: keyOf(alias), ...isAlias, ExpressionAttributeValues: { ':root': key } },
      })),
      ...(dispenser === undefined ? [] : [dispensers.release(dispenser, [key])]),
    ];
  }

  return { leaving, removing };
}
