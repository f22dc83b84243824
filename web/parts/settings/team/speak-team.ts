import { speakMore } from '../../../words/words.ts';

/** Loads the words of working hours, of who is on, and of the rule for clients who wait. */
export function speakTeam(): Promise<void> {
  return speakMore('team', async (language) =>
    language === 'ru'
      ? (await import('../../../words/settings/team-ru.ts')).team
      : (await import('../../../words/settings/team-en.ts')).team,
  );
}
