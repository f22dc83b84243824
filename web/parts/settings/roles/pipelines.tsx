import { useComputed, useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { ownId } from '../../../core/own-id.ts';
import { channelsThatLose, nameless, trimmed } from '../../../core/pipelines.ts';
import { randomId } from '../../../core/random-id.ts';
import { Button } from '../../../kit/button.tsx';
import type { Pipeline, RolesModel, Team } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAct } from '../kit/act.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import type { Connector } from '../kit/connector.ts';
import { focusProblem } from '../kit/focus.ts';
import { useLeaving } from '../kit/leaving.tsx';
import { tell } from '../kit/notice.tsx';
import { StepTitle } from '../kit/step-title.tsx';
import { PipelineCard } from './pipeline-card.tsx';

/** What stands in the address in the place of a channel. */
export const PIPELINES = 'pipelines';

/** The pipelines and their stages, for a company whose CRM does not keep them. */
export function Pipelines({
  roles,
  team,
  connector,
}: {
  roles: RolesModel;
  team: Team;
  connector: Connector | null | undefined;
}): JSX.Element {
  const isOpen = useSignal(!team.isKeptByCrm);
  return (
    <>
      <a class="roles-link" href={addressOf('roles')}>
        ‹ {t('channels.to-list')}
      </a>
      <StepTitle>{t('pipelines.title')}</StepTitle>
      {connector === null && <p class="settings-hint">{t('pipelines.how')}</p>}
      {connector === null && team.isKeptByCrm && isOpen.value && <p>{t('pipelines.kept-by-crm')}</p>}
      {connector === null && isOpen.value ? (
        <Editor roles={roles} team={team} />
      ) : (
        <section class="settings-card" aria-label={t('pipelines.title')}>
          <p>{connector ? t('crm.keeps-pipelines', { crm: connector.name }) : t('pipelines.kept-by-crm')}</p>
          <ul class="roles-told">
            {team.pipelines.map(({ id, name, stages = [] }) => (
              <li key={id}>
                <b dir="auto">{name}</b>
                {stages.length > 0 && ` — ${stages.map((stage) => stage.name).join(' → ')}`}
              </li>
            ))}
          </ul>
          {connector === null && (
            <div class="settings-buttons">
              <Button
                onClick={() => {
                  isOpen.value = true;
                }}
              >
                {t('pipelines.edit-anyway')}
              </Button>
            </div>
          )}
        </section>
      )}
    </>
  );
}

function Editor({ roles, team }: { roles: RolesModel; team: Team }): JSX.Element {
  const before = useSignal(team.pipelines);
  const mine = useSignal(team.pipelines);
  const isTried = useSignal(false);
  const isOvertaken = useSignal(false);
  const isChanged = useComputed(() => JSON.stringify(mine.value) !== JSON.stringify(before.value));
  const act = useAct();
  const { ask, dialog } = useAsk();
  const drop = (to: readonly Pipeline[]) => {
    before.value = to;
    mine.value = to;
    isTried.value = false;
    isOvertaken.value = false;
  };
  const leaving = useLeaving(isChanged, () => drop(before.value));
  const missing = nameless(mine.value);

  const store = async (from: readonly Pipeline[]) => {
    const sent = mine.value;
    const after = trimmed(sent);
    const answer = await roles.savePipelines(from, after);
    if (answer.kind === 'refused') throw new Error(answer.words);
    isOvertaken.value = answer.kind === 'changed';
    if (answer.kind === 'changed') return;
    // What was written while it was saved stays, and is not saved yet.
    const later = mine.value === sent ? after : mine.value;
    drop(after);
    mine.value = later;
    tell(t('settings.saved'));
  };
  const save = async (from = before.value) => {
    isTried.value = true;
    if (missing.size > 0) {
      focusProblem();
      return;
    }
    const losing = channelsThatLose(team.channels, before.value, mine.value);
    if (losing.length === 0) {
      await act.run(() => store(from));
      return;
    }
    ask({
      title: t('pipelines.ask'),
      text: losing.map(({ channelId, name }) => <p key={channelId}>{t('pipelines.in-use', { name })}</p>),
      yes: t('settings.save'),
      act: () => store(from),
    });
  };
  return (
    <>
      {mine.value.map((pipeline) => (
        <PipelineCard
          key={pipeline.id}
          pipeline={pipeline}
          missing={isTried.value ? missing : new Set()}
          onChange={(next) => {
            mine.value = mine.value.flatMap((one) => (one.id === pipeline.id ? (next ? [next] : []) : [one]));
          }}
        />
      ))}
      <div class="settings-buttons">
        <Button
          icon="plus"
          onClick={() => {
            const stage = { id: ownId(randomId()), name: '' };
            mine.value = [...mine.value, { id: ownId(randomId()), name: '', stages: [stage] }];
          }}
        >
          {t('pipelines.add')}
        </Button>
      </div>
      {isOvertaken.value && (
        <Card title={t('pipelines.overtaken')} hint={t('pipelines.overtaken-means')}>
          <div class="settings-buttons">
            <Button onClick={() => drop(team.pipelines)}>{t('roles.take-theirs')}</Button>
            <Button onClick={() => void save(team.pipelines)}>{t('pipelines.replace')}</Button>
          </div>
        </Card>
      )}
      <div class={`roles-bar${isChanged.value ? ' is-pinned' : ''}`}>
        {act.problem && <p role="alert">{act.problem}</p>}
        <p>{t(isChanged.value ? 'pipelines.unsaved' : 'roles.all-saved')}</p>
        <Button aria-disabled={!isChanged.value || act.isBusy} onClick={() => drop(before.value)}>
          {t('roles.drop')}
        </Button>
        <Button
          look="main"
          aria-disabled={!isChanged.value || act.isBusy}
          onClick={() => isChanged.value && void save()}
        >
          {t('settings.save')}
        </Button>
      </div>
      {dialog}
      {leaving}
    </>
  );
}
