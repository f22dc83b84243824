import { WEEKDAYS } from '#domain/schedule';
import { type components, dataOf } from '../../clients/typescript/index.ts';
import { WrongWordsError } from '../terminal/errors.ts';
import { type Intervals, intervalWords, withDate, withWeekdays } from '../terminal/hours.ts';
import { type Column, onOneLine, tableOf } from '../terminal/table.ts';
import { agreed, type Noun, yesOption } from '../terminal/verb.ts';
import { type NamedHours, scheduleCalled, schedulesOf } from './find-schedule.ts';

type Week = components['schemas']['Week'];

interface SetOptions {
  readonly zone?: string;
  readonly week?: Week;
  readonly date?: Readonly<Record<string, Intervals | null>>;
}

const COLUMNS: readonly Column[] = [
  { head: 'SCHEDULE', shrinks: true },
  { head: 'ZONE' },
  { head: 'WEEK' },
  { head: 'DATES', shrinks: true },
];

/** The commands of schedules: the hours of channels and users. */
export function addSchedules({ verb }: Pick<Noun, 'verb'>): void {
  verb('list', 'The schedules, with their hours', 'schedules list', async ({ api, terminal }) => {
    const schedules = await schedulesOf(await api());
    if (schedules.length === 0) return { json: [], text: 'There is none: it is always open. Next: schedules set' };
    return { json: schedules, text: tableOf(COLUMNS, schedules.map(cellsOf), terminal.width) };
  });

  verb<SetOptions>(
    'set <name>',
    'Make a schedule, or change some of it. It holds from now on',
    'schedules set office --zone Europe/Moscow --week mon-fri=09:00-13:00,14:00-18:00 --date 2027-01-01=off',
    async (run, name = '') => {
      const { zone, week, date } = run.options;
      if (zone === undefined && week === undefined && date === undefined) {
        throw new WrongWordsError('What changes? Say --zone, --week or --date');
      }
      const konvert = await run.api();
      const { schedules, version } = await dataOf(konvert.GET('/v1/settings'));
      const before = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
      if (!before && (zone === undefined || week === undefined)) {
        throw new WrongWordsError(`There is no schedule ${onOneLine(name)} yet. To make it, say --zone and --week`);
      }
      const hours = {
        zone: zone ?? before?.zone ?? '',
        week: week ?? ((before?.week ?? {}) as Week),
        exceptions: changedDates(before?.exceptions ?? {}, date ?? {}),
      };
      const body = { schedules: { [name]: hours }, version };
      const saved = await dataOf(konvert.PATCH('/v1/settings', { body }));
      const now = { name, ...(saved.schedules[name] ?? { zone: hours.zone, week: {}, exceptions: {} }) };
      return { json: now, text: tableOf(COLUMNS, [cellsOf(now)], run.terminal.width) };
    },
  )
    .option('--zone <zone>', 'of its wall clock, like Europe/Moscow')
    .option('--week <days=hours>', 'hours of some days; once for each. Days that are not named are off', withWeekdays)
    .option('--date <date=hours>', 'hours of a date, or off; as-usual ends that. Other dates stay', withDate);

  verb(
    'rename <name> <new-name>',
    'Give a schedule another name. The channels and users that have it keep it',
    'schedules rename office "Main office"',
    async (run, given = '', newName = '') => {
      const konvert = await run.api();
      const { name } = scheduleCalled(given, await schedulesOf(konvert));
      await dataOf(konvert.PATCH('/v1/settings', { body: { renameSchedules: { [name]: newName } } }));
      return { json: { name: newName }, text: `${onOneLine(name)} is ${onOneLine(newName)} now.` };
    },
  );

  verb<{ yes?: boolean }>(
    'remove <name>',
    'Take away a schedule that no channel and no user has',
    'schedules remove office',
    async (run, given = '') => {
      const konvert = await run.api();
      const { name } = scheduleCalled(given, await schedulesOf(konvert));
      await agreed(run, `The schedule ${onOneLine(name)} will be gone. Go on?`);
      await dataOf(konvert.PATCH('/v1/settings', { body: { schedules: { [name]: null } } }));
      return { json: { name }, text: `${onOneLine(name)} is gone.` };
    },
  ).addOption(yesOption());
}

function changedDates(before: NamedHours['exceptions'], chosen: NonNullable<SetOptions['date']>) {
  const all = Object.entries<Intervals | string[][] | null>({ ...before, ...chosen });
  return Object.fromEntries(all.flatMap(([date, hours]) => (hours ? [[date, hours as Intervals]] : [])));
}

function cellsOf({ name, zone, week, exceptions }: NamedHours): string[] {
  const days = WEEKDAYS.flatMap((day) =>
    (week[day] ?? []).length > 0 ? [`${day}=${intervalWords(week[day] ?? [])}`] : [],
  );
  const dates = Object.entries(exceptions)
    .sort()
    .map(([date, hours]) => `${date}=${intervalWords(hours)}`);
  return [name, zone, days.join(' '), dates.join(' ') || '-'];
}
