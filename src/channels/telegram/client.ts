import { randomUUID } from 'node:crypto';
import type * as z from 'zod/mini';
import { PrivateAddressError, reasonOf } from '#calls/errors';
import { type FormFile, formOf } from '#calls/multipart';
import { readJson } from '#calls/read-json';
import { privateAddress } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { answerSchema } from './schema.ts';

/** The Bot API itself. */
export const TELEGRAM_URL = 'https://api.telegram.org';
const DEFAULT_RETRY_AFTER_SECONDS = 5;
/** No call is delayed longer than this. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;
const MAX_ANSWER_BYTES = 1024 * 1024;
/**
 * Telegram's descriptions are one line. A proxy may send a whole page, and the text is stored with the failed delivery.
 */
const MAX_DESCRIPTION_LENGTH = 500;
/** Room for a hundred updates, each with a text and a quoted text in which every character is escaped. */
const MAX_UPDATES_BYTES = 16 * 1024 * 1024;

/**
 * Telegram answers 401 to a revoked token and 404 to one that never existed.
 * https://core.telegram.org/bots/api#making-requests
 */
export const BAD_TOKEN: readonly string[] = ['401', '404'];

/** The result of a call to the Bot API. Nothing in it contains the token. */
export type BotAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly description: string;
      /** The credentials that are to blame, if that is known. */
      readonly fields?: readonly string[];
    }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Calls a method. With a file the parameters go as a form, and the file is read while it is sent. */
export type CallBotApi = (
  credentials: Credentials,
  method: string,
  parameters: Readonly<Record<string, unknown>>,
  signal: AbortSignal,
  file?: FormFile,
) => Promise<BotAnswer>;

/** Calls the Bot API over HTTP, once: no retries, no redirects. Returns every outcome and never throws. */
export function createBotApi(fetch: typeof globalThis.fetch, apiUrl: string = TELEGRAM_URL): CallBotApi {
  return async ({ botToken = '', apiBaseUrl = apiUrl }, method, parameters, signal, file) => {
    try {
      const response = await fetch(`${apiBaseUrl}/bot${botToken}/${method}`, {
        method: 'POST',
        ...(file ? formOf(textsOf(parameters), file, `konvert-${randomUUID()}`) : jsonOf(parameters)),
        redirect: 'manual',
        signal,
      });
      const maxBytes = method === 'getUpdates' ? MAX_UPDATES_BYTES : MAX_ANSWER_BYTES;
      const answer = toAnswer(response.status, await readJson(response, maxBytes));
      return withoutSecrets(answer, botToken, parameters.secret_token);
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function jsonOf(parameters: Readonly<Record<string, unknown>>) {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(parameters) };
}

/** In a form, everything that is no text is JSON: https://core.telegram.org/bots/api#making-requests */
function textsOf(parameters: Readonly<Record<string, unknown>>): Record<string, string> {
  const texts = Object.entries(parameters).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return Object.fromEntries(texts);
}

function toAnswer(status: number, body: unknown): BotAnswer {
  const read = answerSchema.safeParse(body);
  const answer = read.success ? read.data : undefined;
  if (status === 429 || answer?.error_code === 429) return { kind: 'throttled', retryAfterSeconds: waitOf(answer) };
  if (!answer) return { kind: 'unreachable', reason: `status ${status} without an answer of the Bot API` };
  if (isOfClass(2, status) && answer.ok) return { kind: 'ok', result: answer.result };
  const code = answer.error_code ?? status;
  const isNo = !answer.ok && isOfClass(4, code) && (isOfClass(4, status) || isOfClass(2, status));
  if (isNo) return { kind: 'refused', code: String(code), description: answer.description ?? '' };
  return { kind: 'unreachable', reason: `status ${status}` };
}

function isOfClass(hundreds: number, status: number): boolean {
  return Math.floor(status / 100) === hundreds;
}

function waitOf(answer: z.infer<typeof answerSchema> | undefined): number {
  // https://core.telegram.org/bots/api#responseparameters
  return Math.min(Math.ceil(answer?.parameters?.retry_after ?? DEFAULT_RETRY_AFTER_SECONDS), MAX_RETRY_AFTER_SECONDS);
}

/** Removes the secrets. A proxy in between may quote the address and the body in its answer, encoded in some way. */
function withoutSecrets(answer: BotAnswer, token: string, webhookSecret: unknown): BotAnswer {
  if (answer.kind !== 'refused') return answer;
  // The secret part of a token is behind its colon. An encoded address has %3A for the colon.
  const secrets = [token, token.slice(token.indexOf(':') + 1), String(webhookSecret ?? '')];
  const description = secrets
    .filter((secret) => secret !== '')
    .reduce((text, secret) => text.replaceAll(secret, '<token>'), answer.description);
  return { ...answer, description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
