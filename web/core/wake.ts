/** How often the clock is looked at. Browsers hold the timers of hidden pages back for up to a minute. */
export function lookMs(isVisible: boolean): number {
  return isVisible ? 5_000 : 60_000;
}

/** Whether the machine slept: a timer that was due at `dueAt` comes only now. */
export function hasSlept(dueAt: number, now: number, isVisible: boolean): boolean {
  return now - dueAt > (isVisible ? 15_000 : 75_000);
}
