import { speakMore } from '../../words/words.ts';

let spoken: Promise<void> | undefined;

/** Loads the words about notices, once. What failed is tried again. */
export function speakNotices(): Promise<void> {
  spoken ??= speakMore('notices', async (language) =>
    language === 'ru'
      ? (await import('../../words/notices-ru.ts')).notices
      : (await import('../../words/notices-en.ts')).notices,
  ).catch((error: unknown) => {
    spoken = undefined;
    throw error;
  });
  return spoken;
}
