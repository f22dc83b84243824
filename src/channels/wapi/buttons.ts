import type { UnsendableCode } from '#channels/outbound';
import { cut } from '#domain/cut';
import type { Button, Buttons } from '#domain/message';

// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-reply-buttons-messages
const MOST_REPLY_BUTTONS = 3;
const REPLY_BUTTON_TITLE = 20;
const REPLY_BUTTON_ID = 256;
// https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/interactive-list-messages
const MOST_ROWS = 10;
const ROW_TITLE = 24;
const ROW_ID = 200;
/** The button that opens the list. Its client may read any language, so it is a sign. */
const OPENS_LIST = '☰';

/** The limits of the text above buttons. A text without buttons has a limit of its own. */
const BODY = { button: 1024, list: 4096, cta_url: 1024 } as const;

/** An `interactive` object: https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/ */
export type Interactive = { readonly body: { readonly text: string } } & (
  | {
      readonly type: 'button';
      readonly action: {
        readonly buttons: readonly { readonly type: 'reply'; readonly reply: { id: string; title: string } }[];
      };
    }
  | {
      readonly type: 'list';
      readonly action: {
        readonly button: string;
        readonly sections: readonly { readonly rows: readonly { id: string; title: string }[] }[];
      };
    }
  | {
      readonly type: 'cta_url';
      readonly action: { readonly name: 'cta_url'; readonly parameters: { display_text: string; url: string } };
    }
);

/**
 * The text with its buttons: up to three buttons, a list of up to ten, or one button that opens an address. Further
 * buttons are dropped and long titles cut, as the compatible API does it. A press gives back the payload, or the
 * button's number counted from 0. Undefined if there are no buttons: WhatsApp has no keyboard to remove either.
 */
export function interactiveOf(text: string, buttons: Buttons | undefined): Interactive | undefined {
  const all = buttonsOf(buttons);
  const [first] = all;
  if (!first) return undefined;
  const body = { text };
  if (first.url !== undefined) {
    const parameters = { display_text: cut(first.text, REPLY_BUTTON_TITLE), url: first.url };
    return { type: 'cta_url', body, action: { name: 'cta_url', parameters } };
  }
  if (all.length <= MOST_REPLY_BUTTONS) {
    const replies = all.map((one, index) => ({ id: idOf(one, index), title: cut(one.text, REPLY_BUTTON_TITLE) }));
    return { type: 'button', body, action: { buttons: replies.map((reply) => ({ type: 'reply', reply })) } };
  }
  const rows = all.map((one, index) => ({ id: idOf(one, index), title: cut(one.text, ROW_TITLE) }));
  return { type: 'list', body, action: { button: OPENS_LIST, sections: [{ rows }] } };
}

/** The code of the compatible API for a text with buttons that WhatsApp would not take; undefined if it would. */
export function refusesButtons(text: string, buttons: Buttons | undefined): UnsendableCode | undefined {
  const interactive = interactiveOf(text, buttons);
  if (!interactive) return undefined;
  if (text.length > BODY[interactive.type]) return 'MESSAGES_TOO_LONG_WABA';
  return isSendable(interactive, buttonsOf(buttons)) ? undefined : 'INVALID_MESSAGE_DATA';
}

/** Titles and ids tell the buttons apart, and an address stands alone. */
function isSendable(interactive: Interactive, all: readonly Button[]): boolean {
  switch (interactive.type) {
    case 'cta_url':
      return all.length === 1 && interactive.action.parameters.display_text.trim() !== '';
    case 'button': {
      const replies = interactive.action.buttons.map(({ reply }) => reply);
      return areIds(all, replies, REPLY_BUTTON_ID) && areDifferent(replies.map(({ title }) => title));
    }
    case 'list':
      return areIds(all, interactive.action.sections[0]?.rows ?? [], ROW_ID);
    default:
      return interactive satisfies never;
  }
}

function areIds(all: readonly Button[], choices: readonly { id: string; title: string }[], longest: number): boolean {
  const areFit = choices.every(
    ({ id, title }) => id.length <= longest && id !== '' && id === id.trim() && title.trim() !== '',
  );
  return areFit && areDifferent(choices.map(({ id }) => id)) && all.every(({ url }) => url === undefined);
}

function areDifferent(texts: readonly string[]): boolean {
  return new Set(texts).size === texts.length;
}

function buttonsOf(buttons: Buttons | undefined): readonly Button[] {
  return (buttons?.rows ?? []).flat().slice(0, MOST_ROWS);
}

function idOf({ payload }: Button, index: number): string {
  return payload ?? String(index);
}
