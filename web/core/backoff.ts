const REPLY_SECONDS = [1, 2, 5, 10, 30];
const SOCKET_FIRST_MS = 500;
const SOCKET_MOST_MS = 30_000;
const MINUTE_MS = 60_000;
const FAILURES_TO_POLL = 3;
const RARELY_MS = 300_000;

/** How long to wait after so many misses in a row: 1, 2, 5, 10, then 30 seconds each time. There is no last try. */
export function retryDelayMs(misses: number): number {
  return REPLY_SECONDS[Math.min(Math.max(misses, 1), REPLY_SECONDS.length) - 1]! * 1_000;
}

/** When a socket is tried again. Three failures within a minute: something in between does not let sockets through. */
export class SocketPace {
  #failedAt: number[] = [];
  #openedAt: number | undefined;
  #isPolling = false;

  /** Whether the list is polled meanwhile. */
  get isPolling(): boolean {
    return this.#isPolling;
  }

  opened(now: number): void {
    this.#openedAt = now;
    this.#isPolling = false;
  }

  /** A socket was lost, or could not be opened. Returns how long to wait: full jitter, so that not all come at once. */
  failed(now: number, random: number): number {
    // One that lived for a minute was none of the failures in a row.
    if (this.#openedAt !== undefined && now - this.#openedAt >= MINUTE_MS) this.#failedAt = [];
    this.#openedAt = undefined;
    this.#failedAt = [...this.#failedAt.filter((at) => now - at < MINUTE_MS), now];
    if (this.#failedAt.length >= FAILURES_TO_POLL) this.#isPolling = true;
    if (this.#isPolling) return RARELY_MS;
    return random * Math.min(SOCKET_MOST_MS, SOCKET_FIRST_MS * 2 ** this.#failedAt.length);
  }
}
