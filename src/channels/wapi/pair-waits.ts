import { createRemembered } from '#channels/meta/remembered';

/** The longest wait. After it Meta has given back everything that was borrowed: 45 messages, 6 seconds each. */
const MAX_WAIT_SECONDS = 4 ** 4;
const MOST_PAIRS = 10_000;

/** How long messages of one number to one person have to wait. Nothing of it is kept beyond this process. */
export interface PairWaits {
  /** The seconds to wait after one more refusal of the pair: 4, 16, 64, then 256. */
  lengthen(pair: string): number;
  /** A message of the pair was taken. */
  end(pair: string): void;
}

/**
 * The waits that Meta asks for after its code 131056: 4 to the power of the refusals so far.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export function createPairWaits(now: () => number): PairWaits {
  const lastWaits = createRemembered<number>(MOST_PAIRS, 2 * MAX_WAIT_SECONDS * 1000, now);
  return {
    lengthen(pair) {
      const wait = Math.min((lastWaits.get(pair) ?? 1) * 4, MAX_WAIT_SECONDS);
      lastWaits.set(pair, wait);
      return wait;
    },
    end: (pair) => lastWaits.forget(pair),
  };
}
