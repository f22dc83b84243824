const MINUTE_MS = 60_000;

/** A time as people write it, in the time zone of this machine: `2026-11-29 18:00`. */
export function timeOf(iso: string | null | undefined): string {
  if (!iso) return '-';
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(iso));
}

/** How long ago it was: `12 min`, `3 h`, `2 d`. */
export function agoOf(iso: string | null, now: number): string {
  if (iso === null) return '-';
  const minutes = Math.max(0, Math.floor((now - Date.parse(iso)) / MINUTE_MS));
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 60 * 48) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 60 / 24)} d`;
}
