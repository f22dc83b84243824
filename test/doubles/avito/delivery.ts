import type { How } from '../graph/delivery.ts';

/** Avito waits so long for the answer to a webhook. */
export const DEADLINE_MS = 2000;

/** The answer of an address. 0: none within the deadline, or no connection. */
export async function post(url: string, body: string, deadlineMs = DEADLINE_MS): Promise<number> {
  try {
    const headers = { 'content-type': 'application/json', 'x-avito-messenger-signature': 'e3'.repeat(32) };
    const signal = AbortSignal.timeout(deadlineMs);
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** Webhooks that wait. How often Avito repeats one is not known: one that is not taken waits for the next delivery. */
export function createDelivery(addresses: readonly string[], deadlineMs = DEADLINE_MS) {
  let waiting: object[] = [];

  async function handOver(body: object, twice: boolean): Promise<number> {
    const statuses: number[] = [];
    for (const url of addresses) {
      for (let n = 0; n < (twice ? 2 : 1); n += 1) statuses.push(await post(url, JSON.stringify(body), deadlineMs));
    }
    return statuses.find((status) => status !== 200) ?? 200;
  }

  return {
    get waiting(): readonly object[] {
      return waiting;
    },

    /** What has no address is lost. */
    push(body: object) {
      if (addresses.length > 0) waiting.push(body);
    },

    /** Posts up to `most`, one in each request. The statuses in their order. */
    async deliver(
      most = Number.POSITIVE_INFINITY,
      { twice = false, shuffled = false, random = Math.random }: How = {},
    ) {
      const order = shuffled ? [...waiting].sort(() => random() - 0.5) : [...waiting];
      const statuses: number[] = [];
      for (const body of order.slice(0, most)) {
        const status = await handOver(body, twice);
        statuses.push(status);
        if (status === 200) waiting = waiting.filter((one) => one !== body);
      }
      return statuses;
    },
  };
}
