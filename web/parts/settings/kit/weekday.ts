import { DAY_MS, WEEKDAYS, type Weekday } from '../../../../src/domain/schedule.ts';
import { formatterOf } from '../../../words/words.ts';

/** A week that began on a Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

/** A day of the week: "Monday", or "Mon". */
export function weekdayName(day: Weekday, width: 'long' | 'short' = 'long'): string {
  const options = { weekday: width, timeZone: 'UTC' } as const;
  const format = formatterOf(`weekday-${width}-utc`, (language) => new Intl.DateTimeFormat(language, options));
  return format.format(MONDAY + WEEKDAYS.indexOf(day) * DAY_MS);
}
