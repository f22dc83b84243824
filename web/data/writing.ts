import { type ReadonlySignal, signal } from '@preact/signals';
import { createAlarm } from './alarm.ts';

/** A colleague who writes is heard of again sooner. */
const WRITES_MS = 6_000;
const TOLD_ONCE_IN_MS = 3_000;

/** Who writes in a chat now, and that the user does. */
export interface Writing {
  /** The name of the colleague. */
  readonly who: ReadonlySignal<string | undefined>;
  heard(name: string): void;
  /** The newest answer of colleagues. Another one than before is what was being written. */
  answered(messageId: string | undefined): void;
  /** The user writes, which colleagues are told once in three seconds. */
  tell(): void;
}

/** Follows who writes in one chat. */
export function createWriting(now: () => number, tellColleagues: () => void): Writing {
  const who = signal<string | undefined>(undefined);
  const setSilent = createAlarm(() => {
    who.value = undefined;
  }, now);
  let newest: string | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    who,
    heard(name) {
      who.value = name;
      setSilent(now() + WRITES_MS);
    },
    answered(messageId) {
      if (messageId !== newest) who.value = undefined;
      newest = messageId;
    },
    tell() {
      if (now() - toldAt < TOLD_ONCE_IN_MS) return;
      toldAt = now();
      tellColleagues();
    },
  };
}
