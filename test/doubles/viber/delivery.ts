import { createHmac } from 'node:crypto';
import type { How } from '../graph/delivery.ts';
import { jsonOf, type World } from './world.ts';

/** Viber repeats a callback that was not taken within an hour. */
const GIVES_UP_MS = 3_600_000;
const DEADLINE_MS = 5000;

interface Waiting {
  readonly body: Readonly<Record<string, unknown>>;
  readonly since: number;
}

/** The status of an address. 0: nobody answers. */
export async function post(url: string, body: string, authToken?: string): Promise<number> {
  const signature = authToken && createHmac('sha256', authToken).update(body).digest('hex');
  const headers = { 'content-type': 'application/json', ...(signature && { 'x-viber-content-signature': signature }) };
  try {
    const signal = AbortSignal.timeout(DEADLINE_MS);
    // In the address as well: Viber's own library for Node.js knows no other place of it.
    const address = new URL(url);
    if (signature) address.searchParams.set('sig', signature);
    const response = await fetch(address, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Callbacks that wait, one in each request, signed over their bytes. */
export function createDelivery(world: World) {
  let waiting: Waiting[] = [];

  return {
    get waiting(): readonly Readonly<Record<string, unknown>>[] {
      return waiting.map(({ body }) => body);
    },

    /** What nobody wants to hear of is not told. Messages always are. */
    push(body: Readonly<Record<string, unknown>> & { readonly event: string }) {
      const isWanted = body.event === 'message' || world.events.includes(body.event);
      if (world.webhook !== '' && isWanted) waiting.push({ body, since: world.clock.now() });
    },

    /** Posts up to `most`. The statuses in their order. */
    async deliver(
      most = Number.POSITIVE_INFINITY,
      { twice = false, shuffled = false, random = Math.random }: How = {},
    ) {
      waiting = waiting.filter(({ since }) => world.clock.now() - since < GIVES_UP_MS);
      const order = shuffled ? [...waiting].sort(() => random() - 0.5) : [...waiting];
      const statuses: number[] = [];
      for (const one of order.slice(0, most)) {
        for (let n = 0; n < (twice ? 2 : 1); n += 1) {
          statuses.push(await post(world.webhook, jsonOf(one.body), world.authToken));
        }
        if (statuses.at(-1) === 200) waiting = waiting.filter((other) => other !== one);
      }
      return statuses;
    },
  };
}
