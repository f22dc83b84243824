import { type AuthenticateDeps, authenticate } from '#api/authenticate';
import { newUpload } from '#api/upload-routes';
import type { Clock } from '#clock';
import { invalidRequest } from '#http/errors';
import { readBody } from '#http/read-body';
import { createRoute, type HttpHandler } from '#http/route';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import { contentUriOf } from '#media/content-uri';
import { nameOf } from '#media/file-type';
import { newFileId } from '#media/new-file-id';
import { UNKNOWN_TYPE } from '#media/shown-type';
import { UPLOAD_SECONDS, uploadKey } from '#media/uploads';

export interface TakeUploadDeps extends AuthenticateDeps {
  readonly blobs: Pick<BlobStore, 'uploadTo'>;
  /** The base of our own addresses, if it is not the address that the caller used. */
  readonly publicUrl: string | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** Gives out addresses to upload files to. Nothing is stored before a message is sent with the file. */
export function createHandler(deps: TakeUploadDeps): HttpHandler {
  const { blobs, publicUrl, clock } = deps;
  return createRoute(async (request) => {
    const { account } = await authenticate(request, deps);
    const wanted = readBody(newUpload, request.body, invalidRequest);
    const type = wanted.type || UNKNOWN_TYPE;
    const uploaded = { account, file: newFileId(), name: nameOf(wanted.name, type) };
    const upload = await blobs.uploadTo(uploadKey(uploaded, clock.now()), { type, size: wanted.size }, UPLOAD_SECONDS);
    const contentUri = contentUriOf(publicUrl ?? request.origin, uploaded);
    return { status: 201, body: { contentUri, upload } };
  }, deps);
}
