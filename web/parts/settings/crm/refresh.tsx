import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import type { CrmModel, RefreshedCrm, RefreshingCrm } from '../../../settings-models/crm.ts';
import { timeOfDay } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { Card } from '../kit/card.tsx';
import { ProblemBox } from './problem-box.tsx';
import type { Spoken } from './refusal.ts';
import { useCrmChange } from './use-crm-change.ts';

/** "Refresh data from CRM", and what came of it. */
export function Refresh({
  model,
  of,
  hint = t('crm.refresh-what'),
  onDone,
}: {
  model: CrmModel;
  of: Spoken;
  hint?: string;
  onDone?: () => void;
}): JSX.Element {
  const last = useSignal<{ readonly told: RefreshedCrm | RefreshingCrm; readonly at: number } | undefined>(undefined);
  const { isBusy, problem, run } = useCrmChange(of);
  const refresh = async () => {
    last.value = undefined;
    const told = await run(() => model.refresh());
    if (!told) return;
    last.value = { told, at: Date.now() };
    onDone?.();
  };
  return (
    <Card title={t('crm.refresh')} hint={hint}>
      <div class="running-call">
        <Button aria-disabled={isBusy.value} onClick={() => void refresh()}>
          {t(isBusy.value ? 'crm.refreshing' : 'crm.refresh')}
        </Button>
        <span role="status">{last.value && refreshedWords(last.value.told, last.value.at, isGoingOn(model))}</span>
      </div>
      {problem.value && <ProblemBox problem={problem.value} />}
    </Card>
  );
}

function isGoingOn({ connection }: CrmModel): boolean {
  const { value } = connection.state;
  return value.kind === 'ready' && value.value?.refreshing === true;
}

function refreshedWords(told: RefreshedCrm | RefreshingCrm, at: number, goesOn: boolean): string {
  if ('refreshing' in told) return t(goesOn ? 'crm.refresh-goes-on' : 'crm.refresh-ended');
  const { users, pipelines } = told;
  const isSame = users.added + users.changed + users.gone === 0;
  const people = isSame ? t('crm.users-same') : t('crm.users-changed', users);
  return t('crm.refreshed', { time: timeOfDay(at), users: people, pipelines });
}
