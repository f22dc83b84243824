import type { Button, Buttons } from '#domain/message';

/** https://dev.max.ru/docs-api/use-cases/sending-messages/keyboard */
const MAX_BUTTONS = 210;
const MAX_ROWS = 30;
const MAX_IN_ROW = 7;
/** Of a row in which a button opens an address. */
const MAX_LINKS_IN_ROW = 3;
/** https://github.com/max-messenger/max-bot-api-client-go/blob/main/schema.yaml */
const MAX_LABEL = 128;
const MAX_PAYLOAD = 1024;
const MAX_URL = 2048;

/** The keyboard below a message, as an attachment. */
export function toKeyboard({ place, rows }: Buttons): Record<string, unknown> {
  const buttons = rows.map((row) => row.map((button) => toButton(button, place)));
  return { type: 'inline_keyboard', payload: { buttons } };
}

/** Whether MAX cannot take these buttons. It has no keyboard that could be removed. */
export function areRefused({ rows, removes }: Buttons): boolean {
  const buttons = rows.flat();
  if (removes || buttons.length === 0 || buttons.length > MAX_BUTTONS || rows.length > MAX_ROWS) return true;
  return rows.some(isRowRefused) || buttons.some(isRefused);
}

function isRowRefused(row: readonly Button[]): boolean {
  const most = row.some(({ url }) => url !== undefined) ? MAX_LINKS_IN_ROW : MAX_IN_ROW;
  return row.length === 0 || row.length > most;
}

function isRefused({ text, url, payload = text }: Button): boolean {
  if (text.trim() === '' || text.length > MAX_LABEL) return true;
  return url === undefined ? payload === '' || payload.length > MAX_PAYLOAD : !isLink(url);
}

function isLink(url: string): boolean {
  return url.length <= MAX_URL && /^https?:\/\/\S+$/i.test(url);
}

/**
 * A press gives back the payload, or the text of the button. In the place of a keyboard of one's own, the button writes
 * its text in the person's name.
 */
function toButton({ text, payload = text, url }: Button, place: Buttons['place']): Record<string, string> {
  if (url !== undefined) return { type: 'link', text, url };
  return place === 'reply' ? { type: 'message', text } : { type: 'callback', text, payload };
}
