import type { Bells } from '#bells';
import { addressKey } from '#domain/address';
import { rosterOf } from '#domain/new-clients';
import { isUnowned } from '#domain/ownership';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import { createChats } from '#store/chats/chats';
import { poolScope } from '#store/chats/scopes';
import type { StoreDeps } from '#store/dynamo/client';
import { createAssign } from './assign.ts';

/**
 * Gives out the new clients who wait in the pool of the channel, the longest waiting first, if a user is eligible (D6).
 * Clients who waited before `since` (epoch ms) are recorded as `waiting`. False if the time `until` came first.
 */
export type DrainPool = (channelId: string, since: number, until: number) => Promise<boolean>;

const PAGE = 100;

/** Makes `drainPool`. Repeating it does no harm. */
export function createDrainPool(
  deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> },
): DrainPool {
  const { clock } = deps;
  const chats = createChats(deps);
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const assign = createAssign(deps);

  return async function drainPool(channelId, since, until) {
    const { account } = await channels.getKnown(channelId);
    const [{ settings: chosen }, { team }] = await Promise.all([settings.read(channelId), teams.read(account)]);
    if (rosterOf(chosen, team, clock.now()).eligible.length === 0) return true;
    const pool = poolScope(account, channelId);
    for await (const page of chats.candidatePages(pool, 'unanswered', PAGE)) {
      const rows = new Map((await chats.getAll(page.map(({ key }) => key))).map((row) => [row.key, row]));
      for (const { key } of page) {
        // Clients who were given out have left the pool, so the next run begins with those who have not.
        if (clock.now() > until) return false;
        const row = rows.get(key);
        // An index is only an order: the row says whether the client still waits, and the address whether they are new.
        if (row?.places.unanswered === undefined || !isUnowned(row)) continue;
        // A client who came later did not wait for this: the run gives them out like any other new client.
        const waited = (row.places.placedAt ?? 0) <= since;
        await assign(addressKey(account, row.chatType, row.chatId), waited ? 'waiting' : 'round-robin');
      }
    }
    return true;
  };
}
