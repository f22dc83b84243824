import { rosterOf } from '#domain/new-clients';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/**
 * Brings the rotation of a channel in line with its settings and with who of the team is on. It runs after every change of
 * them, before the 2xx, and at every border of a schedule (T12).
 */
export type FollowSettings = (channelId: string) => Promise<void>;

/** So many rotations follow at once: a request that concerns hundreds of channels has to end in its time. */
export const FOLLOW_AT_ONCE = 8;

/**
 * Makes `followSettings`. It ends when settings and team that were read after the roster agree with the roster, so that a
 * slow run does not leave the roster of older ones.
 */
export function createFollowSettings(deps: StoreDeps): FollowSettings {
  const { clock } = deps;
  const channels = createChannels(deps);
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const dispensers = createDispensers(deps);
  return async function followSettings(channelId) {
    const { account } = await channels.getKnown(channelId);
    for (;;) {
      const chosen = await settings.read(channelId);
      const { team, unchanged } = await teams.read(account);
      const { eligible, passedOver } = rosterOf(chosen.settings, team, clock.now());
      if (!(await dispensers.setRoster(channelId, eligible, passedOver, [chosen.unchanged, unchanged]))) return;
    }
  };
}
