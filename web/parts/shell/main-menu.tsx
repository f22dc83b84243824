import type { JSX } from 'preact';
import { MenuButton, type MenuItem } from '../../kit/menu.tsx';
import type { App } from '../../models.ts';
import { LANGUAGES, type Language, language, t } from '../../words/words.ts';
import { chooseTheme, THEMES, theme, wishLanguage } from './wishes.ts';

/** All that is about the page itself, and not about a chat. */
export function MainMenu({ app }: { app: App }): JSX.Element {
  const items: MenuItem[] = [
    ...(Object.keys(LANGUAGES) as Language[]).map((name) => ({
      label: LANGUAGES[name],
      isOn: language() === name,
      choose: () => void wishLanguage(name),
    })),
    ...THEMES.map((name) => ({
      label: t(`shell.theme-${name}`),
      isOn: theme.value === name,
      choose: () => chooseTheme(name),
    })),
    { label: t('shell.sign-out'), icon: 'out', choose: () => void app.signOut() },
  ];
  return <MenuButton icon="menu" label={t('shell.menu')} items={items} />;
}
