import type { Button, Buttons } from '#domain/message';

/** https://core.telegram.org/bots/api#inlinekeyboardbutton */
const MAX_DATA_BYTES = 64;
/** https://core.telegram.org/bots/features#keyboards has no limit; the compatible API has this one (section 3.8). */
const MAX_LABEL = 64;
/** What is more, Telegram refuses: REPLY_MARKUP_TOO_LONG and BUTTON_ROW_TOO_LONG have no published limits. */
const MAX_BUTTONS = 100;
const MAX_URL = 2048;

/** The keyboard of a message: https://core.telegram.org/bots/api#inlinekeyboardmarkup */
export function toMarkup({ place, rows, oneTime, removes }: Buttons): Record<string, unknown> {
  if (removes) return { remove_keyboard: true };
  if (place === 'inline') return { inline_keyboard: rows.map((row) => row.map(toInlineButton)) };
  return {
    keyboard: rows.map((row) => row.map(({ text }) => ({ text }))),
    resize_keyboard: true,
    ...(oneTime && { one_time_keyboard: true }),
  };
}

/** Whether Telegram cannot take these buttons. */
export function areRefused({ place, rows, removes }: Buttons): boolean {
  const buttons = rows.flat();
  if (removes) return buttons.length > 0;
  if (buttons.length === 0 || buttons.length > MAX_BUTTONS || rows.some((row) => row.length === 0)) return true;
  return buttons.some((button) => isRefused(button, place));
}

function isRefused(button: Button, place: Buttons['place']): boolean {
  const { text, url, payload } = button;
  if (text.trim() === '' || [...text].length > MAX_LABEL) return true;
  if (place === 'reply') return url !== undefined;
  if (url !== undefined) return payload !== undefined || url.length > MAX_URL || !/^(?:https?|tg):\/\/\S+$/i.test(url);
  const bytes = Buffer.byteLength(dataOf(button));
  return bytes < 1 || bytes > MAX_DATA_BYTES;
}

function toInlineButton(button: Button): Record<string, unknown> {
  const { text, url } = button;
  return url === undefined ? { text, callback_data: dataOf(button) } : { text, url };
}

/** A press gives back the payload, or the text of the button. */
function dataOf({ text, payload }: Button): string {
  return payload ?? text;
}
