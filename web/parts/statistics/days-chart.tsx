import type { JSX } from 'preact';
import { type DayCount, scaleUpTo } from '../../core/statistics.ts';
import { number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { Figure } from './figure.tsx';
import { shortDay, took, tookOrNone } from './words.ts';

const WIDTH = 720;
const HEIGHT = 220;
const LEFT = 40;
const RIGHT = 56;
const TOP = 12;
const BOTTOM = 24;
const GAP = 0.2;
/** As many names of days as fit below. */
const NAMES = 8;

const PARTS = ['answered', 'noReplyNeeded', 'others'] as const;
const PART_WORDS = {
  answered: 'statistics.answered',
  noReplyNeeded: 'statistics.no-reply-needed',
  others: 'statistics.others',
} as const;

/** The waits of each day, by how they ended, and within what time half of the answers came. */
export function DaysChart({ days }: { days: readonly DayCount[] }): JSX.Element {
  const waits = days.map((day) => PARTS.reduce((sum, part) => sum + day[part], 0));
  const total = waits.reduce((sum, count) => sum + count, 0);
  const busiest = days[waits.indexOf(Math.max(...waits))];
  const says =
    busiest && total > 0
      ? t('statistics.days-says', { count: total, day: shortDay(busiest.day), most: Math.max(...waits) })
      : t('statistics.nothing');
  return (
    <Figure
      title={t('statistics.by-day')}
      says={says}
      legend={
        <ul class="statistics-legend">
          {PARTS.map((part) => (
            <li key={part}>
              <span class={`statistics-key is-${part}`} />
              {t(PART_WORDS[part])}
            </li>
          ))}
          <li>
            <span class="statistics-key is-line" />
            {t('statistics.p50')}
          </li>
        </ul>
      }
      drawing={
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={says}>
          <Bars days={days} waits={waits} />
        </svg>
      }
      isNewestLast
      head={[t('statistics.day'), ...PARTS.map((part) => t(PART_WORDS[part])), t('statistics.p50')]}
      rows={days.map((day) => [shortDay(day.day), ...PARTS.map((part) => number(day[part])), tookOrNone(day.p50)])}
    />
  );
}

function Bars({ days, waits }: { days: readonly DayCount[]; waits: readonly number[] }): JSX.Element {
  const { top, lines } = scaleUpTo(Math.max(0, ...waits));
  const slowest = Math.max(1, ...days.map(({ p50 }) => p50 ?? 0));
  const step = (WIDTH - LEFT - RIGHT) / days.length;
  const height = HEIGHT - TOP - BOTTOM;
  const yOf = (share: number) => TOP + height * (1 - share);
  const every = Math.ceil(days.length / NAMES);
  return (
    <>
      {lines.map((line) => (
        <g key={line} class="statistics-grid">
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={yOf(line / top)} y2={yOf(line / top)} />
          <text x={LEFT - 6} y={yOf(line / top)} text-anchor="end" dominant-baseline="middle">
            {number(line)}
          </text>
        </g>
      ))}
      {days.map((day, index) => {
        const x = LEFT + index * step;
        let below = 0;
        return (
          <g key={day.day}>
            {PARTS.map((part) => {
              const share = day[part] / top;
              below += share;
              return (
                <rect
                  key={part}
                  class={`statistics-bar is-${part}`}
                  x={x + (step * GAP) / 2}
                  width={step * (1 - GAP)}
                  y={yOf(below)}
                  height={height * share}
                />
              );
            })}
            {index % every === 0 && (
              <text class="statistics-name" x={x + step / 2} y={HEIGHT - 8} text-anchor="middle">
                {shortDay(day.day)}
              </text>
            )}
          </g>
        );
      })}
      <polyline
        class="statistics-line"
        points={days
          .flatMap(({ p50 }, index) => (p50 === null ? [] : [`${LEFT + (index + 0.5) * step},${yOf(p50 / slowest)}`]))
          .join(' ')}
      />
      {days.map(
        ({ day, p50 }, index) =>
          p50 !== null && (
            <circle
              key={day}
              class="statistics-dot"
              cx={LEFT + (index + 0.5) * step}
              cy={yOf(p50 / slowest)}
              r={days.length > 40 ? 1.5 : 3}
            />
          ),
      )}
      {days.some(({ p50 }) => p50 !== null) && (
        <text class="statistics-name" x={WIDTH - RIGHT + 6} y={TOP} dominant-baseline="hanging">
          {took(slowest)}
        </text>
      )}
    </>
  );
}
