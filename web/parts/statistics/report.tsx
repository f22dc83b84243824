import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { dayCounts } from '../../core/statistics.ts';
import { Button } from '../../kit/button.tsx';
import type { Report, StatisticsModel } from '../../settings-models/statistics.ts';
import { t } from '../../words/words.ts';
import { useAct } from '../settings/kit/act.ts';
import { Choice } from '../settings/kit/choice.tsx';
import { Ready } from '../settings/kit/ready.tsx';
import { Switch } from '../settings/kit/switch.tsx';
import { DaysChart } from './days-chart.tsx';
import { HeatMap } from './heat-map.tsx';
import { saveText } from './save-text.ts';
import { Tiles } from './tiles.tsx';
import { type People, UsersTable } from './users-table.tsx';
import { shortDay } from './words.ts';

const PERIODS = [7, 30, 90, 365];

/** How long clients waited for answers, and who answered them: what the reader may know of it. */
export function StatisticsReport({
  statistics,
  channels,
  people,
}: {
  statistics: StatisticsModel;
  /** The names of the channels that can be chosen. */
  channels: ReadonlyMap<string, string>;
  people: People;
}): JSX.Element {
  const days = useSignal(7);
  const channelId = useSignal('');
  const isWorking = useSignal(false);
  const asked = { days: days.value, ...(channelId.value && { channelId: channelId.value }) };
  const report = useMemo(() => statistics.of(asked), [statistics, days.value, channelId.value]);
  const { isBusy, problem, run } = useAct();
  const save = () => run(async () => saveText('statistics.csv', await statistics.csv(asked, 'user')));
  return (
    <div class="statistics">
      <div class="statistics-filters">
        <Choice
          label={t('statistics.period')}
          value={`${days.value}`}
          options={PERIODS.map((count) => ({ value: `${count}`, label: t('statistics.last-days', { count }) }))}
          onChoose={(value) => {
            days.value = Number(value);
          }}
        />
        <Choice
          label={t('statistics.channel')}
          value={channelId.value}
          options={[
            { value: '', label: t('statistics.all-channels') },
            ...[...channels].map(([value, label]) => ({ value, label })),
          ]}
          onChoose={(value) => {
            channelId.value = value;
          }}
        />
      </div>
      <Switch
        label={t('statistics.working')}
        hint={t('statistics.working-hint')}
        isOn={isWorking.value}
        onChange={(isOn) => {
          isWorking.value = isOn;
        }}
      />
      <Ready of={report}>{(ready) => <Shown report={ready} people={people} isWorking={isWorking.value} />}</Ready>
      <div class="settings-buttons">
        <Button icon="download" aria-disabled={isBusy} onClick={() => void save()}>
          {t('statistics.csv')}
        </Button>
      </div>
      {problem && <p role="alert">{problem}</p>}
    </div>
  );
}

function Shown({ report, people, isWorking }: { report: Report; people: People; isWorking: boolean }): JSX.Element {
  const { period, zone, isExact, all } = report;
  const dates = t('statistics.dates', { from: shortDay(period.from), to: shortDay(period.to), zone });
  return (
    <>
      <p class="settings-hint">
        {dates} {t('statistics.counted', { count: all.waits })} {!isExact && t('statistics.about')}
      </p>
      <Tiles report={report} isWorking={isWorking} />
      <DaysChart days={dayCounts(period, report.days, isWorking)} />
      <HeatMap rows={report.hours} />
      <UsersTable rows={report.users} people={people} isWorking={isWorking} />
    </>
  );
}
