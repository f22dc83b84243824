import * as z from 'zod/mini';
import { PrivateAddressError, reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import { isObject, listOf, stringOf } from '#channels/fields';
import type { Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import type { BridgeAnswer } from './answers.ts';
import { meaningOf } from './errors.ts';

/** Room for an answer with one message in it. */
const MAX_ANSWER_BYTES = 1024 * 1024;
/** The bridge's descriptions are a few lines. A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;
const DEFAULT_RETRY_AFTER_SECONDS = 5;
/** No call is delayed longer than this. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;

/** A refusal as the bridge words it. */
const errorSchema = z.object({
  status: z.int(),
  error: z.optional(z.unknown()),
  response: z.object({ message: z.optional(z.unknown()) }),
});

/** A request to the bridge. The name of the instance follows the path. */
export interface BridgeRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  /** The path is about no instance: creating one, listing them. */
  readonly ofAll?: true;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** The longest answer that is read. */
  readonly maxBytes?: number;
}

/** Calls the bridge of a channel. */
export type CallBridge = (
  credentials: Credentials,
  request: BridgeRequest,
  signal: AbortSignal,
) => Promise<BridgeAnswer>;

/** Calls the bridge over HTTP, once: no retries, no redirects. Returns every outcome and never throws. */
export function createBridge(fetch: typeof globalThis.fetch): CallBridge {
  return async (credentials, { method, path, ofAll, query, json, maxBytes = MAX_ANSWER_BYTES }, signal) => {
    const { serverUrl = '', instance = '', apiKey = '' } = credentials;
    const name = ofAll ? '' : `/${encodeURIComponent(instance)}`;
    const asked = query ? `?${new URLSearchParams(query)}` : '';
    try {
      const response = await fetch(`${serverUrl}/${path}${name}${asked}`, {
        method,
        headers: { apikey: apiKey, ...(json !== undefined && { 'content-type': 'application/json' }) },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        redirect: 'manual',
        signal,
      });
      return withoutSecrets(toAnswer(response, await readJson(response, maxBytes)), [apiKey, secretIn(json)]);
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateServer(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function toAnswer({ status, ok, headers }: Response, body: unknown): BridgeAnswer {
  if (status === 429) return { kind: 'throttled', retryAfterSeconds: waitOf(headers) };
  if (ok && typeof body === 'object' && body !== null) return { kind: 'ok', result: body };
  const read = errorSchema.safeParse(body);
  if (!read.success || status < 400)
    return { kind: 'unreachable', reason: `status ${status} without the bridge's answer` };
  const refused = { code: String(status), description: descriptionOf(read.data.response.message) };
  const { kind, retryAfterSeconds = DEFAULT_RETRY_AFTER_SECONDS } = meaningOf(refused);
  if (kind === 'throttled') return { kind, retryAfterSeconds };
  // The bridge answers 400 also when its phone or WhatsApp does not answer it.
  if (kind === 'unreachable') return { kind, reason: `status ${status}` };
  return { kind: 'refused', ...refused };
}

/** Its message is a text or a list of texts and objects. An object is what it found out about a number. */
function descriptionOf(message: unknown): string {
  const parts = Array.isArray(message) ? listOf(message).flat() : [message];
  const texts = parts.map((part) => {
    if (isObject(part) && part.exists === false) return 'The number is not at WhatsApp';
    return typeof part === 'string' ? part : '';
  });
  return texts.filter(Boolean).join(', ') || 'No reason was given';
}

function waitOf(headers: Headers): number {
  const seconds = Math.ceil(Number(headers.get('retry-after')));
  return seconds > 0 ? Math.min(seconds, MAX_RETRY_AFTER_SECONDS) : DEFAULT_RETRY_AFTER_SECONDS;
}

/** A refusal by this deployment, not by the bridge. A retry does not help. */
function privateServer({ code }: PrivateAddressError): Refused {
  const description = 'credentials.serverUrl leads into a private network, where this deployment does not call';
  return { kind: 'refused', code, description, fields: ['credentials.serverUrl'] };
}

/** The secret that `webhook/set` hands over. */
function secretIn(json: unknown): string {
  const webhook = isObject(json) ? json.webhook : undefined;
  const headers = isObject(webhook) ? webhook.headers : undefined;
  return isObject(headers) ? stringOf(headers.jwt_key) : '';
}

/** What no outcome may repeat. A proxy in between may quote the headers and the body. */
function withoutSecrets(answer: BridgeAnswer, secrets: readonly string[]): BridgeAnswer {
  const without = (given: string) =>
    secrets.filter((secret) => secret !== '').reduce((text, secret) => text.replaceAll(secret, '<key>'), given);
  if (answer.kind === 'unreachable') return { ...answer, reason: without(answer.reason) };
  if (answer.kind !== 'refused') return answer;
  return { ...answer, description: cut(without(answer.description), MAX_DESCRIPTION_LENGTH) };
}
