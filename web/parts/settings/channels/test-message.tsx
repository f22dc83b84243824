import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { QrCode } from '../../../kit/qr-code.tsx';
import type { Arrival, Arrivals, Channel, ChannelsModel } from '../../../settings-models/channels.ts';
import { secondOfDay } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { StepTitle } from '../kit/step-title.tsx';
import type { Guide } from './messengers/guide.ts';
import { shownOf } from './messengers/guides.ts';
import { nameOf, StateNote } from './state.tsx';
import { WhatNext } from './what-next.tsx';

interface TestMessageProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly guide: Guide | undefined;
}

/** Somebody writes to the channel, and sees it arrive. */
export function TestMessage({ channels, channel, guide }: TestMessageProps): JSX.Element {
  const { channelId, transport, plainId, name, state } = channel;
  const arrivals = useMemo(() => channels.arrivalsIn(channelId), [channelId]);
  const end = useRef<(() => void) | undefined>(undefined);
  const start = () => {
    end.current?.();
    end.current = arrivals.start();
  };
  useEffect(() => {
    start();
    return () => end.current?.();
  }, [arrivals]);

  const address = shownOf(channel);
  const link = guide?.linkOf?.(plainId);
  const told = channels.toldOf(channelId);
  const arrival = arrivals.state.value;
  return (
    <>
      <section class="settings-card channel-step">
        <p class="channel-count">{told ? t('channels.connected', { name }) : name}</p>
        <StepTitle>{t('channels.test-title')}</StepTitle>
        {told?.polling && <p class="channel-note">{t('channels.polled')}</p>}
        {state === 'disabled' ? (
          <p class="channel-warning">{t('channels.test-off')}</p>
        ) : (
          <>
            <StateNote of={channel} />
            <p>{t(link ? 'channels.test-how' : 'channels.test-how-no-link', { address })}</p>
            {link && (
              <div class="channel-code">
                <QrCode text={link} label={t('channels.test-code', { address })} />
                <a class="button button-plain" href={link} target="_blank" rel="noreferrer">
                  {t('channels.test-open', { address })}
                </a>
              </div>
            )}
            <Watched
              arrivals={arrivals}
              arrival={arrival}
              messenger={nameOf(transport)}
              address={address}
              again={start}
            />
          </>
        )}
      </section>
      <WhatNext
        channels={channels}
        channelId={channelId}
        message={arrival.kind === 'arrived' ? arrival.message : undefined}
      />
      <div class="settings-buttons">
        <a class="button button-quiet" href={addressOf('channels', channelId)}>
          {name}
        </a>
        <a class="button button-quiet" href={addressOf('channels')}>
          {t('channels.to-list')}
        </a>
      </div>
    </>
  );
}

interface WatchedProps {
  readonly arrivals: Arrivals;
  readonly arrival: Arrival;
  readonly messenger: string;
  readonly address: string;
  again(): void;
}

function Watched({ arrival, messenger, address, again }: WatchedProps): JSX.Element {
  return (
    <div class="channel-watch" role="status">
      <Words arrival={arrival} messenger={messenger} address={address} />
      {(arrival.kind === 'ended' || arrival.kind === 'failed') && (
        <Button onClick={again}>{t('channels.test-again')}</Button>
      )}
    </div>
  );
}

function Words({ arrival, messenger, address }: Pick<WatchedProps, 'arrival' | 'messenger' | 'address'>): JSX.Element {
  switch (arrival.kind) {
    case 'waiting': {
      const { before, trouble } = arrival;
      return (
        <>
          <p>{trouble ?? t('channels.test-waiting')}</p>
          {before && (
            <p class="settings-hint">
              {t('channels.test-before', { name: before.name, time: secondOfDay(Date.parse(before.sentAt)) })}
            </p>
          )}
        </>
      );
    }
    case 'arrived': {
      const { name, sentAt, storedAt } = arrival.message;
      const [sent, stored] = [Date.parse(sentAt), Date.parse(storedAt)];
      const seconds = Math.max(0, Math.floor((stored - sent) / 1_000));
      return (
        <>
          <p class="channel-arrived">{t('channels.test-arrived', { name })}</p>
          <p class="settings-hint">
            {t(seconds === 0 ? 'channels.test-took-at-once' : 'channels.test-took', {
              messenger,
              seconds,
              sent: secondOfDay(sent),
            })}
          </p>
        </>
      );
    }
    case 'ended':
      return (
        <>
          <p>{t('channels.test-ended')}</p>
          <p class="settings-hint">{t('channels.test-help', { address })}</p>
        </>
      );
    case 'failed':
      return <p>{arrival.words}</p>;
    default:
      return arrival satisfies never;
  }
}
