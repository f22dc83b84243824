import * as z from 'zod/mini';
import type { VirtualClock } from '#test/doubles/virtual-clock';
import type { Answer } from '../../kit/frame.ts';
import { problem } from './index.ts';

/** The grants of an account: an integration with OAuth, and its long-lived token. */
export interface AmoOauth {
  readonly app: { readonly clientId: string; readonly clientSecret: string; readonly redirectUri: string };
  readonly longLived: string;
  /** The code that comes back after somebody consented. */
  consent(): string;
  /** Takes all grants away. */
  revoke(): void;
  isGood(authorization: string | undefined): boolean;
  answer(sent: unknown): Answer;
}

const DAY_SECONDS = 86_400;
const CODE_MS = 20 * 60_000;

const grantSchema = z.object({
  client_id: z.string(),
  client_secret: z.string(),
  grant_type: z.string(),
  redirect_uri: z.string(),
  code: z.optional(z.string()),
  refresh_token: z.optional(z.string()),
});

/** Makes the grants. A refresh token is good once. */
export function createOauth(clock: VirtualClock): AmoOauth {
  const app = {
    clientId: '3f1c0c5e-1111-4222-8333-444455556666',
    clientSecret: 'a-secret-of-an-integration',
    redirectUri: 'https://konvert.example/v1/crm/callback/amocrm',
  };
  const longLived = 'eyJ0eXAiOiJKV1QifQ.eyJsb25nIjoibGl2ZWQifQ.c2lnbmF0dXJl';
  const access = new Map<string, number>([[longLived, Number.POSITIVE_INFINITY]]);
  const refresh = new Set<string>();
  const codes = new Map<string, number>();
  let made = 0;

  function pair(): Answer {
    made += 1;
    const [accessToken, refreshToken] = [`access-${made}-of-the-integration`, `refresh-${made}`];
    access.set(accessToken, clock.now() + DAY_SECONDS * 1000);
    refresh.add(refreshToken);
    const body = {
      token_type: 'Bearer',
      expires_in: DAY_SECONDS,
      access_token: accessToken,
      refresh_token: refreshToken,
    };
    return { status: 200, body };
  }

  return {
    app,
    longLived,
    consent() {
      made += 1;
      const code = `code-${made}`;
      codes.set(code, clock.now() + CODE_MS);
      return code;
    },
    revoke() {
      access.clear();
      refresh.clear();
    },
    isGood: (authorization = '') => (access.get(authorization.replace(/^Bearer /, '')) ?? 0) > clock.now(),
    answer(sent) {
      const read = grantSchema.safeParse(sent);
      if (!read.success) return problem(400, 'Request validation failed');
      const { client_id, client_secret, redirect_uri, grant_type, code = '', refresh_token = '' } = read.data;
      if (client_id !== app.clientId || client_secret !== app.clientSecret)
        return problem(401, 'Unauthorized', { hint: 'Client authentication failed' });
      if (redirect_uri !== app.redirectUri) return problem(400, 'Incorrect request', { hint: 'Redirect URI is wrong' });
      if (grant_type === 'authorization_code' && (codes.get(code) ?? 0) > clock.now()) {
        codes.delete(code);
        return pair();
      }
      if (grant_type === 'refresh_token' && refresh.delete(refresh_token)) return pair();
      return problem(401, 'Unauthorized', { hint: 'Token has been revoked' });
    },
  };
}
