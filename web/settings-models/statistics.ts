import type { components } from '../../clients/typescript/index.ts';
import type { Loading } from './loaded.ts';

type Schemas = components['schemas'];

/** What was counted under a key. */
export type StatisticsRow = Schemas['Statistics']['rows'][number];

/** A day, `yyyy-mm-dd`. */
export type Day = string;

/** Days from the first to the last. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** What is asked about. Without a channel it is all that the user sees. */
export interface AskedPeriod {
  readonly days: number;
  readonly channelId?: string;
}

/** All that the screen of statistics shows of a period. */
export interface Report {
  readonly period: Period;
  readonly zone: string;
  /** Whether percentiles are exact. Of very many waits they are within three in a hundred. */
  readonly isExact: boolean;
  readonly now?: { readonly waiting: number; readonly since: string | null };
  readonly all: StatisticsRow;
  /** As many days before. */
  readonly before: StatisticsRow;
  readonly days: readonly StatisticsRow[];
  readonly hours: readonly StatisticsRow[];
  readonly users: readonly StatisticsRow[];
}

/** How long clients waited. */
export interface StatisticsModel {
  of(asked: AskedPeriod): Loading<Report>;
  /** The rows of users, as the text of a file. Throws the words of a refusal. */
  csv(asked: AskedPeriod, by: 'user' | 'day'): Promise<string>;
}
