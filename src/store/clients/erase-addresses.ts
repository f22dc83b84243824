import { type StoreDeps, tableName } from '#store/dynamo/client';
import { ifStill, transact } from '#store/dynamo/transaction';
import { type Address, keyOf } from './address-item.ts';

/** Takes addresses away. Who writes from one of them afterwards is a new client. */
export function createEraseAddresses(deps: StoreDeps) {
  const { client } = deps;
  const table = tableName(deps, 'addresses');

  /** Takes the address away, if it is still as it was read; false if it is not. */
  async function remove({ key, version }: Address): Promise<boolean> {
    return transact(client, [{ Delete: { TableName: table, Key: keyOf(key), ...ifStill('av', version) } }]);
  }

  return { remove };
}
