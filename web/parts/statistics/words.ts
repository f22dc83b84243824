import { formatterOf } from '../../words/words.ts';

const MINUTE = 60;
const HOUR = 3600;

/** How long answers took: "40 s", "12 min", "3.5 hr". Minutes and hours only, because a day is a day for nobody. */
export function took(seconds: number): string {
  if (seconds < MINUTE) return unit('second', 0).format(Math.round(seconds));
  if (seconds < 100 * MINUTE) return unit('minute', 0).format(Math.round(seconds / MINUTE));
  return unit('hour', 1).format(seconds / HOUR);
}

/** A time, or a dash if there is none. */
export function tookOrNone(seconds: number | null): string {
  return seconds === null ? '–' : took(seconds);
}

/** A day as the axis of a chart has it: "4 Nov". */
export function shortDay(day: string): string {
  const options = { day: 'numeric', month: 'short', timeZone: 'UTC' } as const;
  return formatterOf('chart-day', (language) => new Intl.DateTimeFormat(localeOf(language), options)).format(
    Date.parse(day),
  );
}

function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}

function unit(name: string, digits: number): Intl.NumberFormat {
  const options = { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: digits } as const;
  return formatterOf(`took-${name}`, (language) => new Intl.NumberFormat(language, options));
}
