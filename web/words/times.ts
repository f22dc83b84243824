import { formatterOf, t } from './words.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A time of day: "12:41". */
export function timeOfDay(at: number): string {
  return dateFormat('time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** A time of day with its seconds: "12:41:05". */
export function secondOfDay(at: number): string {
  const options = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  return dateFormat('second', options).format(at);
}

/** When something was, as briefly as a list wants it: the time today, the day of the week within six days, else the date. */
export function briefTime(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days <= 0) return timeOfDay(at);
  if (days === 1) return t('time.yesterday');
  if (days < 7) return dateFormat('weekday', { weekday: 'short' }).format(at);
  return dayOf(at, now, 'short');
}

/** A day above the messages of that day: "Today", "Yesterday", "12 March". */
export function dayName(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0) return t('time.today');
  if (days === 1) return t('time.yesterday');
  return dayOf(at, now, 'long');
}

/** A day in full: "4 November 2026". What is no day (`yyyy-mm-dd`) stays as it is. */
export function fullDay(day: string): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? day : dateFormat('day', { dateStyle: 'long', timeZone: 'UTC' }).format(at);
}

/** Date and time in full, for titles and logs. */
export function fullTime(at: number): string {
  return dateFormat('full', { dateStyle: 'long', timeStyle: 'short' }).format(at);
}

/**
 * How long something takes, in its largest unit: "12 min", "3 hr", "2 days". The first minute counts as one, because the
 * names of rows are a contract: "waits", a number and a unit. The title of a row has the exact time.
 */
export function duration(ms: number): string {
  if (ms >= DAY) return unitFormat('day').format(Math.floor(ms / DAY));
  if (ms >= HOUR) return unitFormat('hour').format(Math.floor(ms / HOUR));
  return unitFormat('minute').format(Math.max(1, Math.floor(ms / MINUTE)));
}

/** A number with the separators of the language. */
export function number(value: number): string {
  return formatterOf('number', (language) => new Intl.NumberFormat(language)).format(value);
}

/** A size of a file: "1.4 MB". */
export function size(bytes: number): string {
  if (bytes < 1000) return unitFormat('byte').format(bytes);
  if (bytes < 1_000_000) return unitFormat('kilobyte').format(Math.round(bytes / 1000));
  return unitFormat('megabyte').format(bytes / 1_000_000);
}

function dayOf(at: number, now: number, month: 'short' | 'long'): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  if (sameYear) return dateFormat(`day-${month}`, { day: 'numeric', month }).format(at);
  return dateFormat(`date-${month}`, month === 'short' ? { dateStyle: 'short' } : { dateStyle: 'long' }).format(at);
}

function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function dateFormat(name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return formatterOf(name, (language) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options));
}

function unitFormat(unit: string): Intl.NumberFormat {
  const options = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 } as const;
  return formatterOf(unit, (language) => new Intl.NumberFormat(language, options));
}
