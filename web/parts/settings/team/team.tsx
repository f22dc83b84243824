import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';
import type { ScreenProps } from '../screen-props.ts';
import { speakTeam } from './speak-team.ts';

/** Who receives clients now. */
export const Team = later<ScreenProps>(async () => {
  const [{ TeamScreen }] = await Promise.all([import('./team-screen.tsx'), speakTeam()]);
  return TeamScreen;
}, NotLoaded);
