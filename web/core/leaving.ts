/** How the minute of a client who is about to leave stands. `held`: a reply is on its way, which keeps them. */
export type Leaving =
  | { readonly kind: 'runs'; readonly seconds: number }
  | { readonly kind: 'over' }
  | { readonly kind: 'held' };

/** What there is to tell of `leavesAt` at that time (both epoch ms). The last second is still one. */
export function leavingAt(leavesAt: number, now: number, isReplying: boolean): Leaving {
  if (isReplying) return { kind: 'held' };
  const seconds = Math.ceil((leavesAt - now) / 1000);
  return seconds > 0 ? { kind: 'runs', seconds } : { kind: 'over' };
}

/** After how many ms the seconds that are told change. Undefined once they are over. */
export function nextSecondMs(leavesAt: number, now: number): number | undefined {
  const left = leavesAt - now;
  if (left <= 0) return undefined;
  return left % 1000 || 1000;
}
