import { reasonOf } from '#calls/errors';
import { readUpTo } from '#calls/read-up-to';
import { decoded } from './decoded.ts';

/** The end of a download. `type` and `name` are what the server says of the file. */
export type Downloaded =
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly type?: string; readonly name?: string }
  | { readonly kind: 'too-large' }
  /** `reason` is in words for the person who gave the address. It never quotes the address. */
  | { readonly kind: 'failed'; readonly reason: string };

/**
 * Fetches a file of at most `maxBytes`, counted as they come, whatever the server says of their number. It follows no
 * redirect, and gives up when `signal` aborts. Returns every outcome and never throws.
 */
export async function download(
  fetch: typeof globalThis.fetch,
  uri: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Downloaded> {
  try {
    // Not every `fetch` unpacks what is packed. Some servers refuse a caller without a name.
    const headers = { 'accept-encoding': 'identity', 'user-agent': 'Konvert' };
    const response = await fetch(uri, { headers, redirect: 'manual', signal });
    const unusable = whyUnusable(response);
    if (unusable !== undefined || Number(response.headers.get('content-length')) > maxBytes) {
      await response.body?.cancel();
      return unusable === undefined ? { kind: 'too-large' } : { kind: 'failed', reason: unusable };
    }
    const bytes = await readUpTo(response, maxBytes);
    if (!bytes) return { kind: 'too-large' };
    return { kind: 'file', bytes, ...aboutOf(response.headers, uri) };
  } catch (error) {
    return { kind: 'failed', reason: signal.aborted ? 'it takes too long' : `no answer (${reasonOf(error)})` };
  }
}

function whyUnusable({ status, headers }: Response): string | undefined {
  if (status >= 300 && status < 400)
    return `it answers ${status}: a redirect is not followed, give the file's own address`;
  if (status !== 200) return `it answers ${status}`;
  const coding = headers.get('content-encoding') ?? 'identity';
  return coding === 'identity' ? undefined : 'it is packed although it was asked for as it is';
}

function aboutOf(headers: Headers, uri: string): { type?: string; name?: string } {
  const type = headers.get('content-type') ?? undefined;
  const name =
    nameIn(headers.get('content-disposition') ?? '') ?? decoded(new URL(uri).pathname.split('/').at(-1) ?? '');
  return { ...(type !== undefined && { type }), ...(name && { name }) };
}

/** The name in a `Content-Disposition`: https://www.rfc-editor.org/rfc/rfc6266#section-4.3 */
function nameIn(disposition: string): string | undefined {
  const [, extended] = /;\s*filename\*=utf-8'[^']*'([^;\s]+)/i.exec(disposition) ?? [];
  if (extended !== undefined) return decoded(extended);
  const [, quoted, plain] = /;\s*filename=(?:"([^"]*)"|([^;\s]+))/i.exec(disposition) ?? [];
  // Headers are read as Latin-1. Most servers write UTF-8.
  const name = quoted ?? plain;
  return name === undefined ? undefined : Buffer.from(name, 'latin1').toString('utf8');
}
