import { expect, test } from 'vitest';
import { begunShifts } from '#domain/begun-shifts';
import type { TeamUser } from '#domain/team';

const at = (time: string) => Date.parse(`2026-10-05T${time}:00Z`);
const day = { from: 0, zone: 'UTC', week: { mon: [['09:00', '18:00'] as const] }, exceptions: {} };
const ends = (time: string) => ({ until: at(time) });
const begun = (user: TeamUser, before: string, now: string) =>
  begunShifts({ schedules: { day: [day] }, users: { anna: user } }, at(before), at(now)).length === 1;

test.each<[string, TeamUser, string, string, boolean]>([
  ['begins', { schedule: 'day' }, '08:59', '09:00', true],
  ['was looked at late', { schedule: 'day' }, '08:00', '10:00', true],
  ['has begun before', { schedule: 'day' }, '09:00', '10:00', false],
  ['has ended', { schedule: 'day' }, '17:00', '18:00', false],
  ['is over by then', { schedule: 'day' }, '08:00', '19:00', false],
  ['begins when "away" ends', { schedule: 'day', away: true, ...ends('09:00') }, '08:59', '09:00', true],
  [
    'begins when Konvert lets its user be',
    { schedule: 'day', away: true, ...ends('09:00'), by: 'konvert' },
    '08:00',
    '09:05',
    true,
  ],
  ['has begun before "away" ends', { schedule: 'day', away: true, ...ends('10:00') }, '09:59', '10:00', false],
  ['begins after a word "on" has ended', { schedule: 'day', away: false, ...ends('08:30') }, '08:00', '09:00', true],
  ['begins without its user, who is away', { schedule: 'day', away: true }, '08:59', '09:00', false],
  ['begins while its user is there by a word', { schedule: 'day', away: false }, '08:59', '09:00', false],
  ['is none', {}, '08:59', '09:00', false],
])('a shift %s: called %o %s-%s %o', (_, user, before, now, expected) => {
  expect(begun(user, before, now)).toBe(expected);
});
