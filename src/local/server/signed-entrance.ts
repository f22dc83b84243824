import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { RequestError } from '#http/errors';
import { SAFE_HEADERS } from '#http/safe-headers';
import type { PathGrant, SignedPaths } from '#local/signed-paths';
import { type BlobStore, TooLargeError } from '#media/blob-store';
import { rangeOf } from '#media/byte-range';
import { decoded } from '#media/decoded';
import { fileHeaders } from '#media/shown-type';
import { answerError, splitTarget } from './gateway.ts';
import type { Entrance } from './server.ts';

/**
 * Serves the addresses that were signed for files: what a bucket does in AWS. Bodies pass through, because they may be too
 * large for the memory.
 */
export function createSignedEntrance({ paths, blobs }: { paths: SignedPaths; blobs: BlobStore }): Entrance {
  return {
    async serve(request, response) {
      const { path } = splitTarget(request.url ?? '/');
      const grant = paths.read(path);
      if (grant === undefined) return false;
      // Pages of other origins may upload: the address is the right to do it.
      response.setHeader('access-control-allow-origin', '*');
      try {
        if (request.method === 'OPTIONS') allow(response);
        else if (grant === 'refused' || grant.method !== methodOf(request)) throw refused();
        else if (grant.method === 'PUT') await take(blobs, grant, request, response);
        else await give(blobs, grant.key, decoded(path.split('/').at(-1) ?? ''), request, response);
      } catch (error) {
        if (response.headersSent) response.destroy();
        else answer(response, error);
      }
      return true;
    },
  };
}

function methodOf({ method }: IncomingMessage): string | undefined {
  return method === 'HEAD' ? 'GET' : method;
}

function refused(): RequestError {
  return new RequestError(403, 'FORBIDDEN', 'This address allows something else, or nothing any more');
}

function allow(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, PUT',
    'access-control-allow-headers': 'content-type',
  });
  response.end();
}

async function take(
  blobs: BlobStore,
  { key, type, size }: Extract<PathGrant, { method: 'PUT' }>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { 'content-length': length, 'content-type': given } = request.headers;
  if (Number(length) !== size || given !== type) throw refused();
  try {
    // Node ends a body that is shorter than it was said with an error, and reads no longer one.
    await blobs.put(key, request, { type, disposition: '', maxBytes: size });
  } catch (error) {
    throw error instanceof TooLargeError ? refused() : error;
  }
  response.writeHead(200, SAFE_HEADERS);
  response.end();
}

async function give(
  blobs: BlobStore,
  key: string,
  name: string,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = await blobs.get(key);
  if (!found) throw new RequestError(404, 'NOT_FOUND', 'There is no such file');
  const { size, type } = found;
  const range = rangeOf(headers.range, size);
  if (range === 'none') {
    response.setHeader('content-range', `bytes */${size}`);
    throw new RequestError(416, 'INVALID_REQUEST', 'The file has no such bytes');
  }
  const [from, to] = range === 'all' ? [0, size - 1] : [range.from, range.to];
  response.writeHead(range === 'all' ? 200 : 206, {
    ...SAFE_HEADERS,
    ...fileHeaders(type, name),
    'content-length': to - from + 1,
    ...(range !== 'all' && { 'content-range': `bytes ${from}-${to}/${size}` }),
  });
  const part = method === 'HEAD' || size === 0 ? undefined : await blobs.get(key, { from, to });
  if (part) await pipeline(part.body, response);
  else response.end();
}

function answer(response: ServerResponse, error: unknown): void {
  const { status, headers, body } = answerError(error);
  // The rest of a body that was refused is not read.
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  response.end(body);
}
