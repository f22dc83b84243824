import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '#log';
import { type Doorbell, keepDoorbell } from './doorbell.ts';
import type { Counter, KonvertCalls, Refusal } from './konvert-calls.ts';

/** Who wants to know the counter. */
export interface CounterListener {
  /** It is called with the counter as it is now, then with each change. */
  counted(counter: Counter): void;
  /** The key or the user is good no more. Nothing follows. */
  refused(refusal: Refusal): void;
}

/** The counter of one user, watched for all who listen to it with the same key. */
export interface CounterWatch {
  /** Returns what ends the listening. */
  listen(listener: CounterListener): () => void;
  end(): void;
}

/** How often is looked. */
export interface Pace {
  /** Without a doorbell, and while Konvert cannot be reached. */
  readonly pollMs?: number;
  /** With a doorbell besides, because a ring may be lost. */
  readonly recheckMs?: number;
}

/** What a watch needs. */
export interface CounterWatchDeps extends Pace {
  readonly konvert: KonvertCalls;
  readonly apiKey: string;
  readonly userId: string;
  readonly log: Log;
}

const POLL_MS = 5_000;
const RECHECK_MS = 60_000;
/** Rings that come closer than that are answered by one look. */
const BETWEEN_LOOKS_MS = 300;
/** What rang may be in the counter only then: Konvert's lists come from an index, which may lag. */
const LATE_MS = 2_500;

/** Watches the counter of the user until `end`, or until Konvert refuses to tell it. */
export function watchCounter(deps: CounterWatchDeps): CounterWatch {
  const { konvert, apiKey, userId, log, pollMs = POLL_MS, recheckMs = RECHECK_MS } = deps;
  const listeners = new Set<CounterListener>();
  let known: Counter | undefined;
  let isLooking = false;
  let isWantedAgain = false;
  let isFailing = false;
  const ending = new AbortController();
  const { signal: ended } = ending;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let late: NodeJS.Timeout | undefined;

  /** There is none before the key and the user have proved good. */
  let doorbell: Doorbell | undefined;
  const polls = setInterval(() => {
    const isDue = performance.now() - lookedAt >= recheckMs;
    if (!doorbell?.isOpen || isFailing || isDue) void look();
  }, pollMs);

  function rung(): void {
    if (ended.aborted) return;
    void look();
    clearTimeout(late);
    late = setTimeout(() => void look(), LATE_MS);
  }

  /** Looks once more after the look that is under way: it may have come before what rang. */
  async function look(): Promise<void> {
    isWantedAgain = true;
    if (isLooking) return;
    isLooking = true;
    while (isWantedAgain && !ended.aborted) {
      isWantedAgain = false;
      await lookOnce();
      await sleep(BETWEEN_LOOKS_MS);
    }
    isLooking = false;
  }

  async function lookOnce(): Promise<void> {
    lookedAt = performance.now();
    const outcome = await konvert.counterOf(apiKey, userId, ended);
    if (ended.aborted) return;
    if ('refused' in outcome) refuse(outcome.refused);
    else if ('failed' in outcome) fail(outcome.failed);
    else tell(outcome.found);
  }

  function tell(counter: Counter): void {
    isFailing = false;
    doorbell ??= keepDoorbell({ address: () => konvert.doorbellFor(apiKey, userId, ended), rung });
    if (known?.counterV2 === counter.counterV2 && known.type === counter.type) return;
    known = counter;
    for (const listener of listeners) listener.counted(counter);
  }

  function refuse(refusal: Refusal): void {
    end();
    for (const listener of listeners) listener.refused(refusal);
  }

  function fail(reason: string): void {
    if (!isFailing) log({ counter: 'unknown', reason });
    isFailing = true;
  }

  function end(): void {
    ending.abort();
    clearInterval(polls);
    clearTimeout(late);
    doorbell?.end();
  }

  void look();
  return {
    listen(listener) {
      listeners.add(listener);
      if (known) listener.counted(known);
      return () => void listeners.delete(listener);
    },
    end,
  };
}
