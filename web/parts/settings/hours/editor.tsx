import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { type Hours, MOST_SCHEDULES } from '../../../../src/domain/schedule.ts';
import { dayFault, isWhole, nameFault, tidyHours, weekFaults } from '../../../core/week.ts';
import { Button } from '../../../kit/button.tsx';
import type { HoursModel, NamedHours, Schedules } from '../../../settings-models/hours.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import { useLeaving } from '../kit/leaving.tsx';
import { tell } from '../kit/notice.tsx';
import { StepTitle } from '../kit/step-title.tsx';
import { DatesCard } from './dates.tsx';
import { Preview } from './preview.tsx';
import { WeekTable } from './week-table.tsx';
import { ownZone, ZoneChoice } from './zone-choice.tsx';

const LONGEST_NAME = 60;
const LIST = addressOf('hours').slice(1);

/** One schedule: its name, zone, week and days, with what they come to. It is stored at once. */
export function Editor({
  model,
  schedules,
  stored,
}: {
  model: HoursModel;
  schedules: Schedules;
  stored: NamedHours | undefined;
}): JSX.Element {
  const base = useMemo(() => stored ?? { name: '', hours: FRESH() }, []);
  // Channels and users have it by its name, so one that is stored keeps that.
  const name = useSignal(base.name);
  const hours = useSignal(base.hours);
  const isTried = useSignal(false);
  const isDone = useSignal(false);
  const { isBusy, problem, run, forget } = useAct();
  const { ask, dialog } = useAsk();
  const isChanged = useComputed(
    () => !isDone.value && (name.value !== base.name || keyOf(hours.value) !== keyOf(base.hours)),
  );
  const leaving = useLeaving(isChanged, () => {
    isDone.value = true;
  });
  const faults = weekFaults(hours.value.week);
  const isFaulty = !isWhole(faults) || Object.values(hours.value.exceptions).some((one) => dayFault(one));
  const names = schedules.all.map((one) => one.name);
  const faultOfName = nameFault(name.value.trim(), base.name, names);
  const nameProblem = isTried.value && faultOfName ? t(`hours.${faultOfName}`, { most: MOST_SCHEDULES }) : '';
  const change = (next: Partial<Hours>) => {
    hours.value = { ...hours.value, ...next };
    forget();
  };
  const leave = (words: string) => {
    isDone.value = true;
    tell(words);
    navigate(LIST);
  };
  const save = async () => {
    isTried.value = true;
    if (isFaulty || faultOfName) return focusProblem();
    const isSaved = await run(() => model.save(name.value.trim(), tidyHours(hours.value)));
    if (isSaved) leave(t('settings.saved'));
  };
  const remove = () =>
    ask({
      title: t('hours.delete', { name: base.name }),
      text: <p>{t('hours.delete-means')}</p>,
      yes: t('settings.delete'),
      async act() {
        await model.remove(base.name);
        leave(t('hours.deleted', { name: base.name }));
      },
    });
  return (
    <>
      <a class="roles-link" href={addressOf('hours')}>
        ‹ {t('hours.list')}
      </a>
      <StepTitle>{stored?.name ?? t('hours.new')}</StepTitle>
      <Card title={t(stored ? 'hours.zone' : 'hours.clock')}>
        {!stored && (
          <Field
            label={t('hours.name')}
            value={name.value}
            problem={nameProblem}
            maxLength={LONGEST_NAME}
            onText={(text) => {
              name.value = text;
              forget();
            }}
          />
        )}
        <ZoneChoice
          label={t('hours.zone')}
          zone={hours.value.zone}
          hint={t('hours.zone-hint')}
          onChoose={(zone) => change({ zone })}
        />
      </Card>
      <WeekTable week={hours.value.week} faults={faults} onChange={(week) => change({ week })} />
      <DatesCard dates={hours.value.exceptions} onChange={(exceptions) => change({ exceptions })} />
      {!isFaulty && <Preview hours={hours.value} />}
      <div class={`roles-bar${isChanged.value ? ' is-pinned' : ''}`}>
        {problem && <p role="alert">{problem}</p>}
        <p>{t(isChanged.value ? 'pipelines.unsaved' : 'roles.all-saved')}</p>
        {stored && <Button onClick={remove}>{t('settings.delete')}</Button>}
        <Button look="main" aria-disabled={isBusy || !isChanged.value} onClick={() => isChanged.peek() && void save()}>
          {t('settings.save')}
        </Button>
      </div>
      {dialog}
      {leaving}
    </>
  );
}

/** An office, in the zone of who makes it. */
const FRESH = (): Hours => ({
  zone: ownZone(),
  week: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00'] as const]])),
  exceptions: {},
});

function keyOf(hours: Hours): string {
  return JSON.stringify(tidyHours(hours));
}
