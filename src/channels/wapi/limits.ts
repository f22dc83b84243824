import type { OutgoingContent } from '#channels/outbound';
import type { Pace } from '#domain/pace';
import { refusesButtons } from './buttons.ts';
import { refusesFile } from './file-types.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages */
const MAX_TEXT = 4096;
/** A variable cannot be longer than the whole text of a template. */
const MAX_TEMPLATE_VALUE = 1024;

/**
 * A client's message opens the window, and so does a call.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
// biome-ignore lint/suspicious/noThenProperty: it is the interface's word, and nothing awaits it.
export const WINDOW = { hours: 24, then: 'template' } as const;

/**
 * 80 messages a second for a number; to one person one in 6 seconds, of which 45 may be borrowed. A number that is in a
 * phone's app as well has 20 a second, and learns that by being throttled.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export const PACE: Pace = { perSecond: 80, chatMs: 6000, chatBurst: 45 };

/** The code of the compatible API for content that WhatsApp would not take; undefined if it would. */
export function refuses(content: OutgoingContent): string | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGES_TOO_LONG_WABA';
      return refusesButtons(content.text, content.buttons);
    case 'file':
      return refusesFile(content.file);
    case 'template':
      if (content.values.some((value) => value.length > MAX_TEMPLATE_VALUE)) return 'MESSAGES_TOO_LONG_WABA_TEMPLATE';
      return content.file && refusesFile(content.file);
    default:
      return content satisfies never;
  }
}
