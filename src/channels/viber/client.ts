import { PrivateAddressError, reasonOf } from '#calls/errors';
import { readUpTo } from '#calls/read-up-to';
import { isObject } from '#channels/fields';
import { privateAddress, type Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { answerSchema } from './answers.ts';
import { meaningOf } from './errors.ts';
import { numberIn } from './token.ts';

/** The address of Viber's API. */
export const VIBER_URL = 'https://chatapi.viber.com';

const MAX_ANSWER_BYTES = 1024 * 1024;
/** A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;
/** Viber does not say how long. To one person it takes 100 messages in an hour, or until they answer. */
const RETRY_AFTER_SECONDS = 60;

/** The result of a call. Nothing in it contains the token. */
export type ViberAnswer =
  | {
      readonly kind: 'ok';
      readonly result: Readonly<Record<string, unknown>>;
      /** That of the message, in all of its digits. */
      readonly messageToken: string | undefined;
    }
  | Refused
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** The methods that Konvert calls. */
export type ViberMethod = 'get_account_info' | 'set_webhook' | 'send_message';

/** Calls a method with the token of a channel. Returns every outcome and never throws. */
export type CallViber = (
  credentials: Credentials,
  method: ViberMethod,
  json: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
) => Promise<ViberAnswer>;

/** Calls Viber's API over HTTP, once: no retries, no redirects. A refusal has HTTP's 200 and a status of its own. */
export function createViberApi(fetch: typeof globalThis.fetch, apiUrl: string = VIBER_URL): CallViber {
  return async ({ authToken = '', apiBaseUrl = apiUrl }, method, json, signal) => {
    try {
      const response = await fetch(`${apiBaseUrl}/pa/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-viber-auth-token': authToken },
        body: JSON.stringify(json),
        redirect: 'manual',
        signal,
      });
      const bytes = await readUpTo(response, MAX_ANSWER_BYTES);
      return withoutToken(toAnswer(response.status, bytes?.toString('utf8') ?? ''), authToken);
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function toAnswer(httpStatus: number, text: string): ViberAnswer {
  if (httpStatus === 429) return { kind: 'throttled', retryAfterSeconds: RETRY_AFTER_SECONDS };
  const body = jsonOf(text);
  const read = answerSchema.safeParse(body);
  if (!isObject(body) || !read.success || httpStatus >= 500) {
    return { kind: 'unreachable', reason: `status ${httpStatus} without an answer of Viber` };
  }
  const { status, status_message: description = '' } = read.data;
  if (status === 0 && httpStatus === 200) {
    return { kind: 'ok', result: body, messageToken: numberIn(text, 'message_token') };
  }
  const meaning = meaningOf(status)?.kind;
  if (meaning === 'throttled') return { kind: 'throttled', retryAfterSeconds: RETRY_AFTER_SECONDS };
  if (meaning === undefined) return { kind: 'unreachable', reason: `status ${status} of Viber` };
  return { kind: 'refused', code: String(status), description };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A proxy in between may quote the headers. */
function withoutToken(answer: ViberAnswer, token: string): ViberAnswer {
  if (answer.kind !== 'refused') return answer;
  const description = token === '' ? answer.description : answer.description.replaceAll(token, '<token>');
  return { ...answer, description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
