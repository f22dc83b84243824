import { VkError, wrong } from './world.ts';

interface Action {
  readonly type?: unknown;
  readonly label?: unknown;
  readonly payload?: unknown;
  readonly link?: unknown;
}

interface Keyboard {
  readonly one_time?: unknown;
  readonly inline?: unknown;
  readonly buttons?: readonly (readonly { readonly action?: Action }[])[];
}

/** Throws unless VK would take the keyboard: https://dev.vk.com/ru/api/bots/development/keyboard */
export function checkKeyboard(json: string, botFeatures: boolean): unknown {
  const keyboard = parse(json);
  const { buttons: rows, inline } = keyboard;
  if (!Array.isArray(rows)) return no('buttons is not an array');
  const actions = rows.flat().map(({ action }) => action ?? no('no action'));
  if (actions.length > (inline ? 10 : 40) || rows.length > (inline ? 6 : 10)) no('too many buttons');
  if (inline && keyboard.one_time) no('inline keyboard can not be one_time');
  if (inline && actions.length === 0) no('inline keyboard is empty');
  if (rows.some((row) => row.length === 0 || row.length > 5)) no('wrong row');
  const payloads = actions.map(check);
  if (payloads.reduce((sum, length) => sum + length, 0) > 1000) no('payloads are too long together');
  if (actions.length > 0 && !botFeatures)
    throw new VkError(912, 'This is a chat bot feature, change this status in settings');
  return keyboard;
}

/** The length of the payload. */
function check({ type, label, payload, link }: Action): number {
  if (!['text', 'callback', 'open_link'].includes(String(type))) no('wrong action type');
  if (typeof label !== 'string' || label === '' || [...label].length > 40) no('wrong label');
  if (type === 'open_link') {
    if (typeof link !== 'string' || !URL.canParse(link)) no('wrong link');
    if (payload === undefined) return 0;
  }
  if (payload === undefined && type === 'text') return 0;
  // An object is as good as its JSON. `null` is neither: https://github.com/python273/vk_api/issues/238
  if (typeof payload === 'object' && payload !== null) return JSON.stringify(payload).length;
  if (typeof payload !== 'string') return no('payload is neither a text nor an object');
  if (payload.length > 255) no('payload is too long');
  try {
    JSON.parse(payload);
  } catch {
    no('payload is not json');
  }
  return payload.length;
}

function parse(json: string): Keyboard {
  try {
    return JSON.parse(json) as Keyboard;
  } catch {
    return wrong('keyboard is not json');
  }
}

function no(why: string): never {
  throw new VkError(911, `Keyboard format is invalid: ${why}`);
}
