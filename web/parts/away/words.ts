import { timeOfDay } from '../../words/times.ts';
import { formatterOf, t } from '../../words/words.ts';

/** Until when something is: the time alone today, else with its day: "Fri 4 Dec, 09:00". */
export function untilWords(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  if (isToday) return timeOfDay(at);
  const options = { weekday: 'short', day: 'numeric', month: 'short' } as const;
  const format = formatterOf(
    'until-day',
    (language) => new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options),
  );
  return `${format.format(at)}, ${timeOfDay(at)}`;
}

/** A status in words: "On", "Away until 15:00". */
export function statusWords(
  { status, until }: { readonly status: string; readonly until?: number },
  now: number,
): string {
  if (status === 'on') return t('away.on');
  return until === undefined ? t('away.away') : t('away.until', { time: untilWords(until, now) });
}
