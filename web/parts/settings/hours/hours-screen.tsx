import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { openNow } from '../../../core/open-days.ts';
import { now as clock } from '../../../kit/clock.ts';
import { Icon } from '../../../kit/icon.tsx';
import type { HoursModel, Schedules } from '../../../settings-models/hours.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Editor } from './editor.tsx';
import { openWords, weekWords } from './words.ts';
import { ZoneChoice } from './zone-choice.tsx';

/** In the address, the name of a schedule that is not made yet. No schedule can have it. */
const NEW = ' new';

/** The schedules of the account, or one of them (`<name>`). */
export function HoursScreen({ settings: { hours }, path: [name] }: ScreenProps): JSX.Element {
  return (
    <Ready of={hours.schedules}>
      {(schedules) => {
        if (name === undefined) return <List model={hours} schedules={schedules} />;
        const found = schedules.all.find((one) => one.name === name);
        if (found || name === NEW) return <Editor key={name} model={hours} schedules={schedules} stored={found} />;
        return <List model={hours} schedules={schedules} />;
      }}
    </Ready>
  );
}

function List({ model, schedules: { all, zone } }: { model: HoursModel; schedules: Schedules }): JSX.Element {
  return (
    <>
      <p class="settings-hint">{t('hours.how')}</p>
      {all.length === 0 && <p>{t('hours.none')}</p>}
      <ul class="roles-channels">
        {all.map(({ name, hours }) => (
          <li key={name}>
            <a class="roles-channel" href={addressOf('hours', name)}>
              <Icon name="clock" />
              <span class="roles-channel-words">
                <bdi class="roles-channel-name">{name}</bdi>
                <span class="settings-hint">{weekWords(hours)}</span>
                <span class="settings-hint">{openWords(openNow(hours, clock.value))}</span>
              </span>
              <Icon name="right" />
            </a>
          </li>
        ))}
      </ul>
      <div class="settings-buttons">
        <a class="button button-main" href={addressOf('hours', NEW)}>
          {t('hours.new')}
        </a>
      </div>
      <StatisticsZone model={model} zone={zone} />
    </>
  );
}

function StatisticsZone({ model, zone }: { model: HoursModel; zone: string }): JSX.Element {
  const { problem, run } = useAct();
  const wanted = useSignal(zone);
  const change = async (next: string) => {
    wanted.value = next;
    if (await run(() => model.setZone(next))) tell(t('settings.saved'));
    else wanted.value = zone;
  };
  return (
    <Card title={t('hours.statistics')}>
      <ZoneChoice
        label={t('hours.statistics-zone')}
        zone={wanted.value}
        problem={problem}
        onChoose={(next) => void change(next)}
      />
    </Card>
  );
}
