import type { OutgoingContent, UnsendableCode } from '#channels/outbound';
import { MAX_TEXT } from './format.ts';
import { areRefused } from './keyboard.ts';

/**
 * What the compatible API says of MAX (reference, section 3.3). MAX itself takes larger files, of each kind another
 * size: https://dev.max.ru/docs-api/use-cases/sending-messages/attachment-types
 */
const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** The code of the compatible API for content that MAX cannot take; undefined if it can. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGE_TEXT_TOO_LONG';
      return content.buttons && areRefused(content.buttons) ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      if (content.file.size === 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      return content.file.size > MAX_FILE_BYTES ? 'MESSAGES_CONTENT_SIZE_EXCEEDED' : undefined;
    case 'template':
      return 'MESSAGE_WRONG_CONTENT_TYPE';
    default:
      return content satisfies never;
  }
}
