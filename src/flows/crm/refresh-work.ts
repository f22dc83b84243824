import { isDeepStrictEqual } from 'node:util';
import type { Bells } from '#bells';
import type { Asked } from '#crms/crm';
import type { CrmConnection, CrmContact, CrmDeal, Ref } from '#domain/crm';
import { FILE_CALL_MS } from '#domain/delivery';
import { createSettings } from '#store/accounts/channel-settings';
import { createChannels } from '#store/accounts/channels';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createContacts } from '#store/directory/contacts';
import { createDeals } from '#store/directory/deals';
import { createKept } from '#store/directory/kept';
import { createPipelines } from '#store/directory/pipelines';
import { createNews, type DirtyRow, type Proof } from '#store/outbox/news';
import type { CallCrm, CallsDeps } from './calls.ts';
import { type Did, got, NEXT } from './connector-calls.ts';
import { storedContact, storedDeal } from './push-found.ts';
import { createRefreshDirectory } from './refresh-directory.ts';

/** Hooks and clocks may be late by so much (ms). */
const OVERLAP_MS = 15 * 60_000;
/** What takes several calls of the CRM one after the other: a person may have given up on it after 25 s. */
const SEVERAL_MS = FILE_CALL_MS;
const NOTHING: Asked<readonly Asked<CrmContact | CrmDeal>[]> = { kind: 'ok', value: [] };

/** What a CRM was asked for by `refresh-crm`, or by a hook: fields and hooks, users and pipelines, and the proof. */
export function createRefreshWork(deps: CallsDeps & { readonly bells: Bells<'tasks'> }) {
  const { clock } = deps;
  const crms = createOpenCrms(deps);
  const news = createNews(deps);
  const kept = createKept(deps);
  const contacts = createContacts(deps);
  const deals = createDeals(deps);
  const settings = createSettings(deps);
  const channels = createChannels(deps);
  const pipelines = createPipelines(deps);
  const refreshDirectory = createRefreshDirectory(deps);

  /** Makes fields and hooks again that somebody took away in the CRM (K20, K21). */
  async function prepare(account: string, call: CallCrm): Promise<Did> {
    const open = await crms.openNow(account);
    if (!open) return NEXT;
    const asked = got(await call((crm, session) => crm.identify(session)));
    if ('end' in asked) return asked.end;
    const prepared = got(
      await call((crm, session) => crm.prepare(session, open.hooksUrl, open.frameUrl), undefined, SEVERAL_MS),
    );
    if ('end' in prepared) return prepared.end;
    await crms.setPrepared(open.connection, { ...prepared.value, portal: asked.value });
    return NEXT;
  }

  /** Loads users and pipelines, and looks whether channels still lead to stages that are there. */
  async function refreshUsers(connection: CrmConnection, call: CallCrm): Promise<Did> {
    const { account } = connection;
    const asked = got(
      await call((crm, session) => refreshDirectory(account, crm, session, false), undefined, SEVERAL_MS),
    );
    if ('end' in asked) return asked.end;
    const { shrank } = asked.value;
    const gone = await channelsWithoutStage(account);
    await crms.noteProblems(
      connection,
      [
        ...(shrank ? [{ code: 'USERS_SHRANK' as const }] : []),
        ...gone.map((about) => ({ code: 'STAGE_GONE' as const, about })),
      ],
      ['USERS_SHRANK', 'STAGE_GONE'],
    );
    return NEXT;
  }

  async function channelsWithoutStage(account: string): Promise<string[]> {
    const [ids, stored] = await Promise.all([channels.idsOf(account), pipelines.list(account)]);
    const stages = new Map(stored.map((one) => [one.id, new Set((one.stages ?? []).map(({ id }) => id))]));
    return [...(await settings.settingsOf(ids))].flatMap(([channelId, { newClients }]) => {
      const { pipelineId, stageId } = 'pipelineId' in newClients ? newClients : {};
      if (pipelineId === undefined || stageId === undefined) return [];
      return stages.get(pipelineId)?.has(stageId) ? [] : [channelId];
    });
  }

  /**
   * Marks a page of what may have changed since the last proof. The mark of the proof remembers how far it came. Answers
   * with how far that is, undefined at its end.
   */
  async function prove(
    connection: CrmConnection,
    row: DirtyRow,
    call: CallCrm,
  ): Promise<{ readonly did: Did; readonly next?: Proof }> {
    const { account, lastProofAt, madeAt } = connection;
    const begun = row.proof ?? { at: clock.now(), since: (lastProofAt ?? madeAt) - OVERLAP_MS };
    const page = got(await call((crm, session) => crm.changedSince(session, begun.since, begun.cursor)));
    if ('end' in page) return { did: page.end };
    const { refs, cursor } = page.value;
    // The holder of the lane is this one, which looks again for what it has marked.
    if (refs.length > 0) await news.mark(account, refs);
    if (cursor !== undefined) return { did: NEXT, next: { ...begun, cursor } };
    await crms.noteProof(connection, begun.at);
    return { did: NEXT };
  }

  /**
   * Reads the next of what is kept of the CRM, and marks what is gone or other there: lists of changes do not name what was
   * deleted. Answers as `prove`.
   */
  async function check(
    { account }: CrmConnection,
    row: DirtyRow,
    call: CallCrm,
  ): Promise<{ readonly did: Did; readonly next?: Proof }> {
    const { at, since, cursor = 'contact#' } = row.proof ?? { at: clock.now(), since: 0 };
    const type = cursor.startsWith('contact#') ? 'contact' : 'deal';
    const after = cursor.slice(type.length + 1);
    let next: string | undefined;
    const asked = got<readonly Ref[]>(
      await call(async (crm, session) => {
        const found = await kept.idsAfter(account, type, after === '' ? undefined : after, crm.offers.batch);
        next = found.next;
        const refs = await ofCrm(account, type, found.ids);
        const read = refs.length > 0 ? await crm.read(session, refs) : NOTHING;
        if (read.kind !== 'ok') return read;
        return { kind: 'ok', value: await others(account, type, refs, read.value) };
      }),
    );
    if ('end' in asked) return { did: asked.end };
    if (asked.value.length > 0) await news.mark(account, asked.value);
    if (next !== undefined) return { did: NEXT, next: { at, since, cursor: `${type}#${next}` } };
    return type === 'contact' ? { did: NEXT, next: { at, since, cursor: 'deal#' } } : { did: NEXT };
  }

  /** Deals of contacts that Konvert made itself are not the CRM's. */
  async function ofCrm(account: string, type: Ref['type'], ids: readonly string[]): Promise<Ref[]> {
    const refs = ids.map((id) => ({ type, id }));
    if (type === 'contact') return refs;
    const found = await deals.getAll(account, ids);
    const rows = await contacts.loadAll(account, [...new Set(found.flatMap((deal) => deal.contacts))]);
    const own = new Set(rows.filter((row) => row.own !== undefined).map(({ id }) => id));
    const isOwn = new Map(found.map((deal) => [deal.id, deal.contacts.some((id) => own.has(id))]));
    return refs.filter(({ id }) => isOwn.get(id) === false);
  }

  /** Those of which something else is kept than was read. */
  async function others(
    account: string,
    type: Ref['type'],
    refs: readonly Ref[],
    read: readonly Asked<CrmContact | CrmDeal>[],
  ): Promise<Ref[]> {
    const ids = refs.map(({ id }) => id);
    const stored =
      type === 'deal'
        ? new Map<string, object>((await deals.getAll(account, ids)).map((deal) => [deal.id, deal]))
        : new Map<string, object>(
            (await contacts.loadAll(account, ids)).flatMap(({ id, card }) => (card ? [[id, { id, ...card }]] : [])),
          );
    return refs.filter(({ id }, index) => {
      const asked = read[index];
      if (asked?.kind !== 'ok') return asked !== undefined && asked.kind !== 'refused';
      const there = asked.value.type === 'deal' ? storedDeal(asked.value) : storedContact(asked.value);
      return !isDeepStrictEqual(stored.get(id), there);
    });
  }

  return { prepare, refreshUsers, prove, check };
}
