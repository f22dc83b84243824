import type { Answer } from '../../kit/frame.ts';
import type { PortalState } from './state.ts';

/** Access tokens live an hour, and refresh tokens are good once. */
const LIFE_MS = 3_600_000;

/** The server of authorization, for the application of one portal. https://apidocs.bitrix24.com/settings/oauth/index.html */
export interface Oauth {
  /** Who a token is of, or the word of the refusal. */
  userOf(token: string): { readonly userId: string } | { readonly error: string };
  /** A pair, as an installation brings it. */
  install(userId: string, lifeMs?: number): { readonly accessToken: string; readonly refreshToken: string };
  /** A code, as the page of authorization gives it for 30 seconds. */
  code(userId: string): string;
  answer(params: URLSearchParams): Answer;
  /** All access tokens have expired; refresh tokens are good. */
  expire(): void;
  /** All tokens are dead from now on. */
  revoke(): void;
}

export function createOauth(state: PortalState): Oauth {
  const tokens = new Map<string, { readonly userId: string; readonly until: number }>();
  const refreshes = new Map<string, string>();
  const codes = new Map<string, { readonly userId: string; readonly until: number }>();

  function pair(userId: string, lifeMs = LIFE_MS) {
    const id = state.next();
    const [accessToken, refreshToken] = [`at-${id}-0123456789abcdef`, `rt-${id}-0123456789abcdef`];
    tokens.set(accessToken, { userId, until: state.clock.now() + lifeMs });
    refreshes.set(refreshToken, userId);
    return { accessToken, refreshToken };
  }

  function refused(error: string): Answer {
    return { status: 400, body: { error, error_description: error } };
  }

  return {
    userOf(token) {
      const known = tokens.get(token);
      if (!known) return { error: token === '' ? 'NO_AUTH_FOUND' : 'invalid_token' };
      return known.until <= state.clock.now() ? { error: 'expired_token' } : { userId: known.userId };
    },
    install: pair,
    code(userId) {
      const code = `code-${state.next()}`;
      codes.set(code, { userId, until: state.clock.now() + 30_000 });
      return code;
    },
    answer(params) {
      if (params.get('client_id') !== state.app.code) return refused('invalid_client');
      if (params.get('client_secret') !== state.app.secret) return refused('invalid_client');
      const [code, refresh] = [params.get('code') ?? '', params.get('refresh_token') ?? ''];
      const byCode = codes.get(code);
      const userId = {
        authorization_code: byCode && byCode.until > state.clock.now() && byCode.userId,
        refresh_token: refreshes.get(refresh),
      }[params.get('grant_type') ?? ''];
      if (!userId) return refused('invalid_grant');
      codes.delete(code);
      refreshes.delete(refresh);
      const { accessToken, refreshToken } = pair(userId);
      const body = {
        access_token: accessToken,
        client_endpoint: `https://${state.host}/rest/`,
        domain: 'oauth.bitrix.info',
        expires: Math.floor((state.clock.now() + LIFE_MS) / 1000),
        expires_in: 3600,
        member_id: state.memberId,
        refresh_token: refreshToken,
        scope: 'crm,user,placement',
        server_endpoint: 'https://oauth.bitrix.info/rest/',
        status: 'L',
      };
      return { status: 200, body };
    },
    expire() {
      for (const [token, { userId }] of tokens) tokens.set(token, { userId, until: 0 });
    },
    revoke() {
      tokens.clear();
      refreshes.clear();
    },
  };
}
