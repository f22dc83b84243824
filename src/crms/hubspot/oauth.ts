import { reasonOf } from '#calls/errors';
import { readJson } from '#calls/read-json';
import type { Asked, Crm, Tokens } from '#crms/crm';
import { HUBSPOT_URL } from './client.ts';
import { tokensSchema } from './schema.ts';

const MAX_ANSWER_BYTES = 64 * 1024;

/** What the app asks for. `integrations/hubspot` names the same. */
export const SCOPES = [
  'oauth',
  'crm.objects.contacts.read',
  'crm.objects.contacts.write',
  'crm.objects.deals.read',
  'crm.objects.deals.write',
  'crm.objects.owners.read',
  'crm.schemas.contacts.read',
  'crm.schemas.contacts.write',
  'crm.schemas.deals.read',
  'crm.schemas.deals.write',
] as const;

/** Makes OAuth. The refresh token stays the same until the app is taken away. */
export function createOauth(
  fetch: typeof globalThis.fetch,
  now: () => number,
  baseUrl = HUBSPOT_URL,
): NonNullable<Crm['oauth']> {
  async function token(form: Record<string, string>, signal: AbortSignal): Promise<Asked<Tokens>> {
    try {
      const askedAt = now();
      const response = await fetch(`${baseUrl}/oauth/v3/token`, {
        method: 'POST',
        body: new URLSearchParams(form),
        redirect: 'manual',
        signal,
      });
      const body = await readJson(response, MAX_ANSWER_BYTES);
      const read = tokensSchema.safeParse(body);
      if (response.ok && read.success) {
        const { access_token: accessToken, refresh_token: refreshToken, expires_in: seconds } = read.data;
        return {
          kind: 'ok',
          value: { accessToken, ...(refreshToken && { refreshToken }), goodUntil: askedAt + seconds * 1000 },
        };
      }
      if (response.status === 429) return { kind: 'throttled', retryAfterSeconds: 10 };
      const isNo = response.status === 400 || response.status === 401;
      if (isNo && body !== undefined)
        return { kind: 'unauthorized', code: 'BAD_GRANT', description: `status ${response.status}` };
      return { kind: 'unreachable', reason: `status ${response.status} without an answer of HubSpot` };
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) };
    }
  }

  const appOf = ({ clientId = '', clientSecret = '' }: Readonly<Record<string, string>>) => ({
    client_id: clientId,
    client_secret: clientSecret,
  });

  return {
    authorizeUrl({ clientId = '' }, state, redirectUri) {
      const query = new URLSearchParams({
        client_id: clientId,
        scope: SCOPES.join(' '),
        redirect_uri: redirectUri,
        state,
      });
      return `https://app.hubspot.com/oauth/authorize?${query}`;
    },
    exchange(app, callback, redirectUri, signal) {
      const code = callback.get('code') ?? '';
      return token({ grant_type: 'authorization_code', ...appOf(app), redirect_uri: redirectUri, code }, signal);
    },
    refresh: (app, { refreshToken }, _host, _redirectUri, signal) =>
      token({ grant_type: 'refresh_token', ...appOf(app), refresh_token: refreshToken }, signal),
  };
}
