import type { Bells } from '#bells';
import { backoffMs, CALL_MS, comeBackAt, GIVE_UP_MS, NOT_READY_MS, SLOW_MS } from '#domain/delivery';
import { slotWaitMs } from '#domain/slots';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { type DeliveryError, GIVEN_UP } from '#store/outbox/row-item';
import { createSlots } from '#store/outbox/slots';
import type { Delivered, Destination, Leaving, OpenWay } from './destination.ts';
import { createHoldings, type Holding } from './holding.ts';
import { notReadyFor } from './not-ready.ts';
import { createPacing } from './pacing.ts';
import type { LaneWork, Step } from './run-lane.ts';

const NOT_READY: DeliveryError = {
  code: 'NOT_READY',
  description: 'The messenger did not get the file ready in ten minutes',
  reason: 'GENERAL_ERROR',
};

/** The work of lanes of which one message leaves at a time, with a slot of its receiver. */
export function createSingleCalls<L extends Leaving>(
  deps: StoreDeps & { readonly bells: Bells<LaneQueue> },
  destination: Destination<L>,
): LaneWork {
  const { clock } = deps;
  const holdings = createHoldings(deps);
  const slots = createSlots(deps);
  const pacing = createPacing(deps);

  async function step(holding: Holding): Promise<Step> {
    const oldest = await destination.oldest(holding);
    if (!oldest) return forget(holding);
    holding.state = { ...holding.state, from: oldest.event };
    const pause = await destination.pauseOf(oldest);
    if (pause.kind === 'paused') return { kind: 'wait', until: pause.until };
    if (clock.now() - Math.max(oldest.since, pause.endedAt) > GIVE_UP_MS) {
      return fail(oldest, holding, holding.tried.lastError ?? GIVEN_UP);
    }
    const way = await destination.wayFor(oldest);
    if (way.kind === 'closed') return fail(oldest, holding, way);
    if (way.kind === 'wait') {
      pacing.loseTurn(holding);
      return postponed(holding, comeBackAt(way.until, holding.token));
    }
    const turn = await takeTurn(oldest, way, holding);
    if (turn) return turn;
    await destination.mark(oldest);
    if (!(await holdings.isStillHeld(holding))) return { kind: 'stop' };
    return call(oldest, way, holding);
  }

  /** What the lane kept for its next message is for none. */
  function forget(holding: Holding): Step {
    holding.state = { ...holding.state, kept: {} };
    return { kind: 'empty' };
  }

  /** The wait of a lane that may not call yet; undefined if it may. */
  async function takeTurn(leaving: L, { slow, paced }: OpenWay, holding: Holding): Promise<Step | undefined> {
    const { lane, token, tried, cameSlow } = holding;
    // The receiver is slow, so the lane goes to the queue of slow lanes first.
    if (slow && !cameSlow) {
      holding.tried = { ...tried, slow };
      return { kind: 'wait', until: clock.now() };
    }
    const caller = { account: leaving.account, receiver: destination.receiverOf(leaving), lane, token };
    if (paced) {
      const until = await pacing.waitFor(caller, holding, paced.pace, paced.waiting);
      return until === undefined ? undefined : { kind: 'wait', until };
    }
    holding.hasSlot ||= (await slots.take(caller)).kind === 'taken';
    holding.tried = { ...tried, waits: holding.hasSlot ? 0 : tried.waits + 1 };
    return holding.hasSlot ? undefined : { kind: 'wait', until: clock.now() + slotWaitMs(tried.waits, token) };
  }

  async function call(leaving: L, way: OpenWay, holding: Holding): Promise<Step> {
    const calledAt = clock.now();
    if (way.paced) pacing.note(holding, way.paced.pace);
    const delivered = await way.send(clock.deadline(way.callMs ?? CALL_MS));
    const slow = clock.now() - calledAt > SLOW_MS;
    holding.tried = { ...holding.tried, calls: holding.tried.calls + 1, slow };
    const after = await follow(leaving, delivered, holding);
    if (slow !== way.slow) await destination.noteSpeed(leaving, slow);
    return after;
  }

  async function follow(leaving: L, delivered: Delivered, holding: Holding): Promise<Step> {
    switch (delivered.kind) {
      case 'taken':
        await destination.taken(leaving);
        return { kind: 'next' };
      case 'refused':
        return fail(leaving, holding, delivered);
      case 'again':
        return { kind: 'next' };
      case 'throttled': {
        const { retryAfterSeconds: seconds } = delivered;
        const lastError = { code: '429', description: `Asked to wait ${seconds} s` };
        return postponed(holding, clock.now() + seconds * 1000, lastError);
      }
      case 'notReady': {
        if (notReadyFor(holding, leaving.event, clock.now()) > NOT_READY_MS) return fail(leaving, holding, NOT_READY);
        holding.tried = { ...holding.tried, calls: holding.tried.calls - 1 };
        return { kind: 'wait', until: clock.now() + delivered.retryAfterSeconds * 1000 };
      }
      case 'unreachable': {
        const lastError = { code: 'UNREACHABLE', description: delivered.reason };
        return postponed(holding, clock.now() + backoffMs(holding.tried.attempts + 1), lastError);
      }
      default:
        return delivered satisfies never;
    }
  }

  function postponed(holding: Holding, until: number, lastError = holding.tried.lastError): Step {
    holding.tried = { ...holding.tried, attempts: holding.tried.attempts + 1, lastError };
    return { kind: 'wait', until };
  }

  async function fail(leaving: L, holding: Holding, why: DeliveryError): Promise<Step> {
    const { code, description, reason } = why;
    await destination.failed(leaving, { code, description, ...(reason && { reason }) }, holding.tried.calls);
    return { kind: 'next' };
  }

  return { step };
}
