import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { wordsOfError } from '../../../core/words-of-error.ts';
import { Button } from '../../../kit/button.tsx';
import type { ChannelPerson, ChannelsModel, NewestMessage } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAct } from '../kit/act.ts';
import { Choice } from '../kit/choice.tsx';
import { Problem } from '../kit/note.tsx';
import { tell } from '../kit/notice.tsx';

interface WhatNextProps {
  readonly channels: ChannelsModel;
  readonly channelId: string;
  /** The message that has arrived. */
  readonly message: NewestMessage | undefined;
}

/** Where it goes on: to the roles of the channel, and into the chat as one of those who have a role there. */
export function WhatNext({ channels, channelId, message }: WhatNextProps): JSX.Element {
  const people = useSignal<readonly ChannelPerson[] | undefined>(undefined);
  const problem = useSignal('');
  useEffect(() => {
    channels.peopleOf(channelId).then(
      (found) => {
        people.value = found;
      },
      (error: unknown) => {
        problem.value = wordsOfError(error);
      },
    );
  }, [channelId]);
  const hasNobody = people.value?.length === 0;
  return (
    <section class="settings-card">
      <h2>{t('channels.next-title')}</h2>
      {hasNobody && <p>{t('channels.next-who-what')}</p>}
      {message && people.value && !hasNobody && (
        <IntoChat channels={channels} channelId={channelId} message={message} people={people.value} />
      )}
      <Problem words={problem.value} />
      <div class="settings-buttons">
        <a class={`button button-${hasNobody ? 'main' : 'plain'}`} href={addressOf('roles', channelId)}>
          {t('channels.next-who')}
        </a>
      </div>
    </section>
  );
}

interface IntoChatProps extends WhatNextProps {
  readonly message: NewestMessage;
  readonly people: readonly ChannelPerson[];
}

function IntoChat({ channels, channelId, message, people }: IntoChatProps): JSX.Element {
  const userId = useSignal(people[0]?.userId ?? '');
  const link = useSignal('');
  const { problem, run } = useAct();
  const open = () =>
    run(async () => {
      link.value = await channels.linkTo(userId.value, channelId, message);
      window.open(link.value, '_blank', 'noopener');
      tell(t('channels.opened'));
    });
  return (
    <div class="channel-into">
      <Choice
        label={t('channels.as')}
        value={userId.value}
        options={people.map(({ userId: value, name, role }) => ({
          value,
          label: t(`channels.as-${role}`, { name }),
        }))}
        onChoose={(next) => {
          userId.value = next;
        }}
      />
      <Button look="main" onClick={() => void open()}>
        {t('channels.open-chat')}
      </Button>
      {link.value && (
        <a href={link.value} target="_blank" rel="noreferrer">
          {t('channels.opened-not')}
        </a>
      )}
      <Problem words={problem} />
    </div>
  );
}
