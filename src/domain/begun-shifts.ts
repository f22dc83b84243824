import { isOpen } from './calendar.ts';
import { scheduleOf, statusOf, type Team } from './team.ts';

/**
 * The users whose shift has begun since `before`, and is not over (epoch ms). Who is there by a word has no shift that begins; a
 * word "away" mostly ends just then.
 */
export function begunShifts(team: Team, before: number, now: number): string[] {
  return Object.entries(team.users).flatMap(([userId, { schedule }]) => {
    const { status, by } = statusOf(team, userId, now);
    const isBegun = status === 'on' && by === 'schedule' && !isOpen(scheduleOf(team, schedule), before);
    return isBegun ? [userId] : [];
  });
}
