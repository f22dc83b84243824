import type { JSX } from 'preact';
import { timesOf } from '../../core/statistics.ts';
import { now as clock } from '../../kit/clock.ts';
import type { Report } from '../../settings-models/statistics.ts';
import { duration, number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { tookOrNone } from './words.ts';

/** What waits now, and how long answers took, beside the days before. */
export function Tiles({ report, isWorking }: { report: Report; isWorking: boolean }): JSX.Element {
  const { now, all, before } = report;
  const [times, earlier] = [timesOf(all, isWorking), timesOf(before, isWorking)];
  return (
    <dl class="statistics-tiles">
      {now && (
        <>
          <Tile name={t('statistics.waiting')} value={number(now.waiting)} isWaiting={now.waiting > 0} />
          <Tile
            name={t('statistics.longest')}
            value={now.since === null ? '–' : duration(Math.max(0, clock.value - Date.parse(now.since)))}
          />
        </>
      )}
      <Tile name={t('statistics.p50')} value={tookOrNone(times.p50)} note={beforeNote(earlier.p50)} />
      <Tile name={t('statistics.p90')} value={tookOrNone(times.p90)} note={beforeNote(earlier.p90)} />
    </dl>
  );
}

function beforeNote(seconds: number | null): string {
  return t('statistics.before', { time: tookOrNone(seconds) });
}

function Tile({
  name,
  value,
  note,
  isWaiting = false,
}: {
  name: string;
  value: string;
  note?: string;
  isWaiting?: boolean;
}): JSX.Element {
  return (
    <div class="statistics-tile">
      <dt>{name}</dt>
      <dd class={isWaiting ? 'is-waiting' : ''}>
        <b>{value}</b>
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
