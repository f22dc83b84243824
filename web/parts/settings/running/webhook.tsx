import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { fullTime } from '../../../words/times.ts';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { Card } from '../kit/card.tsx';
import { CopyRow } from '../kit/copy-row.tsx';
import { Ready } from '../kit/ready.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { ReceiverForm } from './receiver-form.tsx';
import { ReceiverSecret } from './receiver-secret.tsx';
import { ReceiverTest } from './receiver-test.tsx';

/** How a CRM is connected, and where events go. */
export function Webhook({ settings }: ScreenProps): JSX.Element {
  const { apiUrl } = settings.running;
  const model = useMemo(() => settings.running.receiver(), [settings]);
  return (
    <>
      <Card title={t('webhook.crm')}>
        <p>{t('webhook.crm-how')}</p>
        <CopyRow label={t('webhook.api')} text={apiUrl} />
        <p class="running-links">
          <a class="link" href={`${apiUrl}/docs`} target="_blank" rel="noopener noreferrer">
            {t('webhook.docs')}
          </a>
          <a class="link" href={addressOf('keys')}>
            {t('webhook.keys')}
          </a>
        </p>
      </Card>
      <Ready of={model.receiver}>
        {(receiver) => (
          <>
            <Card title={t('webhook.events')}>
              {receiver.webhooksUri === null && <p>{t('webhook.none')}</p>}
              {receiver.endedAt && (
                <p class="running-warning">{t('webhook.ended', { time: fullTime(Date.parse(receiver.endedAt)) })}</p>
              )}
              <ReceiverForm model={model} receiver={receiver} />
            </Card>
            {receiver.webhooksUri !== null && <ReceiverTest model={model} />}
            <ReceiverSecret model={model} />
          </>
        )}
      </Ready>
    </>
  );
}
