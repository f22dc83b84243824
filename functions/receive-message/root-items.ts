import type { PersonIds } from '#channels/terms';
import type { Clock } from '#clock';
import type { Roots } from '#flows/identity/roots';
import type { Routed } from './route-items.ts';

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

function timeOf(item: object, clock: Clock): number {
  return 'time' in item && typeof item.time === 'number' ? item.time : clock.now();
}
