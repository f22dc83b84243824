import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { speakTeam } from '../team/speak-team.ts';

/** Working hours. They are set once, so they are loaded with their words when they are looked at. */
export const Hours = later<ScreenProps>(async () => {
  const [{ HoursScreen }] = await Promise.all([import('./hours-screen.tsx'), speakTeam()]);
  return HoursScreen;
}, NotLoaded);
