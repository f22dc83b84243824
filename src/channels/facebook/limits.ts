import { areUnsendable } from '#channels/meta/quick-replies';
import type { OutgoingContent, OutgoingFile, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';

/** https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages */
const MAX_TEXT = 2000;
const MOST_BYTES = 25 * 1024 * 1024;

/**
 * Above 40 messages a second the page's inbox shows nothing any more. Meta takes 300.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/overview/rate-limiting
 */
export const PACE: Pace = { perSecond: 40, chatMs: 1000, chatBurst: 10 };

const TYPE_OF = { image: 'image', audio: 'audio', voice: 'audio', video: 'video', document: 'file' } as const;

/** What Messenger calls an attachment of that kind. It takes files of every type. */
export function attachmentTypeOf({ kind }: Pick<OutgoingFile, 'kind'>): (typeof TYPE_OF)[OutgoingFile['kind']] {
  return TYPE_OF[kind];
}

/** The code of the compatible API for content that Messenger would not take; undefined if it would. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGE_TEXT_TOO_LONG';
      return areUnsendable(content.text, content.buttons) ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      if (content.file.size <= 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      return content.file.size > MOST_BYTES ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
    case 'template':
      return 'INVALID_MESSAGE_DATA';
    default:
      return content satisfies never;
  }
}
