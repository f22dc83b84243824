import { speakMore } from '../../words/words.ts';

let spoken: Promise<void> | undefined;

/** Loads the words about clients who wait, and about who has them and why: once. What failed is tried again. */
export function speakWaits(): Promise<void> {
  spoken ??= speakMore('waits', async (language) =>
    language === 'ru'
      ? (await import('../../words/waits-ru.ts')).waits
      : (await import('../../words/waits-en.ts')).waits,
  ).catch((error: unknown) => {
    spoken = undefined;
    throw error;
  });
  return spoken;
}
