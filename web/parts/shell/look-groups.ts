import type { MenuGroup } from '../../kit/menu.tsx';
import { LANGUAGES, type Language, language, t } from '../../words/words.ts';
import { chooseTheme, THEMES, theme, wishLanguage } from './wishes.ts';

/** The languages, to choose one. */
export function languageGroup(): MenuGroup {
  return {
    label: t('shell.language'),
    isRow: true,
    items: (Object.keys(LANGUAGES) as Language[]).map((name) => ({
      label: LANGUAGES[name],
      isOn: language() === name,
      choose: () => void wishLanguage(name),
    })),
  };
}

/** The looks, to choose one. */
export function themeGroup(): MenuGroup {
  return {
    label: t('shell.theme'),
    isRow: true,
    items: THEMES.map((name) => ({
      label: t(`shell.theme-${name}`),
      isOn: theme.value === name,
      choose: () => chooseTheme(name),
    })),
  };
}
