import { openings } from './calendar.ts';
import { DAY_MS, type Schedule } from './schedule.ts';
import type { ChannelSettings } from './settings.ts';
import { scheduleOf, type Team } from './team.ts';
import { type WaitingWarning, warningsOf } from './waiting-setting.ts';

/** Two weeks, so that one is whole wherever they begin. */
const DAYS = 15;

/** What of the settings of a channel is hardly meant so, with the schedules of its account. */
export function settingWarnings(
  { waiting, schedule }: Pick<ChannelSettings, 'waiting' | 'schedule'>,
  team: Pick<Team, 'schedules'>,
): WaitingWarning[] {
  return waiting ? warningsOf(waiting, openingLengths(scheduleOf(team, schedule))) : [];
}

/**
 * How long the openings of a usual week last (ms), by the newest hours and without dates of their own. None if it is always
 * open. One that reaches past midnight is one.
 */
function openingLengths(schedule: Schedule | undefined): number[] {
  const hours = schedule?.at(-1);
  if (!hours) return [];
  const [from, to] = [hours.from, hours.from + DAYS * DAY_MS];
  return openings([{ ...hours, exceptions: {} }], from, to)
    .filter((opening) => opening.from > from && opening.to < to)
    .map((opening) => opening.to - opening.from);
}
