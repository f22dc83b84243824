import type { Bells } from '#bells';
import { createBeginErasure } from '#flows/erase/begin-erasure';
import { createFindPerson } from '#flows/erase/find-person';
import { createTellAboutPerson } from '#flows/export/about-person';
import { createExportMessages } from '#flows/export/export-messages';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAudit } from '#store/accounts/audit';
import type { Cipher } from '#store/accounts/cipher';
import { createErasures } from '#store/accounts/erasures';
import type { StoreDeps } from '#store/dynamo/client';
import { createPageTokens } from '#store/pages/tokens';
import type { ManagePeopleDeps } from './handler.ts';

/** What manage-people is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly cipher: Cipher;
    readonly bells: Bells<'erasures'>;
    readonly publicUrl: string | undefined;
    readonly log: Log;
  },
): ManagePeopleDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    erasures: createErasures(given),
    beginErasure: createBeginErasure(given),
    findPerson: createFindPerson(given),
    tellAboutPerson: createTellAboutPerson(given),
    exportMessages: createExportMessages(given),
    audit: createAudit(given),
  };
}
