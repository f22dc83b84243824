import type { Bells } from '#bells';
import { createReturnable } from '#flows/due/returnable';
import { createChangeTeam } from '#flows/team/change-team';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createTeams } from '#store/accounts/teams';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageTeamDeps } from './handler.ts';

/** What manage-team is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'tasks' | 'waits'>; readonly log: Log },
): ManageTeamDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    channels: createChannels(given),
    settings: createSettings(given),
    teams: createTeams(given),
    changeTeam: createChangeTeam(given),
    returnable: createReturnable(given),
    tasks: createTasks(given),
  };
}
