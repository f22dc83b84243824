import { rosterOf } from '#domain/new-clients';
import { createSettings } from '#store/accounts/channel-settings';
import { createDispensers } from '#store/clients/dispensers';
import type { StoreDeps } from '#store/dynamo/client';

/** Brings the rotation of a channel in line with its settings. It runs after every change of them, before the 2xx. */
export type FollowSettings = (channelId: string) => Promise<void>;

/**
 * Makes `followSettings`. It ends when settings that were read after the roster agree with the roster, so that a slow
 * run does not leave the roster of older settings.
 */
export function createFollowSettings(deps: StoreDeps): FollowSettings {
  const settings = createSettings(deps);
  const dispensers = createDispensers(deps);
  return async function followSettings(channelId) {
    for (;;) {
      const { settings: chosen, unchanged } = await settings.read(channelId);
      const { eligible, passedOver } = rosterOf(chosen);
      if (!(await dispensers.setRoster(channelId, eligible, passedOver, unchanged))) return;
    }
  };
}
