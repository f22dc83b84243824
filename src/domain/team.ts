import { isOpen, nextBorder } from './calendar.ts';
import type { Schedule } from './schedule.ts';

/** Whether a user receives clients: `away` means no new ones and no returns, and takes nothing away (T10). */
export const STATUSES = ['on', 'away'] as const;

/** Whether a user receives clients. */
export type Status = (typeof STATUSES)[number];

/** Who said a status: the user, a head of theirs, the CRM, or Konvert itself (T11). */
export const SPEAKERS = ['user', 'head', 'crm', 'konvert'] as const;

/** Who said a status. */
export type Speaker = (typeof SPEAKERS)[number];

/** What somebody says about a user. Without `until` (epoch ms) it lasts as T10 says. */
export interface Word {
  readonly status: Status;
  readonly until?: number;
  readonly by: Speaker;
  readonly reason?: string;
}

/** What is known of a user. `away` is the word about them: yes, no, or absent for none. It ends at `until`. */
export interface TeamUser {
  readonly away?: boolean;
  readonly until?: number;
  readonly by?: Speaker;
  readonly reason?: string;
  readonly schedule?: string;
}

/**
 * The schedules of an account by their names, and what is known of its users. Of most users nothing is. `renaming`: new names
 * by the old ones, of schedules that have both until all channels have followed.
 */
export interface Team {
  readonly schedules: Readonly<Record<string, Schedule>>;
  readonly users: Readonly<Record<string, TeamUser>>;
  readonly renaming?: Readonly<Record<string, string>>;
}

/** The status in force. `until` is when it ends, `by` who said it; neither for a user who is on because nobody said otherwise. */
export interface StatusNow {
  readonly status: Status;
  readonly until?: number;
  readonly by?: Speaker | 'schedule';
  readonly reason?: string;
}

/** A team of which nothing is known: always open, and all are on. */
export const NO_TEAM: Team = { schedules: {}, users: {} };

/** The schedule of that name. Undefined, which is always open, without a name or if there is none of it. */
export function scheduleOf({ schedules }: Pick<Team, 'schedules'>, name: string | undefined): Schedule | undefined {
  return name !== undefined && Object.hasOwn(schedules, name) ? schedules[name] : undefined;
}

/** Whether the user receives clients now (T10). It never depends on a browser. */
export function isOn(team: Team, userId: string, now: number): boolean {
  return absences(team, now)(userId) === undefined;
}

/** Why a user receives nobody: `AWAY` by a word, `OUT_OF_HOURS` by their schedule. */
export type Absence = 'AWAY' | 'OUT_OF_HOURS';

/**
 * Says of each user why they receive nobody now; undefined for a user who is on. Many users have the same schedule, so each
 * is asked once.
 */
export function absences(team: Team, now: number): (userId: string) => Absence | undefined {
  const open = new Map<string, boolean>();
  return (userId) => {
    const user = userOf(team, userId);
    if (isSaid(user, now)) return user.away ? 'AWAY' : undefined;
    const { schedule } = user;
    if (schedule === undefined) return undefined;
    if (!open.has(schedule)) open.set(schedule, isOpen(scheduleOf(team, schedule), now));
    return open.get(schedule) ? undefined : 'OUT_OF_HOURS';
  };
}

/** The user's status in force: a word until it ends, else their schedule, else on (T10). */
export function statusOf(team: Team, userId: string, now: number): StatusNow {
  const user = userOf(team, userId);
  if (isSaid(user, now)) {
    const { away, until, by, reason } = user;
    return {
      status: away ? 'away' : 'on',
      ...(until !== undefined && { until }),
      ...(by !== undefined && { by }),
      ...(reason !== undefined && { reason }),
    };
  }
  const schedule = scheduleOf(team, user.schedule);
  if (!schedule) return { status: 'on' };
  const until = nextBorder(schedule, now);
  return { status: isOpen(schedule, now) ? 'on' : 'away', by: 'schedule', ...(until !== undefined && { until }) };
}

/** What is known of the user. */
export function userOf({ users }: Team, userId: string): TeamUser {
  return Object.hasOwn(users, userId) ? users[userId]! : {};
}

/**
 * The team with that word about the user. Without an end, "away" lasts to the next begin of a shift, "on" to the next end of
 * one; without a schedule it lasts until another word. A word that says what holds anyway is none.
 */
export function withWord(team: Team, userId: string, word: Word, now: number): Team {
  const { schedule } = userOf(team, userId);
  const hours = scheduleOf(team, schedule);
  const until = word.until ?? (hours && endOf(word.status, hours, now));
  const own = schedule === undefined ? {} : { schedule };
  const holdsAnyway = word.status === 'on' && (!hours || (isOpen(hours, now) && word.until === undefined));
  if (holdsAnyway) return withUser(team, userId, own, now);
  const { status, by, reason } = word;
  const said = { away: status === 'away', by, ...(until !== undefined && { until }), ...(reason && { reason }) };
  return withUser(team, userId, { ...own, ...said }, now);
}

/** The team in which the user has that schedule, or none. A word without an end gets one from the new schedule. */
export function withSchedule(team: Team, userId: string, schedule: string | null, now: number): Team {
  const { schedule: _, ...said } = userOf(team, userId);
  const hours = scheduleOf(team, schedule ?? undefined);
  const until = isSaid(said, now) ? (said.until ?? (hours && endOf('away', hours, now))) : undefined;
  const ends = until === undefined ? {} : { until };
  return withUser(team, userId, { ...said, ...ends, ...(schedule !== null && { schedule }) }, now);
}

/**
 * The next instant after `now` at which a status may change by itself, or one of those other schedules opens or closes.
 * Undefined if none does.
 */
export function nextShift(team: Team, others: readonly string[], now: number): number | undefined {
  const users = Object.values(team.users);
  const names = new Set([...others, ...users.flatMap(({ schedule }) => schedule ?? [])]);
  const borders = [...names].flatMap((name) => nextBorder(scheduleOf(team, name), now) ?? []);
  const ends = users.flatMap((user) => (isSaid(user, now) && user.until !== undefined ? [user.until] : []));
  const all = [...borders, ...ends];
  return all.length === 0 ? undefined : Math.min(...all);
}

/** Whether a word about the user is in force. */
function isSaid({ away, until }: TeamUser, now: number): boolean {
  return away !== undefined && (until === undefined || now < until);
}

/** When a word ends that names no end. */
function endOf(status: Status, hours: Schedule, now: number): number | undefined {
  const border = nextBorder(hours, now);
  if (border === undefined) return undefined;
  const ends = isOpen(hours, now) === (status === 'on');
  return ends ? border : nextBorder(hours, border);
}

/** The team with what is known of that user. What says nothing any more goes, of all users. */
function withUser(team: Team, userId: string, user: TeamUser, now: number): Team {
  const all = Object.entries({ ...team.users, [userId]: user }).flatMap(([id, one]): [string, TeamUser][] => {
    const { schedule } = one;
    const left = isSaid(one, now) ? one : schedule === undefined ? {} : { schedule };
    return Object.keys(left).length === 0 ? [] : [[id, left]];
  });
  return { ...team, users: Object.fromEntries(all) };
}
