/**
 * How long anything is waited for that has to come, before its not coming is a failure (ms). What comes in milliseconds on
 * a quiet machine takes seconds on a loaded one, and who waits for it only as long as it takes loses nothing.
 */
export const PATIENCE_MS = 60_000;

/** How long a test may take that waits for several such things, one after the other (ms). */
export const TEST_MS = 300_000;
