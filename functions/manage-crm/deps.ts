import type { Bells } from '#bells';
import type { Crms } from '#crms/registry/crms';
import { createRefreshDirectory } from '#flows/crm/refresh-directory';
import { createSessions } from '#flows/crm/sessions';
import { createWakeCrm } from '#flows/send-again/wake-crm';
import type { Log } from '#log';
import { createAccounts } from '#store/accounts/accounts';
import { createAudit } from '#store/accounts/audit';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenCrms } from '#store/accounts/open-crms';
import type { StoreDeps } from '#store/dynamo/client';
import { createFailedRows } from '#store/outbox/failed-rows';
import { createLanePages } from '#store/outbox/lane-pages';
import { createLanes } from '#store/outbox/lanes';
import { createNews } from '#store/outbox/news';
import { createCrmConsents } from '#store/pages/crm-consents';
import { createPageTokens } from '#store/pages/tokens';
import type { ManageCrmDeps } from './handler.ts';

/** What manage-crm is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Crms & {
      readonly cipher: Cipher;
      readonly bells: Bells<'tasks' | 'news'>;
      readonly publicUrl: string | undefined;
      readonly log: Log;
    },
): ManageCrmDeps {
  return {
    ...given,
    accounts: createAccounts(given),
    tokens: createPageTokens(given),
    audit: createAudit(given),
    crms: createOpenCrms(given),
    consents: createCrmConsents(given),
    sessions: createSessions(given),
    wakeCrm: createWakeCrm(given),
    refreshDirectory: createRefreshDirectory(given),
    lanes: createLanes(given),
    lanePages: createLanePages(given),
    failedRows: createFailedRows(given),
    news: createNews(given),
  };
}
