import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';

/** The channels. Connecting one is much, and done once, so it is loaded when it is looked at. */
export const Channels = later(async () => (await import('./channel-screens.tsx')).ChannelScreens, NotLoaded);
