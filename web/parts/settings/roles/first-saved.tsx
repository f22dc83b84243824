import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ChannelOfTeam, Team } from '../../../settings-models/roles.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { IntoChats } from '../start/into-chats.tsx';

/** After the first save of a channel: the way to the test message, and into the chats of those who have a role there (P5). */
export function FirstSaved({
  settings,
  team,
  channel,
}: {
  settings: SettingsModel;
  team: Team;
  channel: ChannelOfTeam;
}): JSX.Element {
  const next = useRef<HTMLAnchorElement>(null);
  // It is the next step, and may stand far from where the save was.
  useLayoutEffect(() => next.current?.focus(), []);
  const { roles } = settings.roles.draftOf(channel).base.value;
  return (
    <>
      <Card title={t('roles.first-saved')} hint={t('roles.first-saved-hint')}>
        <div class="settings-buttons">
          <a ref={next} class="button button-main" href={addressOf('channels', channel.channelId, 'test')}>
            {t('roles.test')}
          </a>
        </div>
      </Card>
      <IntoChats people={team.users.filter(({ id }) => roles.has(id))} model={settings.people} />
    </>
  );
}
