import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../../../kit/button.tsx';
import type { DeliveriesModel } from '../../../settings-models/running.ts';
import { t } from '../../../words/words.ts';
import { noteOf } from '../kit/note.tsx';
import type { Follow } from './delivery-line.tsx';

const HOUR = 3_600_000;
const KEPT_MS = 7 * 24 * HOUR;

/** Sends events once more that the CRM has taken. */
export function Replay({ model, follow }: { model: DeliveriesModel; follow: Follow }): JSX.Element {
  const from = useSignal(fieldOf(Date.now() - HOUR));
  const isWrong = useSignal(false);
  const id = useId();
  const { attributes, note } = noteOf(id, { problem: isWrong.value ? t('deliveries.replay-no-time') : '' });
  const start = () => {
    const at = Date.parse(from.value);
    isWrong.value = !(at > Date.now() - KEPT_MS && at < Date.now());
    if (!isWrong.value) void follow(model.replay(at));
  };
  return (
    <details class="settings-card running-replay">
      <summary>{t('deliveries.replay')}</summary>
      <p>{t('deliveries.replay-how')}</p>
      <div class="settings-field">
        <label for={id}>{t('deliveries.replay-from')}</label>
        <input
          id={id}
          class="field"
          type="datetime-local"
          value={from.value}
          {...attributes}
          onInput={(event) => {
            from.value = event.currentTarget.value;
          }}
        />
        {note}
      </div>
      <Button onClick={start}>{t('deliveries.replay-start')}</Button>
    </details>
  );
}

/** A time as the field writes it: in the zone of the machine, to the minute. */
function fieldOf(at: number): string {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
