import * as z from 'zod/mini';
import type { Placed, SendWay } from '#channels/meta/messaging-send';
import { createRemembered, tellerOf } from '#channels/meta/remembered';
import type { OutgoingFile } from '#channels/outbound';
import { attachmentTypeOf } from './limits.ts';

/** Meta keeps an attachment that can be used again for 90 days. Its id is for the page that uploaded it. */
const UPLOAD_MS = 89 * 24 * 3_600_000;
const MOST_UPLOADS = 1000;

const uploadedSchema = z.object({
  attachment_id: z.union([z.string().check(z.minLength(1), z.maxLength(64)), z.int()]),
});

/**
 * Uploads files: Meta's own fetching of links is slow and follows no redirect. What was uploaded for a message is used again
 * in its next try. https://developers.facebook.com/documentation/business-messaging/messenger-platform/reference/attachment-upload-api
 */
export function createUploads(now: () => number) {
  const uploads = createRemembered<string>(MOST_UPLOADS, UPLOAD_MS, now);
  const keyOf = ({ credentials }: SendWay, key: string) => `${tellerOf(credentials)}#${key}`;

  return {
    /** Returns every outcome and never throws. */
    async place(way: SendWay, file: OutgoingFile, key: string, signal: AbortSignal): Promise<Placed> {
      const type = attachmentTypeOf(file);
      const known = uploads.get(keyOf(way, key));
      if (known !== undefined) return placed(type, known, true);
      const { name, size, mimeType } = file;
      const message = JSON.stringify({ attachment: { type, payload: { is_reusable: true } } });
      const form = { texts: { message }, file: { field: 'filedata', name, mimeType, size, open: () => file.open() } };
      const answer = await way.call(
        way.credentials,
        { method: 'POST', path: `${way.node}/message_attachments`, form },
        signal,
      );
      if (answer.kind !== 'ok') return answer;
      const read = uploadedSchema.safeParse(answer.result);
      if (!read.success) return { kind: 'unreachable', reason: 'an unreadable answer to an upload' };
      const id = String(read.data.attachment_id);
      uploads.set(keyOf(way, key), id);
      return placed(type, id, false);
    },

    forget: (way: SendWay, key: string) => uploads.forget(keyOf(way, key)),
  };
}

function placed(type: string, id: string, isRemembered: boolean): Placed {
  return { kind: 'placed', attachment: { type, payload: { attachment_id: id } }, isRemembered };
}
