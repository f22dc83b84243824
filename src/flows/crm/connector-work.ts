import type { Bells } from '#bells';
import { holdsFormer } from '#domain/crm';
import { GIVE_UP_MS, LOOKS_AGAIN_MS } from '#domain/delivery';
import { END_OF_KEYS } from '#domain/fact';
import type { Holding } from '#flows/delivery/holding';
import type { LaneWork, Step } from '#flows/delivery/run-lane';
import { createNameInLog } from '#flows/name-in-log';
import { createAccountStates } from '#store/accounts/account-state';
import { createCrmConnections } from '#store/accounts/crms';
import { accountOfConnectorLane, type LaneQueue, notesOf } from '#store/outbox/lane-names';
import { latestOf } from '#store/outbox/lane-pages';
import type { PendingPage } from '#store/outbox/pending-rows';
import { type ConnectorRow, isConnectorRow } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { type CallCrm, type CallsDeps, createCalls } from './calls.ts';
import { CRM_DISABLED, type Did, errorOf, heldBack, type LaneFailure } from './connector-calls.ts';
import { createEndLeft, isLeft } from './end-left.ts';
import { createMakeClient } from './make-client.ts';
import { createTellAssign } from './tell-assign.ts';
import { createWriteNotes, type PresentNote } from './write-notes.ts';

/** How many rows are looked at together, the oldest first. */
const LOOKS_AT = 100;
/** Contacts of a former portal are forgotten by the lane of news. So long it is waited for between two looks (ms). */
const FORGETS_MS = 5_000;
/** How many that wait for a time of their own are passed over, to find one that is due. */
const MOST_PASSED = 2_000;

/** What the work of connected CRMs needs. */
export interface ConnectorWorkDeps extends CallsDeps {
  readonly bells: Bells<LaneQueue | 'tasks'>;
  readonly presentNote: PresentNote;
}

/**
 * The work of the lanes of connected CRMs: creations and changes of responsible users, then notes, one call at a time. A
 * CRM that takes no calls holds the lane, and nothing in it is lost.
 */
export function createConnectorWork(deps: ConnectorWorkDeps): LaneWork {
  const { clock, log } = deps;
  const rows = createRows(deps);
  const accounts = createAccountStates(deps);
  const connections = createCrmConnections(deps);
  const nameInLog = createNameInLog(deps);
  const callsFor = createCalls(deps);
  const endLeft = createEndLeft(deps);
  const { makeClient } = createMakeClient(deps);
  const tellAssign = createTellAssign(deps);
  const writeNotes = createWriteNotes(deps);

  async function step(holding: Holding): Promise<Step> {
    const account = accountOfConnectorLane(holding.lane) ?? '';
    const waiting = await waitingIn(holding);
    const [oldest] = waiting;
    if (!oldest) return { kind: 'empty' };
    holding.state = { ...holding.state, from: oldest.event };
    const { isDisabled, enabledAt } = await accounts.stateOf(account);
    if (isDisabled) return { kind: 'wait', until: clock.now() + LOOKS_AGAIN_MS };
    const known = await connections.of(account);
    // One that was just switched on again is not kept waiting by what is cached.
    const connection = known?.isDisabled ? await connections.now(account) : known;
    const left = waiting.filter((row) => isLeft(connection, row));
    for (const row of left) await endLeft(row);
    if (!connection || left.length > 0) return { kind: 'next' };
    if (holdsFormer(connection)) return { kind: 'wait', until: clock.now() + FORGETS_MS };
    if (connection.isDisabled) {
      holding.tried = { ...holding.tried, lastError: CRM_DISABLED };
      return { kind: 'wait', until: clock.now() + LOOKS_AGAIN_MS };
    }
    const next = waiting.find(isDue);
    if (!next) return { kind: 'wait', until: Math.min(...waiting.map(({ dueAt = 0 }) => dueAt)), takesNew: true };
    const most = deps.crmFor(connection.crm)?.offers.notes ?? 1;
    const did = await work(next, waiting, most, callsFor(account, holding));
    if (did.kind !== 'failing') return { kind: did.kind };
    return failing(holding, waiting, did.failed, Math.max(enabledAt, connection.resumedAt ?? 0));
  }

  /** The oldest rows, up to one that is due. Notes are read if nothing before them is due. */
  async function waitingIn(holding: Holding): Promise<ConnectorRow[]> {
    const { lane, state } = holding;
    const notes = notesOf(lane) ?? END_OF_KEYS;
    const first = await pendingFrom(lane, state.from, MOST_PASSED, notes);
    if (first.length >= MOST_PASSED || first.some(isDue)) return first;
    const behind = await pendingFrom(
      lane,
      latestOf(notes, state.from, state.notesFrom ?? notes),
      MOST_PASSED - first.length,
    );
    holding.state = { ...state, notesFrom: behind[0]?.event ?? END_OF_KEYS };
    return [...first, ...behind];
  }

  /** The oldest rows there, up to one that is due: those that wait for a time of their own hold up no other. */
  async function pendingFrom(lane: string, from: string, most: number, before?: string): Promise<ConnectorRow[]> {
    const found: ConnectorRow[] = [];
    let pages = 0;
    for (let next: string | undefined = from; next !== undefined && found.length < most; ) {
      const page: PendingPage = await rows.pendingPage(lane, next, LOOKS_AT, before);
      found.push(...page.rows.filter(isConnectorRow));
      next = page.rows.some((row) => isConnectorRow(row) && isDue(row)) ? undefined : page.next;
      pages += 1;
    }
    const last = found.at(-1);
    if (pages === 1 || !last) return found;
    // What was opened again meanwhile may be on a later page, and what is older was not yet there on an earlier one.
    return (await rows.pendingUpTo(lane, from, last.event, LOOKS_AT)).filter(isConnectorRow);
  }

  function isDue({ dueAt = 0 }: ConnectorRow): boolean {
    return dueAt <= clock.now();
  }

  function work(row: ConnectorRow, waiting: readonly ConnectorRow[], most: number, call: CallCrm): Promise<Did> {
    if (row.kind === 'creation') return makeClient(row, call);
    if (row.kind === 'assign') return tellAssign(row, call);
    return writeNotes(
      waiting.filter((one) => one.kind === 'note'),
      most,
      call,
    );
  }

  /** The CRM takes no calls for now. What has waited for a day was tried once more, and fails. Nothing waited before `resumedAt`. */
  async function failing(
    holding: Holding,
    waiting: readonly ConnectorRow[],
    failed: LaneFailure,
    resumedAt: number,
  ): Promise<Step> {
    const now = clock.now();
    const held = heldBack(holding.tried, failed, now);
    const tooOld = waiting.filter(({ since }) => now - Math.max(since, resumedAt) > GIVE_UP_MS);
    for (const row of tooOld) await rows.markFailed(row, errorOf(failed));
    holding.tried = held.tried;
    log({ callCrm: await nameInLog(holding.lane), outcome: failed.kind, failed: tooOld.length });
    return { kind: 'wait', until: held.until };
  }

  return { step };
}
