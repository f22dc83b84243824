import { createAnsweredByPhone } from '#flows/statistics/answered-by-phone';
import { createReadStatistics } from '#flows/statistics/read-statistics';
import type { Log } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import { createWaits } from '#store/waits/waits';
import type { ReadStatisticsDeps } from './handler.ts';

/** What read-statistics is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly log: Log }): ReadStatisticsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    settings: createSettings(given),
    options: createOptions(given),
    teams: createTeams(given),
    channels: createChannels(given),
    waits: createWaits(given),
    answeredByPhone: createAnsweredByPhone(given),
    readStatistics: createReadStatistics(given),
  };
}
