import { PrivateAddressError, reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import { isObject } from '#channels/fields';
import { privateAddress, type Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { isThrottled } from './errors.ts';
import { answerSchema } from './schema.ts';

/** The Bot API itself: https://dev.max.ru/docs-api */
export const MAX_URL = 'https://platform-api2.max.ru';

const DEFAULT_RETRY_AFTER_SECONDS = 1;
/** No call is delayed longer than this. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Room for a hundred updates, each with a text and a quoted text in which every character is escaped. */
const MAX_UPDATES_BYTES = 16 * 1024 * 1024;
/** MAX's descriptions are one line. A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;

/** A request to the Bot API. */
export interface MaxRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Behind the address of the API, encoded already. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** The result of a call to the Bot API. Nothing in it contains the token. */
export type MaxAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  | Refused
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Calls the Bot API with the credentials of a channel: `botToken`, and `apiBaseUrl` if it has one. */
export type CallMax = (credentials: Credentials, request: MaxRequest, signal: AbortSignal) => Promise<MaxAnswer>;

/** Picks the `fetch` for what belongs to the credentials. */
export type FetchFor = (credentials: Credentials) => typeof globalThis.fetch;

/**
 * Calls the Bot API over HTTP, once: no retries, no redirects. The token goes into the header `Authorization` without
 * another word; in an address it is refused. Returns every outcome and never throws.
 */
export function createBotApi(fetchFor: FetchFor, apiUrl: string = MAX_URL): CallMax {
  return async (credentials, { method, path, query, json }, signal) => {
    const { botToken = '', apiBaseUrl = apiUrl } = credentials;
    const parameters = query ? `?${new URLSearchParams(query)}` : '';
    try {
      const response = await fetchFor(credentials)(`${apiBaseUrl}/${path}${parameters}`, {
        method,
        headers: { authorization: botToken, ...(json !== undefined && { 'content-type': 'application/json' }) },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        redirect: 'manual',
        signal,
      });
      const body = await readJson(response, path === 'updates' ? MAX_UPDATES_BYTES : MAX_ANSWER_BYTES);
      return withoutSecrets(toAnswer(response, body), [botToken, secretIn(json)]);
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

/** Errors of what stands before MAX are no JSON: https://github.com/max-messenger/max-bot-api-client-ts/issues/226 */
function toAnswer(response: Response, body: unknown): MaxAnswer {
  const { status } = response;
  const { success, code, message: description = '' } = answerSchema.safeParse(body).data ?? {};
  if (status === 429 || isThrottled(code)) return { kind: 'throttled', retryAfterSeconds: waitOf(response) };
  // The official client reads nothing else of it.
  if (status === 401) return { kind: 'refused', code: code ?? '401', description };
  if (!isObject(body)) return { kind: 'unreachable', reason: `status ${status} without an answer of the Bot API` };
  if (response.ok && success !== false) return { kind: 'ok', result: body };
  const isNo = (response.ok || (status >= 400 && status < 500)) && (code !== undefined || success === false);
  return isNo
    ? { kind: 'refused', code: code ?? 'no-success', description }
    : { kind: 'unreachable', reason: `status ${status}` };
}

function waitOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'));
  return Math.min(seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_AFTER_SECONDS, MAX_RETRY_AFTER_SECONDS);
}

function secretIn(json: unknown): string {
  return isObject(json) && typeof json.secret === 'string' ? json.secret : '';
}

/** Removes the secrets. A proxy in between may quote the headers and the body in its answer. */
function withoutSecrets(answer: MaxAnswer, secrets: readonly string[]): MaxAnswer {
  if (answer.kind !== 'refused') return answer;
  const description = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '<token>'), answer.description);
  return { ...answer, code: cut(answer.code, 64), description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
