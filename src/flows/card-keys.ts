import { addressKey } from '#domain/address';
import type { CardAddress } from '#domain/page';
import { namesOf } from '#flows/sight/give';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';

/** The keys of these addresses, and of all others of the same people. */
export type CardKeys = (account: string, card: readonly CardAddress[]) => Promise<string[]>;

/** Makes `cardKeys`. */
export function createCardKeys(deps: StoreDeps): CardKeys {
  const addresses = createAddresses(deps);
  return async function cardKeys(account, card) {
    const named = [...new Set(card.map(({ chatType, chatId }) => addressKey(account, chatType, chatId)))];
    const known = named.length > 0 ? await addresses.getAll(named) : [];
    return [...new Set([...named, ...known.flatMap(namesOf)])];
  };
}
