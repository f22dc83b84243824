/** A time as the API shows it: ISO 8601 in UTC with milliseconds. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}
