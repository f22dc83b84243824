const MINUTE_MS = 60_000;
/** Who is back on the next day is not given clients at night. */
const MORNING_HOUR = 8;

/** For how long somebody can say that they are away, with one press. */
export const AWAY_CHOICES = ['quarter', 'hour', 'tomorrow'] as const;

/** For how long somebody is away. */
export type AwayChoice = (typeof AWAY_CHOICES)[number];

/** Until when that is (epoch ms): of tomorrow the morning, by the clock of the reader. */
export function awayUntil(choice: AwayChoice, now: number): number {
  if (choice !== 'tomorrow') return now + (choice === 'hour' ? 60 : 15) * MINUTE_MS;
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1, MORNING_HOUR).getTime();
}

/** What a field of a date with its time has, as a time (epoch ms). Undefined if it is none, or lies behind. */
export function typedUntil(text: string, now: number): number | undefined {
  const at = new Date(text).getTime();
  return Number.isNaN(at) || at <= now ? undefined : at;
}

/** That time as a field of a date with its time has it: `2026-12-04T18:30`. */
export function untilField(at: number): string {
  const local = at - new Date(at).getTimezoneOffset() * MINUTE_MS;
  return new Date(local).toISOString().slice(0, 16);
}
