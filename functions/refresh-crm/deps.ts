import type { Bells } from '#bells';
import type { Crms } from '#crms/registry/crms';
import { createSessions } from '#flows/crm/sessions';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenCrms } from '#store/accounts/open-crms';
import type { StoreDeps } from '#store/dynamo/client';
import { createNews } from '#store/outbox/news';
import type { RefreshCrmDeps } from './handler.ts';

/** What refresh-crm is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & Crms & { readonly bells: Bells<'news'>; readonly cipher: Cipher; readonly log: Log },
): RefreshCrmDeps {
  return { ...given, crms: createOpenCrms(given), sessions: createSessions(given), news: createNews(given) };
}
