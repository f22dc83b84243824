import { speakMore } from '../../words/words.ts';

/** Loads the words and the style of the settings, which nobody needs before. */
export async function prepareSettings(): Promise<void> {
  await Promise.all([
    speakMore('settings', async (language) =>
      language === 'ru'
        ? (await import('../../words/settings/ru.ts')).ru
        : (await import('../../words/settings/en.ts')).en,
    ),
    loadStyle(),
  ]);
}

/** The document names the style sheet, because its name holds its hash. */
async function loadStyle(): Promise<void> {
  const { content } = document.querySelector<HTMLMetaElement>('meta[name=settings-style]')!;
  const style = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: content });
  await new Promise((resolve, reject) => {
    style.onload = resolve;
    style.onerror = () => {
      style.remove();
      reject(new Error(`The page got no ${content}`));
    };
    document.head.append(style);
  });
}
