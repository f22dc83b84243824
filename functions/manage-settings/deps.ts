import type { Bells } from '#bells';
import { createChangeOptions } from '#flows/change-options';
import { createChangeSettings } from '#flows/change-settings';
import { createFollowSettings } from '#flows/follow-settings';
import { createPreviewSettings } from '#flows/preview-settings';
import type { Log } from '#log';
import { createOptions } from '#store/accounts/account-options';
import { createAccounts } from '#store/accounts/accounts';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createCrmConnections } from '#store/accounts/crms';
import { createTeams } from '#store/accounts/teams';
import { createPipelines } from '#store/directory/pipelines';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageSettingsDeps } from './handler.ts';

/** What manage-settings is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'tasks'>; readonly log: Log },
): ManageSettingsDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    channels: createChannels(given),
    users: createUsers(given),
    crms: createCrmConnections(given),
    pipelines: createPipelines(given),
    settings: createSettings(given),
    options: createOptions(given),
    teams: createTeams(given),
    changeOptions: createChangeOptions(given),
    changeSettings: createChangeSettings(given),
    followSettings: createFollowSettings(given),
    previewSettings: createPreviewSettings(given),
  };
}
