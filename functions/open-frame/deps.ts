import type { Crms } from '#crms/registry/crms';
import { createSessions } from '#flows/crm/sessions';
import type { Log } from '#log';
import { createAccountStates } from '#store/accounts/account-state';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import { createUsers } from '#store/directory/users';
import type { StoreDeps } from '#store/dynamo/client';
import { createFrameProofs } from '#store/pages/frame-proofs';
import { createLinks } from '#store/pages/links';
import type { OpenFrameDeps } from './handler.ts';

/** What open-frame is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & Crms & { readonly cipher: Cipher; readonly publicUrl: string | undefined; readonly log: Log },
): OpenFrameDeps {
  return {
    ...given,
    crms: createOpenCrms(given),
    states: createAccountStates(given),
    users: createUsers(given),
    contacts: createContacts(given),
    deals: createDeals(given),
    sessions: createSessions(given),
    proofs: createFrameProofs(given),
    links: createLinks(given),
  };
}
