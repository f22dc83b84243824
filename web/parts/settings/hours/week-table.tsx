import type { JSX } from 'preact';
import { WEEKDAYS, type Weekday } from '../../../../src/domain/schedule.ts';
import { type WeekFaults, withDay, withSame } from '../../../core/week.ts';
import { MenuButton } from '../../../kit/menu.tsx';
import type { Week } from '../../../settings-models/hours.ts';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { weekdayName } from '../kit/weekday.ts';
import { Intervals } from './intervals.tsx';

const WORKDAYS: readonly Weekday[] = WEEKDAYS.slice(0, 5);

/** The hours of each day of the week. */
export function WeekTable({
  week,
  faults,
  onChange,
}: {
  week: Week;
  faults: WeekFaults;
  onChange: (week: Week) => void;
}): JSX.Element {
  return (
    <Card title={t('hours.week')} hint={t('hours.week-hint')}>
      <ul class="hours-week">
        {WEEKDAYS.map((day) => (
          <li key={day} class="hours-day">
            <b>{weekdayName(day)}</b>
            <Intervals
              day={weekdayName(day)}
              intervals={week[day] ?? []}
              fault={faults.days[day]}
              onChange={(intervals) => onChange(withDay(week, day, intervals))}
            />
            {(week[day] ?? []).length > 0 && (
              <MenuButton
                icon="copy"
                label={t('hours.copy', { day: weekdayName(day) })}
                items={[
                  { label: t('hours.copy-workdays'), choose: () => onChange(withSame(week, day, WORKDAYS)) },
                  { label: t('hours.copy-all'), choose: () => onChange(withSame(week, day, WEEKDAYS)) },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {faults.isNeverOpen && (
        <p class="settings-problem" role="status">
          {t('hours.never')}
        </p>
      )}
    </Card>
  );
}
