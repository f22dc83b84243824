import type { Bells } from '#bells';
import type { Failed, Wanted } from '#crms/crm';
import { GIVE_UP_MS } from '#domain/delivery';
import { createCrmConnections } from '#store/accounts/crms';
import type { Address } from '#store/clients/addresses';
import type { StoreDeps } from '#store/dynamo/client';
import { createConnectorRows } from '#store/outbox/connector-rows';
import { newsLane } from '#store/outbox/lane-names';
import { createNews, type Dirty } from '#store/outbox/news';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { CallCrm } from './calls.ts';
import { channelOf } from './channel-of.ts';
import { type Did, errorOf, got, NEXT } from './connector-calls.ts';

type Creation = RowOf<'creation'>;
type Refusal = Extract<Failed, { readonly kind: 'refused' }>;

/** What is asked for instead of what the CRM refused, or what became of the row. */
export type Instead = { readonly row: Creation; readonly wanted: Wanted } | { readonly did: Did };

/** How soon a row is tried again for which a field has to be made, at first (ms). */
const SOONEST_MS = 60_000;
/** Then it waits for so much of its age. */
const PART_OF_AGE = 4;
const SHOWN = ['VALIDATION_RULE', 'PLAN', 'NOT_ADMIN'] as const;

/** What Konvert does about a refusal of a connected CRM. */
export function createRefusals(deps: StoreDeps & { readonly bells: Bells<'news'> }) {
  const { bells, clock } = deps;
  const connections = createCrmConnections(deps);
  const marks = createConnectorRows(deps);
  const rows = createRows(deps);
  const news = createNews(deps);

  async function instead(
    row: Creation,
    address: Address,
    wanted: Wanted,
    refusal: Refusal,
    call: CallCrm,
  ): Promise<Instead> {
    const { code } = refusal;
    if (code === 'USER_GONE' && wanted.responsibleUserId !== undefined) {
      const { responsibleUserId: _, ...rest } = wanted;
      return { row: await withoutUser(row), wanted: rest };
    }
    if (code === 'STAGE_GONE' && wanted.pipelineId !== undefined) return inOtherStage(row, address, wanted, call);
    return { did: await end(row, refusal) };
  }

  /** The CRM does not know the user any more: it is asked without one, and the users are loaded anew (K14, K15). */
  async function withoutUser(row: Creation): Promise<Creation> {
    await marks.noteWithoutUser(row);
    await loadUsers(row.account);
    return { ...row, withoutUser: true };
  }

  /** The users of the CRM are loaded anew, because one is gone. */
  async function loadUsers(account: string): Promise<void> {
    await tell(account, { type: 'users' });
  }

  /**
   * The first open stage of the pipeline, else of the main pipeline, else what the CRM itself takes: a client in the wrong
   * stage rather than none. After the main pipeline comes no other, so no stage that was refused is asked for again.
   */
  async function inOtherStage(
    row: Creation,
    address: Address,
    { pipelineId, stageId, ...rest }: Wanted,
    call: CallCrm,
  ): Promise<Instead> {
    await showStageGone(row, address);
    const asked = got(await call((crm, session) => crm.pipelines(session)));
    if ('end' in asked) return { did: asked.end };
    const own = asked.value.find(({ id }) => id === pipelineId);
    const main = asked.value.find(({ isMain }) => isMain);
    for (const pipeline of [own, main]) {
      const stage = pipeline?.stages.find(({ kind }) => kind === 'open');
      if (pipeline && stage && stage.id !== stageId)
        return { row, wanted: { ...rest, pipelineId: pipeline.id, stageId: stage.id } };
    }
    return { row, wanted: rest };
  }

  /** Tells of the channel whose stage the CRM does not have. */
  async function showStageGone(row: Creation, address: Address): Promise<void> {
    await show(row.account, 'STAGE_GONE', channelOf(row, address));
  }

  /** What becomes of a row for which nothing else can be asked. */
  function end(row: Creation, refusal: Refusal): Promise<Did> {
    return refusal.code === 'FIELD_GONE' ? waitForField(row, refusal) : fail(row, refusal);
  }

  /** Somebody took Konvert's field away in the CRM. It is made again, and the row goes on after that. */
  async function waitForField(row: Creation, refusal: Refusal): Promise<Did> {
    const age = clock.now() - row.since;
    if (age > GIVE_UP_MS) return fail(row, refusal);
    await show(row.account, 'FIELD_GONE', refusal.about);
    await tell(row.account, { type: 'prepare' });
    await marks.putOff(row, clock.now() + Math.max(SOONEST_MS, age / PART_OF_AGE));
    return NEXT;
  }

  /** No retry helps. A person learns what it is about, and sends it again. */
  async function fail(row: Creation, refusal: Refusal): Promise<Did> {
    const code = SHOWN.find((one) => one === refusal.code);
    if (code) await show(row.account, code, refusal.about);
    await rows.markFailed(row, errorOf(refusal));
    return NEXT;
  }

  async function show(
    account: string,
    code: 'STAGE_GONE' | 'FIELD_GONE' | (typeof SHOWN)[number],
    about: string | undefined,
  ): Promise<void> {
    const connection = await connections.of(account);
    if (connection) await connections.noteProblems(connection, [{ code, ...(about !== undefined && { about }) }]);
  }

  async function tell(account: string, dirty: Dirty): Promise<void> {
    const { ring } = await news.mark(account, [dirty]);
    if (ring) await bells.ring('news', newsLane(account));
  }

  return { instead, withoutUser, loadUsers, showStageGone, waitForField, end };
}
