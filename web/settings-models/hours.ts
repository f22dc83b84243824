import type { Hours } from '../../src/domain/schedule.ts';
import type { Loading } from './loaded.ts';

export type { Hours, Interval, Weekday } from '../../src/domain/schedule.ts';

/** The hours of each day of a week. A day without any is closed. */
export type Week = Hours['week'];

/** A schedule under its name: the hours that hold from now on. */
export interface NamedHours {
  readonly name: string;
  readonly hours: Hours;
}

/** The schedules of the account by name, and the zone of its statistics. */
export interface Schedules {
  readonly all: readonly NamedHours[];
  readonly zone: string;
}

/** The schedules of the account. What is refused throws the words for it. */
export interface HoursModel {
  readonly schedules: Loading<Schedules>;
  /** Stores the hours under that name, in the place of those that had it. A schedule that had the name `before` is renamed. */
  save(name: string, hours: Hours, before?: string): Promise<void>;
  remove(name: string): Promise<void>;
  setZone(zone: string): Promise<void>;
}
