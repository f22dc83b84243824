import type { JSX } from 'preact';
import { useHashLocation } from 'wouter-preact/use-hash-location';
import { Button } from '../../kit/button.tsx';
import type { SettingsModel } from '../../settings-models/settings.ts';
import { speakMore, t } from '../../words/words.ts';
import { addressOf } from './address.ts';
import { SCREENS } from './screens.ts';

/** Loads the words and the style of the settings, which nobody needs before. */
export async function prepareSettings(): Promise<void> {
  await Promise.all([
    speakMore(async (language) =>
      language === 'ru'
        ? (await import('../../words/settings/ru.ts')).ru
        : (await import('../../words/settings/en.ts')).en,
    ),
    loadStyle(),
  ]);
}

/** The settings: the menu of its screens, and one of them. */
export function Settings({ settings }: { settings: SettingsModel }): JSX.Element {
  const [location] = useHashLocation();
  const [, , name = '', ...path] = location.split('/').map(decodeURIComponent);
  const screen = SCREENS.find((one) => one.name === name) ?? SCREENS[0]!;
  const { title, Content } = screen;
  return (
    <div class="settings">
      <nav class="settings-menu" aria-label={t('settings.title')}>
        <ul>
          {SCREENS.map((one) => (
            <li key={one.name}>
              <a class="settings-link" href={addressOf(one.name)} aria-current={one === screen ? 'page' : undefined}>
                {t(one.title)}
              </a>
            </li>
          ))}
        </ul>
        <Button look="quiet" icon="out" onClick={() => void settings.signOut()}>
          {t('shell.sign-out')}
        </Button>
      </nav>
      <main class="settings-screen">
        <h1>{t(title)}</h1>
        <Content settings={settings} path={path} />
      </main>
    </div>
  );
}

/** The document names the style sheet, because its name holds its hash. */
async function loadStyle(): Promise<void> {
  const { content } = document.querySelector<HTMLMetaElement>('meta[name=settings-style]')!;
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: content });
  await new Promise((resolve, reject) => {
    style.onload = resolve;
    style.onerror = reject;
    document.head.append(style);
  });
}
