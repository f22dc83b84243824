import type { JSX } from 'preact';
import type { Channel, ChannelsModel } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Afterwards } from './afterwards.tsx';
import { Choose } from './choose.tsx';
import { LinkPhone } from './link-phone.tsx';
import { ChannelList } from './list.tsx';
import type { Guide } from './messengers/guide.ts';
import { offerOf } from './messengers/guides.ts';
import { WithGuide } from './messengers/with-guide.tsx';
import { NewCredentials } from './new-credentials.tsx';
import { OneChannel } from './one-channel.tsx';
import { TestMessage } from './test-message.tsx';
import { Wizard } from './wizard.tsx';

/**
 * The channels. `new` is where one is connected, `new/<transport>/<step>` a step of that, `<channelId>` one channel, `<channelId>/test` its
 * test message, and `<channelId>/phone` the QR code for its phone.
 */
export function ChannelScreens({ settings: { channels }, path }: ScreenProps): JSX.Element {
  const [first, second, third] = path;
  if (first === undefined) return <ChannelList channels={channels} />;
  if (first === 'new') {
    if (second === undefined || !offerOf(second)) return <Choose />;
    return (
      <WithGuide transport={second}>
        {(guide) => guide && <Wizard key={second} channels={channels} guide={guide} at={third} />}
      </WithGuide>
    );
  }
  return (
    <Ready of={channels.list}>
      {(list) => {
        const channel = list.find(({ channelId }) => channelId === first);
        if (!channel) return <Gone />;
        return (
          <WithGuide transport={channel.transport}>
            {(guide) => <Screen key={first} channels={channels} channel={channel} guide={guide} at={second} />}
          </WithGuide>
        );
      }}
    </Ready>
  );
}

interface ChannelScreenProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly guide: Guide | undefined;
  readonly at: string | undefined;
}

function Screen({ channels, channel, guide, at }: ChannelScreenProps): JSX.Element {
  const { afterwards: step, phone } = guide ?? {};
  if (at === 'test') return <TestMessage channels={channels} channel={channel} guide={guide} />;
  if (step && at === step.name) return <Afterwards channels={channels} channel={channel} step={step} />;
  if (phone && at === phone.name) return <LinkPhone channels={channels} channel={channel} step={phone} />;
  if (guide && at === 'credentials') return <NewCredentials channels={channels} channel={channel} guide={guide} />;
  return <OneChannel channels={channels} channel={channel} guide={guide} />;
}

function Gone(): JSX.Element {
  return (
    <p>
      {t('channels.gone')} <a href={addressOf('channels')}>{t('channels.to-list')}</a>
    </p>
  );
}
