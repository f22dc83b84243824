import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { wordsOfError } from '../../../core/words-of-error.ts';
import { Avatar } from '../../../kit/avatar.tsx';
import { Button } from '../../../kit/button.tsx';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';
import { PhoneDialog } from '../../shell/phone-dialog.tsx';

/** All users of the account, each with a fresh link to their chats: to be opened here, copied, or scanned by a phone. */
export function People({ settings }: { settings: SettingsModel }): JSX.Element {
  const link = useSignal<string | undefined>(undefined);
  const problem = useSignal('');
  const show = async (userId: string) => {
    problem.value = '';
    try {
      link.value = await settings.people.linkOf(userId);
    } catch (error) {
      problem.value = wordsOfError(error);
    }
  };
  const { users } = settings.me;
  return (
    <>
      <p>{t(users.length > 0 ? 'people.how' : 'people.nobody')}</p>
      <ul class="people-list">
        {users.map(({ id, name }) => (
          <li key={id} class="person">
            <Avatar name={name} seed={id} />
            <bdi>{name}</bdi>
            <Button onClick={() => void show(id)} aria-label={t('people.link-of', { name })}>
              {t('people.link')}
            </Button>
          </li>
        ))}
      </ul>
      {problem.value && <p role="alert">{problem.value}</p>}
      {link.value && (
        <PhoneDialog
          link={link.value}
          onClose={() => {
            link.value = undefined;
          }}
        />
      )}
    </>
  );
}
