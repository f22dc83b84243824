import type { JSX } from 'preact';
import { MessengerMark } from '../../../kit/mark.tsx';
import { t } from '../../../words/words.ts';
import { addressOf } from '../address.ts';
import { StepTitle } from '../kit/step-title.tsx';
import { markOf, OFFERS } from './messengers/guides.ts';

/** The messengers that can be connected. */
export function Choose(): JSX.Element {
  return (
    <section class="settings-card channel-step">
      <StepTitle>{t('channels.choose')}</StepTitle>
      <ul class="channel-choice">
        {OFFERS.map(({ transport, title, needs }) => (
          <li key={transport}>
            <a class="channel-option" href={addressOf('channels', 'new', transport)}>
              <MessengerMark chatType={markOf(transport)} />
              <span>
                <b>{t(title)}</b>
                <small>{t(needs)}</small>
              </span>
            </a>
          </li>
        ))}
      </ul>
      <div class="settings-buttons">
        <a class="button button-plain" href={addressOf('channels')}>
          {t('settings.cancel')}
        </a>
      </div>
    </section>
  );
}
