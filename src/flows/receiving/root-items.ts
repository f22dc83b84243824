import type { Received } from '#channels/inbound';
import type { PersonIds } from '#channels/terms';
import type { Clock } from '#clock';
import { KNOWN_AFTER_MS } from '#domain/homes';
import type { Roots } from '#flows/identity/roots';
import type { OpenChannel } from '#store/accounts/channel-item';

/** An item with a channel that it is for. */
export interface Routed {
  readonly channel: OpenChannel;
  readonly item: Received;
}

/** What is needed to find the chats of people with several ids. */
export interface RootItemsDeps {
  readonly roots: Pick<Roots, 'rootsOf'>;
  readonly clock: Clock;
}

/**
 * The items. The first id of each is that of the chat it belongs to. It may be one that the messenger did not tell, if
 * it has told it before. Items of messengers with one id for each person stay as they are, and cost nothing.
 */
export async function rootItems({ roots, clock }: RootItemsDeps, routed: readonly Routed[]): Promise<Routed[]> {
  const rooted: Routed[] = [];
  for (const [, all] of Map.groupBy(routed, ({ channel }) => channel.channelId)) {
    const people = all.flatMap(({ item }) => ('ids' in item && item.ids.length > 0 ? [item] : []));
    const told = people.map((item) => ({ ids: item.ids as PersonIds, at: timeOf(item, clock) }));
    const [first] = all;
    if (!first) continue;
    const found = await roots.rootsOf(first.channel.account, first.channel.channelId, told);
    const byItem = new Map(people.map((item, index) => [item, found[index]]));
    for (const { channel, item } of all) {
      const root = byItem.get(item as (typeof people)[number]);
      const ids = root && 'ids' in item ? [root, ...item.ids.filter((id) => id.chatId !== root.chatId)] : undefined;
      rooted.push({ channel, item: (ids ? { ...item, ids } : item) as Routed['item'] });
    }
  }
  return rooted;
}

/**
 * What becomes of a message is no message itself, so it may follow an id that was linked a moment ago: a bridge tells that
 * a reply failed by the hidden address alone, seconds after both ids were told for the first time.
 */
function timeOf(item: Received, clock: Clock): number {
  if (item.kind === 'receipt' || item.kind === 'deletion') return clock.now() + KNOWN_AFTER_MS;
  return 'time' in item && typeof item.time === 'number' ? item.time : clock.now();
}
