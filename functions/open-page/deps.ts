import type { Doorbells } from '#bells';
import { createRingPages } from '#flows/ring-pages';
import type { Log } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import type { Cipher } from '#store/accounts/cipher';
import { createConnections } from '#store/accounts/connections';
import { createInstallation } from '#store/accounts/installation';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createDevices } from '#store/pages/devices';
import { createLinks } from '#store/pages/links';
import { createPageTokens } from '#store/pages/tokens';
import type { OpenPageDeps } from './handler.ts';

/** What open-page is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly cipher: Cipher;
    readonly publicUrl: string | undefined;
    readonly doorbells: Doorbells | undefined;
    readonly isDemo?: ((account: string) => boolean) | undefined;
    readonly log: Log;
  },
): OpenPageDeps {
  return {
    ...given,
    isDemo: given.isDemo ?? (() => false),
    accounts: createAccounts(given),
    users: createUsers(given),
    channels: createChannels(given),
    connections: createConnections(given),
    settings: createSettings(given),
    options: createOptions(given),
    installation: createInstallation(given),
    devices: createDevices(given),
    links: createLinks(given),
    ringPages: createRingPages(given),
    tokens: createPageTokens(given),
    hasDoorbell: given.doorbells !== undefined,
  };
}
