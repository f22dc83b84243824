import { hash } from 'node:crypto';
import type { Credentials } from '#channels/terms';
import type { Clock } from '#clock';
import { tokenSchema } from './answers.ts';
import { meaningOf } from './errors.ts';
import type { AvitoAnswer, PostAvito } from './post.ts';

/** A token, or why there is none. */
export type Token = { readonly kind: 'token'; readonly token: string } | Exclude<AvitoAnswer, { kind: 'ok' }>;

interface Kept {
  readonly token: string;
  /** Epoch milliseconds. */
  readonly endsAt: number;
}

/** A process serves few accounts. */
const MOST_KEPT = 1000;
const DEFAULT_SECONDS = 24 * 3600;
/** A token is not used in its last minutes: it could end on its way. */
const MARGIN_MS = 5 * 60_000;

/** The tokens of accounts. They are kept in memory only. */
export interface Tokens {
  /** The one that is known, or a new one. */
  get(credentials: Credentials, signal: AbortSignal): Promise<Token>;
  /** Another one than `refused`, which Avito does not take any more. */
  renew(credentials: Credentials, refused: string, signal: AbortSignal): Promise<Token>;
}

/**
 * Asks for tokens by client_credentials. Nobody says whether a new token ends the old ones, so one that another call has
 * asked for meanwhile is used before a third one is asked for.
 * https://developers.avito.ru/api-catalog/auth/documentation#operation/getAccessToken
 */
export function createTokens(post: PostAvito, apiUrl: string, clock: Clock): Tokens {
  const kept = new Map<string, Kept>();

  async function ask(credentials: Credentials, signal: AbortSignal): Promise<Token> {
    const { clientId = '', clientSecret = '', apiBaseUrl = apiUrl } = credentials;
    const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams(form).toString();
    const answer = await post(`${apiBaseUrl}/token`, { method: 'POST', headers, body }, signal);
    if (answer.kind === 'refused' && !answer.fields) {
      // With whatever is wrong in it, one who asks for a token gets none: that is of the keys, and of no message.
      return { ...answer, code: meaningOf(answer).kind === 'unauthorized' ? answer.code : '401', fields: KEYS };
    }
    if (answer.kind !== 'ok') return answer;
    const { access_token: token, expires_in = DEFAULT_SECONDS } = tokenSchema.safeParse(answer.result).data ?? {};
    if (token === undefined) return { kind: 'unreachable', reason: 'an unreadable answer about a token' };
    keep(nameOf(credentials), { token, endsAt: clock.now() + expires_in * 1000 });
    return { kind: 'token', token };
  }

  function keep(name: string, one: Kept): void {
    const [oldest] = kept.keys();
    if (kept.size >= MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(name, one);
  }

  function known(credentials: Credentials): Kept | undefined {
    const one = kept.get(nameOf(credentials));
    return one && one.endsAt - MARGIN_MS > clock.now() ? one : undefined;
  }

  return {
    async get(credentials, signal) {
      const one = known(credentials);
      return one ? { kind: 'token', token: one.token } : ask(credentials, signal);
    },

    async renew(credentials, refused, signal) {
      const one = known(credentials);
      return one && one.token !== refused ? { kind: 'token', token: one.token } : ask(credentials, signal);
    },
  };
}

const KEYS = ['credentials.clientId', 'credentials.clientSecret'];

function nameOf({ clientId, clientSecret, apiBaseUrl }: Credentials): string {
  return hash('sha256', JSON.stringify([clientId, clientSecret, apiBaseUrl]));
}
