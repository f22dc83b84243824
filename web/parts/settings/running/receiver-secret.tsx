import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { Button } from '../../../kit/button.tsx';
import { Dialog } from '../../../kit/dialog.tsx';
import type { NewSecret, ReceiverModel } from '../../../settings-models/running.ts';
import { fullTime } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { useAsk } from '../kit/ask.tsx';
import { Card } from '../kit/card.tsx';
import { CopyRow } from '../kit/copy-row.tsx';
import { keepFocus } from '../kit/focus.ts';

/** A new secret that signs events. It is shown once. */
export function ReceiverSecret({ model }: { model: ReceiverModel }): JSX.Element {
  const made = useSignal<NewSecret | undefined>(undefined);
  const { ask, dialog } = useAsk();
  const start = () =>
    ask({
      title: t('webhook.secret-make'),
      text: <p>{t('webhook.secret-sure')}</p>,
      yes: t('webhook.secret-make'),
      act: async () => {
        made.value = await model.newSecret();
      },
    });
  return (
    <Card title={t('webhook.secret')} hint={t('webhook.secret-how')}>
      <div class="settings-buttons">
        <Button onClick={start}>{t('webhook.secret-new')}</Button>
      </div>
      {dialog}
      {!dialog && made.value && (
        <Dialog
          title={t('webhook.secret')}
          onClose={() => {
            made.value = undefined;
            keepFocus();
          }}
        >
          <p>{t('webhook.secret-once')}</p>
          <CopyRow label={t('webhook.secret')} text={made.value.secret} />
          <p class="settings-hint">{formerWords(made.value)}</p>
        </Dialog>
      )}
    </Card>
  );
}

function formerWords({ formerSignsUntil }: NewSecret): string {
  if (formerSignsUntil === null) return t('webhook.secret-first');
  return t('webhook.secret-former', { time: fullTime(Date.parse(formerSignsUntil)) });
}
