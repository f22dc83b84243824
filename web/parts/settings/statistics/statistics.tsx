import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';
import type { ScreenProps } from '../screen-props.ts';

/** How long clients waited, in all channels. It is loaded with its words when it is looked at. */
export const Statistics = later<ScreenProps>(
  async () => (await import('./statistics-screen.tsx')).loadScreen(),
  NotLoaded,
);
