import type { JSX } from 'preact';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { Afterwards } from './afterwards.tsx';
import { Choose } from './choose.tsx';
import { ChannelList } from './list.tsx';
import { guideOf } from './messengers/guides.ts';
import { NewCredentials } from './new-credentials.tsx';
import { OneChannel } from './one-channel.tsx';
import { TestMessage } from './test-message.tsx';
import { Wizard } from './wizard.tsx';

/**
 * The channels. `new` is where one is connected, `new/<transport>/<step>` a step of that, `<channelId>` one channel, and
 * `<channelId>/test` its test message.
 */
export function ChannelScreens({ settings: { channels }, path }: ScreenProps): JSX.Element {
  const [first, second, third] = path;
  if (first === undefined) return <ChannelList channels={channels} />;
  if (first === 'new') {
    const guide = guideOf(second ?? '');
    return guide ? <Wizard key={guide.transport} channels={channels} guide={guide} at={third} /> : <Choose />;
  }
  return (
    <Ready of={channels.list}>
      {(list) => {
        const channel = list.find(({ channelId }) => channelId === first);
        if (!channel) return <Gone />;
        const guide = guideOf(channel.transport);
        const step = guide?.afterwards;
        if (second === 'test') return <TestMessage key={first} channels={channels} channel={channel} />;
        if (step && second === step.name) return <Afterwards channels={channels} channel={channel} step={step} />;
        if (guide && second === 'credentials') {
          return <NewCredentials channels={channels} channel={channel} guide={guide} />;
        }
        return <OneChannel key={first} channels={channels} channel={channel} />;
      }}
    </Ready>
  );
}

function Gone(): JSX.Element {
  return (
    <p>
      {t('channels.gone')} <a href={addressOf('channels')}>{t('channels.to-list')}</a>
    </p>
  );
}
