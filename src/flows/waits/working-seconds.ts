import { workingMs } from '#domain/calendar';
import type { Schedule } from '#domain/schedule';

/** The working seconds of a channel between two times (epoch ms). */
export type WorkingSeconds = (channelId: string, from: number, to: number) => number;

/** Makes `workingSeconds` for channels by the schedules that they have. Without one a channel is always open. */
export function createWorkingSeconds(scheduleOf: (channelId: string) => Schedule | undefined): WorkingSeconds {
  return (channelId, from, to) => Math.round(workingMs(scheduleOf(channelId), from, to) / 1000);
}
