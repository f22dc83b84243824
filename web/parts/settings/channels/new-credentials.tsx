import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { Channel, ChannelsModel, Draft } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { focusProblem } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';
import { CredentialFields, lookedAt, tidied } from './credential-fields.tsx';
import { fieldsOf, type Guide } from './messengers/guide.ts';
import { ProblemBox } from './problem-box.tsx';
import { type Problem, problemOf } from './refusal.ts';
import { nameOf } from './state.tsx';

interface NewCredentialsProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly guide: Guide;
  /** They are what the user came for. */
  readonly isWanted: boolean;
}

/** New credentials of the same account, tried before they are stored. */
export function NewCredentials({ channels, channel, guide, isWanted }: NewCredentialsProps): JSX.Element {
  const draft = useSignal<Draft>({});
  const problem = useSignal<Problem | undefined>(undefined);
  const isBusy = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const fields = fieldsOf(guide);
  const messenger = nameOf(channel.transport);

  useEffect(() => {
    // The title has the focus first, because the screen is a new one.
    if (isWanted) requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
  }, [isWanted]);
  useEffect(() => {
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
    if (outcome.kind === 'refused') problem.value = problemOf(guide, outcome.refusal);
    else {
      draft.value = {};
      tell(t('channels.credentials-done', { messenger }));
    }
  };

  const { value: shown } = problem;
  return (
    <form
      ref={form}
      class="settings-card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void give(false);
      }}
    >
      <h2>{t('channels.credentials')}</h2>
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
        <Button type="submit" aria-disabled={isBusy.value}>
          {t('channels.new-credentials')}
        </Button>
        <span role="status">{isBusy.value && t('channels.checking', { messenger })}</span>
      </div>
    </form>
  );
}
