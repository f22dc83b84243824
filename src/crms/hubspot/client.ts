import { reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import type { Failed, Session } from '#crms/crm';
import { withoutSecrets } from '#crms/without-secrets';
import { cut } from '#domain/cut';
import { detailsOf, type ErrorDetail, errorSchema, type HubspotError } from './schema.ts';

/** The address of HubSpot's API, the same for all accounts. */
export const HUBSPOT_URL = 'https://api.hubapi.com';
/** Numbered paths end in 2027: https://developers.hubspot.com/docs/api-reference/overview */
const VERSION = '2026-09';
/** Paths of the API, all of one version. */
export const PATHS = {
  objects: `/crm/objects/${VERSION}`,
  associations: `/crm/associations/${VERSION}`,
  properties: `/crm/properties/${VERSION}`,
  pipelines: `/crm/pipelines/${VERSION}/deals`,
  owners: `/crm/owners/${VERSION}`,
  details: `/account-info/${VERSION}/details`,
} as const;

/** A page of 200 records with texts of their own, or 100 deals with all of their contacts. */
const MAX_ANSWER_BYTES = 8 * 1024 * 1024;
const MAX_DESCRIPTION_LENGTH = 500;
/** HubSpot asks to wait so long for a record that is locked: https://developers.hubspot.com/docs/api-reference/error-handling */
const LOCKED_SECONDS = 2;
/** The day of a portal ends by its own clock, so a lane asks once an hour. */
const DAILY_SECONDS = 3600;
/** A portal takes four searches a second. A new client takes one in the lane and one beside it, and the news have theirs. */
const SEARCH_GAP_MS = 600;
const SECONDLY_SECONDS = 1;
const ROLLING_SECONDS = 10;
const MOVING_SECONDS = 60;

/** A request to HubSpot. Names and ids in `path` are encoded already. */
export interface HubspotRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** An answer of HubSpot. Nothing in it contains the token. */
export type HubspotAnswer =
  | { readonly kind: 'ok'; readonly value: unknown }
  /** What was sent is not as the portal wants it (400), or has a value that is taken (409). */
  | {
      readonly kind: 'invalid';
      readonly isConflict: boolean;
      readonly description: string;
      readonly details: readonly ErrorDetail[];
    }
  | Failed;

/** Calls HubSpot once: no retries, no redirects. Returns every outcome and never throws. */
export type CallHubspot = (
  session: Pick<Session, 'accessToken' | 'signal' | 'turn'>,
  request: HubspotRequest,
) => Promise<HubspotAnswer>;

/** Makes the client. */
export function createClient(fetch: typeof globalThis.fetch, baseUrl = HUBSPOT_URL): CallHubspot {
  return async ({ accessToken, signal, ...session }, { method, path, query, json }) => {
    const parameters = query ? `?${new URLSearchParams(query)}` : '';
    try {
      await session.turn?.(path.endsWith('/search') ? SEARCH_GAP_MS : undefined);
      const response = await fetch(`${baseUrl}${path}${parameters}`, {
        method,
        headers: {
          authorization: `Bearer ${accessToken}`,
          ...(json !== undefined && { 'content-type': 'application/json' }),
        },
        ...(json !== undefined && { body: JSON.stringify(json) }),
        redirect: 'manual',
        signal,
      });
      const body = await readJson(response, MAX_ANSWER_BYTES);
      // A batch that was done in part (207) has refusals too.
      const isWhole = response.ok && response.status !== 207;
      return toAnswer(response, isWhole ? body : withoutSecrets(body, [accessToken]));
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  };
}

function toAnswer(response: Response, body: unknown): HubspotAnswer {
  const { status } = response;
  if (status === 204) return { kind: 'ok', value: undefined };
  const read = errorSchema.safeParse(body);
  if (response.ok) {
    return body === undefined ? unreachable(status) : { kind: 'ok', value: body };
  }
  const description = cut(read.data?.message ?? '', MAX_DESCRIPTION_LENGTH);
  const wait = waitOf(response, read.data);
  if (wait !== undefined) {
    return { kind: 'throttled', retryAfterSeconds: wait, ...(read.success && { description }) };
  }
  if (!read.success || status >= 500) return unreachable(status);
  switch (status) {
    case 400:
    case 409: {
      const details = detailsOf(read.data);
      const isConflict = status === 409 || details.some(({ code }) => code === 'CONFLICTING_UNIQUE_VALUE');
      return { kind: 'invalid', isConflict, description, details };
    }
    case 401:
      return { kind: 'unauthorized', code: read.data.category ?? 'ERROR', description };
    case 402:
      return { kind: 'refused', code: 'PLAN', description };
    case 403:
      return { kind: 'refused', code: 'NOT_ADMIN', description };
    case 404:
      return { kind: 'gone' };
    default:
      return unreachable(status);
  }
}

/** How long HubSpot asks to wait (s). Undefined if it does not. */
function waitOf({ status, headers }: Response, error: HubspotError | undefined): number | undefined {
  if (status === 423) return LOCKED_SECONDS;
  if (status === 477) return Number(headers.get('retry-after')) || MOVING_SECONDS;
  if (status !== 429) return undefined;
  if (error?.policyName === 'DAILY') return DAILY_SECONDS;
  if (error?.policyName === 'SECONDLY') return SECONDLY_SECONDS;
  const interval = Number(headers.get('x-hubspot-ratelimit-interval-milliseconds'));
  return interval > 0 ? Math.ceil(interval / 1000) : ROLLING_SECONDS;
}

function unreachable(status: number): Failed {
  return { kind: 'unreachable', reason: `status ${status} without an answer of HubSpot` };
}
