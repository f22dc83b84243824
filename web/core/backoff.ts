const REPLY_SECONDS = [1, 2, 5, 10, 30];
const SOCKET_FIRST_MS = 500;
const SOCKET_MOST_MS = 30_000;

/** How long a reply waits before it is sent again, after so many tries of which nobody knows what they did. */
export function replyDelayMs(tries: number): number {
  return REPLY_SECONDS[Math.min(Math.max(tries, 1), REPLY_SECONDS.length) - 1]! * 1_000;
}

/** How long a socket waits after so many failures in a row: full jitter, so that not all pages come at once. */
export function socketDelayMs(failures: number, random: number): number {
  return random * Math.min(SOCKET_MOST_MS, SOCKET_FIRST_MS * 2 ** Math.min(failures, 16));
}
