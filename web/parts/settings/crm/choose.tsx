import type { JSX } from 'preact';
import { MessengerMark } from '../../../kit/mark.tsx';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { GUIDES } from './guides/guides.ts';

/** The CRMs that can be connected, and the way of every other one. */
export function Choose(): JSX.Element {
  return (
    <section class="settings-card channel-step">
      <StepTitle>{t('crm.choose')}</StepTitle>
      <p class="settings-hint">{t('crm.choose-what')}</p>
      <ul class="channel-choice">
        {GUIDES.map(({ crm, name, names = name, needs, steps }) => (
          <li key={crm}>
            <a class="channel-option" href={addressOf('crm', 'new', crm, steps[0]?.name ?? '')}>
              <MessengerMark chatType={name} />
              <span>
                <b>{names}</b>
                <small>{t(needs)}</small>
              </span>
            </a>
          </li>
        ))}
        <li>
          <a class="channel-option" href={addressOf('webhook')}>
            <MessengerMark chatType="+" />
            <span>
              <b>{t('crm.other')}</b>
              <small>{t('crm.other-needs')}</small>
            </span>
          </a>
        </li>
      </ul>
    </section>
  );
}
