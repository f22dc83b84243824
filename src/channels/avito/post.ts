import { PrivateAddressError, reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import { isObject } from '#channels/fields';
import { privateAddress, type Refused } from '#channels/result-of';
import { refusalSchema } from './answers.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;
const DEFAULT_RETRY_AFTER_SECONDS = 10;
/** No call is delayed longer than this. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;

/** The result of a call to Avito's API. */
export type AvitoAnswer =
  | { readonly kind: 'ok'; readonly result: Readonly<Record<string, unknown>> }
  | Refused
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Makes one request: no retries, no redirects. Returns every outcome and never throws. */
export type PostAvito = (url: string, init: RequestInit, signal: AbortSignal) => Promise<AvitoAnswer>;

/** Reads Avito's answers. What they say is not yet freed of secrets. */
export function createPost(fetch: typeof globalThis.fetch): PostAvito {
  return async (url, init, signal) => {
    try {
      const response = await fetch(url, { ...init, redirect: 'manual', signal });
      return toAnswer(response, await readJson(response, MAX_ANSWER_BYTES));
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function toAnswer(response: Response, body: unknown): AvitoAnswer {
  const { status } = response;
  if (status === 429) return { kind: 'throttled', retryAfterSeconds: waitOf(response) };
  if (!isObject(body)) return { kind: 'unreachable', reason: `status ${status} without an answer of Avito` };
  const refused = refusedIn(status, body);
  if (response.ok && !refused) return { kind: 'ok', result: body };
  if (!refused || status >= 500) return { kind: 'unreachable', reason: `status ${status}` };
  return refused;
}

function refusedIn(status: number, body: unknown): Refused | undefined {
  const { error, error_description, result, message } = refusalSchema.safeParse(body).data ?? {};
  const isOk = status < 300;
  if (typeof error === 'string') {
    return { kind: 'refused', code: wordOf(error) ?? String(status), description: error_description ?? error };
  }
  if (error) {
    const { code = status, message: words = '' } = error;
    return { kind: 'refused', code: String(code), description: words };
  }
  if (result?.status === false) return { kind: 'refused', code: String(status), description: result.message ?? '' };
  // A success may well have a message.
  return isOk || message === undefined ? undefined : { kind: 'refused', code: String(status), description: message };
}

function wordOf(error: string): string | undefined {
  return /^\w{1,64}$/.test(error) ? error : undefined;
}

/** https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'));
  return Math.min(seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_AFTER_SECONDS, MAX_RETRY_AFTER_SECONDS);
}
