import { DAY_MINUTES } from '../../src/domain/schedule.ts';

/**
 * The minute of the day that somebody has typed: `9`, `9:30`, `09.30`, `0930`. Undefined if it is none; the end of the day
 * is `24:00`.
 */
export function minuteOf(typed: string): number | undefined {
  const [, hours, minutes = '0'] = /^\s*(\d{1,2})(?:\s*[:.\s-]?\s*(\d{2}))?\s*$/.exec(typed) ?? [];
  if (hours === undefined || Number(minutes) > 59) return undefined;
  const minute = Number(hours) * 60 + Number(minutes);
  return minute <= DAY_MINUTES ? minute : undefined;
}

/** A minute of the day as it is stored: `09:30`. */
export function wallTime(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** What was typed as it is stored. What is no time stays as it is. */
export function tidyTime(typed: string): string {
  const minute = minuteOf(typed);
  return minute === undefined ? typed : wallTime(minute);
}

/** The time that lies that many minutes later, or earlier, within the day. What is no time stays as it is. */
export function movedTime(typed: string, by: number): string {
  const minute = minuteOf(typed);
  if (minute === undefined) return typed;
  // To the next quarter first, as a clock is set.
  const step = Math.abs(by);
  const next = by > 0 ? Math.floor(minute / step) * step + step : Math.ceil(minute / step) * step - step;
  return wallTime(Math.min(Math.max(0, next), DAY_MINUTES));
}
