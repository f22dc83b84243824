import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { wordsOfError } from '../../../core/words-of-error.ts';
import { Button } from '../../../kit/button.tsx';
import type { ChannelOfTeam, Team } from '../../../settings-models/roles.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';
import { PhoneDialog } from '../../shell/phone-dialog.tsx';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';

/** So many people are offered; the others have their links on the screen of people. */
const OFFERED = 3;

/** After the first save of a channel: the way to the test message, and into the chats (P5). */
export function FirstSaved({
  settings,
  team,
  channel,
}: {
  settings: SettingsModel;
  team: Team;
  channel: ChannelOfTeam;
}): JSX.Element {
  const link = useSignal('');
  const problem = useSignal('');
  const { roles } = settings.roles.draftOf(channel).base.value;
  const people = team.users.filter(({ id }) => roles.has(id)).slice(0, OFFERED);
  const show = async (userId: string) => {
    problem.value = '';
    try {
      link.value = await settings.people.linkOf(userId);
    } catch (error) {
      problem.value = wordsOfError(error);
    }
  };
  return (
    <Card title={t('roles.first-saved')} hint={t('roles.first-saved-hint')}>
      <div class="settings-buttons">
        <a class="button button-main" href={addressOf('channels', channel.channelId, 'test')}>
          {t('roles.test')}
        </a>
        {people.map(({ id, name }) => (
          <Button key={id} onClick={() => void show(id)}>
            {t('roles.chats-of', { name })}
          </Button>
        ))}
      </div>
      {problem.value && (
        <p class="settings-problem" role="alert">
          {problem.value}
        </p>
      )}
      {link.value && (
        <PhoneDialog
          link={link.value}
          onClose={() => {
            link.value = '';
          }}
        />
      )}
    </Card>
  );
}
