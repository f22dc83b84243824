import { eachAtOnce } from '#at-once';
import type { NameInLog } from '#log';
import { type RootItemsDeps, type Routed, rootItems } from './root-items.ts';
import { type StoreReceivedDeps, storeReceived } from './store-received.ts';

/** What is needed to store items. */
export interface StoreItemsDeps extends StoreReceivedDeps, RootItemsDeps {}

/** One webhook may hold a thousand messages, and the messenger waits for all of them. */
const AT_ONCE = 64;

/** Stores the items, and returns what the log may say of each. Rejects if one could not be stored. */
export async function storeItems(deps: StoreItemsDeps, routed: readonly Routed[]): Promise<object[]> {
  const notes: object[] = [];
  const store = { ...deps, nameInLog: oneFirst(deps.nameInLog) };
  await eachAtOnce(await rootItems(deps, routed), AT_ONCE, async ({ channel, item }) =>
    notes.push(await storeReceived(store, channel, item)),
  );
  return notes;
}

/** The first name of a process has to be read. Of all that are asked for at once, only one reads. */
function oneFirst(nameInLog: NameInLog): NameInLog {
  let first: Promise<unknown> | undefined;
  return async (name) => {
    first ??= nameInLog(name);
    await first;
    return nameInLog(name);
  };
}
