import { gzipSync } from 'node:zlib';
import type { OpenApi } from '#api/description';
import { acceptedEncodings } from '#functions/serve-page/accepted-encodings';
import { answerFile } from '#functions/serve-page/answer-file';
import type { PageFiles } from '#functions/serve-page/page-files';
import { baseFor } from '#http/base-for';
import { notFound } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import { describeApi } from './description.ts';

export interface ServeDocsDeps {
  /** What `/docs` shows. */
  readonly docs: PageFiles;
  /** The base of addresses that are told to others. Undefined: the one that the caller used. */
  readonly publicUrl?: string | undefined;
  readonly log: Log;
}

/**
 * The page runs its own scripts only, applies its own styles only, and asks nobody but this origin, for the description.
 * Text becomes markup by one policy only, which is that of the library that draws the reference.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');
const DOCUMENT_HEADERS = {
  'content-security-policy': POLICY,
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};
/** A file never changes: another one has another name. */
const FILE_HEADERS = {
  'cache-control': 'public, max-age=31536000, immutable',
  'cross-origin-resource-policy': 'same-origin',
};

/** Serves what needs no key: that Konvert answers, what its routes take, and the guide and reference of them. */
export function createHandler(deps: ServeDocsDeps): HttpHandler {
  // Made from all schemas of the contract, at the first request for it.
  let made: OpenApi | undefined;
  function description(): OpenApi {
    made ??= describeApi();
    return made;
  }
  return createRoute(async (request) => {
    if (request.route === '/healthz') return { status: 200, body: { status: 'ok' } };
    if (request.route === '/openapi.json') {
      const servers = [{ url: baseFor(deps.publicUrl, request.origin) }];
      return packed({ ...description(), servers }, request);
    }
    if (request.route === '/docs') return serveDocument(deps, request);
    if (request.route === '/docs/{file}') return serveFile(deps, request);
    throw notFound();
  }, deps);
}

/** No gateway packs an answer by itself, and the description is a tenth of its size then. */
function packed(body: object, { headers }: HttpRequest): HttpResponse {
  const vary = { vary: 'accept-encoding' };
  if (!acceptedEncodings(headers).includes('gzip')) return { status: 200, body, headers: vary };
  const type = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' };
  return { status: 200, bytes: gzipSync(JSON.stringify(body)), headers: { ...type, ...vary } };
}

/** The document names its files from `/docs`. The location is relative because a gateway may hold all routes below a stage. */
async function serveDocument({ docs }: ServeDocsDeps, { headers, hasEndSlash }: HttpRequest): Promise<HttpResponse> {
  if (hasEndSlash) return { status: 302, text: '', headers: { location: '../docs' } };
  return answerFile(await docs.document(acceptedEncodings(headers)), DOCUMENT_HEADERS);
}

async function serveFile({ docs }: ServeDocsDeps, { params, headers }: HttpRequest): Promise<HttpResponse> {
  return answerFile(await docs.get(params.file ?? '', acceptedEncodings(headers)), FILE_HEADERS);
}
