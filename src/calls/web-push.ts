import { PrivateAddressError, reasonOf } from '#calls/errors';
import type { Vouch } from '#calls/vapid';

/**
 * What came of a push: the service took it, the subscription is gone for good, another try may help (`afterMs` if the
 * service says when), or no try does. `reason` is for the log, and says nothing of the browser.
 */
export type PushEnd =
  | { readonly outcome: 'sent' }
  | { readonly outcome: 'gone'; readonly reason: string }
  | { readonly outcome: 'later'; readonly reason: string; readonly afterMs?: number }
  | { readonly outcome: 'refused'; readonly reason: string };

/**
 * How a push service treats a push to a browser that is offline: it keeps the last one of a topic (32 letters, digits, `-`
 * and `_` at most), for so long.
 */
export interface PushTerms {
  readonly topic: string;
  readonly ttlSeconds: number;
}

/** Wakes a browser once. It returns every outcome and never throws. */
export type WakeBrowser = (endpoint: string, terms: PushTerms, signal: AbortSignal) => Promise<PushEnd>;

/**
 * Makes `wakeBrowser`: a push without payload, so no push service learns a name or a text.
 * https://www.rfc-editor.org/rfc/rfc8030
 */
export function createWakeBrowser(fetch: typeof globalThis.fetch, vouch: Vouch): WakeBrowser {
  return async function wakeBrowser(endpoint, { topic, ttlSeconds }, signal) {
    try {
      const authorization = await vouch(endpoint);
      const headers = { authorization, ttl: String(ttlSeconds), urgency: 'high', topic, 'content-length': '0' };
      const response = await fetch(endpoint, { method: 'POST', headers, redirect: 'manual', signal });
      await response.body?.cancel();
      return endOf(response);
    } catch (error) {
      // Nobody in a private network is a push service.
      if (error instanceof PrivateAddressError) return { outcome: 'gone', reason: error.code };
      return { outcome: 'later', reason: reasonOf(error) };
    }
  };
}

function endOf({ status, headers }: Response): PushEnd {
  const reason = String(status);
  if (status >= 200 && status < 300) return { outcome: 'sent' };
  if (status === 404 || status === 410) return { outcome: 'gone', reason };
  if (status !== 429 && status < 500) return { outcome: 'refused', reason };
  const seconds = Number(headers.get('retry-after') ?? '');
  return { outcome: 'later', reason, ...(seconds > 0 && { afterMs: seconds * 1000 }) };
}
