import type { Clock } from '#clock';
import { type Answer, type CrmCall, type CrmFrame, createCrmFrame, type RawRequest } from '../../kit/frame.ts';
import { methodsOf } from './methods.ts';
import { createOauth, type Oauth } from './oauth.ts';
import { mapOf, type Params, RestError, runBatch, type Told, textOf } from './rest.ts';
import { createState, type PortalState, timeText } from './state.ts';

/** The bucket of a portal holds 50 requests, and two leak out a second. https://apidocs.bitrix24.com/limits.html */
const BUCKET = 50;
const LEAK_MS = 500;

/** A double of a Bitrix24 portal, with its server of authorization. */
export interface Bitrix24Double extends CrmFrame {
  readonly state: PortalState;
  readonly oauth: Oauth;
  /** How many requests the bucket refused. */
  readonly refused: number;
}

/** Makes the double of a portal in which somebody made a local application. */
export function createBitrix24Double(clock: Pick<Clock, 'now'>, host = 'demo.bitrix24.ru'): Bitrix24Double {
  const state = createState(clock, host);
  const oauth = createOauth(state);
  const methods = methodsOf(state);
  let [level, leakedAt, refused] = [0, clock.now(), 0];

  function isOver(): boolean {
    const leaked = Math.floor((clock.now() - leakedAt) / LEAK_MS);
    level = Math.max(0, level - leaked) + 1;
    leakedAt += leaked * LEAK_MS;
    if (level <= BUCKET) return false;
    level -= 1;
    refused += 1;
    return true;
  }

  function time() {
    const at = clock.now() / 1000;
    const text = timeText(clock.now());
    return {
      start: at,
      finish: at,
      duration: 0.05,
      processing: 0.01,
      date_start: text,
      date_finish: text,
      operating_reset_at: Math.floor(at) + 600,
      operating: 0.01,
    };
  }

  function run(name: string, params: Params, userId: string): Told {
    const lower = name.toLowerCase();
    if (!Object.hasOwn(methods, lower)) throw new RestError(404, 'ERROR_METHOD_NOT_FOUND', 'Method not found!');
    return (methods[lower] as (params: Params, userId: string) => Told)(params, userId);
  }

  function answer({ name, url, headers, verb, body }: CrmCall): Answer {
    if (name === 'oauth.token') {
      const form =
        verb === 'POST'
          ? new URLSearchParams(
              Object.entries(mapOf(body)).map(([key, value]): [string, string] => [key, textOf(value)]),
            )
          : url.searchParams;
      return oauth.answer(form);
    }
    const asked = url.hostname === 'double' ? (headers.host ?? '') : url.host;
    if (state.oldHosts.has(asked)) {
      return { status: 302, body: '', headers: { location: `https://${state.host}${url.pathname}` } };
    }
    try {
      if (isOver()) throw new RestError(503, 'QUERY_LIMIT_EXCEEDED', 'Too many requests');
      const params = mapOf(body);
      const token = textOf(
        params.auth ?? url.searchParams.get('auth') ?? headers.authorization?.replace(/^Bearer /, ''),
      );
      const who = oauth.userOf(token);
      if ('error' in who) throw new RestError(401, who.error, 'The access token provided is invalid');
      const told =
        name === 'batch'
          ? runBatch(params, (one, given) => run(one, given, who.userId), time)
          : run(name, params, who.userId);
      return { status: 200, body: { ...told, time: time() } };
    } catch (error) {
      if (!(error instanceof RestError)) throw error;
      return { status: error.status, body: { error: error.code, error_description: error.message } };
    }
  }

  const frame = createCrmFrame(readCall, answer);
  return Object.defineProperties(frame, {
    state: { value: state },
    oauth: { value: oauth },
    refused: { get: () => refused },
  }) as Bitrix24Double;
}

function readCall({ verb, url, headers, bytes }: RawRequest): CrmCall {
  const name = url.pathname.startsWith('/oauth/token')
    ? 'oauth.token'
    : (/\/rest\/(?:\d+\/[^/]+\/)?([\w.]+?)(?:\.json)?\/?$/.exec(url.pathname)?.[1] ?? '');
  return { name, verb, url, headers, body: bodyOf(bytes.toString('utf8')) };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text === '' ? undefined : Object.fromEntries(new URLSearchParams(text));
  }
}
