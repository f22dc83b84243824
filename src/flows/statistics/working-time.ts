import { workingMs } from '#domain/calendar';
import type { Schedule } from '#domain/schedule';

/** The working time of channels, by their schedules. */
export interface WorkingTime {
  /** The working seconds of a channel between two times (epoch ms). */
  readonly seconds: (channelId: string, from: number, to: number) => number;
  /** The name of the schedule of a channel; empty without one. */
  readonly nameOf: (channelId: string) => string;
}

/** Makes `workingTime`. A channel without a schedule is always open. */
export function createWorkingTime(
  nameOf: (channelId: string) => string | undefined,
  scheduleOf: (name: string | undefined) => Schedule | undefined,
): WorkingTime {
  return {
    seconds: (channelId, from, to) => Math.round(workingMs(scheduleOf(nameOf(channelId)), from, to) / 1000),
    nameOf: (channelId) => nameOf(channelId) ?? '',
  };
}
