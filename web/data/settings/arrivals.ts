import { signal } from '@preact/signals';
import type { Arrival, Arrivals, NewestMessage } from '../../settings-models/channels.ts';
import { type Answer, wordsOf } from '../api.ts';

const EVERY_MS = 1_000;
/** Long enough to find a phone. */
const LONGEST_MS = 5 * 60_000;

/** What `createArrivals` is built on. The browser's own stands in for what is left out. */
export interface ArrivalsDeps {
  readonly now?: () => number;
  readonly isVisible?: () => boolean;
}

/**
 * Asks what has arrived. The first answer is what was there before, except in a channel that `isNew`: there whatever
 * comes was written to it just now.
 */
export function createArrivals(
  ask: () => Promise<Answer<NewestMessage | null>>,
  isNew: boolean,
  { now = Date.now, isVisible = () => document.visibilityState === 'visible' }: ArrivalsDeps = {},
): Arrivals {
  const state = signal<Arrival>({ kind: 'waiting' });

  function start(): () => void {
    const endsAt = now() + LONGEST_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    /** The message that was there before. `undefined` as long as nobody knows. */
    let before: NewestMessage | null | undefined = isNew ? null : undefined;
    state.value = { kind: 'waiting' };

    async function look(): Promise<Arrival | undefined> {
      const answer = await ask();
      if (answer.kind === 'refused') return { kind: 'failed', words: wordsOf(answer) };
      if (answer.kind === 'lost') return { ...waiting(before), trouble: wordsOf(answer) };
      if (before === undefined) before = answer.body;
      else if (answer.body && answer.body.messageId !== before?.messageId) {
        return { kind: 'arrived', message: answer.body };
      }
      return waiting(before);
    }

    async function tick(): Promise<void> {
      const next = now() >= endsAt ? ({ kind: 'ended' } as const) : isVisible() ? await look() : state.value;
      if (isOver || !next) return;
      state.value = next;
      if (next.kind === 'waiting') timer = setTimeout(tick, EVERY_MS);
    }
    void tick();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }

  return { state, start };
}

function waiting(before: NewestMessage | null | undefined): Extract<Arrival, { kind: 'waiting' }> {
  return { kind: 'waiting', ...(before && { before }) };
}
