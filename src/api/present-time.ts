/** A time of ours in the API: ISO 8601, UTC, milliseconds. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}
