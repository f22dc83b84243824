import * as z from 'zod/mini';
import { shortText } from '#api/crm-fields';
import type { DescribedRoutes } from '#api/described-route';
import { address, text } from '#api/fields';
import { MAX_UPLOAD_BYTES } from '#media/uploads';

/** A file that is to be uploaded: its name, its MIME type if it is known, and its exact size in bytes. */
export const newUpload = z.object({
  name: shortText(255),
  type: z.optional(z.string().check(z.maxLength(127), z.regex(/^([\w.+-]+\/[\w.+-]+)?(;.*)?$/))),
  size: z.int().check(z.minimum(1), z.maximum(MAX_UPLOAD_BYTES)),
});

/** Where and how the bytes of a file are sent. */
export const uploadTarget = z.object({ url: text, headers: z.record(z.string(), text) });

/**
 * Where the file goes: `PUT` to `url` with these headers and no others, within an hour. Afterwards a message can be sent
 * with `contentUri`. A file that no message took is removed after a day.
 */
export const newUploadAnswer = z.object({
  contentUri: address,
  upload: uploadTarget,
});

/** The route of uploads. */
export const describedUploadRoutes = {
  'POST /v1/files': {
    operationId: 'createUpload',
    tag: 'Files',
    summary: 'An address to upload a file to, for a message with its contentUri',
    description:
      '`PUT` the bytes to `upload.url` with `upload.headers` and no key, within an hour and exactly `size` of them. Then send a message with `contentUri`. A file that no message took within a day is removed.',
    body: newUpload,
    answer: newUploadAnswer,
    status: 201,
    security: 'apiKey',
    asUser: true,
    errors: ['INVALID_REQUEST'],
  },
} satisfies DescribedRoutes;
