import type { JSX } from 'preact';
import { type Key, t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { StepTitle } from '../kit/step-title.tsx';
import type { CrmGuide } from './guides/guide.ts';

/** Why a consent came to nothing, by the codes of the API. */
const CODES: readonly string[] = ['STATE_ENDED', 'DENIED', 'CRM_REFUSED', 'CRM_UNREACHABLE', 'OTHER_ACCOUNT'];

/** What is shown to who comes back from a CRM without its consent. */
export function Refused({ code, guide }: { code: string; guide: CrmGuide | undefined }): JSX.Element {
  return (
    <section class="settings-card channel-step">
      <StepTitle>{t('crm.not-allowed', { crm: guide?.name ?? 'CRM' })}</StepTitle>
      <p>{CODES.includes(code) ? t(`crm.not-${code}` as Key) : t('crm.not-allowed-what', { code })}</p>
      <div class="settings-buttons">
        <a class="button button-main" href={guide ? addressOf('crm', 'credentials') : addressOf('crm')}>
          {t('kit.retry')}
        </a>
      </div>
    </section>
  );
}
