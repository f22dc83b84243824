import type { ChannelSettings } from './settings.ts';
import { scheduleOf, type Team } from './team.ts';
import { type WaitingWarning, warningsOf } from './waiting-setting.ts';

/** What of the settings of a channel is hardly meant so, with the newest hours of its schedule. */
export function settingWarnings(
  { waiting, schedule }: Pick<ChannelSettings, 'waiting' | 'schedule'>,
  team: Pick<Team, 'schedules'>,
): WaitingWarning[] {
  return waiting ? warningsOf(waiting, scheduleOf(team, schedule)?.at(-1)?.week) : [];
}
