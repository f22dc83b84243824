import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { QrCode } from '../../../kit/qr-code.tsx';
import type { Channel, ChannelsModel, PhoneLink } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { GuideStep } from '../kit/guide-step.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { WhatToDo } from '../kit/what-to-do.tsx';

interface LinkPhoneProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly step: GuideStep;
}

/** Shows the QR code of a channel until a phone has scanned it. */
export function LinkPhone({ channels, channel, step }: LinkPhoneProps): JSX.Element {
  const { channelId, name } = channel;
  const phone = useMemo(() => channels.phoneOf(channelId), [channelId]);
  const end = useRef<(() => void) | undefined>(undefined);
  const start = () => {
    end.current?.();
    end.current = phone.start();
  };
  useEffect(() => {
    start();
    return () => end.current?.();
  }, [phone]);
  const link = phone.link.value;
  const isLinked = link.kind === 'known' && link.state === 'active';
  return (
    <section class="settings-card channel-step">
      <p class="channel-count">{channels.toldOf(channelId) ? t('channels.connected', { name }) : name}</p>
      <StepTitle>{t(step.title)}</StepTitle>
      {!isLinked && <WhatToDo step={step} />}
      {link.kind === 'known' && link.qr !== undefined && !isLinked && (
        <QrCode text={link.qr} label={t('channels.phone-code')} />
      )}
      <div class="channel-watch" role="status">
        <p class={isLinked ? 'channel-arrived' : undefined}>{wordsOf(link)}</p>
        {link.kind === 'known' && link.trouble !== undefined && <p class="settings-hint">{link.trouble}</p>}
        {(link.kind === 'ended' || link.kind === 'failed') && (
          <Button onClick={start}>{t('channels.phone-again')}</Button>
        )}
      </div>
      <div class="settings-buttons">
        <a class="button button-plain" href={addressOf('channels', channelId)}>
          {t('channels.back')}
        </a>
        {isLinked && (
          <a class="button button-main" href={addressOf('channels', channelId, 'test')}>
            {t('channels.next')}
          </a>
        )}
      </div>
    </section>
  );
}

function wordsOf(link: PhoneLink): string {
  switch (link.kind) {
    case 'asking':
      return t('channels.phone-asking');
    case 'known':
      return t(link.qr === undefined ? `channels.phone-${link.state}` : 'channels.phone-scan');
    case 'ended':
      return t('channels.phone-ended');
    case 'failed':
      return link.words;
    default:
      return link satisfies never;
  }
}
