import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { DeliveriesModel, DeliveryRow, NotDone, SentAgain } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { useEvery } from '../kit/every.ts';
import { tell } from '../kit/notice.tsx';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { DeliveryLine, type Follow } from './delivery-line.tsx';
import { whoGets } from './delivery-words.ts';
import { type Names, namesOf } from './names.ts';
import { Replay } from './replay.tsx';
import { More } from './shown.tsx';

const SOON_MS = 2_000;
const LATER_MS = 5_000;

/** What leaves, and what could not. */
export function Deliveries({ settings }: ScreenProps): JSX.Element {
  const model = useMemo(() => settings.running.deliveries(), [settings]);
  const problem = useSignal<NotDone | undefined>(undefined);
  const names = namesOf(settings);
  useEvery(
    () => model.reload(),
    () => (isMoving(model) ? SOON_MS : LATER_MS),
  );
  const follow: Follow = async (doing) => {
    problem.value = undefined;
    const done = await doing;
    if (done && 'words' in done) problem.value = done;
    else if (done) tell(sentWords(done));
  };
  return (
    <>
      <p class="settings-hint">{t('deliveries.how')}</p>
      {problem.value && <Problem problem={problem.value} />}
      <Ready of={model}>
        {({ rows, hasMoreFailed, hasMoreWaiting }) => {
          const failed = rows.filter(({ list }) => list === 'failed');
          const waiting = rows.filter(({ list }) => list === 'waiting');
          return (
            <>
              <Card title={t('deliveries.failed')}>
                {failed.length === 0 && <p class="running-none">{t('deliveries.none-failed')}</p>}
                {groupsOf(failed).map((group) => (
                  <Group key={group[0]!.delivery.target} {...{ model, names, group, follow }} />
                ))}
                {hasMoreFailed && <More onMore={() => model.moreFailed()} />}
              </Card>
              <Card title={t('deliveries.in-line')}>
                {waiting.length === 0 ? (
                  <p class="running-none">{t('deliveries.none-waiting')}</p>
                ) : (
                  <ul class="running-list">
                    {waiting.map((row) => (
                      <DeliveryLine key={row.delivery.deliveryId} {...{ model, names, row, follow }} />
                    ))}
                  </ul>
                )}
                {hasMoreWaiting && <More onMore={() => model.moreWaiting()} />}
              </Card>
            </>
          );
        }}
      </Ready>
      <Replay model={model} follow={follow} />
    </>
  );
}

interface GroupProps {
  readonly model: DeliveriesModel;
  readonly names: Names;
  readonly group: readonly DeliveryRow[];
  readonly follow: Follow;
}

/** What failed for one receiver. Of several, all can be sent again at once. */
function Group({ model, names, group, follow }: GroupProps): JSX.Element {
  const { target } = group[0]!.delivery;
  const count = group.filter(({ is }) => is !== 'left' && is !== 'waiting').length;
  const who = whoGets(group[0]!.delivery, names);
  return (
    <div class="running-group">
      {group.length > 1 && (
        <div class="running-group-head">
          <h3>{t('deliveries.group', { who, count })}</h3>
          <Button
            aria-disabled={count === 0}
            aria-label={`${t('deliveries.again-all')}: ${who}`}
            onClick={() => count > 0 && void follow(model.retryAll(target))}
          >
            {t('deliveries.again-all')}
          </Button>
        </div>
      )}
      <ul class="running-list">
        {group.map((row) => (
          <DeliveryLine key={row.delivery.deliveryId} {...{ model, names, row, follow }} />
        ))}
      </ul>
    </div>
  );
}

/** Why it was not sent again, and what helps. */
function Problem({ problem }: { problem: NotDone }): JSX.Element {
  return (
    <p class="running-problem" role="alert">
      {notDoneWords(problem)}{' '}
      {problem.code === 'NO_RECEIVER' && (
        <a class="link" href={addressOf('webhook')}>
          {t('deliveries.to-webhook')}
        </a>
      )}
    </p>
  );
}

function sentWords({ count, more }: SentAgain): string {
  if (more) return t('deliveries.put-back-more', { count });
  return count === 0 ? t('deliveries.nothing-put-back') : t('deliveries.put-back', { count });
}

function notDoneWords({ code, words }: NotDone): string {
  if (code === 'NO_RECEIVER') return t('why-not.no-receiver');
  return code === 'DELIVERY_NOT_FOUND' || code === 'TARGET_NOT_FOUND' ? t('deliveries.gone') : words;
}

/** The receivers in the order of what failed last. */
function groupsOf(rows: readonly DeliveryRow[]): readonly (readonly DeliveryRow[])[] {
  return [...Map.groupBy(rows, ({ delivery }) => delivery.target).values()];
}

function isMoving({ state }: DeliveriesModel): boolean {
  return state.value.kind === 'ready' && state.value.value.rows.some(({ is }) => is === 'waiting');
}
