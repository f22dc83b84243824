import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { ChannelsModel, ConnectedChannel } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { CredentialFields } from '../kit/credential-fields.tsx';
import { Field } from '../kit/field.tsx';
import { focusProblem } from '../kit/focus.ts';
import type { GuideStep, Problem } from '../kit/guide-step.ts';
import { useIsHere } from '../kit/is-here.ts';
import { tell } from '../kit/notice.tsx';
import { lookedAt, tidied } from '../kit/pasted.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { WhatToDo } from '../kit/what-to-do.tsx';
import { fieldsOf, type Guide } from './messengers/guide.ts';
import { markOf } from './messengers/guides.ts';
import { ProblemBox } from './problem-box.tsx';
import { problemOf } from './refusal.ts';
import { nameOf } from './state.tsx';

/** The last step of every messenger: what the channel is called, and the try. */
const LAST = 'name';

interface WizardProps {
  readonly channels: ChannelsModel;
  readonly guide: Guide;
  /** The name of the step in the address. */
  readonly at: string | undefined;
}

/** Connects a messenger, one step a screen. What is typed in stays until the channel is there. */
export function Wizard({ channels, guide, at }: WizardProps): JSX.Element {
  const problem = useSignal<Problem | undefined>(undefined);
  const isBusy = useSignal(false);
  const isHere = useIsHere();
  const { transport, steps } = guide;
  const draft = channels.draftOf(transport);
  const messenger = nameOf(transport);
  const names = [...steps.map(({ name }) => name), LAST];
  const index = reachable(guide, draft, names.indexOf(at ?? ''));
  const step = steps[index];
  const shown = problem.value?.field === undefined || isAt(step, problem.value.field) ? problem.value : undefined;
  const go = (to: number) => navigate(addressOf('channels', 'new', transport, names[to] ?? LAST));

  // A refusal leads to its field. Every other step begins with its title.
  useLayoutEffect(() => {
    if (problem.value?.field) focusProblem();
  }, [problem.value, index]);

  const refuse = (next: Problem) => {
    problem.value = next;
    const to = steps.findIndex((one) => next.field !== undefined && isAt(one, next.field));
    if (to >= 0 && to !== index) go(to);
  };

  const connect = async (takeOver: boolean) => {
    if (isBusy.peek()) return;
    const name = draft.name?.trim() || messenger;
    isBusy.value = true;
    problem.value = undefined;
    const outcome = await channels.connect(transport, { name, credentials: tidied(fieldsOf(guide), draft) }, takeOver);
    isBusy.value = false;
    if (outcome.kind === 'refused') {
      const refused = problemOf(guide, outcome.refusal);
      return isHere.current ? refuse(refused) : tell(refused.words);
    }
    if (isHere.current) navigate(nextOf(guide, outcome.value));
    else tell(t('channels.connected', { name }));
  };

  const next = () => {
    if (isBusy.value) return;
    const wrong = lookedAt(step?.fields ?? [], draft);
    if (wrong) refuse(wrong);
    else if (step) {
      problem.value = undefined;
      go(index + 1);
    } else void connect(false);
  };

  const write = (name: string, text: string) => {
    channels.setDraft(transport, { ...channels.draftOf(transport), [name]: text });
    if (problem.value?.field === name) problem.value = undefined;
  };

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
        <MessengerMark chatType={markOf(transport)} />
        {t('channels.step', { messenger, number: index + 1, count: names.length })}
      </p>
      <StepTitle>{t(step ? step.title : 'channels.call-it')}</StepTitle>
      {step ? (
        <>
          {index === 0 && guide.needsHttps && location.protocol !== 'https:' && (
            <p class="channel-warning">{t(guide.needsHttps, { origin: location.origin })}</p>
          )}
          <WhatToDo step={step} />
          <CredentialFields fields={step.fields ?? []} draft={draft} problem={shown} onText={write} />
        </>
      ) : (
        <>
          <p>{t('channels.call-it-how', { messenger })}</p>
          <Field
            label={t('channels.name')}
            hint={t('channels.name-hint')}
            value={draft.name ?? messenger}
            maxLength={200}
            {...(shown?.field === 'name' && { problem: shown.words })}
            onText={(text) => write('name', text)}
          />
        </>
      )}
      {shown && shown.field === undefined && <ProblemBox problem={shown} onTakeOver={() => void connect(true)} />}
      <div class="settings-buttons">
        <a
          class="button button-plain"
          href={index === 0 ? addressOf('channels', 'new') : backTo(transport, names, index)}
        >
          {t('channels.back')}
        </a>
        <Button look="main" type="submit" aria-disabled={isBusy.value}>
          {t(step ? 'channels.next' : 'channels.check')}
        </Button>
        <span role="status">{isBusy.value && t('channels.checking', { messenger })}</span>
      </div>
    </form>
  );
}

/** Where it goes on once the channel is there. */
function nextOf({ afterwards, phone }: Guide, { channelId }: ConnectedChannel): string {
  return addressOf('channels', channelId, (afterwards ?? phone)?.name ?? 'test');
}

function backTo(transport: string, names: readonly string[], index: number): string {
  return addressOf('channels', 'new', transport, names[index - 1] ?? '');
}

function isAt(step: GuideStep | undefined, field: string): boolean {
  return step ? (step.fields ?? []).some(({ name }) => name === field) : field === LAST;
}

/** The step that is asked for, or the first one before it of which something is missing, as after a reload. */
function reachable({ steps }: Guide, draft: Readonly<Record<string, string>>, wanted: number): number {
  const missing = steps.findIndex(({ fields = [] }) => lookedAt(fields, draft) !== undefined);
  const furthest = missing < 0 ? steps.length : missing;
  return Math.min(Math.max(0, wanted), furthest);
}
