import { decodeProtectedHeader, errors, importJWK, jwtVerify } from 'jose';
import { type HttpDouble, type RawRequest, startHttpDouble } from '#test/doubles/http';

/** A push that came to the address of a browser. */
export interface PushCall {
  /** The last part of the browser's address. */
  readonly method: string;
  readonly headers: RawRequest['headers'];
  readonly bytes: Buffer;
  /** Why a push service refuses it. */
  readonly faults: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A push service in this process. */
export interface PushServiceDouble extends HttpDouble<PushCall> {
  /** A browser's address. Its page subscribed with that key (`applicationServerKey`). */
  subscribe(name: string, serverKey: string): string;
  /** The browser has ended its subscription. */
  end(name: string): void;
  /** The topics of what waits for the browser while it is offline: of each topic the last, as long as it may be kept. */
  keptFor(name: string): string[];
}

const DAY_SECONDS = 24 * 3600;
const LONGEST_PAYLOAD = 4_096;
/** So many pushes in a second are too many for one browser. */
const MOST_A_SECOND = 20;

interface Browser {
  readonly serverKey: string;
  isEnded: boolean;
  /** When the last pushes came (epoch ms). */
  pushedAt: number[];
  /** Until when the last push of each topic is kept. */
  readonly kept: Map<string, number>;
}

/**
 * Starts a push service that takes a push as RFC 8030 and RFC 8292 say: 201, with one kept for each topic; 404 for an address
 * that it never gave, 410 for one that was ended, 413 for a payload that is too long, 429 with the time to wait for too many,
 * 403 for a token that does not vouch, 400 for anything else. What it holds against a push is in `faults`.
 */
export async function startPushService(nowMs: () => number = Date.now): Promise<PushServiceDouble> {
  const browsers = new Map<string, Browser>();

  async function read({ verb, url, headers, bytes }: RawRequest): Promise<PushCall> {
    const method = url.pathname.slice(1);
    const { serverKey } = browsers.get(method) ?? {};
    const { claims, faults } = await judgeToken(headers.authorization ?? '', serverKey, service.baseUrl, nowMs());
    const more = [
      verb === 'POST' ? '' : 'no POST',
      /^\d+$/.test(headers.ttl ?? '') ? '' : 'no TTL',
      /^(very-low|low|normal|high)?$/.test(headers.urgency ?? '') ? '' : 'an unknown urgency',
      /^[\w-]{0,32}$/.test(headers.topic ?? '') ? '' : 'a topic that is none',
      bytes.length > 0 && headers['content-encoding'] !== 'aes128gcm' ? 'a payload in clear' : '',
    ];
    return { method, headers, bytes, claims, faults: [...faults, ...more.filter((fault) => fault !== '')] };
  }

  function take({ method, headers, bytes, faults }: PushCall) {
    const browser = browsers.get(method);
    if (!browser) return { status: 404, body: '' };
    if (browser.isEnded) return { status: 410, body: '' };
    if (bytes.length > LONGEST_PAYLOAD) return { status: 413, body: '' };
    if (faults.length > 0)
      return { status: faults.some((fault) => TOKEN_FAULTS.has(fault)) ? 403 : 400, body: { faults } };
    const now = nowMs();
    browser.pushedAt = [...browser.pushedAt.filter((at) => at > now - 1_000), now];
    if (browser.pushedAt.length > MOST_A_SECOND) return { status: 429, body: '', headers: { 'retry-after': '1' } };
    browser.kept.set(headers.topic ?? `${browser.kept.size}`, now + Number(headers.ttl) * 1_000);
    return { status: 201, body: '', headers: { location: `${service.baseUrl}/message` } };
  }

  const service: HttpDouble<PushCall> = await startHttpDouble<PushCall>(read, take);

  return {
    ...service,
    subscribe(name, serverKey) {
      browsers.set(name, { serverKey, isEnded: false, pushedAt: [], kept: new Map() });
      return `${service.baseUrl}/${name}`;
    },
    end(name) {
      const browser = browsers.get(name);
      if (browser) browser.isEnded = true;
    },
    keptFor: (name) =>
      [...(browsers.get(name)?.kept ?? [])].flatMap(([topic, until]) => (until > nowMs() ? [topic] : [])),
  };
}

const OTHER_KEY = 'another key than that of the subscription';
/** What is wrong with a token, by the codes of its judge. */
const FAULTS: Readonly<Record<string, string>> = {
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'a wrong signature',
  ERR_JWT_EXPIRED: 'an end that is none',
  ERR_JOSE_ALG_NOT_ALLOWED: 'another algorithm',
};
const NO_VAPID = 'no vapid';
const NO_CLAIMS = 'claims that are none';
const TOKEN_FAULTS = new Set([...Object.values(FAULTS), OTHER_KEY, NO_VAPID, NO_CLAIMS]);

/** Judges the token by https://www.rfc-editor.org/rfc/rfc8292 */
async function judgeToken(authorization: string, subscribed: string | undefined, audience: string, nowMs: number) {
  const [, token = '', key = ''] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (token === '') return { claims: {}, faults: [NO_VAPID] };
  try {
    const currentDate = new Date(nowMs);
    const { payload } = await jwtVerify(token, await keyOf(key), {
      ...{ algorithms: ['ES256'], typ: 'JWT', audience, currentDate, requiredClaims: ['exp', 'sub'] },
    });
    const isTooLong = (payload.exp ?? 0) > nowMs / 1_000 + DAY_SECONDS;
    const faults = [
      ...(isTooLong ? ['an end that is none'] : []),
      ...(/^(mailto:\S+@\S+|https:\/\/\S+)$/.test(payload.sub ?? '') ? [] : [NO_CLAIMS]),
      ...(subscribed !== undefined && key !== subscribed ? [OTHER_KEY] : []),
    ];
    return { claims: payload, faults };
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    return { claims: { ...decodeProtectedHeader(token) }, faults: [FAULTS[error.code] ?? NO_CLAIMS] };
  }
}

/** A key as the header has it: 65 bytes, not compressed. */
function keyOf(key: string) {
  const point = Buffer.from(key, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  return importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
}
