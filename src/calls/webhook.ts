import { reasonOf } from '#calls/errors';

/** A call of a receiver's address. */
export interface WebhookCall {
  readonly uri: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * How a call ended: with a status, or without an answer and with the code of the failure, which never quotes the
 * address.
 */
export type WebhookEnd =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Undefined if it was cut off, or is longer than 64 KB. */
      readonly body?: string | undefined;
    }
  | { readonly kind: 'failed'; readonly code: string };

/** Calls a receiver once: no retries, no redirects. It returns every outcome and never throws. */
export type PostWebhook = (call: WebhookCall, signal: AbortSignal) => Promise<WebhookEnd>;

/** What calls the addresses that CRMs gave. */
export interface Webhooks {
  readonly postWebhook: PostWebhook;
}

const MOST_BYTES = 64 * 1024;

/** Builds the calls of receivers on that `fetch`. */
export function createWebhooks(fetch: typeof globalThis.fetch = globalThis.fetch): Webhooks {
  return {
    async postWebhook({ uri, headers, body }, signal) {
      const request = requestOf(uri, headers, body);
      if (!request) return { kind: 'failed', code: 'BAD_ADDRESS' };
      try {
        const response = await fetch(request, { signal });
        return { kind: 'answered', status: response.status, body: await readText(response) };
      } catch (error) {
        return { kind: 'failed', code: signal.aborted ? 'TIMEOUT' : reasonOf(error) };
      }
    },
  };
}

/** Undefined if no request can have that address and these headers, for instance an address with a password in it. */
function requestOf(uri: string, headers: WebhookCall['headers'], body: string): Request | undefined {
  if (!/^https?:\/\//i.test(uri)) return undefined;
  try {
    // Not every `fetch` unpacks what is packed.
    const asked = { ...headers, 'accept-encoding': 'identity' };
    return new Request(uri, { method: 'POST', headers: asked, body, redirect: 'manual' });
  } catch {
    return undefined;
  }
}

/** The status is known by now, so nothing that happens to the body changes what follows from the call. */
async function readText(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body ?? []) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES) return undefined;
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch {
    return undefined;
  }
}
