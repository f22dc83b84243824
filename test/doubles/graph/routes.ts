import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../http.ts';
import { type Meta, Refused } from './world.ts';

/** The versions that live on 29 November 2026: https://developers.facebook.com/docs/graph-api/changelog/versions */
const VERSIONS = ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0', 'v27.0'];
/** What a new app may no longer use: https://developers.facebook.com/blog/post/2026/11/04 */
const ENDED = ['ids', 'method', 'callback', 'batch'];

/** A request to the Graph API, or to the host of its files. */
export interface GraphCall {
  /** The verb and what it is about: `POST messages`, `GET phone`, `GET template`, `GET media`, `GET file`. */
  readonly method: string;
  readonly id: string;
  readonly edge: string | undefined;
  readonly query: Readonly<Record<string, string>>;
  /** JSON, or the fields of a form. */
  readonly body: unknown;
  readonly version: string;
}

/** Names a request by what it is about. */
export async function readCall(meta: Meta, { verb, url, headers, bytes }: RawRequest): Promise<GraphCall> {
  const [first = '', second = '', ...more] = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const query = Object.fromEntries(url.searchParams);
  if (first === 'files')
    return { method: 'GET file', id: second, edge: undefined, query, body: undefined, version: '' };
  const hasVersion = /^v\d/.test(first);
  const [id = '', edge] = hasVersion ? [second, ...more] : [first, second, ...more];
  const about = edge ?? kindOf(meta, id);
  return {
    method: `${verb} ${about}`,
    id,
    edge,
    query,
    body: await bodyOf(headers['content-type'] ?? '', bytes),
    version: hasVersion ? first : '',
  };
}

function kindOf(meta: Meta, id: string): string {
  if (meta.numbers.some((number) => number.id === id)) return 'phone';
  if (meta.numbers.some(({ wabaId }) => wabaId === id)) return 'account';
  if (meta.templates.some((template) => template.id === id)) return 'template';
  return meta.media.has(id) ? 'media' : /^\d+$/.test(id) ? 'node' : id;
}

/** The fields of a body: JSON, or a form. */
export async function bodyOf(contentType: string, bytes: Buffer): Promise<unknown> {
  if (bytes.length === 0) return undefined;
  if (contentType.startsWith('application/json')) return JSON.parse(bytes.toString('utf8'));
  const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
  return Object.fromEntries(form);
}

/** Throws unless the request is one that Meta would look at: version, token, proof, nothing that has ended. */
export function checkAccess(
  meta: Pick<Meta, 'tokens' | 'appSecret'>,
  { version, query, body }: GraphCall,
  headers: RawRequest['headers'],
  requiresProof: boolean,
) {
  if (version === '') throw new Refused(2500, 'Unknown path components');
  if (!VERSIONS.includes(version))
    throw new Refused(2635, `You are calling a deprecated version of the API: ${version}`);
  const token = headers.authorization?.replace(/^(Bearer|OAuth) /, '') ?? query.access_token;
  if (token === undefined)
    throw new Refused(104, 'An access token is required to request this resource.', { status: 401 });
  if (!meta.tokens.has(token))
    throw new Refused(190, 'Invalid OAuth access token - Cannot parse access token', { status: 401 });
  checkProof(meta, token, query.appsecret_proof ?? fieldOf(body, 'appsecret_proof'), requiresProof);
  const ended =
    ENDED.find((name) => query[name] !== undefined) ?? (/\.as\(/.test(query.fields ?? '') ? 'as' : undefined);
  if (ended !== undefined) throw new Refused(100, `${ended} is no longer supported`);
}

function checkProof(
  { appSecret }: Pick<Meta, 'appSecret'>,
  token: string,
  given: string | undefined,
  requiresProof: boolean,
) {
  if (given === undefined) {
    if (requiresProof) throw new Refused(100, 'API calls from the server require an appsecret_proof argument');
    return;
  }
  const proof = createHmac('sha256', appSecret).update(token).digest();
  const isRight = /^[0-9a-f]{64}$/.test(given) && timingSafeEqual(Buffer.from(given, 'hex'), proof);
  if (!isRight) throw new Refused(100, 'Invalid appsecret_proof provided in the API argument');
}

function fieldOf(body: unknown, name: string): string | undefined {
  const value = (body as Record<string, unknown> | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
}
