import type { JSX } from 'preact';
import { useId, useRef } from 'preact/hooks';
import type { Interval } from '../../../../src/domain/schedule.ts';
import { movedTime, tidyTime } from '../../../core/typed-time.ts';
import { type DayFault, passesMidnight, withInterval, withMore, withoutInterval } from '../../../core/week.ts';
import { IconButton } from '../../../kit/button.tsx';
import { watchFocus } from '../../../kit/focus.ts';
import { t } from '../../../words/words.ts';
import { noteOf } from '../kit/note.tsx';

const STEP_MINUTES = 15;

/** The hours of one day, each with its two times. `day` is what they are called by. */
export function Intervals({
  day,
  intervals,
  fault,
  onChange,
}: {
  day: string;
  intervals: readonly Interval[];
  fault: DayFault | undefined;
  onChange: (intervals: readonly Interval[]) => void;
}): JSX.Element {
  const id = useId();
  const room = useRef<HTMLDivElement>(null);
  const { attributes, note } = noteOf(id, { problem: fault && t(`hours.fault-${fault}`) });
  const focusLast = (of: string) => {
    const isLeft = watchFocus();
    requestAnimationFrame(() => {
      if (!isLeft()) [...(room.current?.querySelectorAll<HTMLElement>(of) ?? [])].at(-1)?.focus();
    });
  };
  const add = () => {
    onChange(withMore(intervals));
    focusLast('.hours-interval input:first-of-type');
  };
  const remove = (index: number) => {
    onChange(withoutInterval(intervals, index));
    // What was pressed is gone.
    focusLast('[data-add]');
  };
  return (
    <div class="hours-intervals" ref={room}>
      {intervals.length === 0 && <span class="settings-hint">{t('hours.closed')}</span>}
      {intervals.map((interval, index) => {
        const [from, to] = interval;
        const put = (next: Interval) => onChange(withInterval(intervals, index, next));
        const number = index + 1;
        return (
          <span key={index} class="hours-interval">
            <Time
              label={t('hours.from', { day, number })}
              time={from}
              attributes={attributes}
              onTime={(time) => put([time, to])}
            />
            <span aria-hidden="true">–</span>
            <Time
              label={t('hours.to', { day, number })}
              time={to}
              attributes={attributes}
              onTime={(time) => put([from, time])}
            />
            {passesMidnight(interval) && <small>{t('hours.next-day')}</small>}
            <IconButton icon="close" label={t('hours.remove', { day, from, to })} onClick={() => remove(index)} />
          </span>
        );
      })}

      <button type="button" class="link" data-add aria-label={t('hours.add-to', { day })} onClick={add}>
        + {t('hours.add')}
      </button>
      {note}
    </div>
  );
}

/** A time as it is typed. It is made tidy when it is left; arrows move it. */
function Time({
  label,
  time,
  attributes,
  onTime,
}: {
  label: string;
  time: string;
  attributes: ReturnType<typeof noteOf>['attributes'];
  onTime: (time: string) => void;
}): JSX.Element {
  return (
    <input
      class="field hours-time"
      type="text"
      inputMode="numeric"
      autocomplete="off"
      maxLength={7}
      aria-label={label}
      {...attributes}
      value={time}
      onInput={(event) => onTime(event.currentTarget.value)}
      onBlur={(event) => onTime(tidyTime(event.currentTarget.value))}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        onTime(movedTime(event.currentTarget.value, event.key === 'ArrowUp' ? STEP_MINUTES : -STEP_MINUTES));
      }}
    />
  );
}
