import type { JSX } from 'preact';
import { Icon } from '../../../kit/icon.tsx';
import type { Progress } from '../../../settings-models/start.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useEvery } from '../kit/every.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { IntoChats } from './into-chats.tsx';
import { type Step, stepsOf } from './steps.ts';

/** A message may come at any moment. */
const EVERY_MS = 5_000;

/** What is still to do, in order, as the server has it; and the way into the chats. */
export function Start({ settings }: ScreenProps): JSX.Element {
  const { progress } = settings.start;
  useEvery(
    async () => {
      const state = progress.state.peek();
      if (state.kind === 'ready' && !state.value.hasMessage) await progress.reload();
    },
    () => EVERY_MS,
  );
  return (
    <Ready of={progress}>
      {(now) => (
        <>
          <Steps progress={now} />
          <IntoChats people={now.people} model={settings.people} />
        </>
      )}
    </Ready>
  );
}

function Steps({ progress }: { progress: Progress }): JSX.Element {
  const steps = stepsOf(progress);
  const next = steps.find(({ isDone, isOptional }) => !isDone && !isOptional);
  return (
    <section class="settings-card">
      {next ? <p class="settings-hint">{t('start.what')}</p> : <h2>{t('start.ready')}</h2>}
      <ol class="steps">
        {steps.map((step, index) => (
          <StepLine key={step.title} step={step} number={index + 1} isNext={step === next} />
        ))}
      </ol>
    </section>
  );
}

function StepLine({ step, number, isNext }: { step: Step; number: number; isNext: boolean }): JSX.Element {
  const { screen, title, more, isDone, isOptional, problem } = step;
  return (
    <li
      class={isDone ? 'step step-done' : isNext ? 'step step-next' : 'step'}
      aria-current={isNext ? 'step' : undefined}
    >
      <span class="step-mark">{isDone ? <Icon name="check" /> : number}</span>
      <a class="step-link" href={addressOf(screen)}>
        {title}
        {isOptional && !isDone && <small> ({t('settings.optional')})</small>}
        {isDone && <span class="hidden-words">: {t('start.done')}</span>}
      </a>
      <span class="step-more">{more}</span>
      {problem && <span class="settings-problem">{problem}</span>}
    </li>
  );
}
