import { byUrgency, type ListCursor, wasAmongUnanswered } from '#domain/list';
import { NO_SETTINGS } from '#domain/settings';
import { type Actor, sightOf } from '#domain/sight';
import type { ListPage } from '#flows/lists';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { type ChatRow, createChats } from '#store/chats/chats';
import { createAddresses } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';

export type AddressLists = ReturnType<typeof createAddressLists>;

/** Lists of the chats of given addresses, in the order of U7: those of the card of a contact, for example. */
export function createAddressLists(deps: StoreDeps) {
  const addresses = createAddresses(deps);
  const channels = createChannels(deps);
  const chats = createChats(deps);
  const settings = createSettings(deps);

  /**
   * One page of the chats that those addresses have, on all channels, and that the actor sees. An address may be any of
   * its person's, in normal form; one that never wrote has no chat.
   */
  async function read(
    actor: Actor,
    addressKeys: readonly string[],
    view: 'all' | 'unanswered',
    limit: number,
    at: ListCursor,
  ): Promise<ListPage> {
    const [found, ids] = await Promise.all([addresses.getAll(addressKeys), channels.idsOf(actor.account)]);
    const [rows, byId] = await Promise.all([
      chats.getAll([...new Set(found.flatMap((address) => address.chats))]),
      settings.settingsOf(ids),
    ]);
    const seen = rows
      .filter((row) => sightOf(actor, row, byId.get(row.channelId) ?? NO_SETTINGS) !== 'nothing')
      .filter(({ places }) => view === 'all' || places.unanswered !== undefined);
    const { shown, next } = pageOf(seen, limit, at);
    return { rows: shown, settings: byId, ...(next && { next }) };
  }

  return { read };
}

/** The rows behind the cursor, and the cursor behind them if there are more. */
function pageOf(rows: readonly ChatRow[], limit: number, at: ListCursor): { shown: ChatRow[]; next?: ListCursor } {
  const { begunAt, block, after } = at;
  const urgent = (block === 'rest' ? [] : rows)
    .flatMap((row) => (row.places.unanswered === undefined ? [] : [{ row, place: row.places.unanswered }]))
    .filter(({ place }) => after === undefined || place > after)
    .sort((one, other) => (one.place < other.place ? -1 : 1));
  const rest = rows
    .filter(({ places }) => (block === 'rest' ? !wasAmongUnanswered(places, begunAt) : places.unanswered === undefined))
    .map((row) => ({ row, place: row.places.rest }))
    .filter(({ place }) => block !== 'rest' || after === undefined || place < after)
    .sort((one, other) => (one.place > other.place ? -1 : 1));
  const left = [...urgent, ...rest];
  const page = left.slice(0, limit);
  const shown = page.map(({ row }) => row).sort((one, other) => byUrgency(one.chat, other.chat));
  const last = page.at(-1);
  if (!last || left.length <= limit) return { shown };
  return { shown, next: { begunAt, block: urgent.includes(last) ? 'unanswered' : 'rest', after: last.place } };
}
