import { createPublicKey, verify } from 'node:crypto';
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
}

const DAY_SECONDS = 24 * 3600;

/**
 * Starts a push service that takes a push as RFC 8030 and RFC 8292 say, and answers 4xx to any other. What it holds against
 * a push is in `faults`.
 */
export async function startPushService(nowMs: () => number = Date.now): Promise<PushServiceDouble> {
  const keys = new Map<string, string>();

  function read({ verb, url, headers, bytes }: RawRequest): PushCall {
    const method = url.pathname.slice(1);
    const { claims, faults } = judgeToken(headers.authorization ?? '', keys.get(method), service.baseUrl, nowMs());
    const more = [
      verb === 'POST' ? '' : 'no POST',
      /^\d+$/.test(headers.ttl ?? '') ? '' : 'no TTL',
      /^(very-low|low|normal|high)?$/.test(headers.urgency ?? '') ? '' : 'an unknown urgency',
      /^[\w-]{0,32}$/.test(headers.topic ?? '') ? '' : 'a topic that is none',
      bytes.length > 0 && headers['content-encoding'] !== 'aes128gcm' ? 'a payload in clear' : '',
    ];
    return { method, headers, bytes, claims, faults: [...faults, ...more].filter((fault) => fault !== '') };
  }

  const service: HttpDouble<PushCall> = await startHttpDouble<PushCall>(read, ({ method, faults }) => {
    if (!keys.has(method)) return { status: 410, body: '' };
    if (faults.length > 0) return { status: 403, body: { faults } };
    return { status: 201, body: '', headers: { location: `${service.baseUrl}/message` } };
  });

  return {
    ...service,
    subscribe(name, serverKey) {
      keys.set(name, serverKey);
      return `${service.baseUrl}/${name}`;
    },
  };
}

function judgeToken(authorization: string, subscribed: string | undefined, origin: string, nowMs: number) {
  const [, token = '', key = ''] = /^vapid t=([\w-]+\.[\w-]+\.[\w-]+), k=([\w-]+)$/.exec(authorization) ?? [];
  if (token === '') return { claims: {}, faults: ['no vapid'] };
  const [head = '', body = '', signature = ''] = token.split('.');
  const { alg, typ } = jsonOf(head);
  const claims = jsonOf(body);
  const { aud, exp, sub } = claims;
  const seconds = nowMs / 1000;
  const faults = [
    alg === 'ES256' && typ === 'JWT' ? '' : 'another algorithm',
    isSigned(`${head}.${body}`, signature, key) ? '' : 'a wrong signature',
    key === subscribed ? '' : 'another key than that of the subscription',
    aud === origin ? '' : 'another audience',
    typeof exp === 'number' && exp > seconds && exp <= seconds + DAY_SECONDS ? '' : 'an end that is none',
    typeof sub === 'string' && /^(mailto:\S+@\S+|https:\/\/\S+)$/.test(sub) ? '' : 'nobody to write to',
  ];
  return { claims, faults };
}

function isSigned(text: string, signature: string, key: string): boolean {
  const point = Buffer.from(key, 'base64url');
  if (point.length !== 65 || point[0] !== 4) return false;
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y } as never, format: 'jwk' });
  const given = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  return verify('sha256', Buffer.from(text), given, Buffer.from(signature, 'base64url'));
}

function jsonOf(part: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}
