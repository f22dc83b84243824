import type { JSX } from 'preact';
import { WEEKDAYS } from '../../../src/domain/schedule.ts';
import { heatOf, shadeOf } from '../../core/statistics.ts';
import type { StatisticsRow } from '../../settings-models/statistics.ts';
import { number } from '../../words/times.ts';
import { t } from '../../words/words.ts';
import { weekdayName } from '../settings/kit/weekday.ts';
import { Figure } from './figure.tsx';

const LEFT = 40;
const TOP = 18;
const CELL = 28;
const HOURS = 24;
const EVERY_HOURS = 3;

/** When clients write: the waits that began in each hour of each weekday. */
export function HeatMap({ rows }: { rows: readonly StatisticsRow[] }): JSX.Element {
  const { cells, most } = heatOf(rows);
  const names = WEEKDAYS.map((day) => weekdayName(day, 'short'));
  const day = cells.findIndex((hours) => hours.includes(most));
  const hour = cells[day]?.indexOf(most) ?? 0;
  const says =
    most === 0
      ? t('statistics.nothing')
      : t('statistics.heat-says', { day: names[day]!, hour: hourName(hour), count: most });
  const hours = Array.from({ length: HOURS }, (_, index) => index);
  return (
    <Figure
      title={t('statistics.by-hour')}
      says={says}
      drawing={
        <svg viewBox={`0 0 ${LEFT + HOURS * CELL} ${TOP + 7 * CELL}`} role="img" aria-label={says}>
          {hours
            .filter((index) => index % EVERY_HOURS === 0)
            .map((index) => (
              <text key={index} class="statistics-name" x={LEFT + index * CELL} y={TOP - 6}>
                {hourName(index)}
              </text>
            ))}
          {cells.map((row, weekday) => (
            <g key={names[weekday]}>
              <text class="statistics-name" x={0} y={TOP + (weekday + 0.5) * CELL} dominant-baseline="middle">
                {names[weekday]}
              </text>
              {row.map((waits, index) => (
                <rect
                  key={hourName(index)}
                  class={`statistics-cell is-${shadeOf(waits, most)}`}
                  x={LEFT + index * CELL + 1}
                  y={TOP + weekday * CELL + 1}
                  width={CELL - 2}
                  height={CELL - 2}
                  rx={3}
                >
                  <title>{`${names[weekday]} ${hourName(index)}: ${number(waits)}`}</title>
                </rect>
              ))}
            </g>
          ))}
        </svg>
      }
      head={[t('statistics.hour'), ...names]}
      rows={hours.map((index) => [hourName(index), ...cells.map((row) => number(row[index] ?? 0))])}
    />
  );
}

function hourName(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
