import type { OutgoingContent, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';
import { waysOf } from './files-out.ts';
import { areRefused } from './keyboard.ts';

/** VK's own limit is not certain for communities: 9,000 in its schema, 4,096 in practice. */
const MAX_TEXT = 4096;
const MAX_FILE_BYTES = 50 * 1024 * 1024;

/** 20 calls a second with one token: https://dev.vk.com/ru/api/api-requests#Ограничения */
export const PACE: Pace = { perSecond: 20, chatMs: 500, chatBurst: 10 };

/** The code of the compatible API for content that VK cannot take; undefined if it can. */
export function refuses(content: OutgoingContent): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGES_TOO_LONG_VK';
      return content.buttons && areRefused(content.buttons) ? 'INVALID_MESSAGE_DATA' : undefined;
    case 'file':
      if (content.file.size === 0) return 'MESSAGES_CONTENT_CAN_NOT_BE_BLANK';
      if (content.file.size > MAX_FILE_BYTES) return 'MESSAGES_CONTENT_SIZE_EXCEEDED';
      return waysOf(content.file).length === 0 ? 'MESSAGE_WRONG_CONTENT_TYPE' : undefined;
    case 'template':
      return 'MESSAGE_WRONG_CONTENT_TYPE';
    default:
      return content satisfies never;
  }
}
