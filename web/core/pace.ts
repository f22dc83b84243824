const ACTIVE_MS = 60_000;

/** What the page knows of its user. */
export interface Attention {
  readonly isVisible: boolean;
  /** The last key or movement of the pointer (epoch ms). */
  readonly lastInputAt: number;
}

/** How long to wait between two looks at the list, where nothing rings. */
export function pollDelayMs({ isVisible, lastInputAt }: Attention, now: number): number {
  if (!isVisible) return 60_000;
  return now - lastInputAt < ACTIVE_MS ? 5_000 : 20_000;
}

/** When the open chat is read again after a send: ticks and reactions ring no bell. */
export const LOOKS_AFTER_SEND_MS: readonly number[] = [2_000, 5_000, 10_000, 20_000, 40_000];
const LIVELY_MS = 600_000;

/** When a visible open chat is read again. Undefined: its newest message is too old for ticks to come. */
export function nextLookAt(lookedAt: number, newestAt: number | undefined, now: number): number | undefined {
  return newestAt !== undefined && now - newestAt < LIVELY_MS ? lookedAt + 20_000 : undefined;
}
