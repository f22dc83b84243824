import type { Listed } from '#api/delivery-routes';
import { shownName } from '#api/present-chat';
import { type Chats, isChat } from '#store/chats/chats';
import type { Addresses } from '#store/clients/addresses';

export interface CalledDeps {
  readonly chats: Pick<Chats, 'loadAll'>;
  readonly addresses: Pick<Addresses, 'getAll'>;
}

/** What the client is called that a delivery is about; undefined if it is about nobody. */
export type Called = (one: Listed) => string | undefined;

/** Reads what the clients of these deliveries are called: a row for each chat, and the address of each new client. */
export async function readCalled({ chats, addresses }: CalledDeps, listed: readonly Listed[]): Promise<Called> {
  const asked = distinct(listed.map(({ address }) => address));
  const found = await addresses.getAll(asked);
  const chatOf = new Map(asked.map((key, index) => [key, found[index]?.why?.chatKey ?? found[index]?.chats[0]]));
  const chatFor = ({ chat, address }: Listed) => chat ?? (address === undefined ? undefined : chatOf.get(address));
  const rows = await chats.loadAll(distinct(listed.map(chatFor)));
  return (one) => {
    const row = rows.get(chatFor(one) ?? '');
    return row && isChat(row) ? shownName(row) : undefined;
  };
}

function distinct(keys: readonly (string | undefined)[]): string[] {
  return [...new Set(keys.filter((key) => key !== undefined))];
}
