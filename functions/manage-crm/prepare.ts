import type { Bells } from '#bells';
import type { Crm, Session } from '#crms/crm';
import { type CrmConnection, holdsFormer, type Portal } from '#domain/crm';
import type { RefreshDirectory, Refreshed } from '#flows/crm/refresh-directory';
import type { OpenCrm, OpenCrms } from '#store/accounts/open-crms';
import { newsLane } from '#store/outbox/lane-names';
import type { News } from '#store/outbox/news';
import { refusalOf } from './refusals.ts';

export interface PrepareDeps {
  readonly crms: Pick<OpenCrms, 'setPrepared' | 'noteProblems' | 'now'>;
  readonly refreshDirectory: RefreshDirectory;
  readonly news: Pick<News, 'mark'>;
  readonly bells: Bells<'news'>;
}

/**
 * Makes what Konvert needs in the CRM, and loads users and pipelines. Throws a `RequestError` for the first thing that the
 * CRM does not do.
 */
export async function prepareAndLoad(
  { crms, refreshDirectory, news, bells }: PrepareDeps,
  { connection, hooksUrl, frameUrl }: OpenCrm,
  { crm, session, portal, first }: { crm: Crm; session: Session; portal: Portal; first: boolean },
): Promise<Refreshed> {
  const prepared = await crm.prepare(session, hooksUrl, frameUrl);
  if (prepared.kind !== 'ok') throw refusalOf(prepared);
  const { fields, todo, problems } = prepared.value;
  await crms.setPrepared(connection, { portal, fields, todo, problems });
  const loaded = await refreshDirectory(connection.account, crm, { ...session, fields }, first);
  if (loaded.kind !== 'ok') throw refusalOf(loaded);
  await noteShrunk(crms, connection, loaded.value.shrank);
  const now = await crms.now(connection.account);
  // The lane of news forgets the contacts of the former portal, before anything of this one is stored.
  if (now && holdsFormer(now)) {
    const { ring } = await news.mark(connection.account, [{ type: 'users' }]);
    if (ring) await bells.ring('news', newsLane(connection.account));
  }
  return loaded.value;
}

async function noteShrunk(crms: PrepareDeps['crms'], { account }: CrmConnection, shrank: boolean): Promise<void> {
  const now = await crms.now(account);
  if (now) await crms.noteProblems(now, shrank ? [{ code: 'USERS_SHRANK' }] : [], ['USERS_SHRANK']);
}
