/**
 * How the minute of a client who is about to leave stands. `held`: a reply is on its way, which keeps them. `stays`: they
 * should have gone a while ago, so nobody could take them, and they are told of as all others who wait.
 */
export type Leaving =
  | { readonly kind: 'runs'; readonly seconds: number }
  | { readonly kind: 'over' }
  | { readonly kind: 'held' }
  | { readonly kind: 'stays' };

/** Who goes is gone some seconds after the minute. The mark of who cannot go stays until somebody else comes on. */
const GONE_MS = 30_000;

/** What there is to tell of `leavesAt` at that time (both epoch ms). The last second is still one. */
export function leavingAt(leavesAt: number, now: number, isReplying: boolean): Leaving {
  if (now >= leavesAt + GONE_MS) return { kind: 'stays' };
  if (isReplying) return { kind: 'held' };
  const seconds = Math.ceil((leavesAt - now) / 1000);
  return seconds > 0 ? { kind: 'runs', seconds } : { kind: 'over' };
}

/** After how many ms what is told changes. Undefined once it does not any more. */
export function nextSecondMs(leavesAt: number, now: number): number | undefined {
  const left = leavesAt - now;
  if (left > 0) return left % 1000 || 1000;
  return left > -GONE_MS ? left + GONE_MS : undefined;
}
