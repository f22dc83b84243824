import { later } from '../../../kit/later.tsx';
import { reloadPage } from '../../../kit/reload.ts';
import { t } from '../../../words/words.ts';
import { Failure } from '../kit/failure.tsx';

/** The channels. Connecting one is much, and done once, so it is loaded when it is looked at. */
export const Channels = later(
  async () => (await import('./channel-screens.tsx')).ChannelScreens,
  () => <Failure words={t('data.no-answer')} retry={reloadPage} />,
);
