import type { ComponentType, JSX } from 'preact';
import { StatisticsReport } from '../../statistics/report.tsx';
import { speakOfStatistics } from '../../statistics/speak.ts';
import { addressOf } from '../address.ts';
import { namesOf } from '../running/names.ts';
import type { ScreenProps } from '../screen-props.ts';

/** The screen, once its words are there. */
export async function loadScreen(): Promise<ComponentType<ScreenProps>> {
  await speakOfStatistics();
  return StatisticsScreen;
}

function StatisticsScreen({ settings }: ScreenProps): JSX.Element {
  const { users: names, channels } = namesOf(settings);
  const people = { names, assignmentsOf: (userId: string) => addressOf('assignments', '', userId) };
  return <StatisticsReport statistics={settings.statistics} channels={channels} people={people} />;
}
