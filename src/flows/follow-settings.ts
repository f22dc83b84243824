import { rosterOf } from '#domain/new-clients';
import type { Rules } from '#store/accounts/settings';
import type { Dispensers } from '#store/clients/dispensers';

/** Brings the rotation of a channel in line with its settings. Comes after every change of them, before the 2xx. */
export type FollowSettings = (channelId: string) => Promise<void>;

/**
 * Makes `followSettings`: it ends when settings that were read after the roster agree with it. Whoever is slow does not
 * set what settings said before.
 */
export function createFollowSettings(
  settings: Pick<Rules, 'read'>,
  dispensers: Pick<Dispensers, 'setRoster'>,
): FollowSettings {
  return async function followSettings(channelId) {
    for (;;) {
      const { settings: chosen, unchanged } = await settings.read(channelId);
      const { eligible, passedOver } = rosterOf(chosen);
      if (!(await dispensers.setRoster(channelId, eligible, passedOver, unchanged))) return;
    }
  };
}
