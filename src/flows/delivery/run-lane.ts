import type { Bells } from '#bells';
import { RUN_MS } from '#domain/delivery';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createHoldings, type Holding } from './holding.ts';

/**
 * Delivers what waits in a lane: in order, one call at a time. It resolves when nothing is left, when the lane has to
 * wait, when another holder has the lane, or after a minute, with a bell for what is left. If it throws, the bell has to
 * ring again.
 */
export type RunLane = (lane: string) => Promise<void>;

/** What a run does with the lane that it holds. */
export interface LaneWork {
  /** Looks at what waits, and makes one call at most. */
  step(holding: Holding): Promise<Step>;
}

/** What a step came to. */
export type Step =
  /** There may be more. */
  | { readonly kind: 'next' }
  /** Nothing waits. */
  | { readonly kind: 'empty' }
  /** The lease was lost. */
  | { readonly kind: 'stop' }
  /** The lane has to wait until then (epoch ms), all of it, or only what is in it now: what is added meanwhile leaves at once. */
  | { readonly kind: 'wait'; readonly until: number; readonly takesNew?: true };

/** Makes `runLane` for lanes of one kind. */
export function createRunLane(deps: StoreDeps & { readonly bells: Bells<LaneQueue> }, work: LaneWork): RunLane {
  const { clock } = deps;
  const holdings = createHoldings(deps);

  return async function runLane(lane) {
    const holding = await holdings.take(lane);
    if (!holding) return;
    for (;;) {
      const step = await work.step(holding);
      if (step.kind === 'stop') return;
      if (step.kind === 'wait') return holdings.postpone(holding, step.until, step.takesNew);
      if (step.kind === 'empty') {
        if (await holdings.letGo(holding)) return;
        continue;
      }
      holding.tried = { ...holding.tried, attempts: 0, calls: 0, lastError: undefined };
      // A very long lane must not end with the time of its function.
      if (clock.now() - holding.takenAt > RUN_MS) return holdings.postpone(holding, clock.now());
    }
  };
}
