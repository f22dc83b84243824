import { statusOf, type Team } from './team.ts';

/** The users whose shift has begun since `before`, and is not over (epoch ms). Who is on by a word has no shift that begins. */
export function begunShifts(team: Team, before: number, now: number): string[] {
  return Object.keys(team.users).filter((userId) => {
    const [then, present] = [statusOf(team, userId, before), statusOf(team, userId, now)];
    return then.status === 'away' && then.by === 'schedule' && present.status === 'on' && present.by === 'schedule';
  });
}
