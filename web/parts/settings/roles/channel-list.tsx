import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { summaryOf } from '../../../core/chosen.ts';
import { Button } from '../../../kit/button.tsx';
import { Icon } from '../../../kit/icon.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { ChannelOfTeam, Team } from '../../../settings-models/roles.ts';
import type { SettingsModel } from '../../../settings-models/settings.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { problemOf } from '../crm/refusal.ts';
import { Card } from '../kit/card.tsx';
import type { Connector } from '../kit/connector.ts';
import { tell } from '../kit/notice.tsx';
import { PIPELINES } from './pipelines.tsx';
import { Warning } from './warning.tsx';

/** The channels, each with what holds in it, and the lists that all of them choose from. */
export function ChannelList({
  settings,
  team,
  connector,
}: {
  settings: SettingsModel;
  team: Team;
  connector: Connector | null | undefined;
}): JSX.Element {
  const { channels, users, pipelines } = team;
  return (
    <>
      <p class="settings-hint">{t('roles.how')}</p>
      {channels.length === 0 && (
        <Card title={t('channels.none')}>
          <div class="settings-buttons">
            <a class="button button-main" href={addressOf('channels', 'new')}>
              {t('channels.connect')}
            </a>
          </div>
        </Card>
      )}
      <ul class="roles-channels">
        {channels.map((channel) => (
          <li key={channel.channelId}>
            <Line channel={channel} team={team} />
          </li>
        ))}
      </ul>
      <div class="roles-lists">
        <p>
          {t('roles.lists', { users: users.length, pipelines: pipelines.length })}
          {(connector || team.isKeptByCrm) && ` ${t('roles.kept-by-crm')}`}
        </p>
        <a class="roles-link" href={addressOf('people')}>
          {t('people.title')}
        </a>
        <a class="roles-link" href={addressOf('roles', PIPELINES)}>
          {t('pipelines.title')}
        </a>
        <Refresh settings={settings} connector={connector} />
      </div>
    </>
  );
}

function Line({ channel, team }: { channel: ChannelOfTeam; team: Team }): JSX.Element {
  const { mode, receiving, place, people } = summaryOf(channel.stored.chosen, team.pipelines);
  return (
    <a class="roles-channel" href={addressOf('roles', channel.channelId)}>
      <MessengerMark chatType={channel.chatType} />
      <span class="roles-channel-words">
        <bdi class="roles-channel-name">{channel.name}</bdi>
        <span class="settings-hint">
          {t(`roles.mode-${mode}`)}
          {people === undefined && ` · ${t('roles.receiving', { count: receiving })}`}
        </span>
        {people && <Warning>{t(`roles.short-${people}`)}</Warning>}
        {place && <Warning>{t(`roles.fault-${place}`)}</Warning>}
      </span>
      <Icon name="right" />
    </a>
  );
}

/** Loads users and pipelines again: from a connected CRM, else as they were pushed. */
function Refresh({
  settings: { roles, crm },
  connector,
}: {
  settings: SettingsModel;
  connector: Connector | null | undefined;
}): JSX.Element {
  const isBusy = useSignal(false);
  const refresh = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    const outcome = connector ? await crm.refresh() : undefined;
    await roles.team.reload();
    isBusy.value = false;
    if (connector && outcome?.kind === 'refused') {
      tell(problemOf({ name: connector.name, steps: [] }, outcome.refusal).words);
      return;
    }
    const state = roles.team.state.peek();
    // What could not be read again is said above the list, with the reason.
    if (state.kind === 'ready' && state.stale === undefined) tell(t('roles.refreshed'));
  };
  return (
    <Button aria-disabled={isBusy.value} onClick={() => void refresh()}>
      {t('people.refresh')}
    </Button>
  );
}
