import { PrivateAddressError } from '#calls/errors';
import type { OpenedFile } from '#channels/inbound';

/** File servers send to one another, and each address is checked anew. */
const MOST_REDIRECTS = 3;
/** The caller waits longer from one try to the next. */
const LATER: OpenedFile = { kind: 'later', afterSeconds: 0 };

/** What the answers of a file server mean. */
export interface Ends {
  /** Why a file is gone, for people. */
  readonly why: string;
  /** The statuses that say so. */
  readonly statuses?: readonly number[];
}

/**
 * Opens a file by an address that is open to whoever knows it: no credentials go along. Follows a few redirects, none from an
 * encrypted address to an open one. Returns every outcome and never throws.
 */
export async function openAddress(
  fetch: typeof globalThis.fetch,
  address: string,
  signal: AbortSignal,
  { why, statuses = [403, 404, 410] }: Ends,
): Promise<OpenedFile> {
  try {
    let url: string | undefined = address;
    for (let hops = 0; url !== undefined && hops <= MOST_REDIRECTS; hops += 1) {
      if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return { kind: 'gone', why };
      const response = await fetch(url, { redirect: 'manual', signal });
      const { status, body, headers } = response;
      if (status === 200 && body) return { kind: 'file', body, ...aboutOf(headers) };
      await body?.cancel();
      if (statuses.includes(status)) return { kind: 'gone', why };
      url = status >= 300 && status < 400 ? nextOf(headers.get('location'), url) : undefined;
    }
    return LATER;
  } catch (error) {
    return error instanceof PrivateAddressError ? { kind: 'gone', why: error.message } : LATER;
  }
}

function nextOf(location: string | null, from: string): string | undefined {
  if (location === null || !URL.canParse(location, from)) return undefined;
  const { protocol, href } = new URL(location, from);
  return protocol === 'https:' || from.startsWith('http:') ? href : undefined;
}

function aboutOf(headers: Headers) {
  const mimeType = headers.get('content-type')?.split(';', 1)[0]?.trim() ?? '';
  const length = headers.get('content-length') ?? '';
  const isLength = /^\d{1,15}$/.test(length) && headers.get('content-encoding') === null;
  return { ...(mimeType !== '' && { mimeType }), ...(isLength && { size: Number(length) }) };
}
