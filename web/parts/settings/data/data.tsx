import { later } from '../../../kit/later.tsx';
import { speakMore } from '../../../words/words.ts';
import { NotLoaded } from '../kit/not-loaded.tsx';
import type { ScreenProps } from '../screen-props.ts';

/** What is stored of people. Hardly anybody needs it, so it is loaded with its words when it is looked at. */
export const Data = later<ScreenProps>(async () => {
  const [{ DataScreen }] = await Promise.all([
    import('./data-screen.tsx'),
    speakMore('stored', async (language) =>
      language === 'ru'
        ? (await import('../../../words/settings/stored-ru.ts')).stored
        : (await import('../../../words/settings/stored-en.ts')).stored,
    ),
  ]);
  return DataScreen;
}, NotLoaded);
