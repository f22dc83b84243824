import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { navigate } from 'wouter-preact/use-hash-location';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { Channel, ChannelsModel } from '../../../settings-models/channels.ts';
import { type Key, t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { Field } from '../kit/field.tsx';
import { keepFocus } from '../kit/focus.ts';
import { Marked } from '../kit/marked.tsx';
import { tell } from '../kit/notice.tsx';
import { StepTitle } from '../kit/step-title.tsx';
import { lacksPhone, Remedy } from './list.tsx';
import type { Guide } from './messengers/guide.ts';
import { markOf, shownOf } from './messengers/guides.ts';
import { ProblemBox } from './problem-box.tsx';
import { nameOf, State, StateNote } from './state.tsx';
import { hasToTypeIn, TypeIn } from './type-in.tsx';
import { useChange } from './use-change.ts';

interface OneChannelProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
  readonly guide: Guide | undefined;
}

/** A channel with all that can be done with it. */
export function OneChannel({ channels, channel, guide }: OneChannelProps): JSX.Element {
  const { channelId, transport } = channel;
  return (
    <>
      <a class="link" href={addressOf('channels')}>
        ‹ {t('channels.to-list')}
      </a>
      <section class="settings-card channel-head">
        <MessengerMark chatType={markOf(transport)} isNamed />
        <div class="channel-who">
          <StepTitle>{channel.name}</StepTitle>
          <small>{shownOf(channel)}</small>
        </div>
        <State of={channel} />
        <StateNote of={channel} />
        {channels.toldOf(channelId)?.polling && <p class="channel-note">{t('channels.polled')}</p>}
        <Remedy channel={channel} channels={channels} />
        <div class="settings-buttons">
          <a class="button button-plain" href={addressOf('channels', channelId, 'test')}>
            {t('channels.test')}
          </a>
          {guide?.phone && !lacksPhone(channel) && (
            <a class="button button-plain" href={addressOf('channels', channelId, guide.phone.name)}>
              {t('channels.phone')}
            </a>
          )}
          <a class="button button-plain" href={addressOf('roles', channelId)}>
            {t('roles.title')}
          </a>
        </div>
      </section>
      <Name channels={channels} channel={channel} />
      {guide && <Credentials channelId={channelId} />}
      {guide?.secret && <Secret channels={channels} channel={channel} what={guide.secret} />}
      <Ending channels={channels} channel={channel} />
    </>
  );
}

interface PartProps {
  readonly channels: ChannelsModel;
  readonly channel: Channel;
}

function Name({ channels, channel }: PartProps): JSX.Element {
  const text = useSignal(channel.name);
  const { isBusy, problem, run } = useChange(channel.transport);
  const { value: shown } = problem;
  return (
    <form
      class="settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        void run(() => channels.change(channel.channelId, { name: text.value.trim() })).then(
          (isDone) => isDone && tell(t('settings.saved')),
        );
      }}
    >
      <Field
        label={t('channels.name')}
        hint={t('channels.name-hint')}
        value={text.value}
        maxLength={200}
        {...(shown?.field === 'name' && { problem: shown.words })}
        onText={(next) => {
          text.value = next;
        }}
      />
      {shown && shown.field === undefined && <ProblemBox problem={shown} />}
      <div class="settings-buttons">
        <Button type="submit" aria-disabled={isBusy.value}>
          {t('settings.save')}
        </Button>
      </div>
    </form>
  );
}

function Credentials({ channelId }: { channelId: string }): JSX.Element {
  return (
    <Card title={t('channels.credentials')} hint={t('channels.credentials-what')}>
      <div class="settings-buttons">
        <a class="button button-plain" href={addressOf('channels', channelId, 'credentials')}>
          {t('channels.new-credentials')}
        </a>
      </div>
    </Card>
  );
}

function Secret({ channels, channel, what }: PartProps & { readonly what: Key }): JSX.Element {
  const { channelId, transport } = channel;
  const { isBusy, problem, run } = useChange(transport);
  const told = channels.toldOf(channelId);
  const messenger = nameOf(transport);
  const renew = async () => {
    if (await run(() => channels.renewSecret(channelId))) tell(t('channels.secret-done'));
  };
  return (
    <section class="settings-card">
      <h2>{t('channels.secret')}</h2>
      <p class="settings-hint">
        <Marked text={t(what)} />
      </p>
      {hasToTypeIn(told) && (
        <>
          <p>{t('channels.secret-type-in', { messenger })}</p>
          <TypeIn told={told} />
        </>
      )}
      {problem.value && <ProblemBox problem={problem.value} />}
      <div class="settings-buttons">
        <Button aria-disabled={isBusy.value} onClick={() => void renew()}>
          {t('channels.secret-renew')}
        </Button>
      </div>
    </section>
  );
}

function Ending({ channels, channel }: PartProps): JSX.Element {
  const { channelId, name, state } = channel;
  const off = useChange(channel.transport);
  const { ask, dialog } = useAsk();
  const remove = async () => {
    const { hash } = location;
    const outcome = await channels.remove(channelId);
    if (outcome.kind === 'refused') throw new Error(outcome.refusal.description);
    tell(t('channels.deleted', { name }));
    // Who has gone elsewhere meanwhile is not led back.
    if (location.hash === hash) navigate(addressOf('channels'));
  };
  return (
    <section class="settings-card">
      {state !== 'disabled' && (
        <div class="channel-end">
          <p class="settings-hint">{t('channels.disable-what')}</p>
          <Button
            aria-disabled={off.isBusy.value}
            onClick={() => void off.run(() => channels.change(channelId, { enabled: false })).then(keepFocus)}
          >
            {t('channels.disable')}
          </Button>
          {off.problem.value && <ProblemBox problem={off.problem.value} />}
        </div>
      )}
      <div class="channel-end">
        <p class="settings-hint">{t('channels.delete-what')}</p>
        <Button
          onClick={() =>
            ask({
              title: t('channels.delete-sure', { name }),
              text: <p>{t('channels.delete-more')}</p>,
              yes: t('settings.delete'),
              act: remove,
            })
          }
        >
          {t('channels.delete')}
        </Button>
      </div>
      {dialog}
    </section>
  );
}
