import type { Bells } from '#bells';
import { drawsTurns, holdsOutside } from '#domain/new-clients';
import type { ChannelSettings } from '#domain/settings';
import { nextShift } from '#domain/team';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import type { StoreDeps } from '#store/dynamo/client';
import { createDrainPool } from './drain-pool.ts';
import { createFollowSettings } from './follow-settings.ts';

/**
 * Brings the rotations of an account in line with who is on now, and gives out whoever waits in their pools (T12, D6).
 * Answers when it has to run again (epoch ms): at the next border, or at once if the time `until` came first. Undefined if
 * nothing changes by itself.
 */
export type RunShift = (account: string, until: number) => Promise<number | undefined>;

/** Makes `runShift`. Repeating it does no harm. */
export function createRunShift(deps: StoreDeps & { readonly bells: Bells<'events' | 'slowEvents' | 'crm'> }): RunShift {
  const { clock } = deps;
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const followSettings = createFollowSettings(deps);
  const drainPool = createDrainPool(deps);

  return async function runShift(account, until) {
    const now = clock.now();
    // A channel that was just made may have hours already.
    channels.forgetIdsOf(account);
    const ofChannels = await settings.settingsOf(await channels.idsOf(account));
    const rotating = [...ofChannels].filter(([, chosen]) => drawsTurns(chosen)).map(([channelId]) => channelId);
    // All rotations come first, so that nobody waits for the pool of another channel.
    for (const channelId of rotating) await followSettings(channelId);
    for (const channelId of rotating) if (!(await drainPool(channelId, now, until))) return now;
    const { team } = await teams.read(account);
    return nextShift(team, schedulesOf(ofChannels.values()), now);
  };
}

/** The schedules at whose borders rotations of channels change. */
function schedulesOf(ofChannels: Iterable<ChannelSettings>): string[] {
  return [...ofChannels].flatMap((chosen) => (holdsOutside(chosen) ? (chosen.schedule ?? []) : []));
}
