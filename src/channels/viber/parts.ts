import { pressedOf } from '#channels/bounds';
import { defined, fieldsOf, labelled, lines, stringOf, wholeOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Media } from '#domain/message';
import { pressedIn } from './tracking.ts';

/** A message in Viber's words. */
export type ViberMessage = Readonly<Record<string, unknown>>;

/** What a message says. `rest` is what of it is stored nowhere else. */
export interface Part extends Partial<Content> {
  readonly rest?: unknown;
}

/** Reads a message. Undefined if there is nothing that makes its kind. */
export type ReadPart = (message: ViberMessage) => Part | undefined;

const LINE = 256;
/** An address that is longer is not stored. */
const LONGEST_URL = 2048;

/** The words of a text, or the label of a button that was pressed. */
export const readText: ReadPart = ({ text, tracking_data }) => {
  if (typeof text !== 'string') return undefined;
  return { text, ...pressedOf(pressedIn(tracking_data, text)) };
};

/** A file by its address, which is good for an hour. */
export const readFile: ReadPart = (message) => {
  const fileId = addressOf(message.media);
  if (fileId === undefined) return undefined;
  const { file_name, file_size, size, duration } = message;
  const media: Media = defined({
    fileId,
    name: line(file_name),
    size: wholeOf(file_size) ?? wholeOf(size),
    durationSeconds: wholeOf(duration),
  });
  return { media, text: stringOf(message.text) };
};

/** A sticker. Viber tells its number, and mostly a picture of it. */
export const readSticker: ReadPart = (message) => {
  const { sticker_id } = message;
  const fileId = addressOf(message.media);
  if (fileId === undefined && wholeOf(sticker_id) === undefined) return undefined;
  return { ...(fileId !== undefined && { media: { fileId } }), text: labelled('Sticker', wholeOf(sticker_id)) };
};

/** The card of a person. */
export const readContact: ReadPart = ({ contact }) => {
  const {
    name,
    phone_number,
    avatar: _avatar,
    ...rest
  } = fieldsOf<{
    name: string;
    phone_number: string;
    avatar: string;
  }>(contact);
  const vcard = defined({ name: line(name), phone: line(phone_number) });
  if (Object.keys(vcard).length === 0) return undefined;
  return { vcards: [vcard], text: lines(stringOf(name), stringOf(phone_number)), rest };
};

/** An address that was sent by itself. */
export const readUrl: ReadPart = ({ media, text }) => {
  const shown = lines([...new Set([stringOf(text), stringOf(media)])]);
  return shown === '' ? undefined : { text: shown };
};

/** A place. */
export const readLocation: ReadPart = ({ location }) => {
  const { lat, lon, address, ...rest } = fieldsOf<{ lat: number; lon: number; address: string }>(location);
  const position = positionOf(lat, lon);
  if (!position) return undefined;
  return { location: { ...position, ...defined({ address: line(address) }) }, text: stringOf(address), rest };
};

/** A carousel, which a person cannot write. */
export const readRich: ReadPart = ({ rich_media }) => ({ rest: rich_media });

function addressOf(value: unknown): string | undefined {
  const isAddress =
    typeof value === 'string' && value.length <= LONGEST_URL && /^https?:/.test(value) && URL.canParse(value);
  return isAddress ? value : undefined;
}

function line(value: unknown): string | undefined {
  return stringOf(value) === '' ? undefined : cut(stringOf(value), LINE);
}
