import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { Channel, ChannelsModel } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { keepFocus } from '../kit/focus.ts';
import { Ready } from '../kit/ready.tsx';
import { PHONE } from './messengers/guide.ts';
import { markOf, offerOf, shownOf } from './messengers/guides.ts';
import { ProblemBox } from './problem-box.tsx';
import { State, StateNote } from './state.tsx';
import { useChange } from './use-change.ts';

/** The channels of the account, each with its state and with what to do about it. */
export function ChannelList({ channels }: { channels: ChannelsModel }): JSX.Element {
  return (
    <Ready of={channels.list}>
      {(list) => (
        <>
          {list.length === 0 ? (
            <div class="settings-card channel-step">
              <h2>{t('channels.none')}</h2>
              <p>{t('channels.none-more')}</p>
              <ConnectLink />
            </div>
          ) : (
            <>
              <ul class="settings-card channel-list" aria-label={t('channels.list')}>
                {list.map((channel) => (
                  <Row key={channel.channelId} channel={channel} channels={channels} />
                ))}
              </ul>
              <div class="settings-buttons">
                <ConnectLink />
              </div>
            </>
          )}
        </>
      )}
    </Ready>
  );
}

function ConnectLink(): JSX.Element {
  return (
    <a class="button button-main" href={addressOf('channels', 'new')}>
      {t('channels.connect')}
    </a>
  );
}

function Row({ channel, channels }: { channel: Channel; channels: ChannelsModel }): JSX.Element {
  const { channelId, name, transport } = channel;
  return (
    <li class="channel-row">
      <a class="channel-link" href={addressOf('channels', channelId)}>
        <MessengerMark chatType={markOf(transport)} isNamed />
        <span class="channel-who">
          <b>
            <bdi>{name}</bdi>
          </b>
          <small>{shownOf(channel)}</small>
        </span>
        <State of={channel} />
      </a>
      <StateNote of={channel} />
      <Remedy channel={channel} channels={channels} />
    </li>
  );
}

/** Whether a phone has to be linked by its QR code. */
export function lacksPhone({ state, transport }: Pick<Channel, 'state' | 'transport'>): boolean {
  const isUnlinked = state === 'qridle' || state === 'init' || state === 'phoneUnavailable';
  return isUnlinked && offerOf(transport)?.hasPhone === true;
}

/** What can be done about the state here and now. */
export function Remedy({ channel, channels }: { channel: Channel; channels: ChannelsModel }): JSX.Element | null {
  const { channelId, state, transport, name, deaf } = channel;
  const { isBusy, problem, run } = useChange(transport);
  const change = async (changes: { enabled: true } | { takeOver: true }) => {
    await run(() => channels.change(channelId, changes));
    keepFocus();
  };
  const button = (words: string, changes: Parameters<typeof change>[0]) => (
    <Button aria-label={`${words}: ${name}`} aria-disabled={isBusy.value} onClick={() => void change(changes)}>
      {words}
    </Button>
  );
  const linksPhone = lacksPhone(channel);
  const isDeaf = deaf !== undefined && state === 'active';
  if (!(['disabled', 'openelsewhere', 'unauthorized'].includes(state) || linksPhone || isDeaf)) return null;
  return (
    <div class="channel-remedy">
      {state === 'disabled' && button(t('channels.enable'), { enabled: true })}
      {state === 'openelsewhere' && button(t('channels.take-over'), { takeOver: true })}
      {isDeaf && button(t('channels.deaf-again'), { takeOver: true })}
      {linksPhone && (
        <a class="button button-plain" href={addressOf('channels', channelId, PHONE)}>
          {t('channels.phone')}
        </a>
      )}
      {state === 'unauthorized' && (
        <a class="button button-plain" href={addressOf('channels', channelId, 'credentials')}>
          {t('channels.new-credentials')}
        </a>
      )}
      {problem.value && <ProblemBox problem={problem.value} onTakeOver={() => void change({ takeOver: true })} />}
    </div>
  );
}
