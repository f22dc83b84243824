import { eachAtOnce } from '#at-once';
import { cellsOf, type DayCell } from '#domain/day-cells';
import { DAY_MS, utcDate } from '#domain/schedule';
import { type StatisticsScope, timesOf } from '#domain/statistics';
import type { CountedWait } from '#domain/waits';
import { QUARTER_MS } from '#domain/zone-clock';
import type { StoreDeps } from '#store/dynamo/client';
import { createDayCounts, type DayCount } from '#store/waits/day-counts';
import { isPastDay } from '#store/waits/day-mark';
import { createWaits } from '#store/waits/waits';
import type { WorkingTime } from './working-time.ts';

/** A stretch of time (epoch ms). `to` is the first instant after it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

/** Takes what is counted: cells of whole days, and waits of those that are not whole or not over. */
export interface CountedTaker {
  readonly takeCell: (channelId: string, day: number, cell: DayCell) => void;
  readonly takeWait: (wait: CountedWait) => void;
}

/** Counts the waits of a channel by days in UTC. */
export interface CountDays {
  /** Each day that is over is counted once, and remembered. */
  readonly ofKept: (scope: StatisticsScope, period: Period, working: WorkingTime, taker: CountedTaker) => Promise<void>;
  /** Takes the stored counts of days whose waits are gone. Such a day cannot be counted anew. */
  readonly ofGone: (scope: StatisticsScope, period: Period, takeCell: CountedTaker['takeCell']) => Promise<void>;
}

const AT_ONCE = 4;

/** Makes `countDays`. */
export function createCountDays(deps: StoreDeps): CountDays {
  const { clock } = deps;
  const waits = createWaits(deps);
  const counts = createDayCounts(deps);

  async function countDay(channelId: string, day: number, known: DayCount | undefined, working: WorkingTime) {
    const schedule = working.nameOf(channelId);
    if (known?.cells && known.schedule === schedule) return known.cells;
    const found = (await Array.fromAsync(waits.between(channelId, day, day + DAY_MS, true))).flat();
    const cells = cellsOf(found, (wait) => timesOf(wait, working.seconds));
    await counts.put(channelId, utcDate(day), { cells, schedule }, known);
    return cells;
  }

  const ofKept: CountDays['ofKept'] = async ({ channelId }, period, working, { takeCell, takeWait }) => {
    const { whole, rest } = partsOf(period, clock.now());
    const known = await counts.read(channelId, whole.map(utcDate));
    await eachAtOnce(whole, AT_ONCE, async (day) => {
      const cells = await countDay(channelId, day, known.get(utcDate(day)), working);
      for (const cell of cells) takeCell(channelId, day, cell);
    });
    for (const { from, to } of rest) {
      for await (const page of waits.between(channelId, from, to)) page.forEach(takeWait);
    }
  };

  const ofGone: CountDays['ofGone'] = async ({ channelId }, { from, to }, takeCell) => {
    const known = await counts.read(channelId, daysIn({ from, to }));
    for (const [date, { cells = [] }] of known) {
      const day = Date.parse(date);
      for (const cell of cells) {
        const at = day + cell.quarter * QUARTER_MS;
        if (at >= from && at < to) takeCell(channelId, day, cell);
      }
    }
  };

  return { ofKept, ofGone };
}

/** The days in UTC in which the period lies. */
function daysIn({ from, to }: Period): string[] {
  const days: string[] = [];
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) days.push(utcDate(day));
  return days;
}

/** The days in UTC that are whole in the period and over, by their beginnings, and what is left of it. */
function partsOf({ from, to }: Period, now: number): { whole: number[]; rest: Period[] } {
  const first = Math.ceil(from / DAY_MS) * DAY_MS;
  const whole: number[] = [];
  let day = first;
  for (; day + DAY_MS <= to && isPastDay(day, now); day += DAY_MS) whole.push(day);
  const rest = [
    { from, to: Math.min(first, to) },
    { from: Math.max(day, first), to },
  ];
  return { whole, rest: rest.filter((part) => part.from < part.to) };
}
