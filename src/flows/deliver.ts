import type { Bells } from '#bells';
import { backoffMs, CALL_MS, GIVE_UP_MS } from '#domain/delivery';
import type { StoreDeps } from '#store/dynamo/client';
import { createLanes } from '#store/outbox/lanes';
import type { DeliveryError, Row } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';
import type { Delivered, Destination } from './destination.ts';

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
  deps: StoreDeps & { readonly bells: Bells<'lanes'> },
  destination: Destination<R>,
): Deliver {
  const { bells, clock, newId } = deps;
  const lanes = createLanes(deps);
  const rows = createRows(deps);

  async function deliverBatch(batch: readonly R[], lane: string, token: string, attempts: number): Promise<Step> {
    for (const row of batch) if (row.sendingAt !== undefined && (await settle(row))) return { kind: 'next' };
    const tooOld = batch.filter(({ since }) => clock.now() - since > GIVE_UP_MS);
    if (tooOld.length > 0) return failEach(tooOld, ({ lastError }) => lastError ?? GIVEN_UP);
    const way = await destination.wayFor(batch);
    if (way.kind === 'closed') return failEach(batch, () => way);
    if (way.kind === 'wait') return way;
    for (const row of batch) await rows.markSending(row);
    // The last thing before the call: a holder that slept through its lease must not call beside the next holder.
    if (!(await lanes.renew(lane, token))) return { kind: 'stop' };
    return follow(batch, await way.send(clock.deadline(CALL_MS)), attempts);
  }

  async function follow(batch: readonly R[], delivered: Delivered, attempts: number): Promise<Step> {
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
        return { kind: 'wait', until: clock.now() + seconds * 1000 };
      }
      case 'unreachable':
        await noteEach(batch, { code: 'UNREACHABLE', description: delivered.reason });
        return { kind: 'wait', until: clock.now() + backoffMs(attempts) };
      default:
        return delivered satisfies never;
    }
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
    const token = newId();
    const lease = await lanes.take(lane, token);
    if (lease.outcome !== 'taken') return;
    let attempts = lease.attempts;
    for (;;) {
      // The rows of a lane all have one destination, which the type of the store does not know.
      const oldest = (await rows.pendingIn(lane, destination.looksAt)) as R[];
      if (oldest.length === 0) {
        if ((await lanes.giveBack(lane, token)) !== 'again') return;
        continue;
      }
      const step = await deliverBatch(destination.batch(oldest), lane, token, attempts + 1);
      if (step.kind === 'stop') return;
      if (step.kind === 'next') {
        attempts = 0;
        continue;
      }
      attempts += 1;
      await lanes.postpone(lane, token, step.until, attempts);
      await bells.ring('lanes', lane, step.until - clock.now());
      return;
    }
  };
}
