import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { type Hours, MOST_DATES } from '../../../../src/domain/schedule.ts';
import { dateFault, dayFault } from '../../../core/week.ts';
import { Button, IconButton } from '../../../kit/button.tsx';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { focusProblem, keepFocus } from '../kit/focus.ts';
import { noteOf } from '../kit/note.tsx';
import { Intervals } from './intervals.tsx';
import { dateName } from './words.ts';

type Dates = Hours['exceptions'];

/** Days that are otherwise than their day of the week: closed, or with hours of their own. */
export function DatesCard({ dates, onChange }: { dates: Dates; onChange: (dates: Dates) => void }): JSX.Element {
  const remove = (date: string) => {
    const { [date]: _, ...others } = dates;
    onChange(others);
    keepFocus();
  };
  return (
    <Card title={t('hours.dates')} hint={t('hours.dates-hint')}>
      <ul class="hours-week">
        {Object.keys(dates)
          .sort()
          .map((date) => (
            <li key={date} class="hours-day">
              <b>{dateName(date)}</b>
              <Intervals
                day={dateName(date)}
                intervals={dates[date] ?? []}
                fault={dayFault(dates[date] ?? [])}
                onChange={(intervals) => onChange({ ...dates, [date]: intervals })}
              />
              <IconButton
                icon="close"
                label={t('hours.remove-date', { date: dateName(date) })}
                onClick={() => remove(date)}
              />
            </li>
          ))}
      </ul>
      <AddDate dates={dates} onChange={onChange} />
    </Card>
  );
}

/** A day that is added is closed until it gets hours, as most holidays are. */
function AddDate({ dates, onChange }: { dates: Dates; onChange: (dates: Dates) => void }): JSX.Element {
  const id = useId();
  const date = useSignal('');
  const problem = useSignal('');
  const { attributes, note } = noteOf(id, { problem: problem.value });
  const add = () => {
    const fault = dateFault(date.value, dates);
    problem.value = fault ? t(`hours.${fault}`, { most: MOST_DATES }) : '';
    if (fault) return focusProblem();
    onChange({ ...dates, [date.value]: [] });
    date.value = '';
  };
  return (
    <form
      class="hours-add-date"
      onSubmit={(event) => {
        event.preventDefault();
        add();
      }}
    >
      <label for={id}>{t('hours.date')}</label>
      <input
        id={id}
        class="field"
        type="date"
        value={date.value}
        {...attributes}
        onInput={(event) => {
          date.value = event.currentTarget.value;
          problem.value = '';
        }}
      />
      <Button type="submit">{t('hours.add-date')}</Button>
      {note}
    </form>
  );
}
