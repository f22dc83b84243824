import { signal } from '@preact/signals';

/** The time of the server, as far as the page knows (epoch ms). It moves every few seconds while the page is visible. */
export const now = signal(Date.now());

const EVERY_MS = 10_000;
let ahead = 0;

/** The time of the server at this moment, as far as the page knows (epoch ms). */
export function serverNow(): number {
  return Date.now() + ahead;
}

/** Starts the clock. `serverTime` is what the server said just now: the clock of a laptop may be wrong. */
export function startClock(serverTime: number): void {
  ahead = serverTime - Date.now();
  const tick = () => {
    if (!document.hidden) now.value = serverNow();
  };
  tick();
  setInterval(tick, EVERY_MS);
  document.addEventListener('visibilitychange', tick);
}
