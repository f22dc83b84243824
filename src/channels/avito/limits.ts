import type { OutgoingContent, OutgoingFile, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';

/** https://developers.avito.ru/api-catalog/messenger/documentation#operation/postSendMessage */
const MAX_TEXT = 1000;

/** https://developers.avito.ru/api-catalog/messenger/documentation#operation/uploadImages */
const MAX_IMAGE_BYTES = 24 * 1024 * 1024;
const IMAGES: ReadonlySet<string> = new Set([
  'image/jpeg',
  'image/jpg',
  'image/heic',
  'image/gif',
  'image/bmp',
  'image/x-ms-bmp',
  'image/png',
]);

/**
 * Avito names no limits, and tells in headers how many requests a minute are left. So this is careful: a picture is two
 * requests.
 */
export const PACE: Pace = { perSecond: 4, chatMs: 1000, chatBurst: 3 };

/** The code of the compatible API for content that Avito would not take; undefined if it would. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGES_TOO_LONG_AVITO';
      return content.buttons ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      return refusesFile(content.file);
    case 'template':
      return 'MESSAGE_WRONG_CONTENT_TYPE';
    default:
      return content satisfies never;
  }
}

function refusesFile({ mimeType, size }: OutgoingFile): UnsendableCode | undefined {
  const type = (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (!IMAGES.has(type)) return 'MESSAGE_WRONG_CONTENT_TYPE';
  if (size <= 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
  return size > MAX_IMAGE_BYTES ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
}
