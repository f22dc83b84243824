import { reasonOf } from '#calls/errors';
import { eventHeaders, type Signing } from '#flows/sign-event';

/** How long an address may take to answer a probe: a gateway gives up after 29 s. */
export const PROBE_MS = 25_000;

/** What the compatible API sends before it registers an address. */
const PROBE = JSON.stringify({ test: true });

/** What a probed address did: its status, or the reason why there is none. */
export type Probed = { readonly status: number } | { readonly reason: string };

/** Calls an address as an event would be sent there, once. It follows no redirect, and reads nothing but the status. */
export async function probe(
  fetch: typeof globalThis.fetch,
  { uri, ...signing }: Signing & { readonly uri: string },
  { id, now, signal }: { readonly id: string; readonly now: number; readonly signal: AbortSignal },
): Promise<Probed> {
  try {
    const headers = eventHeaders(signing, id, PROBE, now);
    const { status, body } = await fetch(uri, { method: 'POST', headers, body: PROBE, redirect: 'manual', signal });
    // The status is there, so nothing that the body does can change it.
    void body?.cancel().catch(() => {});
    return { status };
  } catch (error) {
    return { reason: signal.aborted ? 'TIMEOUT' : reasonOf(error) };
  }
}
