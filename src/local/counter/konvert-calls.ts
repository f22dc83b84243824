import * as z from 'zod/mini';

/** The counter of a user (U8), as `GET /v3/unanswered/{userId}` tells it. */
export interface Counter {
  readonly counterV2: number;
  readonly type: 'red' | 'grey' | null;
}

/** Konvert says no, and will say so again: a wrong key, a disabled account, an unknown user. */
export interface Refusal {
  readonly error: string;
  readonly description: string;
}

/** What came of a call. `failed`: it may go well the next time. */
export type Outcome<T> = { readonly found: T } | { readonly refused: Refusal } | { readonly failed: string };

/**
 * The two calls of Konvert's HTTP API from which a live counter is made. They never throw. A call that has not begun when
 * its asker ends is not made.
 */
export interface KonvertCalls {
  counterOf(apiKey: string, userId: string, ended: AbortSignal): Promise<Outcome<Counter>>;
  /** The address of a doorbell that is rung for the user; `none` if this Konvert has none. */
  doorbellFor(apiKey: string, userId: string, ended: AbortSignal): Promise<Outcome<string | 'none'>>;
}

const ANSWERS_WITHIN_MS = 10_000;
/** However many sockets listen, Konvert is asked no more at once. */
const MOST_AT_ONCE = 20;

const counterSchema = z.object({
  counterV2: z.number(),
  type: z.nullable(z.enum(['red', 'grey'])),
});
const doorbellSchema = z.object({ url: z.string() });
const refusalSchema = z.object({ error: z.string(), description: z._default(z.string(), '') });

/** Calls the Konvert at that address, which may end with a path and has no slash at its end. */
export function createKonvertCalls(url: string): KonvertCalls {
  const { origin } = new URL(url);
  const waiting: (() => void)[] = [];
  let underWay = 0;

  async function call(
    method: string,
    path: string,
    apiKey: string,
    ended: AbortSignal,
    more: Record<string, string> = {},
  ) {
    if (underWay >= MOST_AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
    else underWay += 1;
    try {
      ended.throwIfAborted();
      const headers = { authorization: `Bearer ${apiKey}`, ...more };
      const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS);
      // A redirect would take the key elsewhere.
      const response = await fetch(url + path, { method, headers, signal, redirect: 'error' });
      return { status: response.status, body: (await response.json()) as unknown };
    } finally {
      const next = waiting.shift();
      if (next) next();
      else underWay -= 1;
    }
  }

  return {
    async counterOf(apiKey, userId, ended) {
      try {
        const { status, body } = await call('GET', `/v3/unanswered/${encodeURIComponent(userId)}`, apiKey, ended);
        return outcomeOf(status, body, [401, 403, 404], counterSchema);
      } catch (error) {
        return failure(error);
      }
    },

    async doorbellFor(apiKey, userId, ended) {
      try {
        // By the origin a Konvert behind a proxy knows whether its sockets are ws or wss.
        const headers = { 'konvert-user': encodeURIComponent(userId), origin };
        const { status, body } = await call('POST', '/v1/doorbells', apiKey, ended, headers);
        if (status === 404) return { found: 'none' };
        const outcome = outcomeOf(status, body, [401, 403], doorbellSchema);
        return 'found' in outcome ? { found: outcome.found.url } : outcome;
      } catch (error) {
        return failure(error);
      }
    },
  };
}

/** What is no refusal in Konvert's words comes from something before it, such as a gateway that has enough of us. */
function outcomeOf<T>(
  status: number,
  body: unknown,
  refusals: readonly number[],
  schema: z.ZodMiniType<T>,
): Outcome<T> {
  if (refusals.includes(status)) {
    const refused = refusalSchema.safeParse(body);
    if (refused.success) return { refused: refused.data };
  }
  const found = status < 300 ? schema.safeParse(body) : undefined;
  return found?.success ? { found: found.data } : { failed: String(status) };
}

/** Only the kind of an error: its message may hold an address. */
function failure(error: unknown): { readonly failed: string } {
  return { failed: error instanceof Error ? error.name : typeof error };
}
