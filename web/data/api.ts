import { createKonvertClient, type KonvertClient } from '../../clients/typescript/index.ts';
import { t } from '../words/words.ts';

/** What became of a request. Of a lost one nobody knows whether it arrived and what it did; asking again is safe. */
export type Answer<Body> = { readonly kind: 'ok'; readonly body: Body } | Refusal | Lost;

/** There was no answer, or one that says nothing. */
export interface Lost {
  readonly kind: 'lost';
}

/** The server has said no. */
export interface Refusal {
  readonly kind: 'refused';
  readonly status: number;
  readonly code: string;
  readonly description: string;
  readonly data: unknown;
}

/** Who the requests are from, by token. */
export interface Bearer {
  token(): string | undefined;
  /** Gets another token in the place of that one, if it can be had. */
  renew(spent: string | undefined): Promise<boolean>;
}

const LONGEST_MS = 20_000;
/** A request that calls somebody's address meanwhile. A gateway gives up after 29 s. */
const LONGEST_CALL_MS = 30_000;
const CALLS = /\/v3\/webhooks$|\/v1\/webhooks\/test$|\/v1\/crm(?:\/refresh)?$/;

/** The same answer with what `map` makes of its body. */
export function mapped<From, To>(answer: Answer<From>, map: (body: From) => To): Answer<To> {
  return answer.kind === 'ok' ? { kind: 'ok', body: map(answer.body) } : answer;
}

/** The address of the API: the path before `/chat/`, because a REST API lies under its stage. */
export function baseOf({ origin, pathname }: Pick<Location, 'origin' | 'pathname'>): string {
  return origin + pathname.slice(0, Math.max(0, pathname.indexOf('/chat/')));
}

/** A client that sends the bearer with its requests. A 401 gets a new token and sends the same once more. */
export function createApi(
  baseUrl: string,
  bearer: Bearer,
  send: typeof fetch = (...all) => fetch(...all),
): KonvertClient {
  return createKonvertClient({
    baseUrl,
    fetch: async (request) => {
      const again = request.clone();
      const token = bearer.token();
      const response = await send(signed(request, token));
      if (response.status !== 401 || !(await bearer.renew(token))) return response;
      return send(signed(again, bearer.token()));
    },
  });
}

function signed(request: Request, token: string | undefined): Request {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
  return new Request(request, { signal: AbortSignal.timeout(CALLS.test(request.url) ? LONGEST_CALL_MS : LONGEST_MS) });
}

/**
 * The answer to a request of the client, which throws where there is no connection. `clear` are codes that say what was
 * done, though their status does not.
 */
export async function answerOf<Body>(
  asked: Promise<{ data?: Body; error?: unknown; response: Response }>,
  clear: readonly string[] = [],
): Promise<Answer<Body>> {
  try {
    const { data, error, response } = await asked;
    const { status } = response;
    if (response.ok) return { kind: 'ok', body: data as Body };
    const said = (typeof error === 'object' && error ? error : {}) as Partial<Refusal & { error: string }>;
    const { error: code = `${status}`, description = `${status}`, data: details } = said;
    if (isUnclear(status) && !clear.includes(code)) return { kind: 'lost' };
    return { kind: 'refused', status, code, description, data: details };
  } catch {
    return { kind: 'lost' };
  }
}

/** The body of an answer. Throws the words of any other, for who shows that nothing came. */
export function bodyOf<Body>(answer: Answer<Body>): Body {
  if (answer.kind !== 'ok') throw new Error(wordsOf(answer));
  return answer.body;
}

/** What to tell the user: the server's words, or that it does not answer. */
export function wordsOf(answer: Refusal | Lost): string {
  return answer.kind === 'refused' ? answer.description : t('data.no-answer');
}

/** Time-outs, throttling and errors of the server say nothing about what was done. */
function isUnclear(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}
