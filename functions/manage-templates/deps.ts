import type { Messengers } from '#channels/registry/messengers';
import { createTemplates } from '#flows/templates';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenChannels } from '#store/accounts/open-channels';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageTemplatesDeps } from './handler.ts';

/** What manage-templates is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & Messengers & { readonly cipher: Cipher; readonly log: Log },
): ManageTemplatesDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    users: createUsers(given),
    channels: createOpenChannels(given),
    templates: createTemplates(given),
  };
}
