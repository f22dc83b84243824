import { later } from '../../../kit/later.tsx';
import { NotLoaded } from '../kit/not-loaded.tsx';
import { speakTeam } from '../team/speak-team.ts';
import type { RuleCardProps } from './rule-card.tsx';

/** What becomes of clients whom nobody answers, on the page of a channel. It is loaded with its words when it is shown. */
export const RuleOfChannel = later<RuleCardProps>(async () => {
  const [{ RuleCard }] = await Promise.all([import('./rule-card.tsx'), speakTeam()]);
  return RuleCard;
}, NotLoaded);
