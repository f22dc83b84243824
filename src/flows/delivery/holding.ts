import type { Bells } from '#bells';
import { OLD_MS, RENEW_MS } from '#domain/delivery';
import { FIRST_KEY } from '#domain/fact';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneState, Opening, Tried } from '#store/outbox/lane-item';
import { isEventLane, isLaneOfChat, type LaneQueue, queueOf } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { createRows } from '#store/outbox/rows';

/** A lane in the hands of a run, from taking it to letting it go. */
export interface Holding {
  readonly lane: string;
  readonly token: string;
  /** Whether it was taken as a slow lane. */
  readonly cameSlow: boolean;
  /** An earlier holder did not let it go, and may have called. */
  readonly wasAbandoned: boolean;
  readonly takenAt: number;
  /** Before the lease was last asked for (epoch ms). */
  leasedAt: number;
  hasSlot: boolean;
  /** How many more calls the pace of the receiver lets it make in a row. */
  paid: number;
  /** What the next holder has to know. */
  tried: Tried;
  /** Where the next row is looked for, and what else the work of the lane remembers. */
  state: LaneState;
  /** What the lane said of rows that are being opened again, when it was last written. */
  opening: Opening;
}

/** Takes lanes, keeps their leases and lets them go. */
export function createHoldings(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }) {
  const { bells, clock, newId } = deps;
  const lanes = createLanes(deps);
  const rows = createRows(deps);

  /** Takes the lane. Undefined if nothing waits in it, if it has another holder, or if it has to wait. */
  async function take(lane: string): Promise<Holding | undefined> {
    const token = newId();
    const leasedAt = clock.now();
    let taken = await lanes.take(lane, token);
    if (taken.outcome === 'empty' && isLaneOfChat(lane) && (await announceEarlier(lane))) {
      taken = await lanes.take(lane, token);
    }
    if (taken.outcome !== 'taken') return undefined;
    const { attempts, calls, waits, slow, lastError, opensFrom, opensUntil, wasTaken } = taken.lane;
    const { from, notesFrom, memo, kept, answers } = taken.lane;
    return {
      lane,
      token,
      takenAt: leasedAt,
      leasedAt,
      hasSlot: false,
      paid: 0,
      cameSlow: slow,
      wasAbandoned: wasTaken,
      tried: { attempts, calls, waits, slow, lastError },
      state: { from, notesFrom, memo, kept, answers },
      opening: { opensFrom, opensUntil },
    };
  }

  /** Announces what an earlier release left in the lane, once. False if there is nothing. */
  async function announceEarlier(lane: string): Promise<boolean> {
    const earlier = await rows.earlierIn(lane);
    if (earlier.length === 0) return false;
    await lanes.announce(lane, [FIRST_KEY]);
    for (const row of earlier) await rows.forgetEarlier(row);
    return true;
  }

  /**
   * The last thing before a call: a holder that slept through its lease must not call beside the next holder. A lease
   * that was just taken is as good as one that was just renewed. An old one is not renewed, even if nobody took the
   * lane: to others it may have looked ended, and so the slot free.
   */
  async function isStillHeld(holding: Holding): Promise<boolean> {
    const age = clock.now() - holding.leasedAt;
    if (age <= RENEW_MS) return true;
    return remember(holding, {});
  }

  /** Changes the state of the lane, and renews the lease with the same write. False if the lease was lost. */
  async function remember(holding: Holding, state: Partial<LaneState>): Promise<boolean> {
    const leasedAt = clock.now();
    // Event lanes have no slots, and slow receivers answer after a time at which the lease is old.
    if (leasedAt - holding.leasedAt > OLD_MS && !isEventLane(holding.lane)) return false;
    const next = { ...holding.state, ...state };
    const renewed = await lanes.renew(holding.lane, holding.token, next);
    if (!renewed) return false;
    const { from, notesFrom, ...opening } = renewed;
    holding.leasedAt = leasedAt;
    holding.state = { ...next, from, notesFrom };
    holding.opening = opening;
    return true;
  }

  /** Lets the empty lane go. False if a bell asked its holder to look again: then it is held on. */
  async function letGo(holding: Holding): Promise<boolean> {
    const leasedAt = clock.now();
    const ended = await lanes.letGo(holding.lane, holding.token, holding.state);
    if (ended === 'gone') return true;
    holding.leasedAt = leasedAt;
    const { from, notesFrom, ...opening } = ended;
    holding.state = { ...holding.state, from, notesFrom };
    holding.opening = opening;
    return false;
  }

  /** Gives the lane back until then (epoch ms), and rings it for that time. `takesNew`: what is added meanwhile does not wait. */
  async function postpone({ lane, token, tried, state }: Holding, until: number, takesNew?: true): Promise<void> {
    await lanes.postpone(lane, token, until, tried, state, takesNew);
    const afterMs = until - clock.now();
    await bells.ring(queueOf(lane, tried.slow), lane, afterMs > 0 ? afterMs : undefined);
  }

  return { take, isStillHeld, remember, letGo, postpone };
}
