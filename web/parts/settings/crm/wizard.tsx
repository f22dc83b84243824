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
import { WhatToDo } from '../kit/what-to-do.tsx';
import { type CrmGuide, fieldsOf } from './guides/guide.ts';
import { ProblemBox } from './problem-box.tsx';
import { problemOf } from './refusal.ts';

interface WizardProps {
  readonly model: CrmModel;
  readonly guide: CrmGuide;
  /** The name of the step in the address. */
  readonly at: string | undefined;
}

/** Connects a CRM, one step a screen. What is typed in stays until the connection is there. */
export function Wizard({ model, guide, at }: WizardProps): JSX.Element {
  const problem = useSignal<Problem | undefined>(undefined);
  const isBusy = useSignal(false);
  const isHere = useIsHere();
  const { crm, name, steps } = guide;
  const draft = model.draftOf(crm);
  const wanted = steps.findIndex((one) => one.name === at);
  const index = Math.min(Math.max(0, wanted), furthest(guide, draft));
  const step = steps[index]!;
  const isLast = index === steps.length - 1;
  const go = (to: number) => navigate(addressOf('crm', 'new', crm, steps[to]!.name));

  // A refusal leads to its field. Every other step begins with its title.
  useLayoutEffect(() => {
    if (problem.value?.field) focusProblem();
  }, [problem.value, index]);

  const refuse = (next: Problem) => {
    problem.value = next;
    const to = steps.findIndex(({ fields = [] }) => fields.some((field) => field.name === next.field));
    if (to >= 0 && to !== index) go(to);
  };
  const connect = async () => {
    isBusy.value = true;
    const outcome = await model.connect(crm, tidied(fieldsOf(guide), draft));
    isBusy.value = false;
    if (outcome.kind === 'refused') {
      const refused = problemOf(guide, outcome.refusal);
      return isHere.current ? refuse(refused) : tell(refused.words);
    }
    const { authorizeUrl, state } = outcome.value;
    // Who installs something there lets Konvert in by that.
    if (authorizeUrl !== undefined && !guide.install && isHere.current) location.assign(authorizeUrl);
    else if (isHere.current) navigate(addressOf('crm'));
    if (state === 'active' || state === 'degraded') tell(t('crm.is-there', { crm: name }));
  };
  const next = () => {
    if (isBusy.value) return;
    const wrong = lookedAt(step.fields ?? [], draft);
    problem.value = undefined;
    if (wrong) refuse(wrong);
    else if (isLast) void connect();
    else go(index + 1);
  };
  const { value: shown } = problem;
  return (
    <form
      class="settings-card channel-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <p class="channel-count">
        <MessengerMark chatType={name} />
        {t('crm.step', { crm: name, number: index + 1, count: steps.length })}
      </p>
      <StepTitle>{t(step.title)}</StepTitle>
      <WhatToDo step={step} />
      <CredentialFields
        fields={step.fields ?? []}
        draft={draft}
        problem={shown}
        onText={(field, text) => {
          model.setDraft(crm, { ...model.draftOf(crm), [field]: text });
          if (problem.value?.field === field) problem.value = undefined;
        }}
      />
      {shown && shown.field === undefined && <ProblemBox problem={shown} />}
      <div class="settings-buttons">
        <a
          class="button button-plain"
          href={index === 0 ? addressOf('crm') : addressOf('crm', 'new', crm, steps[index - 1]!.name)}
        >
          {t('channels.back')}
        </a>
        <Button look="main" type="submit" aria-disabled={isBusy.value}>
          {t(isLast ? 'channels.check' : 'channels.next')}
        </Button>
        <span role="status">{isBusy.value && t('crm.checking', { crm: name })}</span>
      </div>
    </form>
  );
}

/** The furthest step before which nothing is missing, as it is after a reload. */
function furthest({ steps }: CrmGuide, draft: Draft): number {
  const missing = steps.findIndex(({ fields = [] }) => lookedAt(fields, draft) !== undefined);
  return missing < 0 ? steps.length - 1 : missing;
}
