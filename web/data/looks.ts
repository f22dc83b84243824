import { LOOKS_AFTER_SEND_MS, nextLookAt } from '../core/pace.ts';
import { createAlarm } from './alarm.ts';
import type { OwnChat } from './chat.ts';

/** Reads the open chat again: ticks and reactions ring no bell. */
export interface Looks {
  /** Another chat is open, or none. */
  opened(): void;
  /** A reply of the open chat was accepted. */
  sent(): void;
  end(): void;
}

/** Starts reading the open chat again and again, as long as the page is visible. */
export function createLooks(openChat: () => OwnChat | undefined, isVisible: () => boolean, now: () => number): Looks {
  let afterSend: readonly number[] = [];
  let lookedAt = now();
  const setAlarm = createAlarm(() => {
    lookedAt = now();
    afterSend = afterSend.filter((at) => at > lookedAt);
    if (isVisible()) openChat()?.refresh();
    wait();
  }, now);
  const wait = () => {
    const newest = openChat()?.row.peek()?.lastMessageAt;
    const next = nextLookAt(lookedAt, newest === undefined ? undefined : Date.parse(newest), now());
    const times = next === undefined ? afterSend : [...afterSend, next];
    setAlarm(times.length === 0 ? undefined : Math.min(...times));
  };
  return {
    opened: wait,
    sent() {
      afterSend = LOOKS_AFTER_SEND_MS.map((after) => now() + after);
      wait();
    },
    end: () => setAlarm(undefined),
  };
}
