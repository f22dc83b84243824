import { AWAY_CHOICES, awayUntil } from '../../core/away-until.ts';
import type { MenuItem } from '../../kit/menu.tsx';
import { timeOfDay } from '../../words/times.ts';
import { t } from '../../words/words.ts';

/** For how long somebody may be away. `go` gets the time at which that ends, `ask` asks for another. */
export function awayItems(now: number, go: (until: number) => void, ask: () => void): MenuItem[] {
  return [
    ...AWAY_CHOICES.map((choice): MenuItem => {
      const until = awayUntil(choice, now);
      return { label: t(`away.${choice}`, { time: timeOfDay(until) }), icon: 'clock', choose: () => go(until) };
    }),
    { label: t('away.other'), icon: 'clock', choose: ask },
  ];
}
