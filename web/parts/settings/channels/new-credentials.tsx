import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { Channel, ChannelsModel, Draft } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { CredentialFields } from '../kit/credential-fields.tsx';
import { focusProblem } from '../kit/focus.ts';
import type { Problem } from '../kit/guide-step.ts';
import { useIsHere } from '../kit/is-here.ts';
import { tell } from '../kit/notice.tsx';
import { lookedAt, tidied } from '../kit/pasted.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { fieldsOf, type Guide } from './messengers/guide.ts';
import { markOf } from './messengers/guides.ts';
import { ProblemBox } from './problem-box.tsx';
import { problemOf } from './refusal.ts';
import { nameOf } from './state.tsx';

interface NewCredentialsProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly guide: Guide;
}

/** New credentials of the same account, tried before they are stored. */
export function NewCredentials({ channels, channel, guide }: NewCredentialsProps): JSX.Element {
  const draft = useSignal<Draft>({});
  const problem = useSignal<Problem | undefined>(undefined);
  const isBusy = useSignal(false);
  const isHere = useIsHere();
  const fields = fieldsOf(guide);
  const messenger = nameOf(channel.transport);

  useLayoutEffect(() => {
    if (problem.value?.field) focusProblem();
  }, [problem.value]);

  const give = async (takeOver: boolean) => {
    if (isBusy.value) return;
    const wrong = lookedAt(fields, draft.value);
    problem.value = wrong;
    if (wrong) return;
    isBusy.value = true;
    const credentials = tidied(fields, draft.value);
    const outcome = await channels.change(channel.channelId, { credentials, ...(takeOver && { takeOver }) });
    isBusy.value = false;
    if (outcome.kind === 'refused') {
      problem.value = problemOf(guide, outcome.refusal);
      if (!isHere.current) tell(problem.value.words);
    } else {
      draft.value = {};
      if (isHere.current) navigate(addressOf('channels', channel.channelId));
      tell(t('channels.credentials-done', { messenger }));
    }
  };

  const { value: shown } = problem;
  return (
    <form
      class="settings-card channel-step"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void give(false);
      }}
    >
      <p class="channel-count">
        <MessengerMark chatType={markOf(guide.transport)} />
        {channel.name}
      </p>
      <StepTitle>{t('channels.new-credentials')}</StepTitle>
      <p class="settings-hint">{t('channels.credentials-what')}</p>
      <CredentialFields
        fields={fields}
        draft={draft.value}
        problem={shown}
        onText={(name, text) => {
          draft.value = { ...draft.value, [name]: text };
          if (shown?.field === name) problem.value = undefined;
        }}
      />
      {shown && shown.field === undefined && <ProblemBox problem={shown} onTakeOver={() => void give(true)} />}
      <div class="settings-buttons">
        <a class="button button-plain" href={addressOf('channels', channel.channelId)}>
          {t('channels.back')}
        </a>
        <Button look="main" type="submit" aria-disabled={isBusy.value}>
          {t('channels.check-credentials')}
        </Button>
        <span role="status">{isBusy.value && t('channels.checking', { messenger })}</span>
      </div>
    </form>
  );
}
