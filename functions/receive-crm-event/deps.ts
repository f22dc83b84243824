import type { Bells } from '#bells';
import type { CrmHooks } from '#crms/registry/hooks';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createOpenCrms } from '#store/accounts/open-crms';
import type { StoreDeps } from '#store/dynamo/client';
import { createNews } from '#store/outbox/news';
import type { ReceiveCrmEventDeps } from './handler.ts';

/** What receive-crm-event is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & CrmHooks & { readonly bells: Bells<'news'>; readonly cipher: Cipher; readonly log: Log },
): ReceiveCrmEventDeps {
  return { ...given, crms: createOpenCrms(given), news: createNews(given) };
}
