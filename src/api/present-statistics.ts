import type * as z from 'zod/mini';
import { presentTime } from '#api/present-time';
import type { percentiles, statistics, statisticsRow } from '#api/statistics-routes';
import type { Spread } from '#domain/spread';
import type { Statistics, StatisticsRow } from '#domain/statistics';
import { csvOf } from './csv.ts';

type Row = z.infer<typeof statisticsRow>;

/** What was counted, as the API tells it. */
export function presentStatistics(
  { zone, from, to }: { readonly zone: string; readonly from: string; readonly to: string },
  { exact, rows, now }: Statistics,
): z.infer<typeof statistics> {
  const told = now && { waiting: now.waiting, since: now.since === undefined ? null : presentTime(now.since) };
  return { zone, from, to, exact, rows: rows.map(presentRow), ...(told && { now: told }) };
}

/** The same rows as a table for a spreadsheet: a line of names, then a line for each. */
export function statisticsCsv(rows: readonly StatisticsRow[]): string {
  return csvOf([NAMES, ...rows.map((row) => valuesOf(presentRow(row)))]);
}

const SPREADS = ['replyTime', 'inHours', 'firstReply', 'ownTime'] as const;
const COUNTS = ['waits', 'answered', 'noReplyNeeded', 'auto', 'open'] as const;
const OF_USERS = ['letGo', 'received', 'newClients'] as const;
const NAMES = ['kind', 'key', ...COUNTS, ...SPREADS.flatMap((name) => [`${name}_p50`, `${name}_p90`]), ...OF_USERS];

function valuesOf(row: Row): (string | number | null)[] {
  const spreads = SPREADS.flatMap((name) => [row[name].p50, row[name].p90]);
  return [row.kind, row.key, ...COUNTS.map((name) => row[name]), ...spreads, ...OF_USERS.map((name) => row[name])];
}

function presentRow({ key, kind, tally }: StatisticsRow): Row {
  const { answered, noReplyNeeded, auto, open, letGo, received, newClients } = tally;
  return {
    key,
    kind,
    waits: answered + noReplyNeeded + auto + open,
    answered,
    noReplyNeeded,
    auto,
    open,
    replyTime: presentSpread(tally.replyTime),
    inHours: presentSpread(tally.inHours),
    firstReply: presentSpread(tally.firstReply),
    ownTime: presentSpread(tally.ownTime),
    letGo,
    received,
    newClients,
  };
}

function presentSpread(spread: Spread): z.infer<typeof percentiles> {
  return { p50: rounded(spread.percentile(0.5)), p90: rounded(spread.percentile(0.9)) };
}

function rounded(seconds: number | undefined): number | null {
  return seconds === undefined ? null : Math.round(seconds);
}
