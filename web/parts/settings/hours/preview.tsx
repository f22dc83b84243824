import type { JSX } from 'preact';
import { DAY_MINUTES, type Hours } from '../../../../src/domain/schedule.ts';
import { nextDays, openNow } from '../../../core/open-days.ts';
import { minutesOf } from '../../../core/week.ts';
import { now as clock } from '../../../kit/clock.ts';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { dateName, hoursWords, openWords, zoneName } from './words.ts';

/** What the hours come to: whether it is open now, and the next seven days with what is otherwise. */
export function Preview({ hours }: { hours: Hours }): JSX.Element {
  const now = clock.value;
  return (
    <Card title={t('hours.preview')} hint={`${openWords(openNow(hours, now))} (${zoneName(hours.zone)})`}>
      <ol class="hours-preview">
        {nextDays(hours, now).map(({ date, intervals, isException }) => (
          <li key={date}>
            <span>{dateName(date)}</span>
            <Bar spans={intervals.flatMap((one) => [minutesOf(one)].filter((span) => span !== undefined))} />
            <span>
              {hoursWords(intervals)}
              {isException && <small class="settings-hint"> {t('hours.otherwise')}</small>}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** A day as a line of 24 hours. Hours past its midnight end at the edge. */
function Bar({ spans }: { spans: readonly (readonly [number, number])[] }): JSX.Element {
  return (
    <svg class="hours-bar" viewBox={`0 0 ${DAY_MINUTES} 10`} preserveAspectRatio="none" aria-hidden="true">
      {spans.map(([from, to]) => (
        <rect key={from} x={from} width={Math.min(to, DAY_MINUTES) - from} height="10" />
      ))}
    </svg>
  );
}
