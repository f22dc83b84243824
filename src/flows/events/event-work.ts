import type { Bells } from '#bells';
import { GIVE_UP_MS, LOOKS_AGAIN_MS, RUN_MS } from '#domain/delivery';
import { batchId, fitting, nextBatch } from '#domain/event-batch';
import { afterTaken, NO_DOUBTS } from '#domain/set-aside';
import { createHoldings, type Holding } from '#flows/delivery/holding';
import type { LaneWork, Step } from '#flows/delivery/run-lane';
import { createAccountStates } from '#store/accounts/account-state';
import { createOpenReceivers, type OpenReceiver } from '#store/accounts/open-receivers';
import { type LaneQueue, readEventLane } from '#store/outbox/lane-names';
import { type DeliveryError, GIVEN_UP, type Row, type RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { createAsideLanes } from './aside-lanes.ts';
import { type Called, type CallReceiverDeps, createCallReceiver } from './call-receiver.ts';
import { createEventBodies, type PresentEvents } from './event-bodies.ts';
import { createEventEnds } from './event-ends.ts';
import { type WaitingRow, waitingRows } from './event-row.ts';
import { createFollowCall, type Next, type Sent } from './follow-call.ts';
import { type Kept, keep, readKept } from './kept.ts';
import { createReadLane } from './read-lane.ts';
import { whyUnwanted } from './unwanted.ts';

/** A call for a row that leaves alone. Undefined if the lease was lost: then nothing may be sent any more. */
export type CallAlone = (id: string, body: object) => Promise<Called | undefined>;

/** Rows that leave alone, in calls of which the answers matter. */
export interface Creations {
  /**
   * Makes the calls that are left of the row, and records what came of each. `ended`: the row has ended, by a call or
   * without. Else it is the outcome of the last call, which the lane follows as that of any other. Undefined if a call
   * could not be made because the lease was lost.
   */
  leave(row: RowOf<'creation'>, call: CallAlone): Promise<Called | 'ended' | undefined>;
  /** Ends a row that no receiver wants any more. */
  giveUp(row: RowOf<'creation'>): Promise<void>;
}

/** What the work of event lanes needs. */
export interface EventWorkDeps extends CallReceiverDeps {
  readonly bells: Bells<LaneQueue>;
  readonly present: PresentEvents;
  readonly creations: Creations;
}

/** How many of the oldest events are looked at. While something is in doubt, a control may be far behind. */
const LOOKS_AT = 100;
const LOOKS_FAR = 1_000;

/**
 * The work of event lanes: what happened in an account leaves for its receiver in batches, in order. A batch is
 * remembered before its call, and leaves again as it was until it gets an answer.
 */
export function createEventWork(deps: EventWorkDeps): LaneWork {
  const { clock, creations, present } = deps;
  const holdings = createHoldings(deps);
  const rows = createRows(deps);
  const readLane = createReadLane(deps);
  const accounts = createAccountStates(deps);
  const receivers = createOpenReceivers(deps);
  const aside = createAsideLanes(deps);
  const bodiesOf = createEventBodies(deps);
  const callReceiver = createCallReceiver(deps);
  const ends = createEventEnds(deps);
  const { followCall, follow, postponed } = createFollowCall(deps);

  async function step(holding: Holding): Promise<Step> {
    for (;;) {
      const next = await once(holding);
      if (next.kind !== 'again') return next;
      if (clock.now() - holding.takenAt > RUN_MS) return { kind: 'wait', until: clock.now() };
      if (!(await holdings.isStillHeld(holding))) return { kind: 'stop' };
    }
  }

  async function once(holding: Holding): Promise<Next> {
    const { account, subject } = readEventLane(holding.lane);
    const kept = readKept(holding.state.kept);
    if (kept.takenAt > 0) return markTaken(holding, kept);
    const most = kept.singlyUpTo === '' ? LOOKS_AT : LOOKS_FAR;
    const readFrom = placeToRead(holding);
    const { waiting, next } = await readLane(holding.lane, { ...holding.state, from: readFrom }, most);
    const [oldest] = waiting;
    if (!oldest && next !== undefined) return readOn(holding, next);
    if (!oldest) return leaveEmpty(holding, account, kept);
    holding.state = { ...holding.state, from: oldest.event };
    const { isDisabled, enabledAt } = await accounts.stateOf(account);
    if (isDisabled) return { kind: 'wait', until: clock.now() + LOOKS_AGAIN_MS };
    const tooOld = waiting.filter(({ row }) => clock.now() - Math.max(row.since, enabledAt) > GIVE_UP_MS);
    if (tooOld.length > 0 && subject === undefined) return giveUp(holding, tooOld);
    if (tooOld.length > 0 && holding.tried.attempts > 0) {
      // What waits behind a bad event may be good, so each is tried before it is given up.
      await giveUp(holding, tooOld.slice(0, 1));
      return { kind: 'next' };
    }
    const receiver = await receiverOf(account, waiting);
    const unwanted = waiting.filter(({ row }) => whyUnwanted(receiver, row));
    if (!receiver || unwanted.length > 0) return endUnwanted(holding, unwanted, receiver);
    if (holding.tried.slow && !holding.cameSlow) return { kind: 'wait', until: clock.now() };
    const apart = waiting.find(({ subject }) => kept.aside.includes(subject));
    if (apart) return followAside(holding, kept, apart.subject, waiting);
    return leave(holding, kept, waiting, receiver, readFrom);
  }

  /** The receiver, read anew before anything fails: the events may have been put for a registration since. */
  async function receiverOf(account: string, waiting: readonly WaitingRow[]): Promise<OpenReceiver | undefined> {
    const receiver = await receivers.open(account);
    if (!waiting.some(({ row }) => whyUnwanted(receiver, row))) return receiver;
    receivers.forget(account);
    return receivers.open(account);
  }

  /** Ends what no receiver listens to. Of a creation, Konvert keeps contact and deal itself (D10). All else has failed. */
  async function endUnwanted(
    holding: Holding,
    unwanted: readonly WaitingRow[],
    receiver: OpenReceiver | undefined,
  ): Promise<Next> {
    for (const { row } of unwanted) if (row.kind === 'creation') await creations.giveUp(row);
    const failed = unwanted.filter(({ row }) => row.kind !== 'creation');
    return fail(holding, failed, ({ row }) => whyUnwanted(receiver, row)!);
  }

  /** The place from which the lane is read. Rows that are opened again may wait below the oldest that was found. */
  function placeToRead({ state: { from }, opening: { opensFrom = from, opensUntil = 0 } }: Holding): string {
    return opensUntil > clock.now() && opensFrom < from ? opensFrom : from;
  }

  /** Very many rows have left since the first that was announced. The lease is kept, and how far they were read. */
  function readOn(holding: Holding, from: string): Next {
    holding.state = { ...holding.state, from };
    return { kind: 'again' };
  }

  /** An earlier holder recorded that the batch was taken, and may have got no further. */
  async function markTaken(holding: Holding, kept: Kept): Promise<Next> {
    const batch = await rows.getAll(holding.lane, holding.state.memo ?? []);
    await ends.markDone(waitingRows(batch.filter((row) => row.state === 'pending' && !openedAfter(kept.takenAt, row))));
    keep(holding, { ...kept, takenAt: 0, isUnclear: false }, []);
    return { kind: 'next' };
  }

  /** Nothing waits. What is aside is remembered as long as it has a lane. */
  async function leaveEmpty(holding: Holding, account: string, kept: Kept): Promise<Next> {
    const left = await aside.stillAside(account, kept.aside);
    keep(holding, { ...NO_DOUBTS, aside: left, takenAt: 0, isUnclear: false }, []);
    // That a lane of one subject is gone says that the subject is back.
    if (readEventLane(holding.lane).subject !== undefined) holding.state = { ...holding.state, answers: undefined };
    return { kind: 'empty' };
  }

  /** Newer events of a subject go behind its older ones, into its own lane. If that is gone, the subject is back. */
  async function followAside(
    holding: Holding,
    kept: Kept,
    subject: string,
    waiting: readonly WaitingRow[],
  ): Promise<Next> {
    const { account } = readEventLane(holding.lane);
    const isAside = (await aside.stillAside(account, [subject])).length > 0;
    if (!isAside) keep(holding, { ...kept, aside: kept.aside.filter((one) => one !== subject) });
    const own = waiting.filter((one) => one.subject === subject);
    if (isAside) await aside.move(account, subject, own);
    return { kind: 'again' };
  }

  async function leave(
    holding: Holding,
    kept: Kept,
    waiting: readonly WaitingRow[],
    receiver: Sent['receiver'],
    readFrom: string,
  ): Promise<Next> {
    // A batch that was only announced was never sent, so it may still become another.
    const underWay = holding.wasAbandoned || holding.tried.calls > 0 ? (holding.state.memo ?? []) : [];
    const batch = nextBatch(waiting, underWay, kept);
    if (!batch) {
      keep(holding, { ...kept, suspects: [] });
      return postponed(holding);
    }
    const isAgain = batch.memo === underWay;
    if (isAgain && holding.wasAbandoned) keep(holding, { ...kept, isUnclear: true });
    const [{ row }] = batch.events as [WaitingRow];
    if (row.kind === 'creation') return leaveAlone(holding, row, { ...batch, waiting, receiver }, underWay, readFrom);
    const { told, untold, needless } = await bodiesOf(batch.events);
    if (needless.length > 0) return drop(needless);
    if (untold.length > 0) return fail(holding, untold, ({ error }) => error);
    const sizes = told.map(({ bytes }) => bytes);
    const { events, memo } = isAgain ? batch : fitting(batch, sizes);
    const body = JSON.stringify(present.join(told.slice(0, events.length).map((one) => one.body)));
    const prepared = await prepare(holding, memo, underWay, readFrom);
    if (prepared.kind !== 'ready') return { kind: prepared.kind };
    const called = await callReceiver(holding, receiver, { id: batchId(memo), body, count: events.length });
    return followCall(holding, { events, memo, waiting, receiver }, called);
  }

  async function leaveAlone(
    holding: Holding,
    row: RowOf<'creation'>,
    sent: Sent,
    underWay: readonly string[],
    readFrom: string,
  ): Promise<Next> {
    const prepared = await prepare(holding, sent.memo, underWay, readFrom);
    if (prepared.kind !== 'ready') return { kind: prepared.kind };
    let hasCalled = false;
    const called = await creations.leave(row, async (id, body) => {
      if (!(await holdings.isStillHeld(holding))) return undefined;
      hasCalled = true;
      return callReceiver(holding, sent.receiver, { id, body: JSON.stringify(body), count: 1 });
    });
    if (called === undefined) return { kind: 'stop' };
    if (called !== 'ended') return followCall(holding, sent, called);
    // A row that ended without a call says nothing of the receiver.
    if (!hasCalled) return { kind: 'again' };
    const judged = afterTaken(readKept(holding.state.kept), sent.events);
    return follow(holding, judged, sent.waiting, { kind: 'next' });
  }

  /**
   * Makes the lane remember the batch, and makes sure of the lease. `again`: an older event was announced meanwhile, or
   * may have been opened behind the place from which the lane was read. It leaves first, unless the batch may have been
   * sent before.
   */
  async function prepare(
    holding: Holding,
    memo: readonly string[],
    underWay: readonly string[],
    readFrom: string,
  ): Promise<{ readonly kind: 'ready' | 'again' | 'stop' }> {
    const { memo: remembered = [], from } = holding.state;
    const isRemembered = memo.length === remembered.length && memo.every((event, index) => event === remembered[index]);
    const isHeld = await (isRemembered ? holdings.isStillHeld(holding) : holdings.remember(holding, { memo }));
    if (!isHeld) return { kind: 'stop' };
    const isOldest = holding.state.from >= from && placeToRead(holding) >= readFrom;
    if (memo === underWay || isOldest) return { kind: 'ready' };
    holding.state = { ...holding.state, memo: [] };
    return { kind: 'again' };
  }

  async function drop(needless: readonly WaitingRow[]): Promise<Next> {
    await ends.markDone(needless);
    return { kind: 'again' };
  }

  function giveUp(holding: Holding, tooOld: readonly WaitingRow[]): Promise<Next> {
    return fail(holding, tooOld, () => holding.tried.lastError ?? GIVEN_UP);
  }

  async function fail<R extends WaitingRow>(
    holding: Holding,
    failed: readonly R[],
    errorOf: (one: R) => DeliveryError,
  ): Promise<Next> {
    await ends.markFailed(holding, failed, errorOf);
    return { kind: 'again' };
  }

  return { step };
}

/** Whether the row had ended, and was opened again after that time. */
function openedAfter(time: number, { reopenedAt = 0 }: Row): boolean {
  return reopenedAt > time;
}
