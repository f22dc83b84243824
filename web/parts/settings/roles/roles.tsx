import type { JSX } from 'preact';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { connectorOf } from '../kit/connector.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { ChannelList } from './channel-list.tsx';
import { ChannelPage } from './channel-page.tsx';
import { PIPELINES, Pipelines } from './pipelines.tsx';

/** Who gets what: the channels, one of them (`<channelId>`), or the pipelines (`pipelines`). */
export function Roles({ settings, path }: ScreenProps): JSX.Element {
  const [name] = path;
  const connector = connectorOf(settings.crm);
  return (
    <Ready of={settings.roles.team}>
      {(team) => {
        if (name === undefined) return <ChannelList settings={settings} team={team} connector={connector} />;
        if (name === PIPELINES) return <Pipelines roles={settings.roles} team={team} connector={connector} />;
        const channel = team.channels.find(({ channelId }) => channelId === name);
        if (channel) return <ChannelPage key={name} {...{ settings, team, channel, connector }} />;
        return (
          <p>
            {t('channels.gone')} <a href={addressOf('roles')}>{t('channels.to-list')}</a>
          </p>
        );
      }}
    </Ready>
  );
}
