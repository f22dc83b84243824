import { areUnsendable } from '#channels/meta/quick-replies';
import type { OutgoingContent, OutgoingFile, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';

const MB = 1024 * 1024;
/** Of UTF-8: https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/messaging-api */
const MAX_TEXT_BYTES = 1000;

/** The kinds of attachments. */
export type AttachmentType = 'image' | 'video' | 'audio' | 'file';

interface Limit {
  readonly types: readonly string[];
  readonly mostBytes: number;
}

/** https://developers.facebook.com/documentation/business-messaging/instagram-messaging/features/send-message */
const LIMITS: Readonly<Record<AttachmentType, Limit>> = {
  image: { types: ['image/jpeg', 'image/jpg', 'image/png'], mostBytes: 8 * MB },
  audio: {
    types: ['audio/aac', 'audio/mp4', 'audio/m4a', 'audio/x-m4a', 'audio/wav', 'audio/x-wav'],
    mostBytes: 25 * MB,
  },
  video: {
    types: ['video/mp4', 'video/ogg', 'video/x-msvideo', 'video/avi', 'video/quicktime', 'video/webm'],
    mostBytes: 25 * MB,
  },
  file: { types: ['application/pdf'], mostBytes: 25 * MB },
};

const TYPE_OF = { image: 'image', audio: 'audio', voice: 'audio', video: 'video', document: 'file' } as const;

/** 300 texts a second, 10 files a second of sound or video: the latter learn it by being throttled. */
export const PACE: Pace = { perSecond: 100, chatMs: 1000, chatBurst: 10 };

/** How Instagram takes a file of that kind and type. Undefined if it takes none such. */
export function attachmentTypeOf({
  kind,
  mimeType,
}: Pick<OutgoingFile, 'kind' | 'mimeType'>): AttachmentType | undefined {
  const type = TYPE_OF[kind];
  return LIMITS[type].types.includes(plainType(mimeType)) ? type : undefined;
}

/** The code of the compatible API for content that Instagram would not take; undefined if it would. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (Buffer.byteLength(content.text) > MAX_TEXT_BYTES) return 'MESSAGES_TOO_LONG_INSTAGRAM';
      return areUnsendable(content.text, content.buttons) ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      return refusesFile(content.file);
    case 'template':
      return 'INVALID_MESSAGE_DATA';
    default:
      return content satisfies never;
  }
}

function refusesFile(file: OutgoingFile): UnsendableCode | undefined {
  const type = attachmentTypeOf(file);
  if (type === undefined) return 'MESSAGES_UNSUPPORTED_CONTENT_TYPE_INSTAPI';
  if (file.size <= 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
  return file.size > LIMITS[type].mostBytes ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
}

function plainType(mimeType: string): string {
  return (mimeType.split(';', 1)[0] ?? '').trim().toLowerCase();
}
