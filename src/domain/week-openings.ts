import { DAY_MINUTES, type Hours, MINUTE_MS, spanOf, WEEKDAYS } from './schedule.ts';

/** A stretch of a wall clock, in minutes. */
export type Span = readonly [from: number, to: number];

const WEEK_MINUTES = 7 * DAY_MINUTES;

/** The stretches in order of time. Those that touch are one. */
export function joined(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const [from, to] of spans.toSorted(([one], [other]) => one - other)) {
    const before = result.at(-1);
    if (before && before[1] >= from) result[result.length - 1] = [before[0], Math.max(before[1], to)];
    else result.push([from, to]);
  }
  return result;
}

/**
 * How long the openings of a week last by its wall clock (ms). One that goes on past midnight is one, also from Sunday
 * to Monday. None if it never opens, or is always open.
 */
export function openingLengths(week: Hours['week']): number[] {
  const spans = WEEKDAYS.flatMap((day, index) =>
    (week[day] ?? []).flatMap((interval) => {
      const span = spanOf(interval);
      return span ? [later(span, index * DAY_MINUTES)] : [];
    }),
  );
  // With a week before and one after it, each opening that begins in the middle one is whole.
  const weeks = [0, 1, 2].flatMap((count) => spans.map((span) => later(span, count * WEEK_MINUTES)));
  return joined(weeks)
    .filter(([from]) => from >= WEEK_MINUTES && from < 2 * WEEK_MINUTES)
    .map(([from, to]) => (to - from) * MINUTE_MS);
}

function later([from, to]: Span, minutes: number): Span {
  return [from + minutes, to + minutes];
}
