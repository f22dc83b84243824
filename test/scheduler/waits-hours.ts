/** A version of a schedule as it is stored, of a zone whose clocks never change. */
export interface StoredHours {
  readonly from: number;
  readonly zone: string;
  readonly week: Readonly<Record<string, readonly (readonly [string, string])[]>>;
  readonly exceptions: Readonly<Record<string, readonly (readonly [string, string])[]>>;
}

/** What is stored of a team. */
export interface StoredTeam {
  readonly schedules: Readonly<Record<string, readonly StoredHours[]>>;
  readonly users: Readonly<
    Record<
      string,
      { readonly away?: boolean; readonly until?: number; readonly by?: string; readonly schedule?: string }
    >
  >;
}

/** The zones of histories, with what their clocks are ahead (ms). */
export const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  'Europe/Moscow': 10_800_000,
  'Asia/Kolkata': 19_800_000,
};
export const NOBODY_KNOWN: StoredTeam = { schedules: {}, users: {} };

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed'];

/** Whether the schedule is open at that time (T9). Without versions it always is. */
export function isOpenAt(versions: readonly StoredHours[] | undefined, at: number): boolean {
  const version = versions?.findLast(({ from }) => from <= at) ?? versions?.[0];
  if (!version) return true;
  const local = at + (ZONES[version.zone] ?? 0);
  const day = Math.floor(local / DAY_MS);
  const minute = (local - day * DAY_MS) / MINUTE_MS;
  const today = spansOf(version, day).some(([start, end]) => start <= minute && minute < end);
  return today || spansOf(version, day - 1).some(([, end]) => minute < end - 1440);
}

function spansOf({ week, exceptions }: StoredHours, day: number): (readonly [number, number])[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const intervals = exceptions[date] ?? week[DAYS[day % 7] ?? ''] ?? [];
  return intervals.map(([start, end]) => {
    const [from, to] = [minutesOf(start), minutesOf(end)];
    return [from, to <= from ? to + 1440 : to] as const;
  });
}

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Whether the user is on (T10): by a word about them, else by their schedule. */
export function isOnAt(team: StoredTeam, userId: string, at: number): boolean {
  const { away, until = Number.POSITIVE_INFINITY, schedule } = team.users[userId] ?? {};
  if (away !== undefined && at < until) return !away;
  return isOpenAt(schedule === undefined ? undefined : team.schedules[schedule], at);
}
