import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import { MessengerMark } from '../../../kit/mark.tsx';
import type { CrmConnection, CrmModel, CrmState } from '../../../settings-models/crm.ts';
import { fullTime } from '../../../words/times.ts';
import { type Key, t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { keepFocus } from '../kit/focus.ts';
import { tell } from '../kit/notice.tsx';
import { StepTitle } from '../kit/step-title.tsx';
import { Addresses, Install } from './addresses.tsx';
import type { ConnectedProps } from './connected-props.ts';
import { Ending } from './ending.tsx';
import type { CrmGuide } from './guides/guide.ts';
import { HowItStands } from './how-it-stands.tsx';
import { portalAddress } from './portal-address.ts';
import { ProblemBox } from './problem-box.tsx';
import { Problems } from './problems.tsx';
import { Refresh } from './refresh.tsx';
import { Todos } from './todos.tsx';
import { useCrmChange } from './use-crm-change.ts';

const SOON_MS = 2_000;
const LATER_MS = 10_000;

const LOOKS: Readonly<Record<CrmState, 'good' | 'off' | 'late'>> = {
  active: 'good',
  degraded: 'late',
  connecting: 'off',
  unauthorized: 'late',
  blocked: 'late',
  disabled: 'off',
};

/** What a state means, where its name does not say it all. */
const NOTES: Readonly<Partial<Record<CrmState, Key>>> = {
  connecting: 'crm.connecting-what',
  unauthorized: 'crm.unauthorized-what',
  blocked: 'crm.blocked-what',
  disabled: 'crm.disabled-what',
};

/** The connection with all that can be done with it. It follows what becomes of it. */
export function Connected({ settings, connection, guide }: ConnectedProps): JSX.Element {
  const { crm: model } = settings;
  const { state } = connection;
  const isConnecting = state === 'connecting';
  useEvery(
    () => model.connection.reload(),
    () => (isConnecting ? SOON_MS : LATER_MS),
  );
  useArrival(state, guide);
  return (
    <>
      <Head model={model} connection={connection} guide={guide} />
      {isConnecting && <Install connection={connection} guide={guide} />}
      <Problems settings={settings} connection={connection} guide={guide} />
      <Todos connection={connection} guide={guide} />
      {!isConnecting && (
        <>
          <HowItStands connection={connection} guide={guide} />
          {state !== 'disabled' && <Refresh model={model} of={guide} />}
          <Addresses connection={connection} guide={guide} />
        </>
      )}
      <Card title={t('channels.credentials')} hint={t('crm.credentials-what', { crm: guide.name })}>
        <div class="settings-buttons">
          <a class="button button-plain" href={addressOf('crm', 'credentials')}>
            {t('channels.new-credentials')}
          </a>
        </div>
      </Card>
      <Ending model={model} connection={connection} guide={guide} />
    </>
  );
}

/** Who waits for the CRM is told that it has let Konvert in. */
function useArrival(state: CrmState, { name }: CrmGuide): void {
  const before = useRef(state);
  useEffect(() => {
    if (before.current === 'connecting' && (state === 'active' || state === 'degraded')) {
      tell(t('crm.is-there', { crm: name }));
      keepFocus();
    }
    before.current = state;
  }, [state]);
}

interface HeadProps {
  readonly model: CrmModel;
  readonly connection: CrmConnection;
  readonly guide: CrmGuide;
}

function Head({ model, connection, guide }: HeadProps): JSX.Element {
  const { state, portal, noAccess } = connection;
  const { name: crm } = guide;
  const on = useCrmChange(guide);
  const note = NOTES[state];
  const isConnecting = state === 'connecting';
  const isWorking = state === 'active' || state === 'degraded';
  return (
    <section class="settings-card channel-head">
      <MessengerMark chatType={crm} />
      <div class="channel-who">
        <StepTitle>{crm}</StepTitle>
        {portal && (
          <small>
            <bdi>{portal.name}</bdi> ·{' '}
            <a href={portalAddress(portal.host)} target="_blank" rel="noreferrer">
              {portal.host}
            </a>
          </small>
        )}
      </div>
      <span class={`channel-state channel-state-${LOOKS[state]}`}>{t(`crm.${state}`)}</span>
      {note && <p class="channel-note">{t(note, { crm })}</p>}
      {noAccess && (
        <p class="channel-note" dir="auto">
          {t('crm.no-access', { crm, time: fullTime(Date.parse(noAccess.since)), words: noAccess.because })}
        </p>
      )}
      {isWorking && <p class="channel-note">{t('crm.who-what', { crm })}</p>}
      {on.problem.value && <ProblemBox problem={on.problem.value} />}
      {!isConnecting && state !== 'blocked' && (
        <div class="settings-buttons">
          {state === 'disabled' && (
            <Button
              look="main"
              aria-disabled={on.isBusy.value}
              onClick={() => void on.run(() => model.change({ enabled: true })).then(keepFocus)}
            >
              {t('crm.enable')}
            </Button>
          )}
          {state === 'unauthorized' && (
            <a class="button button-main" href={addressOf('crm', 'credentials')}>
              {t('channels.new-credentials')}
            </a>
          )}
          {isWorking && (
            <>
              <a class="button button-plain" href={addressOf('roles')}>
                {t('roles.title')}
              </a>
              <a class="button button-plain" href={addressOf('people')}>
                {t('people.title')}
              </a>
            </>
          )}
        </div>
      )}
    </section>
  );
}
