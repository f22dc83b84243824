import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { DeliveriesModel, DeliveryRow, NotDone, SentAgain } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import type { ScreenProps } from '../screen-props.ts';
import { DeliveryLine } from './delivery-line.tsx';
import { whoGets } from './delivery-words.ts';
import { useEvery } from './every.ts';
import { type Names, namesOf } from './names.ts';
import { Replay } from './replay.tsx';
import { More, Shown } from './shown.tsx';

const SOON_MS = 2_000;
const LATER_MS = 10_000;

/** What leaves, and what could not. */
export function Deliveries({ settings }: ScreenProps): JSX.Element {
  const model = useMemo(() => settings.running.deliveries(), [settings]);
  const said = useSignal<SentAgain | NotDone | undefined>(undefined);
  const names = namesOf(settings);
  useEvery(
    () => model.reload(),
    () => (isMoving(model) ? SOON_MS : LATER_MS),
  );
  const tell = async (done: Promise<SentAgain | NotDone | undefined>) => {
    said.value = undefined;
    said.value = await done;
  };
  return (
    <>
      <p>{t('deliveries.how')}</p>
      <Said said={said.value} />
      <Shown of={model}>
        {({ rows, hasMoreFailed, hasMoreWaiting }) => {
          const failed = rows.filter(({ list }) => list === 'failed');
          const waiting = rows.filter(({ list }) => list === 'waiting');
          return (
            <>
              <section class="running-section" aria-labelledby="deliveries-failed">
                <h2 id="deliveries-failed">{t('deliveries.failed')}</h2>
                {failed.length === 0 && <p class="running-none">{t('deliveries.none-failed')}</p>}
                {groupsOf(failed).map((group) => (
                  <Group key={group[0]!.delivery.target} {...{ model, names, group, tell }} />
                ))}
                {hasMoreFailed && <More onMore={() => model.moreFailed()} />}
              </section>
              <section class="running-section" aria-labelledby="deliveries-waiting">
                <h2 id="deliveries-waiting">{t('deliveries.waiting')}</h2>
                {waiting.length === 0 ? (
                  <p class="running-none">{t('deliveries.none-waiting')}</p>
                ) : (
                  <ul class="running-list">
                    {waiting.map((row) => (
                      <DeliveryLine key={row.delivery.deliveryId} {...{ model, names, row, tell }} />
                    ))}
                  </ul>
                )}
                {hasMoreWaiting && <More onMore={() => model.moreWaiting()} />}
              </section>
            </>
          );
        }}
      </Shown>
      <Replay model={model} onDone={tell} />
    </>
  );
}

interface GroupProps {
  readonly model: DeliveriesModel;
  readonly names: Names;
  readonly group: readonly DeliveryRow[];
  tell(done: Promise<SentAgain | NotDone | undefined>): Promise<void>;
}

/** What failed for one receiver. Of several, all can be sent again at once. */
function Group({ model, names, group, tell }: GroupProps): JSX.Element {
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
            aria-label={t('deliveries.again-all-of', { who })}
            onClick={() => count > 0 && void tell(model.retryAll(target))}
          >
            {t('deliveries.again-all')}
          </Button>
        </div>
      )}
      <ul class="running-list">
        {group.map((row) => (
          <DeliveryLine key={row.delivery.deliveryId} {...{ model, names, row, tell }} />
        ))}
      </ul>
    </div>
  );
}

/** What became of sending again. */
function Said({ said }: { said: SentAgain | NotDone | undefined }): JSX.Element {
  if (said && 'words' in said) {
    return (
      <div class="running-problem" role="alert">
        <p>{notDoneWords(said)}</p>
        {said.code === 'NO_RECEIVER' && (
          <a class="link" href={addressOf('webhook')}>
            {t('deliveries.to-webhook')}
          </a>
        )}
      </div>
    );
  }
  return <p role="status">{said && sentWords(said)}</p>;
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
