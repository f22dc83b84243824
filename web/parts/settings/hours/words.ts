import type { Hours, Interval } from '../../../../src/domain/schedule.ts';
import type { OpenNow } from '../../../core/open-days.ts';
import { wallTime } from '../../../core/typed-time.ts';
import { groupsOf, isAlwaysOpen } from '../../../core/week.ts';
import { formatterOf, t } from '../../../words/words.ts';
import { weekdayName } from '../kit/weekday.ts';

/** A date (`yyyy-mm-dd`) with its day of the week: "Fri 4 Dec". */
export function dateName(date: string): string {
  const options = { weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  const format = formatterOf(
    'date-with-day',
    (language) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options),
  );
  return format.format(Date.parse(date));
}

/** What people call a time zone: "Moscow Time", "Москва". What is none stays as it is. */
export function zoneName(zone: string): string {
  return formatterOf(`zone-${zone}`, (language) => nameOfZone(zone, language));
}

/** Some hours: "09:00–13:00 and 14:00–20:00", or that it is closed. Commas stand between days. */
export function hoursWords(intervals: readonly Interval[]): string {
  if (intervals.length === 0) return t('hours.closed');
  const list = formatterOf('hours', (language) => new Intl.ListFormat(language, { type: 'conjunction' }));
  return list.format(intervals.map(([from, to]) => `${from}–${to}`));
}

/** The hours of a week with their zone: "Mon–Fri 09:00–18:00, Sat 10:00–14:00, Moscow Time". */
export function weekWords({ week, zone, exceptions }: Hours): string {
  const dates = Object.keys(exceptions).length;
  if (isAlwaysOpen(week) && dates === 0) return t('hours.always');
  const days = groupsOf(week).map(({ first, last, intervals }) => {
    const [from, to] = [first, last].map((day) => weekdayName(day, 'short'));
    return `${first === last ? from : `${from}–${to}`} ${hoursWords(intervals)}`;
  });
  return [...days, ...(dates > 0 ? [t('hours.and-dates', { count: dates })] : []), zoneName(zone)].join(', ');
}

/** Whether it is open, and until when: "Open now, until Fri 4 Dec, 18:00". */
export function openWords({ isOpen, changes }: OpenNow): string {
  if (changes === undefined) return t(isOpen ? 'hours.open-always' : 'hours.never-open');
  const time = `${dateName(changes.date)}, ${wallTime(changes.minute)}`;
  return t(isOpen ? 'hours.open-until' : 'hours.opens', { time });
}

function nameOfZone(timeZone: string, language: string): string {
  try {
    const options = { timeZone, timeZoneName: 'shortGeneric' } as const;
    const parts = new Intl.DateTimeFormat(language, options).formatToParts(0);
    return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  } catch {
    return timeZone;
  }
}
