import { signal } from '@preact/signals';
import { deviceShelf } from '../../data/storage.ts';
import { chooseLanguage, type Language, speak } from '../../words/words.ts';

/** The looks of the page, as the menu offers them. */
export const THEMES = ['system', 'light', 'dark'] as const;
/** How the page looks. */
export type Theme = (typeof THEMES)[number];

/** The look that the user has chosen. */
export const theme = signal<Theme>('system');

/** Looks as the user wished last time. */
export function recallTheme(): void {
  const kept = recall('theme');
  applyTheme(THEMES.find((name) => name === kept) ?? 'system');
}

/** Looks like that from now on, here and next time. */
export function chooseTheme(name: Theme): void {
  keep('theme', name);
  applyTheme(name);
}

/** Speaks the language of the link, else the one that the user chose, else the browser's. */
export async function recallLanguage(): Promise<void> {
  const ofLink = new URLSearchParams(location.search).get('lang');
  await say(chooseLanguage([ofLink, recall('language'), ...navigator.languages]));
}

/** Speaks that language from now on, here and next time. */
export async function wishLanguage(language: Language): Promise<void> {
  keep('language', language);
  await say(language);
}

async function say(language: Language): Promise<void> {
  await speak(language);
  document.documentElement.lang = language;
}

function applyTheme(name: Theme): void {
  theme.value = name;
  document.documentElement.dataset.theme = name;
}

/** A wish that was kept, if there is one. */
export function recall(name: string): string | undefined {
  return deviceShelf.get(`konvert/${name}`);
}

/** Keeps a wish for next time, or for as long as the page lives where storage is refused. */
export function keep(name: string, value: string): void {
  deviceShelf.set(`konvert/${name}`, value);
}
