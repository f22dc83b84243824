import type { FileKind, OutgoingContent, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';

/** The compatible API takes no longer text for WhatsApp (3.3); WhatsApp itself takes 65,536 characters. */
const MAX_TEXT = 10_000;

const MB = 1024 * 1024;
/** The bridge holds a file in its memory several times over, and WhatsApp takes pictures and films of so many bytes. */
const MAX_BYTES: Readonly<Record<FileKind, number>> = {
  image: 16 * MB,
  audio: 16 * MB,
  voice: 16 * MB,
  video: 64 * MB,
  document: 100 * MB,
};

/**
 * WhatsApp tells no limit for a phone, and shuts out those that write like a machine. So the pace is that of somebody
 * who types fast.
 */
export const PACE: Pace = { perSecond: 3, chatMs: 1500, chatBurst: 3 };

/** The code of the compatible API for content that WhatsApp would not take; undefined if it would. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGE_TEXT_TOO_LONG';
      // A phone has none: the bridge's own buttons are not shown by the apps any more.
      return content.buttons ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      if (content.file.size === 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      return content.file.size > MAX_BYTES[content.file.kind] ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
    case 'template':
      return 'INVALID_MESSAGE_DATA';
    default:
      return content satisfies never;
  }
}
