import type { Bells } from '#bells';
import { createVouch } from '#calls/vapid';
import { createWakeBrowser, type WakeBrowser } from '#calls/web-push';
import { pushKeysOf } from '#domain/push-keys';
import { createPlanWake } from '#flows/plan-wake';
import { createStillCalled } from '#flows/still-called';
import type { Log } from '#log';
import { createAccountStates } from '#store/accounts/account-state';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import { createTeams } from '#store/accounts/teams';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import type { WakeBrowsersDeps } from './handler.ts';

/** A push service wants an address of who is responsible. An installation without one of its own names none. */
const NOBODY = 'mailto:operator@konvert.invalid';

/** What wake-browsers is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<'pushes'>;
    readonly cipher: Cipher;
    readonly fetch: typeof globalThis.fetch;
    readonly publicUrl: string | undefined;
    readonly log: Log;
  },
): WakeBrowsersDeps {
  const { clock, fetch, publicUrl } = given;
  const installation = createInstallation(given);
  const subject = publicUrl?.startsWith('https:') ? publicUrl : NOBODY;
  let made: WakeBrowser | undefined;
  return {
    ...given,
    subscriptions: createPushSubscriptions(given),
    users: createUsers(given),
    teams: createTeams(given),
    stillCalled: createStillCalled(given),
    planWake: createPlanWake(given),
    accountStates: createAccountStates(given),
    async wakeBrowser() {
      const secret = made ? undefined : await installation.secret();
      if (secret) made = createWakeBrowser(fetch, createVouch({ ...pushKeysOf(secret), subject, now: clock.now }));
      return made;
    },
  };
}
