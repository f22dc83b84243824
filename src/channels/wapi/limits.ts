import type { OutgoingContent, Template, UnsendableCode } from '#channels/outbound';
import type { Pace } from '#domain/pace';
import { filledTexts } from '#domain/template-text';
import { refusesButtons } from './buttons.ts';
import { refusesFile } from './file-types.ts';

/** https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/text-messages */
const MAX_TEXT = 4096;
/**
 * Of a template with its values in it. No value is longer than the whole.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/components
 */
const MAX_TEMPLATE_TEXT = 1024;
const MAX_TEMPLATE_HEADER = 60;

/**
 * A client's message opens the window, and so does a call.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages
 */
export const WINDOW = { hours: 24, then: 'template' } as const;

/**
 * 80 messages a second for a number; to one person one in 6 seconds, of which 45 may be borrowed. A number that is in a
 * phone's app as well has 20 a second, and learns that by being throttled.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/throughput
 */
export const PACE: Pace = { perSecond: 80, chatMs: 6000, chatBurst: 45 };

/** The code of the compatible API for content that WhatsApp would not take; undefined if it would. */
export function refuses(content: OutgoingContent, template?: Pick<Template, 'components'>): UnsendableCode | undefined {
  switch (content.type) {
    case 'text':
      if (content.text.length > MAX_TEXT) return 'MESSAGES_TOO_LONG_WABA';
      return refusesButtons(content.text, content.buttons);
    case 'file':
      return refusesFile(content.file);
    case 'template':
      return refusesTemplate(content.values, template) ?? (content.file && refusesFile(content.file));
    default:
      return content satisfies never;
  }
}

function refusesTemplate(values: readonly string[], template: Pick<Template, 'components'> | undefined) {
  if (values.includes('')) return 'INVALID_MESSAGE_DATA';
  const { header, body } = filledTexts(template?.components ?? [], values);
  if (header.length > MAX_TEMPLATE_HEADER) return 'MESSAGES_TOO_LONG_WABA_HEADER';
  const isTooLong = [body, ...values].some((text) => text.length > MAX_TEMPLATE_TEXT);
  return isTooLong ? 'MESSAGES_TOO_LONG_WABA_TEMPLATE' : undefined;
}
