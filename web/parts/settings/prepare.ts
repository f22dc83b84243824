import { speakMore } from '../../words/words.ts';
import { loadStyle } from './kit/load-style.ts';

/** Loads the words and the style of the settings, which nobody needs before. */
export async function prepareSettings(): Promise<void> {
  await Promise.all([
    speakMore('settings', async (language) =>
      language === 'ru'
        ? (await import('../../words/settings/ru.ts')).ru
        : (await import('../../words/settings/en.ts')).en,
    ),
    loadStyle('settings'),
  ]);
}
