import type { JSX } from 'preact';
import type { Channel, ChannelsModel } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { GuideStep } from '../kit/guide-step.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { WhatToDo } from '../kit/what-to-do.tsx';
import { hasToTypeIn, TypeIn } from './type-in.tsx';

interface AfterwardsProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly step: GuideStep;
}

/** What has to be done at the messenger by hand once the channel is there. */
export function Afterwards({ channels, channel, step }: AfterwardsProps): JSX.Element {
  const { channelId, name } = channel;
  const told = channels.toldOf(channelId);
  return (
    <section class="settings-card channel-step">
      <p class="channel-count">{told ? t('channels.connected', { name }) : name}</p>
      <StepTitle>{t(step.title)}</StepTitle>
      <WhatToDo step={step} />
      {hasToTypeIn(told) && <TypeIn told={told} />}
      <p class="settings-hint">{t(hasToTypeIn(told) ? 'channels.once' : 'channels.once-over')}</p>
      <div class="settings-buttons">
        {!hasToTypeIn(told) && (
          <a class="button button-plain" href={addressOf('channels', channelId)}>
            {t('channels.secret')}
          </a>
        )}
        <a class="button button-main" href={addressOf('channels', channelId, 'test')}>
          {t('channels.next')}
        </a>
      </div>
    </section>
  );
}
