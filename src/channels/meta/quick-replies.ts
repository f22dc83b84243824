import { cut } from '#domain/cut';
import type { Button, Buttons } from '#domain/message';

// https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/quick-replies
const MOST_REPLIES = 13;
const TITLE = 20;
const PAYLOAD = 1000;
// https://developers.facebook.com/documentation/business-messaging/messenger-platform/send-messages/template/button
const MOST_BUTTONS = 3;
/** The longest text above buttons of a template. */
const TEMPLATE_TEXT = 640;

interface Words {
  readonly title: string;
  readonly payload: string;
}

/** A `message` object with a text. */
export type TextMessage =
  | { readonly text: string; readonly quick_replies?: readonly (Words & { readonly content_type: 'text' })[] }
  | {
      readonly attachment: {
        readonly type: 'template';
        readonly payload: {
          readonly template_type: 'button';
          readonly text: string;
          readonly buttons: readonly (
            | { readonly type: 'web_url'; readonly url: string; readonly title: string }
            | (Words & { readonly type: 'postback' })
          )[];
        };
      };
    };

/**
 * The text with its buttons, which are quick replies. If one of them opens an address, they are the buttons of a template,
 * which are three at most. Further buttons are dropped and long titles cut, as the compatible API does it. A press gives
 * back the payload, or the button's text.
 */
export function textMessageOf(text: string, buttons: Buttons | undefined): TextMessage {
  const all = (buttons?.rows ?? []).flat();
  if (all.length === 0) return { text };
  if (all.every(({ url }) => url === undefined)) {
    const replies = all.slice(0, MOST_REPLIES).map((one) => ({ content_type: 'text' as const, ...wordsOf(one) }));
    return { text, quick_replies: replies };
  }
  const shown = all.slice(0, MOST_BUTTONS).map((one) => {
    const words = wordsOf(one);
    return one.url === undefined
      ? { type: 'postback' as const, ...words }
      : { type: 'web_url' as const, url: one.url, title: words.title };
  });
  return { attachment: { type: 'template', payload: { template_type: 'button', text, buttons: shown } } };
}

/** Whether Meta would not take the buttons, or the text because of them. */
export function areUnsendable(text: string, buttons: Buttons | undefined): boolean {
  const message = textMessageOf(text, buttons);
  const isTooLong = 'attachment' in message && text.length > TEMPLATE_TEXT;
  const all = (buttons?.rows ?? []).flat();
  return isTooLong || all.some((one) => one.text.trim() === '' || (one.payload ?? '').length > PAYLOAD);
}

function wordsOf({ text, payload }: Button): Words {
  return { title: cut(text, TITLE), payload: payload || cut(text, PAYLOAD) };
}
