import { expect, test } from 'vitest';
import { openTerminal, type } from './typed.ts';

const OFFICE = ['--zone', 'Europe/Moscow', '--week', 'mon-thu=09:00-13:00,14:00-18:00', '--week', 'fri=21:00-02:00'];
const LISTS = [
  ['team', 'list'],
  ['schedules', 'list'],
];

test.each(LISTS)('%s %s is an array for programs and words for people, also while there is none', async (...words) => {
  const { type } = await openTerminal();

  expect((await type([...words, '--json'])).json()).toEqual([]);
  expect((await type(words)).out).toMatch(/^There is .+ Next: /);
});

test('schedules are made, changed in part, listed, given to a channel and a user, and removed', async () => {
  const { world, type } = await openTerminal();
  const { channelId } = world.channel;
  await type(['users', 'add', 'Anna', '--id', '17']);
  await type(['settings', 'roles', 'set', channelId, 'Anna', 'seller']);

  expect(await type(['schedules', 'set', 'office', ...OFFICE, '--date', '2027-01-01=off'])).toMatchObject({ code: 0 });
  const changed = await type(['schedules', 'set', 'office', '--date', '2026-12-31=10:00-15:00', '--json']);
  const twice = [
    ['09:00', '13:00'],
    ['14:00', '18:00'],
  ];
  const week = { mon: twice, tue: twice, wed: twice, thu: twice, fri: [['21:00', '02:00']] };
  const exceptions = { '2026-12-31': [['10:00', '15:00']], '2027-01-01': [] };
  expect(changed.json()).toEqual({ name: 'office', zone: 'Europe/Moscow', week, exceptions });
  const listed = await type(['schedules', 'list']);
  expect(listed.out).toContain('mon=09:00-13:00,14:00-18:00');
  expect(listed.out).toContain('2026-12-31=10:00-15:00 2027-01-01=off');
  const [read] = (await type(['schedules', 'list', '--json'])).json() as object[];
  expect(read).toEqual(changed.json());
  const ended = await type(['schedules', 'set', 'office', '--date', '2027-01-01=as-usual', '--json']);
  expect(ended.json()).toMatchObject({ exceptions: { '2026-12-31': [['10:00', '15:00']] } });

  expect((await type(['settings', 'schedule', channelId, 'office'])).out).toContain('has the hours of office.');
  expect((await type(['team', 'schedule', 'Anna', 'office'])).out).toMatch(/^Anna is .+ has the hours of office\.$/);
  expect((await type(['settings', 'show'])).out).toMatch(/ office/);
  await type(['users', 'add', 'Pavel', '--id', '18']);
  await type(['settings', 'roles', 'set', channelId, 'Pavel', 'auditor']);
  expect((await type(['team', 'list'])).out).toMatch(/^Pavel +watches /m);
  const [anna] = (await type(['team', 'list', '--json'])).json() as object[];
  expect(anna).toMatchObject({ userId: '17', schedule: 'office', by: 'schedule', channels: [channelId] });
  expect(await type(['schedules', 'remove', 'office', '--yes'])).toMatchObject({ code: 1 });

  await type(['team', 'schedule', 'Anna', '--none']);
  expect((await type(['settings', 'schedule', channelId, '--always-open'])).out).toContain('is always open.');
  expect(await type(['schedules', 'remove', 'office', '--yes'])).toMatchObject({ code: 0, out: 'office is gone.' });
});

test('somebody is set away until a time with a reason, and back on', async () => {
  const { world, type } = await openTerminal();
  await type(['users', 'add', 'Anna', '--id', '17']);
  const until = new Date(world.clock.now() + 3_600_000).toISOString();

  const away = await type(['team', 'status', 'Anna', 'away', '--until', until, '--reason', 'Lunch', '--give-back']);
  expect(away).toMatchObject({ code: 0, out: expect.stringMatching(/^Anna is away until .+, by the CRM/) });
  const listed = (await type(['team', 'list', '--json'])).json();
  expect(listed).toMatchObject([{ userId: '17', status: 'away', until, by: 'crm', reason: 'Lunch' }]);
  expect((await type(['team', 'list'])).out).toMatch(/Anna +away +\d{4}-.+the CRM +Lunch/);
  expect((await type(['team', 'status', '17', 'on'])).out).toMatch(/^Anna is on/);
});

test.each([
  ['a status', ['team', 'status', 'Anna', 'asleep'], 'Allowed choices are on, away.'],
  ['a time', ['team', 'status', 'Anna', 'away', '--until', 'noon'], 'It has to be a time like'],
  ['a time without its zone', ['team', 'status', 'Anna', 'away', '--until', '2026-12-01'], 'It has to be a time like'],
  ['giving back while on', ['team', 'status', 'Anna', 'on', '--give-back'], 'Only who goes away'],
  ['no schedule', ['team', 'schedule', 'Anna'], 'Say a schedule, or --none'],
  ['a schedule and none', ['settings', 'schedule', 'Bot', 'office', '--always-open'], 'Say a schedule, or'],
  ['nothing to change', ['schedules', 'set', 'office'], 'What changes? Say --zone'],
  ['a day', ['schedules', 'set', 'office', '--week', 'funday=09:00-18:00'], 'Days are mon, tue'],
  ['hours', ['schedules', 'set', 'office', '--week', 'mon=9-18'], '9-18 is no time from and to'],
  ['a date', ['schedules', 'set', 'office', '--date', '2026-02-30=off'], '2026-02-30 is no date.'],
  ['no hours', ['schedules', 'set', 'office', '--week', 'mon'], 'It has to be like mon-fri=09:00-18:00.'],
])('%s that is wrong: exit code 2, and what would be right', async (_name, words, says) => {
  const { code, out, err } = await type(words);

  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(says);
});

test('a schedule that is not there yet needs its zone and its week', async () => {
  const { type } = await openTerminal();

  const { code, err } = await type(['schedules', 'set', 'office', '--date', '2027-01-01=off']);

  expect([code, err]).toEqual([2, 'There is no schedule office yet. To make it, say --zone and --week']);
});
