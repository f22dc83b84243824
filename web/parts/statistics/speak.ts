import { speakMore } from '../../words/words.ts';

/** Loads the words of statistics. */
export async function speakOfStatistics(): Promise<void> {
  await speakMore('statistics', async (language) =>
    language === 'ru'
      ? (await import('../../words/statistics-ru.ts')).statistics
      : (await import('../../words/statistics-en.ts')).statistics,
  );
}
