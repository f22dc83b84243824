import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { now } from '../../../kit/clock.ts';
import type { Health as Told, WaitingLane } from '../../../settings-models/running.ts';
import { duration } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { nextWords } from './delivery-line.tsx';
import { whyNot } from './delivery-words.ts';
import { laneWords } from './health-words.ts';
import { type Names, namesOf } from './names.ts';
import { When } from './shown.tsx';

const EVERY_MS = 5_000;

/** Whether anybody waits, and what is behind. */
export function Health({ settings }: ScreenProps): JSX.Element {
  const health = useMemo(() => settings.running.health(), [settings]);
  const names = namesOf(settings);
  useEvery(
    () => health.reload(),
    () => EVERY_MS,
  );
  return (
    <Ready of={health}>
      {(told) => (
        <>
          {isWell(told) && (
            <p class="running-good" role="status">
              {t('health.good')}
            </p>
          )}
          <Deaf channels={told.deafChannels ?? []} names={names} />
          <Oldest oldest={told.oldestUnanswered} names={names} />
          <Without waiting={told.waitingWithoutAnybody} />
          <Lanes lanes={told.lanes} hasMore={told.moreLanes === true} names={names} />
        </>
      )}
    </Ready>
  );
}

function isWell({ oldestUnanswered, waitingWithoutAnybody, lanes, deafChannels = [] }: Told): boolean {
  const isWaitedFor = oldestUnanswered !== null || waitingWithoutAnybody.count > 0;
  return !isWaitedFor && lanes.length === 0 && deafChannels.length === 0;
}

/** The channels that their messengers do not call. */
function Deaf({ channels, names }: { channels: NonNullable<Told['deafChannels']>; names: Names }): JSX.Element | null {
  if (channels.length === 0) return null;
  return (
    <Card title={t('health.deaf')}>
      {channels.map(({ channelId, since, why }) => (
        <div key={channelId}>
          <p class="running-what">
            <a class="link" href={addressOf('channels', channelId)}>
              {names.channelOf(channelId)}
            </a>
          </p>
          <p class="settings-hint">
            {t('running.since')} <When at={since} />: {why}
          </p>
        </div>
      ))}
    </Card>
  );
}

function Oldest({ oldest, names }: { oldest: Told['oldestUnanswered']; names: Names }): JSX.Element {
  return (
    <Card title={t('health.oldest')}>
      {oldest === null ? (
        <p class="running-none">{t('health.nobody-waits')}</p>
      ) : (
        <>
          <p class="running-what" dir="auto">
            {t('health.oldest-for', {
              name: names.clientOf(oldest.name, oldest.chatType, oldest.chatId),
              duration: duration(now.value - Date.parse(oldest.since)),
            })}
          </p>
          <p class="settings-hint">
            {names.channelOf(oldest.channelId)} · {t('running.since')} <When at={oldest.since} />
          </p>
        </>
      )}
    </Card>
  );
}

function Without({ waiting }: { waiting: Told['waitingWithoutAnybody'] }): JSX.Element {
  const { count, since, atLeast } = waiting;
  return (
    <Card title={t('health.without')}>
      {count === 0 ? (
        <p class="running-none">{t('health.nobody-without')}</p>
      ) : (
        <>
          <p class="running-what">{t('health.without-count', { count })}</p>
          {atLeast && <p class="settings-hint">{t('health.at-least')}</p>}
          {since && (
            <p class="settings-hint">
              {t('health.without-since')} <When at={since} />
            </p>
          )}
          <p>
            {t('health.without-do')}{' '}
            <a class="link" href={addressOf('roles')}>
              {t('roles.title')}
            </a>
          </p>
        </>
      )}
    </Card>
  );
}

function Lanes({
  lanes,
  hasMore,
  names,
}: {
  lanes: readonly WaitingLane[];
  hasMore: boolean;
  names: Names;
}): JSX.Element {
  return (
    <Card title={t('health.lanes')}>
      {lanes.length === 0 ? (
        <p class="running-none">{t('health.no-lanes')}</p>
      ) : (
        <>
          <ul class="running-list">
            {lanes.map((lane) => (
              <Lane key={`${lane.target} ${lane.kind} ${lane.since}`} lane={lane} names={names} />
            ))}
          </ul>
          {hasMore && <p class="settings-hint">{t('health.more-lanes')}</p>}
          <a class="link" href={addressOf('deliveries')}>
            {t('deliveries.title')}
          </a>
        </>
      )}
    </Card>
  );
}

function Lane({ lane, names }: { lane: WaitingLane; names: Names }): JSX.Element {
  const why = whyNot({ target: lane.target, lastError: lane.lastError ?? null });
  return (
    <li class="running-line">
      <div class="running-words">
        <p class="running-what" dir="auto">
          {laneWords(lane, names)}
        </p>
        {why && <p>{why.words}</p>}
        {lane.setAside && <p class="settings-hint">{t('health.set-aside')}</p>}
        <p class="settings-hint">
          {[
            ...(lane.atLeast ? [t('health.at-least')] : []),
            lane.nextAttemptAt ? nextWords(lane.nextAttemptAt) : t('health.being-tried'),
          ].join(' · ')}
          {` · ${t('running.since')} `}
          <When at={lane.since} />
        </p>
      </div>
    </li>
  );
}
