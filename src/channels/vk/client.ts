import { PrivateAddressError, reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import { fieldsOf, isObject, stringOf, wholeOf } from '#channels/fields';
import { privateAddress, type Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { meaningOf } from './errors.ts';

/** The version that all calls and all webhooks have: https://dev.vk.com/ru/reference/versions */
export const VK_VERSION = '5.199';
/** The address of VK's API. */
export const VK_URL = 'https://api.vk.ru';

const MAX_ANSWER_BYTES = 1024 * 1024;
/** VK's descriptions are one line. A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;
const DEFAULT_WAIT_SECONDS = 5;
/** No call is delayed longer than this. */
const MAX_WAIT_SECONDS = 24 * 3600;

/** The parameters of a call. VK reads forms only, so everything is text in the end. */
export type Parameters = Readonly<Record<string, string | number>>;

/** The result of a call to VK's API. Nothing in it contains the token or a secret of the webhook. */
export type VkAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  | Refused
  /** `code` says who has to wait. Absent if the answer had none. */
  | { readonly kind: 'throttled'; readonly code?: string; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Calls a method with the credentials of a channel. */
export type CallVk = (
  credentials: Credentials,
  method: string,
  parameters: Parameters,
  signal: AbortSignal,
) => Promise<VkAnswer>;

/** Calls VK's API over HTTP, once: no retries, no redirects. Returns every outcome and never throws. */
export function createVkApi(fetch: typeof globalThis.fetch, apiUrl: string = VK_URL): CallVk {
  return async (credentials, method, parameters, signal) => {
    const { accessToken = '', apiBaseUrl = apiUrl } = credentials;
    try {
      const response = await fetch(`${apiBaseUrl}/method/${method}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/x-www-form-urlencoded' },
        body: formOf({ ...parameters, v: VK_VERSION }),
        redirect: 'manual',
        signal,
      });
      const answer = toAnswer(response, await readJson(response, MAX_ANSWER_BYTES));
      return withoutSecrets(answer, [accessToken, credentials.confirmation, parameters.secret_key]);
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function formOf(parameters: Parameters): string {
  const texts = Object.entries(parameters).map(([name, value]): [string, string] => [name, String(value)]);
  return new URLSearchParams(texts).toString();
}

/** An error has the status 200 as well: https://dev.vk.com/ru/api/api-requests */
function toAnswer(response: Response, body: unknown): VkAnswer {
  const { status } = response;
  if (status === 429) return { kind: 'throttled', retryAfterSeconds: waitOf(response) };
  if (!response.ok) return { kind: 'unreachable', reason: `status ${status}` };
  if (!isObject(body)) return { kind: 'unreachable', reason: 'no answer of VK' };
  const { error_code, error_msg } = fieldsOf<{ error_code: unknown; error_msg: unknown }>(body.error);
  const code = wholeOf(error_code);
  if (code !== undefined) return toNo({ code: String(code), description: stringOf(error_msg) });
  if (body.response === undefined) return { kind: 'unreachable', reason: 'an answer without a response' };
  return { kind: 'ok', result: body.response };
}

/** What an error of VK's is: of a call, or of one recipient of a message. */
export function toNo({ code, description }: { readonly code: string; readonly description: string }): VkAnswer {
  const { kind, waitSeconds = DEFAULT_WAIT_SECONDS } = meaningOf(code) ?? {};
  if (kind === 'throttled') return { kind, code, retryAfterSeconds: waitSeconds };
  if (kind === 'unreachable') return { kind, reason: `code ${code}` };
  return { kind: 'refused', code, description };
}

function waitOf({ headers }: Response): number {
  const seconds = Number(headers.get('retry-after'));
  return Math.min(seconds > 0 ? Math.ceil(seconds) : DEFAULT_WAIT_SECONDS, MAX_WAIT_SECONDS);
}

function withoutSecrets(answer: VkAnswer, given: readonly unknown[]): VkAnswer {
  if (answer.kind !== 'refused') return answer;
  const secrets = given.filter((secret): secret is string => typeof secret === 'string' && secret !== '');
  const description = secrets.reduce((text, secret) => text.replaceAll(secret, '<token>'), answer.description);
  return { ...answer, description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
