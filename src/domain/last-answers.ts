/** What a receiver did with one call: it answered with a status, or there was no answer, for that reason. */
export interface AnsweredCall {
  /** When it was called (epoch ms). */
  readonly at: number;
  readonly tookMs: number;
  /** How many events were in the call. A test has none. */
  readonly events: number;
  readonly end: { readonly status: number } | { readonly reason: string };
}

/** How many of the last calls are remembered. */
export const MOST_ANSWERS = 20;
/**
 * How long the text of all of them is at most. With it the item of a lane stays below 1 KB, so that no write of the lane
 * costs more.
 */
const LONGEST_TEXT = 400;

const ONE = /^([0-9a-z]+)\.([0-9a-z]+)\.(\w+)\.([0-9a-z]+)$/;

/** The text of the last calls with one more in front. The oldest make way. */
export function withAnswer(text: string | undefined, { at, tookMs, events, end }: AnsweredCall): string {
  const told = 'status' in end ? end.status : end.reason;
  // A clock may be set back during a call.
  const took = Math.max(0, tookMs);
  const all = [[at.toString(36), took.toString(36), told, events.toString(36)].join('.'), ...wordsOf(text)];
  let length = -1;
  return all
    .slice(0, MOST_ANSWERS)
    .filter((word) => {
      length += word.length + 1;
      return length <= LONGEST_TEXT;
    })
    .join(' ');
}

/** The last calls that a text holds, the newest first. What cannot be read is left out. */
export function readAnswers(text: string | undefined): AnsweredCall[] {
  return wordsOf(text).flatMap((word) => {
    const [, at, tookMs, told, events] = ONE.exec(word) ?? [];
    if (at === undefined || tookMs === undefined || told === undefined || events === undefined) return [];
    const end = /^\d{3}$/.test(told) ? { status: Number(told) } : { reason: told };
    return [
      { at: Number.parseInt(at, 36), tookMs: Number.parseInt(tookMs, 36), events: Number.parseInt(events, 36), end },
    ];
  });
}

function wordsOf(text: string | undefined): string[] {
  return text ? text.split(' ') : [];
}
