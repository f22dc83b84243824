import { type Key, t } from '../../words/words.ts';
import type { Progress } from './ticks.ts';

const WORDS: Readonly<Record<Progress, Key>> = {
  uploading: 'tick.uploading',
  waiting: 'tick.waiting',
  asks: 'tick.asks',
  accepted: 'tick.accepted',
  sent: 'tick.sent',
  delivered: 'tick.delivered',
  read: 'tick.read',
  failed: 'tick.failed',
};

const CLOCK = 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 5v3.2l2 1.3';
const TICK = 'M3.5 8.5 6.5 11.5 12.5 4.5';
const TICKS = 'M1 8.5 4 11.5 10 4.5M7.6 10.9 8.2 11.5 14.2 4.5';
const MARK = 'M8 2.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11ZM8 5v3.5M8 10.7v.3';

/** The mark of how far a message of the team got, with its words. */
export function TickMark({ progress }: { readonly progress: Progress }) {
  const words = t(WORDS[progress]);
  return (
    <span class={`tick is-${progress}`} role="img" aria-label={words} title={words}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={pathOf(progress)} />
      </svg>
    </span>
  );
}

function pathOf(progress: Progress): string {
  switch (progress) {
    case 'sent':
      return TICK;
    case 'delivered':
    case 'read':
      return TICKS;
    case 'failed':
    case 'asks':
      return MARK;
    default:
      return CLOCK;
  }
}
