import type { Bells } from '#bells';
import { OLD_MS, RENEW_MS } from '#domain/delivery';
import type { StoreDeps } from '#store/dynamo/client';
import { createLanes, type Tried } from '#store/outbox/lanes';

/** A lane in the hands of a run, from taking it to letting it go. */
export interface Holding {
  readonly lane: string;
  readonly token: string;
  /** Whether it was taken as a slow lane. */
  readonly cameSlow: boolean;
  /** Before the lease was last asked for (epoch ms). */
  leasedAt: number;
  hasSlot: boolean;
  /** What the next holder has to know. */
  tried: Tried;
}

/** Takes lanes, keeps their leases and lets them go. */
export function createHoldings(deps: StoreDeps & { readonly bells: Bells<'lanes' | 'slowLanes'> }) {
  const { bells, clock, newId } = deps;
  const lanes = createLanes(deps);

  /** Takes the lane. Undefined if it has another holder, or has to wait. */
  async function take(lane: string): Promise<Holding | undefined> {
    const token = newId();
    const leasedAt = clock.now();
    const lease = await lanes.take(lane, token);
    if (lease.outcome !== 'taken') return undefined;
    const { attempts, waits, slow } = lease;
    return { lane, token, leasedAt, hasSlot: false, cameSlow: slow, tried: { attempts, waits, slow } };
  }

  /**
   * The last thing before a call: a holder that slept through its lease must not call beside the next holder. A lease
   * that was just taken is as good as one that was just renewed. An old one is not renewed, even if nobody took the
   * lane: to others it may have looked ended, and so the slot free.
   */
  async function isStillHeld(holding: Holding): Promise<boolean> {
    const now = clock.now();
    const age = now - holding.leasedAt;
    if (age <= RENEW_MS) return true;
    if (age > OLD_MS) return false;
    holding.leasedAt = now;
    return lanes.renew(holding.lane, holding.token);
  }

  /** Lets the empty lane go. False if a bell asked its holder to look again: then it is held on. */
  async function giveBack({ lane, token }: Holding): Promise<boolean> {
    return (await lanes.giveBack(lane, token)) !== 'again';
  }

  /** Gives the lane back until then (epoch ms), and rings it for that time. */
  async function postpone({ lane, token, tried }: Holding, until: number): Promise<void> {
    await lanes.postpone(lane, token, until, tried);
    const afterMs = until - clock.now();
    await bells.ring(tried.slow ? 'slowLanes' : 'lanes', lane, afterMs > 0 ? afterMs : undefined);
  }

  return { take, isStillHeld, giveBack, postpone };
}
