import { isOpen } from './calendar.ts';
import { scheduleOf, statusOf, type Team } from './team.ts';

/**
 * The users whose shift has begun since `before`, and is not over (epoch ms). Somebody who is on by a
 * word begins no shift. A word "away" mostly ends when a shift begins.
 */
export function begunShifts(team: Team, before: number, now: number): string[] {
  return Object.entries(team.users).flatMap(([userId, { schedule }]) => {
    const { status, by } = statusOf(team, userId, now);
    const isBegun = status === 'on' && by === 'schedule' && !isOpen(scheduleOf(team, schedule), before);
    return isBegun ? [userId] : [];
  });
}
