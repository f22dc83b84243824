import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { now } from '../../../kit/clock.ts';
import type { DeliveriesModel, DeliveryRow, NotDone, SentAgain } from '../../../settings-models/running.ts';
import { duration } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { isCrm, whatLeaves, whyNot } from './delivery-words.ts';
import type { Names } from './names.ts';
import { When } from './shown.tsx';

const MINUTE = 60_000;
/** How long a press is the last word about a delivery that waits. */
const PRESS_MS = 5_000;

/** Waits for what is sent again, and tells what became of it. */
export type Follow = (doing: Promise<SentAgain | NotDone | undefined>) => Promise<void>;

interface Props {
  readonly model: DeliveriesModel;
  readonly names: Names;
  readonly row: DeliveryRow;
  readonly follow: Follow;
}

/** A delivery: what it is, why it did not leave, how often and since when it was tried, and another try. */
export function DeliveryLine({ model, names, row, follow }: Props): JSX.Element {
  const { delivery, is } = row;
  const what = whatLeaves(delivery, names);
  const why = is === 'left' ? undefined : whyNot(delivery);
  const press = pressOf(row);
  return (
    <li class="running-line">
      <div class="running-words">
        <p class="running-what" dir="auto">
          {what}
        </p>
        {is === 'failed-again' && <p class="running-late">{t('deliveries.is-failed-again')}</p>}
        {why && <p>{why.words}</p>}
        {why?.said && (
          <p class="settings-hint" dir="auto">
            {t(isCrm(delivery.target) ? 'deliveries.crm-said' : 'deliveries.said', { said: why.said })}
          </p>
        )}
        {(is === 'left' ? [] : (delivery.lastError?.links ?? [])).map((link) => (
          <p key={link} dir="ltr">
            <a class="link" href={link} target="_blank" rel="noopener noreferrer">
              {link}
            </a>
          </p>
        ))}
        <p class="settings-hint">
          {[
            delivery.attempts === 0
              ? t('deliveries.not-tried')
              : t('deliveries.attempts', { count: delivery.attempts }),
            ...(is === 'waiting' && delivery.nextAttemptAt ? [nextWords(delivery.nextAttemptAt)] : []),
          ].join(' · ')}
          {' · '}
          <When at={delivery.createdAt} />
        </p>
      </div>
      {/* It stays the same button, so that the focus stays. */}
      <Button
        look={press.isDone ? 'quiet' : 'plain'}
        aria-disabled={press.isDone}
        aria-label={`${press.label}: ${what}`}
        onClick={() => !press.isDone && void follow(model.retry(delivery))}
      >
        {press.label}
      </Button>
    </li>
  );
}

function pressOf({ is, pressedAt }: DeliveryRow): { readonly label: string; readonly isDone: boolean } {
  if (is === 'left') return { label: t('deliveries.is-left'), isDone: true };
  if (is !== 'waiting') return { label: t('deliveries.again'), isDone: false };
  const isFresh = pressedAt !== undefined && Date.now() - pressedAt < PRESS_MS;
  return isFresh ? { label: t('deliveries.is-waiting'), isDone: true } : { label: t('deliveries.now'), isDone: false };
}

/** When it is tried next, as of now. */
export function nextWords(at: string): string {
  const ms = Date.parse(at) - now.value;
  return ms < MINUTE ? t('deliveries.next-now') : t('deliveries.next', { duration: duration(ms) });
}
