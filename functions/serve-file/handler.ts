import type { Bells } from '#bells';
import { RequestError } from '#http/errors';
import { createRoute, type HttpHandler, type HttpRequest, type HttpResponse } from '#http/route';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import { rangeOf } from '#media/byte-range';
import { isFileId } from '#media/new-file-id';
import { fileHeaders } from '#media/shown-type';
import type { createAccountStates } from '#store/accounts/account-state';
import type { FileRow, Files } from '#store/files/files';

export interface ServeFileDeps {
  readonly files: Pick<Files, 'find' | 'get'>;
  readonly accountStates: Pick<ReturnType<typeof createAccountStates>, 'stateOf'>;
  readonly blobs: Pick<BlobStore, 'get' | 'linkTo'>;
  readonly bells: Bells<'files'>;
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Log;
}

/** What an answer of Lambda holds, in base64 and with room: it may have 6 MB. */
const MOST_ANSWERED_BYTES = 4_000_000;
const LINK_SECONDS = 900;
const LOOKS_EVERY_MS = 250;
/** Five seconds. */
const MOST_LOOKS = 20;
const NOTHING = new Uint8Array();

/** Serves the files of messages. Their addresses are the right to read them. Nothing in them runs in a browser. */
export function createHandler(deps: ServeFileDeps): HttpHandler {
  return createRoute(async (request) => {
    const file = await findFile(deps, request.params.file ?? '');
    if (file.state === 'wanted') return comesLater();
    if (file.state !== 'stored') throw gone(file.why);
    return serve(deps, request, file);
  }, deps);
}

/** The file, once it is there or its time is over. A request for a file that is on its way brings it here sooner. */
async function findFile({ files, accountStates, bells, pause }: ServeFileDeps, id: string): Promise<FileRow> {
  const found = isFileId(id) ? await files.find(id) : undefined;
  const account = found && (await accountStates.stateOf(found.account));
  if (!found || !account?.isThere || account.isDisabled) {
    throw new RequestError(404, 'FILE_NOT_FOUND', 'There is no such file');
  }
  if (found.state !== 'wanted') return found;
  await bells.ring('files', id);
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    await pause(LOOKS_EVERY_MS);
    const file = await files.get(id);
    if (file && file.state !== 'wanted') return file;
  }
  return found;
}

function comesLater(): HttpResponse {
  const description = 'The file is on its way from the messenger';
  return { status: 503, body: { error: 'FILE_NOT_READY', description }, headers: { 'retry-after': '2' } };
}

function gone(why: string | undefined): RequestError {
  return new RequestError(410, 'FILE_GONE', why ?? 'The file was removed');
}

async function serve({ blobs }: ServeFileDeps, request: HttpRequest, file: FileRow): Promise<HttpResponse> {
  const { key, size = 0, sha256 = '', type, name } = file;
  if (key === undefined) throw gone(undefined);
  const { method, headers } = request;
  const etag = `"${sha256}"`;
  const about = {
    ...fileHeaders(type, name),
    // It never changes, but it may be removed, so nobody keeps it for long.
    'cache-control': 'private, max-age=3600, immutable',
    etag,
  };
  if (headers['if-none-match'] === etag) return { status: 304, bytes: NOTHING, headers: about };
  const isSame = headers['if-range'] === undefined || headers['if-range'] === etag;
  const range = method === 'GET' && isSame ? rangeOf(headers.range, size) : 'all';
  if (range === 'none') {
    const refused = { error: 'RANGE_NOT_SATISFIABLE', description: 'The file has no such bytes' };
    return { status: 416, body: refused, headers: { 'content-range': `bytes */${size}` } };
  }
  if (method === 'HEAD') return { status: 200, bytes: NOTHING, headers: { ...about, 'content-length': String(size) } };
  if (size > MOST_ANSWERED_BYTES) {
    const link = await linkOf(blobs, key, name);
    if (link !== undefined) return { status: 302, text: '', headers: { location: link } };
  }
  const part = range === 'all' ? undefined : range;
  const opened = size === 0 ? { body: [] } : await blobs.get(key, part);
  if (!opened) throw gone('The file is no longer kept');
  const bytes = Buffer.concat(await Array.fromAsync<Uint8Array>(opened.body));
  if (!part) return { status: 200, bytes, headers: about };
  return { status: 206, bytes, headers: { ...about, 'content-range': `bytes ${part.from}-${part.to}/${size}` } };
}

/** A file that is no longer kept is told in our words, not in those of the place where files lie. */
async function linkOf(
  blobs: Pick<BlobStore, 'get' | 'linkTo'>,
  key: string,
  name: string,
): Promise<string | undefined> {
  const first = await blobs.get(key, { from: 0, to: 0 });
  if (!first) throw gone('The file is no longer kept');
  await Array.fromAsync(first.body);
  return blobs.linkTo(key, name, LINK_SECONDS);
}
