import type { Button, Buttons } from '#domain/message';

// https://developers.viber.com/docs/tools/keyboards/
const COLUMNS = 6;
const MOST_ROWS = 24;
const MOST_LABEL = 250;
const MOST_URL = 2000;

/** Whether Viber would not take the buttons. An earlier keyboard goes away by itself with the next message. */
export function areRefused({ rows }: Buttons): boolean {
  const labels = rows.flat();
  return (
    rows.length > MOST_ROWS ||
    rows.some((row) => row.length === 0 || row.length > COLUMNS) ||
    labels.some(({ text, url }) => text === '' || text.length > MOST_LABEL || (url !== undefined && !isTaken(url)))
  );
}

/** A keyboard: it stands below the chat, whatever place the buttons have elsewhere. Undefined if there is no button. */
export function toKeyboard({ rows }: Buttons): object | undefined {
  if (rows.length === 0) return undefined;
  const buttons = rows.flatMap((row) => row.map((button, index) => toButton(button, columnsOf(row.length, index))));
  return { Type: 'keyboard', DefaultHeight: false, Buttons: buttons };
}

/** A button sends its label, because the person sees what it sends. Its label is HTML. */
function toButton({ text, url }: Button, columns: number): object {
  const action =
    url === undefined ? { ActionType: 'reply', ActionBody: text } : { ActionType: 'open-url', ActionBody: url };
  return { Columns: columns, Rows: 1, Text: escaped(text), ...action };
}

/** The last buttons of a row take what is left of the six columns. */
function columnsOf(buttons: number, index: number): number {
  const [least, left] = [Math.floor(COLUMNS / buttons), COLUMNS % buttons];
  return least + (index >= buttons - left ? 1 : 0);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function isTaken(url: string): boolean {
  return url.length <= MOST_URL && URL.canParse(url);
}
