import type { OutgoingContent, UnsendableCode } from '#channels/outbound';
import { MAX_UPLOAD_BYTES } from './files-out.ts';
import { lengthOf } from './format.ts';
import { areRefused } from './keyboard.ts';

/** A text with its marks may have so many times the UTF-16 units of the limit. A longer one is not even read. */
const MARKS_AND_TEXT = 4;
const MAX_TEXT = 4096;

/** The code of the compatible API for content that Telegram cannot take; undefined if it can. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (isTooLong(content.text)) return 'MESSAGES_TOO_LONG_TELEGRAM';
      return content.buttons && areRefused(content.buttons) ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      if (content.file.size === 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      return content.file.size > MAX_UPLOAD_BYTES ? 'MESSAGES_CONTENT_SIZE_EXCEEDED_TELEGRAM' : undefined;
    case 'template':
      return 'MESSAGE_WRONG_CONTENT_TYPE';
    default:
      return content satisfies never;
  }
}

function isTooLong(text: string): boolean {
  return text.length > MAX_TEXT * MARKS_AND_TEXT || lengthOf(text) > MAX_TEXT;
}
