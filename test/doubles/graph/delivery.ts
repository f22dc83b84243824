import type { Clock } from '#clock';
import { escapedJson, signatureOf } from './webhooks.ts';

/** Meta gives an endpoint up that has failed for so long, and stops telling it anything. */
const GIVES_UP_MS = 3_600_000;
const MOST_UPDATES = 1000;
const FIRST_RETRY_MS = 5000;

/** How updates are handed over. */
export interface How {
  /** Each request is made twice, as Meta does it now and then. */
  readonly twice?: boolean;
  readonly shuffled?: boolean;
  /** The most updates of one request. */
  readonly batch?: number;
  /** Between 0 and 1. A test passes its own, so that a shuffle can be repeated. */
  readonly random?: () => number;
}

/** What a webhook answered to one request. */
export interface Handed {
  readonly status: number;
  readonly updates: number;
}

interface Waiting<Update> {
  readonly update: Update;
  dueAt: number;
  retryMs: number;
  failedSince?: number;
}

/**
 * The updates that wait, and how they are posted: signed, in batches, again and again until they are taken. `bodyOf` makes
 * a body of those for one address.
 */
export function createDelivery<Update>(
  clock: Clock,
  appSecret: string,
  addressFor: (update: Update) => string | undefined,
  giveUp: (url: string) => void,
  bodyOf: (updates: readonly Update[]) => unknown,
) {
  let waiting: Waiting<Update>[] = [];

  async function post(url: string, batch: readonly Waiting<Update>[], twice: boolean): Promise<number> {
    const bytes = escapedJson(bodyOf(batch.map(({ update }) => update)));
    const headers = { 'content-type': 'application/json', 'x-hub-signature-256': signatureOf(appSecret, bytes) };
    const statuses: number[] = [];
    for (let n = 0; n < (twice ? 2 : 1); n++) {
      const response = await fetch(url, { method: 'POST', headers, body: bytes, redirect: 'manual' }).catch(
        () => undefined,
      );
      await response?.arrayBuffer();
      statuses.push(response?.status ?? 0);
    }
    return statuses.every((status) => status === 200) ? 200 : (statuses.find((status) => status !== 200) ?? 0);
  }

  function putBack(url: string, batch: readonly Waiting<Update>[]) {
    for (const one of batch) {
      one.failedSince ??= clock.now();
      one.dueAt = clock.now() + one.retryMs;
      one.retryMs *= 2;
    }
    if (batch.some(({ failedSince }) => clock.now() - (failedSince ?? 0) >= GIVES_UP_MS)) {
      giveUp(url);
      waiting = waiting.filter(({ update }) => addressFor(update) !== undefined);
    }
  }

  return {
    get waiting(): readonly Update[] {
      return waiting.map(({ update }) => update);
    },

    /** What has no address is lost, as it is at Meta. */
    push(update: Update) {
      if (addressFor(update) !== undefined) waiting.push({ update, dueAt: clock.now(), retryMs: FIRST_RETRY_MS });
    },

    /** Posts up to `most` of the updates that are due. Those that were not taken wait, longer each time. */
    async deliver(
      most = Number.POSITIVE_INFINITY,
      { twice = false, shuffled = false, batch = MOST_UPDATES, random = Math.random }: How = {},
    ): Promise<Handed[]> {
      const due = waiting.filter(({ dueAt }) => dueAt <= clock.now());
      const order = shuffled ? shuffle(due, random) : due;
      const byUrl = Map.groupBy(order.slice(0, most), ({ update }) => addressFor(update) ?? '');
      const handed: Handed[] = [];
      for (const [url, all] of byUrl) {
        for (let from = 0; from < all.length; from += batch) {
          const part = all.slice(from, from + Math.min(batch, MOST_UPDATES));
          const status = await post(url, part, twice);
          handed.push({ status, updates: part.length });
          if (status === 200) waiting = waiting.filter((one) => !part.includes(one));
          else putBack(url, part);
        }
      }
      return handed;
    },
  };
}

function shuffle<T>(values: readonly T[], random: () => number): T[] {
  const shuffled = [...values];
  for (let last = shuffled.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
  }
  return shuffled;
}
