import { signal } from '@preact/signals';
import type { Phone, PhoneLink } from '../../settings-models/channels.ts';
import { type Answer, wordsOf } from '../api.ts';

/** The API asks to be asked every two seconds at most. */
const EVERY_MS = 3_000;
/** Long enough to find the phone; a code that nobody scans is not shown for ever. */
const LONGEST_MS = 5 * 60_000;

type Known = Omit<Extract<PhoneLink, { kind: 'known' }>, 'kind' | 'trouble'>;

/** What `createPhone` is built on. The browser's own stands in for what is left out. */
export interface PhoneDeps {
  readonly now?: () => number;
  readonly isVisible?: () => boolean;
}

/** Asks for the state of a phone until it is linked, and then says so by `linked`. */
export function createPhone(
  ask: () => Promise<Answer<Known>>,
  linked: () => void,
  { now = Date.now, isVisible = () => document.visibilityState === 'visible' }: PhoneDeps = {},
): Phone {
  const link = signal<PhoneLink>({ kind: 'asking' });

  async function look(): Promise<PhoneLink> {
    const answer = await ask();
    switch (answer.kind) {
      case 'ok':
        return { kind: 'known', state: answer.body.state, qr: answer.body.qr };
      case 'refused':
        return { kind: 'failed', words: wordsOf(answer) };
      case 'lost': {
        const before = link.peek();
        // A code that is a minute old is no code any more.
        return before.kind === 'known' ? { ...before, qr: undefined, trouble: wordsOf(answer) } : before;
      }
      default:
        return answer satisfies never;
    }
  }

  function start(): () => void {
    const endsAt = now() + LONGEST_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    link.value = { kind: 'asking' };

    async function tick(): Promise<void> {
      const next = now() >= endsAt ? ({ kind: 'ended' } as const) : isVisible() ? await look() : link.peek();
      if (isOver) return;
      link.value = next;
      const isLinked = next.kind === 'known' && next.state === 'active';
      if (isLinked) linked();
      else if (next.kind === 'known' || next.kind === 'asking') timer = setTimeout(tick, EVERY_MS);
    }
    void tick();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }

  return { link, start };
}
