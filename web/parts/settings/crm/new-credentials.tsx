import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { Draft } from '../../../settings-models/channels.ts';
import type { CrmModel } from '../../../settings-models/crm.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { CredentialFields } from '../kit/credential-fields.tsx';
import { focusProblem } from '../kit/focus.ts';
import type { Problem } from '../kit/guide-step.ts';
import { useIsHere } from '../kit/is-here.ts';
import { tell } from '../kit/notice.tsx';
import { lookedAt, tidied } from '../kit/pasted.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { type CrmGuide, fieldsOf } from './guides/guide.ts';
import { ProblemBox } from './problem-box.tsx';
import { problemOf } from './refusal.ts';

/** New credentials of the same account, tried before they are stored. */
export function NewCredentials({ model, guide }: { model: CrmModel; guide: CrmGuide }): JSX.Element {
  const draft = useSignal<Draft>({});
  const problem = useSignal<Problem | undefined>(undefined);
  const isBusy = useSignal(false);
  const isHere = useIsHere();
  const fields = fieldsOf(guide);
  const { name } = guide;

  useLayoutEffect(() => {
    if (problem.value?.field) focusProblem();
  }, [problem.value]);

  const give = async () => {
    if (isBusy.value) return;
    problem.value = lookedAt(fields, draft.value);
    if (problem.value) return;
    isBusy.value = true;
    const outcome = await model.change({ credentials: tidied(fields, draft.value) });
    isBusy.value = false;
    if (outcome.kind === 'refused') {
      problem.value = problemOf(guide, outcome.refusal);
      if (!isHere.current) tell(problem.value.words);
      return;
    }
    draft.value = {};
    const { authorizeUrl } = outcome.value;
    if (authorizeUrl !== undefined && !guide.install && isHere.current) return location.assign(authorizeUrl);
    if (isHere.current) navigate(addressOf('crm'));
    tell(t('crm.credentials-done', { crm: name }));
  };

  const { value: shown } = problem;
  return (
    <form
      class="settings-card channel-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      <p class="channel-count">
        <MessengerMark chatType={name} />
        {name}
      </p>
      <StepTitle>{t('channels.new-credentials')}</StepTitle>
      <p class="settings-hint">{t('crm.credentials-what', { crm: name })}</p>
      <CredentialFields
        fields={fields}
        draft={draft.value}
        problem={shown}
        onText={(field, text) => {
          draft.value = { ...draft.value, [field]: text };
          if (shown?.field === field) problem.value = undefined;
        }}
      />
      {shown && shown.field === undefined && <ProblemBox problem={shown} />}
      <div class="settings-buttons">
        <a class="button button-plain" href={addressOf('crm')}>
          {t('channels.back')}
        </a>
        <Button look="main" type="submit" aria-disabled={isBusy.value}>
          {t('channels.check-credentials')}
        </Button>
        <span role="status">{isBusy.value && t('crm.checking', { crm: name })}</span>
      </div>
    </form>
  );
}
