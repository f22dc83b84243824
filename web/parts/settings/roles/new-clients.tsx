import type { JSX } from 'preact';
import { isForEverySeller, peopleFault, placeFault, withPipeline } from '../../../core/chosen.ts';
import type { ChannelDraft, Mode, Team } from '../../../settings-models/roles.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { Choice } from '../kit/choice.tsx';
import { PIPELINES } from './pipelines.tsx';
import { Warning } from './warning.tsx';

const MODES: readonly Mode[] = ['round-robin', 'first-reply', 'unsorted'];

/** How new clients are given out, and where their deals begin. What is missing is asked for once a save was tried. */
export function NewClients({
  draft,
  team,
  isTried,
  hasUnsorted,
}: {
  draft: ChannelDraft;
  team: Team;
  isTried: boolean;
  /** Whether a CRM with an inbox of enquiries is connected (D5). */
  hasUnsorted: boolean;
}): JSX.Element {
  const mine = draft.mine.value;
  const fault = peopleFault(mine);
  // What is chosen already stays to be seen, with what it comes to.
  const modes = MODES.filter((mode) => mode !== 'unsorted' || hasUnsorted || mine.mode === mode);
  return (
    <Card title={t('roles.new-clients')}>
      <fieldset class="roles-modes">
        <legend class="hidden-words">{t('roles.new-clients')}</legend>
        {modes.map((mode) => (
          <label key={mode} class="roles-mode">
            <input
              type="radio"
              name="mode"
              checked={mine.mode === mode}
              onChange={() => draft.change({ ...draft.mine.value, mode })}
            />
            <span>
              <b>{t(`roles.mode-${mode}`)}</b>
              <small class="settings-hint">
                {t(mode === 'unsorted' && !hasUnsorted ? 'roles.mode-unsorted-lacks' : `roles.mode-${mode}-means`)}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <div role="status">
        {fault && <Warning>{t(`roles.fault-${fault}`)}</Warning>}
        {isForEverySeller(mine) && <p class="settings-hint">{t('roles.every-seller')}</p>}
      </div>
      <WhereDealsBegin draft={draft} team={team} isTried={isTried} />
    </Card>
  );
}

function WhereDealsBegin({ draft, team, isTried }: { draft: ChannelDraft; team: Team; isTried: boolean }): JSX.Element {
  const { pipelines } = team;
  const mine = draft.mine.value;
  const { pipelineId = '', stageId = '' } = mine.place;
  const pipeline = pipelines.find(({ id }) => id === pipelineId);
  const stages = pipeline?.stages ?? [];
  const fault = placeFault(mine, pipelines);
  const problem = fault && (isTried || fault.endsWith('gone')) ? t(`roles.fault-${fault}`) : '';
  if (pipelines.length === 0 && pipelineId === '') {
    return (
      <p class="settings-hint">
        {t('roles.no-pipelines')}{' '}
        <a class="roles-link" href={addressOf('roles', PIPELINES)}>
          {t('roles.make-pipelines')}
        </a>
      </p>
    );
  }
  const none = { value: '', label: t('roles.place-none') };
  const gone = (id: string) => ({ value: id, label: t('roles.gone-option', { id }) });
  const named = pipelines.map(({ id, name }) => ({ value: id, label: name }));
  const isStageGone = fault === 'stage-gone';
  return (
    <div class="roles-place">
      <Choice
        label={t('roles.pipeline')}
        value={pipelineId}
        options={[none, ...(fault === 'pipeline-gone' ? [gone(pipelineId)] : []), ...named]}
        hint={t('roles.pipeline-hint')}
        problem={fault?.startsWith('pipeline') ? problem : ''}
        onChoose={(value) =>
          draft.change(
            withPipeline(
              draft.mine.value,
              pipelines.find(({ id }) => id === value),
            ),
          )
        }
      />
      {(stages.length > 0 || isStageGone) && (
        <Choice
          label={t('roles.stage')}
          value={stageId}
          options={[
            none,
            ...(isStageGone ? [gone(stageId)] : []),
            ...stages.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          problem={fault?.startsWith('stage') ? problem : ''}
          onChoose={(value) =>
            draft.change({ ...draft.mine.value, place: { pipelineId, ...(value && { stageId: value }) } })
          }
        />
      )}
    </div>
  );
}
