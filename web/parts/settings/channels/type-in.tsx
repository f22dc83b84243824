import type { JSX } from 'preact';
import type { ConnectedChannel } from '../../../settings-models/channels.ts';
import { t } from '../../../words/words.ts';
import { CopyRow } from '../kit/copy-row.tsx';

/** What has to be typed in at the messenger by hand, each with a button that copies it. */
export function TypeIn({ told }: { told: ConnectedChannel }): JSX.Element {
  const { webhookUrl, verifyToken, secretToken, webhookFields = [] } = told;
  return (
    <div class="channel-type-in">
      {webhookUrl && <CopyRow label={t('channels.webhook-url')} text={webhookUrl} />}
      {verifyToken && <CopyRow label={t('channels.verify-token')} text={verifyToken} />}
      {secretToken && <CopyRow label={t('channels.secret-token')} text={secretToken} />}
      {webhookFields.length > 0 && (
        <ul class="channel-words" aria-label={t('channels.webhook-fields')}>
          {webhookFields.map((field) => (
            <li key={field}>
              <code>{field}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Whether something of it has to be typed in. */
export function hasToTypeIn(told: ConnectedChannel | undefined): told is ConnectedChannel {
  return told?.verifyToken !== undefined || told?.secretToken !== undefined;
}
