import type { Bells } from '#bells';
import { backoffMs, CALL_MS, comeBackAt, GIVE_UP_MS, SLOW_MS } from '#domain/delivery';
import { slotWaitMs } from '#domain/slots';
import type { StoreDeps } from '#store/dynamo/client';
import type { DeliveryError, Row } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import { createSlots } from '#store/outbox/slots';
import type { Delivered, Destination, OpenWay } from './destination.ts';
import { createHoldings, type Holding } from './holding.ts';

/**
 * Delivers the rows that wait in a lane: in order, one call at a time. It resolves when nothing is left, when the lane
 * has to wait, or when another holder has the lane. If it throws, the bell has to ring again.
 */
export type Deliver = (lane: string) => Promise<void>;

/** The step after a call: the next call, the end because the lease was lost, or a wait until then (epoch ms). */
type Step = { readonly kind: 'next' } | { readonly kind: 'stop' } | { readonly kind: 'wait'; readonly until: number };

const GIVEN_UP: DeliveryError = { code: 'GIVEN_UP', description: 'Nobody took it for 24 hours' };

/** Makes `deliver` for the lanes of one destination. */
export function createDeliver<R extends Row>(
  deps: StoreDeps & { readonly bells: Bells<'lanes' | 'slowLanes'> },
  destination: Destination<R>,
): Deliver {
  const { clock } = deps;
  const holdings = createHoldings(deps);
  const rows = createRows(deps);
  const slots = createSlots(deps);

  async function deliverBatch(batch: readonly R[], holding: Holding): Promise<Step> {
    for (const row of batch) if (row.sendingAt !== undefined && (await settle(row))) return { kind: 'next' };
    const pause = await destination.pauseOf(batch);
    if (pause.kind === 'paused') return { kind: 'wait', until: pause.until };
    const tooOld = batch.filter(({ since }) => clock.now() - Math.max(since, pause.endedAt) > GIVE_UP_MS);
    if (tooOld.length > 0) return failEach(tooOld, ({ lastError }) => lastError ?? GIVEN_UP);
    const way = await destination.wayFor(batch);
    if (way.kind === 'closed') return failEach(batch, () => way);
    if (way.kind === 'wait') return postponed(holding, comeBackAt(way.until, holding.token));
    const turn = await takeTurn(batch, way, holding);
    if (turn) return turn;
    for (const row of batch) await rows.markSending(row);
    if (!(await holdings.isStillHeld(holding))) return { kind: 'stop' };
    return call(batch, way, holding);
  }

  /** The wait of a lane that may not call yet; undefined if it may. */
  async function takeTurn(batch: readonly R[], { slow }: OpenWay, holding: Holding): Promise<Step | undefined> {
    const { lane, token, tried, cameSlow } = holding;
    // The receiver is slow, so the lane goes to the queue of slow lanes first.
    if (slow && !cameSlow) {
      holding.tried = { ...tried, slow };
      return { kind: 'wait', until: clock.now() };
    }
    const [row] = batch as [R];
    const { account } = row;
    holding.hasSlot ||= await slots.take({ account, receiver: destination.receiverOf(row), lane, token });
    holding.tried = { ...tried, waits: holding.hasSlot ? 0 : tried.waits + 1 };
    return holding.hasSlot ? undefined : { kind: 'wait', until: clock.now() + slotWaitMs(tried.waits, token) };
  }

  async function call(batch: readonly R[], way: OpenWay, holding: Holding): Promise<Step> {
    const calledAt = clock.now();
    const delivered = await way.send(clock.deadline(CALL_MS));
    const slow = clock.now() - calledAt > SLOW_MS;
    holding.tried = { ...holding.tried, slow };
    const step = await follow(batch, delivered, holding);
    if (slow !== way.slow) await destination.noteSpeed(batch[0] as R, slow);
    return step;
  }

  async function follow(batch: readonly R[], delivered: Delivered, holding: Holding): Promise<Step> {
    switch (delivered.kind) {
      case 'taken':
        for (const row of batch) await finish(row);
        return { kind: 'next' };
      case 'refused':
        return failEach(batch, () => delivered);
      case 'again':
        return { kind: 'next' };
      case 'throttled': {
        const { retryAfterSeconds: seconds } = delivered;
        await noteEach(batch, { code: '429', description: `Asked to wait ${seconds} s` });
        return postponed(holding, clock.now() + seconds * 1000);
      }
      case 'unreachable':
        await noteEach(batch, { code: 'UNREACHABLE', description: delivered.reason });
        return postponed(holding, clock.now() + backoffMs(holding.tried.attempts + 1));
      default:
        return delivered satisfies never;
    }
  }

  function postponed(holding: Holding, until: number): Step {
    holding.tried = { ...holding.tried, attempts: holding.tried.attempts + 1 };
    return { kind: 'wait', until };
  }

  /** Ends a row if an earlier holder recorded its outcome and got no further. False if no outcome was recorded. */
  async function settle(row: R): Promise<boolean> {
    const outcome = await destination.outcomeOf(row);
    if (outcome === 'taken') await finish(row);
    else if (outcome) await rows.markFailed(row, outcome);
    return outcome !== undefined;
  }

  async function finish(row: R): Promise<void> {
    await destination.taken(row);
    await rows.markDone(row);
  }

  async function failEach(failed: readonly R[], errorOf: (row: R) => DeliveryError): Promise<Step> {
    for (const row of failed) {
      const { code, description } = errorOf(row);
      const outcome = await destination.refused(row, { code, description });
      if (outcome === 'refused') await rows.markFailed(row, { code, description });
      else await settle(row);
    }
    return { kind: 'next' };
  }

  async function noteEach(batch: readonly R[], error: DeliveryError): Promise<void> {
    for (const row of batch) await rows.noteError(row, error);
  }

  return async function deliver(lane) {
    const holding = await holdings.take(lane);
    if (!holding) return;
    for (;;) {
      // The rows of a lane all have one destination, which the type of the store does not know.
      const oldest = (await rows.pendingIn(lane, destination.looksAt)) as R[];
      if (oldest.length === 0) {
        if (await holdings.giveBack(holding)) return;
        continue;
      }
      const step = await deliverBatch(destination.batch(oldest), holding);
      if (step.kind === 'stop') return;
      if (step.kind === 'wait') return holdings.postpone(holding, step.until);
      holding.tried = { ...holding.tried, attempts: 0 };
    }
  };
}
