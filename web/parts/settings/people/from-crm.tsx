import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { PeopleModel, Refreshed } from '../../../settings-models/people.ts';
import { timeOfDay } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAct } from '../kit/act.ts';
import { Card } from '../kit/card.tsx';
import { Problem } from '../kit/note.tsx';

/** Who keeps the list, if a CRM pushes its users; and reading again what it pushed. */
export function FromCrm({ people }: { people: PeopleModel }): JSX.Element {
  const refreshed = useSignal<Refreshed | undefined>(undefined);
  const { isBusy, problem, run } = useAct();
  const refresh = () =>
    run(async () => {
      refreshed.value = await people.refresh();
    });
  return (
    <Card title={t('people.crm')} hint={t('people.crm-how')}>
      <div class="settings-buttons">
        <Button aria-disabled={isBusy} onClick={() => void refresh()}>
          {t('people.refresh')}
        </Button>
      </div>
      <p role="status" class="settings-hint">
        {refreshed.value && t('people.refreshed', { ...refreshed.value, time: timeOfDay(refreshed.value.at) })}
      </p>
      <Problem words={problem} />
    </Card>
  );
}
