import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import type { Outcome } from './konvert-calls.ts';

/** What a doorbell needs, and what it tells. */
export interface DoorbellDeps {
  /** Asks for an address with a ticket. It never throws. */
  readonly address: () => Promise<Outcome<string | 'none'>>;
  /** Something may have changed: it has rung, it has just been opened, or its key has ended. */
  readonly rung: () => void;
}

/** A doorbell that is opened again whenever it is lost. */
export interface Doorbell {
  readonly isOpen: boolean;
  end(): void;
}

const OPENS_WITHIN_MS = 10_000;
/** API Gateway ends a socket that is silent for ten minutes. */
const PING_MS = 240_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** A socket that lived for so long was good, whatever ended it. */
const GOOD_MS = 60_000;
/** How soon a Konvert without doorbells is asked again whether it has some. */
const NONE_RETRY_MS = 600_000;
const MOST_BYTES = 64 * 1_024;

const saidSchema = z.object({ t: z.string() });

/** Opens the doorbell, and keeps one open until `end`. */
export function keepDoorbell({ address, rung }: DoorbellDeps): Doorbell {
  const ending = new AbortController();
  const { signal } = ending;
  let isOpen = false;

  /** Resolves when the socket has ended, to how long it was open (ms). */
  function hold(url: string): Promise<number> {
    return new Promise((resolve) => {
      const wire = new WebSocket(url, { handshakeTimeout: OPENS_WITHIN_MS, maxPayload: MOST_BYTES });
      let openedAt: number | undefined;
      let hasAnswered = true;
      const pings = setInterval(() => {
        if (!hasAnswered) wire.terminate();
        else if (isOpen) wire.send('{"t":"ping"}', () => {});
        hasAnswered = false;
      }, PING_MS);
      const cut = () => wire.terminate();
      signal.addEventListener('abort', cut);
      wire.on('open', () => {
        openedAt = performance.now();
        isOpen = true;
        rung();
      });
      wire.on('message', (data) => {
        hasAnswered = true;
        const said = kindOf(String(data));
        if (said === 'ring' || said === 'bye') rung();
        if (said === 'bye') wire.close();
      });
      // What is wrong with it ends it.
      wire.on('error', () => {});
      wire.on('close', () => {
        isOpen = false;
        clearInterval(pings);
        signal.removeEventListener('abort', cut);
        resolve(openedAt === undefined ? 0 : performance.now() - openedAt);
      });
    });
  }

  async function keep(): Promise<void> {
    for (let failures = 0; !signal.aborted; ) {
      const outcome = await address();
      if (signal.aborted) return;
      const url = 'found' in outcome ? outcome.found : undefined;
      const isThere = url !== undefined && url !== 'none' && /^wss?:/.test(url);
      failures = isThere && (await hold(url)) > GOOD_MS ? 0 : failures + 1;
      const retryMs = url === 'none' ? NONE_RETRY_MS : Math.min(FIRST_RETRY_MS * 2 ** failures, LONGEST_RETRY_MS);
      // They do not all come at once after Konvert was away.
      await sleep(retryMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
    }
  }

  void keep();
  return {
    get isOpen() {
      return isOpen;
    },
    end: () => ending.abort(),
  };
}

function kindOf(text: string): string | undefined {
  try {
    return saidSchema.safeParse(JSON.parse(text)).data?.t;
  } catch {
    return undefined;
  }
}
