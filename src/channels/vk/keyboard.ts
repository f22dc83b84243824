import type { Button, Buttons } from '#domain/message';
import type { OwnPayload } from './pressed.ts';

// https://dev.vk.com/ru/api/bots/development/keyboard
const MAX_LABEL = 40;
const MAX_PAYLOAD = 255;
/** All payloads of a keyboard together: https://github.com/vknet/vk/issues/915 */
const MAX_PAYLOADS = 1000;
const MAX_URL = 2048;
const MAX_IN_ROW = 5;
const MOST = { inline: { rows: 6, buttons: 10 }, reply: { rows: 10, buttons: 40 } } as const;

type Action =
  | { readonly type: 'text' | 'callback'; readonly label: string; readonly payload: string }
  | { readonly type: 'open_link'; readonly label: string; readonly link: string };

/** A keyboard as VK takes it. It has no `payload: null`, which is error 911: https://github.com/python273/vk_api/issues/238 */
export interface VkKeyboard {
  readonly one_time?: boolean;
  readonly inline?: boolean;
  readonly buttons: readonly (readonly { readonly action: Action }[])[];
}

/** The keyboard of a message: with it (`inline`), or in the place of the person's own. An empty one goes away. */
export function toKeyboard({ place, rows, oneTime, removes }: Buttons): VkKeyboard {
  if (removes) return { one_time: true, buttons: [] };
  const buttons = rows.map((row) => row.map((button) => ({ action: toAction(button, place) })));
  return place === 'inline' ? { inline: true, buttons } : { one_time: oneTime === true, buttons };
}

/** Whether VK cannot take these buttons. */
export function areRefused({ place, rows, removes }: Buttons): boolean {
  const buttons = rows.flat();
  if (removes) return buttons.length > 0;
  const most = MOST[place];
  if (buttons.length === 0 || buttons.length > most.buttons || rows.length > most.rows) return true;
  if (rows.some((row) => row.length === 0 || row.length > MAX_IN_ROW)) return true;
  const payloads = buttons.filter(({ url }) => url === undefined).map((button) => payloadOf(button).length);
  const isTooLong = payloads.some((length) => length > MAX_PAYLOAD) || sum(payloads) > MAX_PAYLOADS;
  return isTooLong || buttons.some(isRefused);
}

function isRefused({ text, url, payload }: Button): boolean {
  if (text.trim() === '' || [...text].length > MAX_LABEL) return true;
  if (url === undefined) return false;
  return payload !== undefined || url.length > MAX_URL || !/^https?:\/\/\S+$/i.test(url);
}

function toAction(button: Button, place: Buttons['place']): Action {
  const { text: label, url } = button;
  if (url !== undefined) return { type: 'open_link', label, link: url };
  // A button in the place of the keyboard writes its label into the chat. One below a message changes nothing there.
  return { type: place === 'inline' ? 'callback' : 'text', label, payload: payloadOf(button) };
}

/** The press of a callback button does not tell the label, so that the payload does. */
function payloadOf({ text, payload }: Button): string {
  const own: OwnPayload = { t: text, ...(payload !== undefined && { p: payload }) };
  return JSON.stringify(own);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
