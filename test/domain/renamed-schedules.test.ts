import { expect, test } from 'vitest';
import { withBothNames, withNewNames } from '#domain/renamed-schedules';
import type { Schedule } from '#domain/schedule';
import type { Team } from '#domain/team';

const hours = (from: number): Schedule => [{ from, zone: 'UTC', week: { mon: [['09:00', '18:00']] }, exceptions: {} }];
const TEAM: Team = { schedules: { office: hours(1), night: hours(1) }, users: { anna: { schedule: 'office' } } };
const NAMES = { office: 'main' };

test('a schedule has both names while its channels follow, and then the new one', () => {
  const both = withBothNames(TEAM, NAMES);

  expect(both).toEqual({
    ...TEAM,
    schedules: { ...TEAM.schedules, main: hours(1) },
    renaming: NAMES,
  });
  expect(withBothNames(both, NAMES)).toEqual(both);
  expect(withNewNames(both, NAMES)).toEqual({
    team: { schedules: { night: hours(1), main: hours(1) }, users: { anna: { schedule: 'main' } } },
  });
});

test('two schedules are renamed one beside the other', () => {
  const both = withBothNames(withBothNames(TEAM, NAMES), { night: 'late' });

  expect(withNewNames(both, NAMES)).toMatchObject({ team: { renaming: { night: 'late' } } });
  expect(withNewNames(both, { office: 'other' })).toMatchObject({ team: { schedules: { other: hours(1) } } });
});

const begun = withBothNames(TEAM, NAMES);

test.each<[string, Team]>([
  ['another schedule has it, with the same hours', { ...TEAM, schedules: { ...TEAM.schedules, main: hours(1) } }],
  ['the old one has other hours meanwhile', { ...begun, schedules: { ...begun.schedules, office: hours(2) } }],
  ['the new one has other hours meanwhile', { ...begun, schedules: { ...begun.schedules, main: hours(2) } }],
  ['it was taken away meanwhile, under both names', { ...begun, schedules: { night: hours(1) } }],
])('a schedule does not get its new name: %s', (_what, team) => {
  expect(withNewNames(team, NAMES)).toEqual({ faults: ['office'] });
});
