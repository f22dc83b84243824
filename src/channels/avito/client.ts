import { randomUUID } from 'node:crypto';
import { type FormFile, formOf } from '#calls/multipart';
import type { Refused } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { type Clock, systemClock } from '#clock';
import { cut } from '#domain/cut';
import { type AvitoAnswer, createPost } from './post.ts';
import { createTokens } from './tokens.ts';

/** The address of Avito's API. */
export const AVITO_URL = 'https://api.avito.ru';

/** A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;

/** A request to Avito's API. `path` is encoded already. */
export interface AvitoRequest {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: Readonly<Record<string, unknown>>;
  readonly file?: FormFile;
}

/**
 * Calls Avito's API with the credentials of a channel. Nothing in the result contains the client's secret, a token or the
 * secret of a webhook. Returns every outcome and never throws.
 */
export type CallAvito = (credentials: Credentials, request: AvitoRequest, signal: AbortSignal) => Promise<AvitoAnswer>;

/**
 * Calls Avito's API over HTTP: no redirects, and no second try but one, with a new token, if Avito does not take the one
 * that is known. A token is kept in memory: it is good for a day.
 * https://developers.avito.ru/api-catalog/auth/documentation
 */
export function createAvitoApi(
  fetch: typeof globalThis.fetch,
  apiUrl: string = AVITO_URL,
  clock: Clock = systemClock,
): CallAvito {
  const post = createPost(fetch);
  const tokens = createTokens(post, apiUrl, clock);

  async function callWith(
    token: string,
    { apiBaseUrl = apiUrl }: Credentials,
    { method, path, query, json, file }: AvitoRequest,
    signal: AbortSignal,
  ): Promise<AvitoAnswer> {
    const { headers, ...body } = file ? formOf({}, file, `konvert-${randomUUID()}`) : bodyOf(json);
    const search = query ? `?${new URLSearchParams(query)}` : '';
    const init = { method, headers: { ...headers, authorization: `Bearer ${token}` }, ...body };
    return withoutSecrets(await post(`${apiBaseUrl}/${path}${search}`, init, signal), [token, secretIn(json)]);
  }

  return async (credentials, request, signal) => {
    const first = await tokens.get(credentials, signal);
    if (first.kind !== 'token') return withoutSecrets(first, [credentials.clientSecret]);
    const answer = await callWith(first.token, credentials, request, signal);
    if (answer.kind !== 'refused' || !isOfToken(answer)) return answer;
    const second = await tokens.renew(credentials, first.token, signal);
    if (second.kind !== 'token') return withoutSecrets(second, [credentials.clientSecret]);
    return callWith(second.token, credentials, request, signal);
  };
}

function bodyOf(json: AvitoRequest['json']) {
  if (json === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
}

/** The token has ended, or Avito has taken it back. */
function isOfToken({ code, description }: Refused): boolean {
  return code === '401' || (code === '403' && /access token/i.test(description));
}

/** The secret of a webhook is in its address. */
function secretIn(json: AvitoRequest['json']): string | undefined {
  const url = json?.url;
  return typeof url === 'string' && URL.canParse(url)
    ? (new URL(url).searchParams.get('token') ?? undefined)
    : undefined;
}

/** A proxy in between may quote the headers and the body. */
function withoutSecrets(answer: AvitoAnswer, secrets: readonly (string | undefined)[]): AvitoAnswer {
  if (answer.kind !== 'refused') return answer;
  const description = secrets.reduce<string>(
    (text, secret) => (secret ? text.replaceAll(secret, '<token>') : text),
    answer.description,
  );
  return { ...answer, description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
