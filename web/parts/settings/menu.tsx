import type { JSX } from 'preact';
import { Icon } from '../../kit/icon.tsx';
import { t } from '../../words/words.ts';
import { addressOf } from './address.ts';
import { GROUPS, SCREENS, type Screen } from './screens.ts';

/** All screens under their headings. */
export function ScreenMenu({ current }: { current?: Screen }): JSX.Element {
  return (
    <nav class="settings-menu" aria-label={t('settings.title')}>
      {GROUPS.map((group) => (
        <div key={group}>
          <h2 id={group} class="settings-group">
            {t(group)}
          </h2>
          <ul aria-labelledby={group}>
            {SCREENS.filter((screen) => screen.group === group).map((screen) => (
              <li key={screen.name}>
                <a
                  class="settings-link"
                  href={addressOf(screen.name)}
                  aria-current={screen === current ? 'page' : undefined}
                >
                  {t(screen.title)}
                  {current === undefined && <Icon name="right" />}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
