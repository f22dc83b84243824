import { createHmac, randomUUID } from 'node:crypto';
import { PrivateAddressError, reasonOf } from '#calls/errors';
import { type FormFile, formOf } from '#calls/multipart';
import { readJson } from '#calls/read-json';
import { isObject } from '#channels/fields';
import { privateAddress } from '#channels/result-of';
import type { Credentials } from '#channels/terms';
import { cut } from '#domain/cut';
import { type GraphError, graphErrorSchema, usageSchema } from './answers.ts';
import { meaningOf } from './codes.ts';

/** The version of the Graph API for everything of Meta: https://developers.facebook.com/docs/graph-api/changelog */
export const META_VERSION = 'v26.0';
/** The address of the Graph API. */
export const GRAPH_URL = 'https://graph.facebook.com';
/** The address of the same API for tokens of Instagram Login. */
export const INSTAGRAM_URL = 'https://graph.instagram.com';

/** Room for a page of 100 templates, each with a body of 1,024 characters, buttons and examples, all of it escaped. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Meta's descriptions are a few lines. A proxy may send a whole page, and the text is stored with the message. */
const MAX_DESCRIPTION_LENGTH = 500;
const DEFAULT_RETRY_AFTER_SECONDS = 5;
/** No call is delayed longer than this. */
const MAX_RETRY_AFTER_SECONDS = 24 * 3600;

/** A request to the Graph API. `path` is behind the version and is encoded already. */
export interface GraphRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  /** A file, and the texts beside it. */
  readonly form?: { readonly texts: Readonly<Record<string, string>>; readonly file: FormFile };
}

/** The result of a call to the Graph API. Nothing in it contains the token, the app's secret or a proof of them. */
export type GraphAnswer =
  | { readonly kind: 'ok'; readonly result: unknown }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly subcode?: string | undefined;
      /** Meta's message and, if it gives any, the details. */
      readonly description: string;
      /** The credentials that are to blame, if that is known. */
      readonly fields?: readonly string[];
    }
  /** `code` says who has to wait. Absent if the answer had none. */
  | { readonly kind: 'throttled'; readonly code?: string | undefined; readonly retryAfterSeconds: number }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** Calls the Graph API with the credentials of a channel: `accessToken`, `appSecret`, and `apiBaseUrl` if it has one. */
export type CallGraph = (credentials: Credentials, request: GraphRequest, signal: AbortSignal) => Promise<GraphAnswer>;

/**
 * Calls the Graph API over HTTP, once: no retries, no redirects. Each call carries `appsecret_proof`, because an app may
 * be set to require it. Returns every outcome and never throws.
 */
export function createGraph(fetch: typeof globalThis.fetch, apiUrl: string = GRAPH_URL): CallGraph {
  return async (credentials, { method, path, query, json, form }, signal) => {
    const { accessToken = '', apiBaseUrl = apiUrl } = credentials;
    const parameters = new URLSearchParams({ ...query, appsecret_proof: proofOf(credentials) });
    try {
      const { headers, ...body } = form ? formOf(form.texts, form.file, `konvert-${randomUUID()}`) : jsonOf(json);
      const response = await fetch(`${apiBaseUrl}/${META_VERSION}/${path}?${parameters}`, {
        method,
        headers: { ...headers, authorization: `Bearer ${accessToken}` },
        ...body,
        redirect: 'manual',
        signal,
      });
      const answer = toAnswer(response, await readJson(response, MAX_ANSWER_BYTES));
      return withoutSecrets(answer, secretsOf(credentials, json));
    } catch (error) {
      if (error instanceof PrivateAddressError) return privateAddress(error);
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function jsonOf(json: unknown) {
  if (json === undefined) return { headers: {} };
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) };
}

/**
 * Proves that the caller knows the app's secret:
 * https://developers.facebook.com/docs/graph-api/securing-requests#appsecret_proof
 */
function proofOf({ accessToken = '', appSecret = '' }: Credentials): string {
  return createHmac('sha256', appSecret).update(accessToken).digest('hex');
}

function toAnswer(response: Response, body: unknown): GraphAnswer {
  const { status } = response;
  const error = graphErrorSchema.safeParse(body).data?.error;
  const code = error?.code === undefined ? undefined : String(error.code);
  const meaning = code === undefined ? undefined : meaningOf(code, error && subcodeOf(error))?.kind;
  if (status === 429 || meaning === 'throttled') {
    return { kind: 'throttled', code, retryAfterSeconds: waitOf(response) };
  }
  if (response.ok && !error && isObject(body)) return { kind: 'ok', result: body };
  if (!error || code === undefined) {
    return { kind: 'unreachable', reason: `status ${status} without an answer of the Graph API` };
  }
  // Some refusals for good have the status 500: no permission, no valid certificate. An unknown code says nothing.
  const isNo = status < 500 || (meaning !== undefined && meaning !== 'unreachable');
  if (!isNo || error.is_transient || meaning === 'unreachable') {
    return { kind: 'unreachable', reason: `status ${status}, code ${code}` };
  }
  return { kind: 'refused', code, subcode: subcodeOf(error), description: descriptionOf(error) };
}

function subcodeOf({ error_subcode: subcode }: GraphError): string | undefined {
  return subcode === undefined ? undefined : String(subcode);
}

function descriptionOf({ message, error_data, error_user_msg }: GraphError): string {
  const said = [message, error_data?.details ?? error_user_msg].filter((text) => text !== undefined && text !== '');
  return [...new Set(said)].join(': ');
}

/**
 * The header of limits of an account says when it may call again, in minutes. An ordinary one may say it in seconds.
 * https://developers.facebook.com/docs/graph-api/overview/rate-limiting#headers-2
 */
function waitOf({ headers }: Response): number {
  const minutes = usageOf(headers.get('x-business-use-case-usage'));
  const seconds = Number(headers.get('retry-after'));
  const wait = minutes > 0 ? minutes * 60 : seconds > 0 ? Math.ceil(seconds) : DEFAULT_RETRY_AFTER_SECONDS;
  return Math.min(wait, MAX_RETRY_AFTER_SECONDS);
}

function usageOf(header: string | null): number {
  try {
    const usage = usageSchema.safeParse(JSON.parse(header ?? '{}'));
    const waits = Object.values(usage.data ?? {}).flatMap((uses) =>
      uses.map((use) => use.estimated_time_to_regain_access),
    );
    return Math.max(0, ...waits.map((minutes) => minutes ?? 0));
  } catch {
    return 0;
  }
}

/** What no description may repeat. A proxy in between may quote the headers, the address and the body. */
function secretsOf(credentials: Credentials, json: unknown): string[] {
  const { accessToken, appSecret } = credentials;
  const objects = [json, ...(isObject(json) ? Object.values(json) : [])].filter(isObject);
  const given = [accessToken, appSecret, proofOf(credentials), ...objects.map(({ verify_token }) => verify_token)];
  return given.filter((secret): secret is string => typeof secret === 'string' && secret !== '');
}

function withoutSecrets(answer: GraphAnswer, secrets: readonly string[]): GraphAnswer {
  if (answer.kind !== 'refused') return answer;
  const description = secrets.reduce((text, secret) => text.replaceAll(secret, '<token>'), answer.description);
  return { ...answer, description: cut(description, MAX_DESCRIPTION_LENGTH) };
}
