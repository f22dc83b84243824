import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { MessengerUnreachableError } from '#channels/errors';
import type { CallGraph } from '#channels/meta/client';
import { meaningOf } from '#channels/meta/codes';
import { resultOf } from '#channels/result-of';
import type { Credentials } from '#channels/terms';

/** A token is good for 60 days. What fails on one day may be done on the next. */
const RENEWED_BEFORE_MS = 30 * 24 * 3_600_000;

const renewedSchema = z.object({
  access_token: z.string().check(z.regex(/^[\w|.-]{10,1000}$/)),
  expires_in: z.int().check(z.positive()),
});

/**
 * Renews the token of an account that was connected by Instagram Login. When it ends is known only from the renewal before,
 * so a token of an operator is renewed at once. One that is not a day old cannot be. Tokens of pages do not end.
 * https://developers.facebook.com/docs/instagram-platform/reference/refresh_access_token
 */
export function createRenew(call: CallGraph) {
  return async (credentials: Credentials, now: number, signal: AbortSignal): Promise<Credentials | undefined> => {
    const { igId, accessToken = '', appSecret = '', igAppSecret = appSecret } = credentials;
    if (igId === undefined || endOf(credentials) > now + RENEWED_BEFORE_MS) return undefined;
    const query = { grant_type: 'ig_refresh_token', access_token: accessToken };
    const request = { method: 'GET', path: 'refresh_access_token', query } as const;
    const answer = await call({ ...credentials, appSecret: igAppSecret }, request, signal);
    const isTooYoung = answer.kind === 'refused' && meaningOf(answer.code, answer.subcode)?.kind !== 'unauthorized';
    if (isTooYoung) return undefined;
    const read = renewedSchema.safeParse(resultOf(answer, () => ['credentials.accessToken']));
    if (!read.success) throw new MessengerUnreachableError('an unreadable answer about the token');
    const { access_token: renewed, expires_in: seconds } = read.data;
    return { ...credentials, accessToken: renewed, tokenEnds: `${now + seconds * 1000}.${markOf(renewed)}` };
  };
}

/** When the token ends, if it is the one that was renewed before. 0 if that is not known. */
function endOf({ tokenEnds = '', accessToken = '' }: Credentials): number {
  const [at, mark] = tokenEnds.split('.');
  return mark === markOf(accessToken) ? Number(at) : 0;
}

/** An operator may have given another token meanwhile. */
function markOf(token: string): string {
  return hash('sha256', token).slice(0, 16);
}
