import type { World } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

const MB = 1024 * 1024;
const HOUR_MS = 3_600_000;
/** https://creators.viber.com/docs/bots-api/resources/messaging/send-message */
const MOST_JSON_BYTES = 30 * 1024;
const MOST_AN_HOUR = 100;

/** A refusal: its status and its word. */
export type No = readonly [status: number, words: string];

/** Why Viber does not take a message; undefined if it does. https://developers.viber.com/docs/api/rest-bot-api/#error-codes */
export function refusalOf(world: World, body: Fields, bytes: number): No | undefined {
  if (bytes > MOST_JSON_BYTES) return [3, 'badData: the request has more than 30 KB'];
  const { receiver, sender, tracking_data } = body;
  const { name } = (sender ?? {}) as { name?: unknown };
  if (typeof receiver !== 'string') return [4, 'missingData: receiver'];
  if (typeof name !== 'string' || name === '' || name.length > 28) return [3, 'badData: sender.name'];
  if (tracking_data !== undefined && String(tracking_data).length > 4000) return [3, 'badData: tracking_data'];
  return ofPerson(world, receiver) ?? ofContent(body) ?? ofKeyboard((body.keyboard ?? undefined) as Fields | undefined);
}

function ofPerson({ people, clock }: World, receiver: string): No | undefined {
  const person = people.get(receiver);
  if (!person) return [5, 'receiverNotRegistered'];
  if (!person.isSubscribed) return [6, 'receiverNotSubscribed'];
  if (!person.hasDevice) return [11, 'receiverNoSuitableDevice'];
  const lately = person.sent.filter((at) => at > clock.now() - HOUR_MS);
  return lately.length >= MOST_AN_HOUR ? [12, 'tooManyRequests'] : undefined;
}

function ofContent(body: Fields): No | undefined {
  const { type, text, media, size, file_name } = body;
  const path = typeof media === 'string' && URL.canParse(media) ? new URL(media).pathname : undefined;
  switch (type) {
    case 'text':
      if (typeof text !== 'string' || text === '') return [4, 'missingData: text'];
      return text.length > 7000 ? [3, 'badData: text'] : undefined;
    case 'picture':
      return path && /\.(?:jpe?g|png|gif)$/.test(path) ? undefined : [3, 'badData: media'];
    case 'video':
      if (!path || !/\.mp4$/.test(path)) return [3, 'badData: media'];
      return isSize(size, 26 * MB) ? undefined : [3, 'badData: size'];
    case 'file':
      if (!path || typeof file_name !== 'string' || file_name.length > 256) return [3, 'badData: file_name'];
      return isSize(size, 50 * MB) ? undefined : [3, 'badData: size'];
    // A keyboard may come alone.
    case undefined:
      return body.keyboard ? undefined : [4, 'missingData: type'];
    default:
      return [3, 'badData: type'];
  }
}

function isSize(size: unknown, most: number): boolean {
  return Number.isSafeInteger(size) && (size as number) > 0 && (size as number) <= most;
}

/** https://developers.viber.com/docs/tools/keyboards/ */
function ofKeyboard(keyboard: Fields | undefined): No | undefined {
  if (keyboard === undefined) return undefined;
  const buttons = keyboard.Buttons as readonly Fields[] | undefined;
  if (keyboard.Type !== 'keyboard' || !Array.isArray(buttons) || buttons.length === 0) return [3, 'badData: keyboard'];
  const isWrong = buttons.some(
    ({ Columns, ActionType, ActionBody, Text }) =>
      !(Number(Columns) >= 1 && Number(Columns) <= 6) ||
      !['reply', 'open-url'].includes(String(ActionType)) ||
      typeof ActionBody !== 'string' ||
      ActionBody === '' ||
      String(Text).length > 250,
  );
  return isWrong ? [3, 'badData: keyboard'] : undefined;
}
