import { pressedOf } from '#channels/bounds';
import { type Claimed, defined, fieldsOf, lines, listed, listOf, stringOf } from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Media, Vcard } from '#domain/message';
import { wholeOf } from './numbers.ts';

/** What a part of a message says. */
export interface Part extends Partial<Content> {
  /** Replaces that of the kind. */
  readonly opens?: boolean;
}

/** What stands around a part. */
export interface Around {
  /** The id of the message: its file is asked for by it. */
  readonly providerId: string;
  /** Where the bridge keeps the file, if it keeps files. */
  readonly mediaUrl: string | undefined;
  /** The phone number of the author in digits, if it is known. */
  readonly phone: string | undefined;
}

/** Reads a part and leaves out what it cannot read. Undefined if there is nothing that makes its kind. */
export type ReadPart = (value: unknown, around: Around) => Part | undefined;

/** More would not fit into an item. The text names all of them. */
const MAX_VCARDS = 20;
const MAX_OPTIONS = 20;
const LINE = 256;
const PARAGRAPH = 4096;
/** An address of a file that the bridge keeps. A longer one would not be stored. */
const LONGEST_URL = 1500;

interface AnyMedia {
  readonly mimetype: unknown;
  readonly fileLength: unknown;
  readonly fileName: unknown;
  readonly title: unknown;
  readonly caption: unknown;
  readonly seconds: unknown;
  readonly ptt: unknown;
  readonly gifPlayback: unknown;
  readonly isLottie: unknown;
}

/** The words of a text. */
export const readText: ReadPart = (value) => {
  const text = typeof value === 'string' ? value : fieldsOf<{ text: unknown }>(value).text;
  return typeof text === 'string' ? { text } : undefined;
};

/** A file. Its key, its address at WhatsApp and its thumbnail are left out: the bridge opens it by the message's id. */
export const readMedia: ReadPart = (value, around) => {
  const { mimetype, fileLength, fileName, title, caption, seconds } = fieldsOf<AnyMedia>(value);
  const media: Media = defined({
    fileId: fileIdOf(around),
    name: line(fileName) ?? line(title),
    mimeType: line(mimetype),
    size: wholeOf(fileLength),
    durationSeconds: wholeOf(seconds),
  });
  return { media, text: stringOf(caption) };
};

/** A piece of sound. A voice message was recorded in the chat. */
export const readAudio: ReadPart = (value, around) => {
  const { ptt } = fieldsOf<AnyMedia>(value);
  return { ...readMedia(value, around), ...(ptt === true && { kind: 'voice' }) };
};

/** A film. One that plays by itself and is silent is called a GIF. */
export const readVideo: ReadPart = (value, around) => {
  const { gifPlayback } = fieldsOf<AnyMedia>(value);
  return { ...readMedia(value, around), ...(gifPlayback === true && { kind: 'animation' }) };
};

/** A place, or a walk of which WhatsApp tells the beginning. */
export const readLocation: ReadPart = (value) => {
  const { degreesLatitude, degreesLongitude, name, address, url, comment, caption } = fieldsOf<{
    degreesLatitude: unknown;
    degreesLongitude: unknown;
    name: unknown;
    address: unknown;
    url: unknown;
    comment: unknown;
    caption: unknown;
  }>(value);
  const position = positionOf(degreesLatitude, degreesLongitude);
  if (!position) return undefined;
  const location = { ...position, ...defined({ title: line(name, 1024), address: line(address, 1024) }) };
  const text = lines(stringOf(name), stringOf(address), stringOf(url), stringOf(comment), stringOf(caption));
  return { location, text };
};

/** The card of a person. */
export const readContact: ReadPart = (value, around) => cards([value], around);

/** Cards of several people. */
export const readContacts: ReadPart = (value, around) =>
  cards(listOf(fieldsOf<{ contacts: unknown }>(value).contacts), around);

/** A question to choose answers to. */
export const readPoll: ReadPart = (value) => {
  const { name, options } = fieldsOf<{ name: unknown; options: unknown }>(value);
  const labels = listOf(options).map((one) => stringOf(fieldsOf<{ optionName: unknown }>(one).optionName));
  const question = stringOf(name);
  if (question === '') return undefined;
  const poll = {
    question: cut(question, PARAGRAPH),
    options: labels.slice(0, MAX_OPTIONS).map((label) => cut(label, LINE)),
  };
  return { poll, text: lines(question, labels) };
};

/** The answers that somebody chose. The bridge decrypts them, if it still has the question. */
export const readVote: ReadPart = (value) => {
  const { vote } = fieldsOf<{ vote: unknown }>(value);
  const chosen = listOf(fieldsOf<{ selectedOptions: unknown }>(vote).selectedOptions);
  const labels = chosen.filter((one) => typeof one === 'string');
  return labels.length === 0 ? undefined : { text: lines(labels) };
};

/** The label of a button, or of a line in a list, that was pressed. */
export const readPressed: ReadPart = (value) => {
  const { selectedButtonId, selectedId, selectedDisplayText, title, description, singleSelectReply } = fieldsOf<{
    selectedButtonId: unknown;
    selectedId: unknown;
    selectedDisplayText: unknown;
    title: unknown;
    description: unknown;
    singleSelectReply: unknown;
  }>(value);
  const { selectedRowId } = fieldsOf<{ selectedRowId: unknown }>(singleSelectReply);
  const payload = [selectedButtonId, selectedId, selectedRowId].find((one) => stringOf(one) !== '');
  const text = lines(stringOf(selectedDisplayText) || stringOf(title), stringOf(description)) || stringOf(payload);
  return text === '' ? undefined : { text, ...pressedOf(payload) };
};

/** A word of the protocol, such as that of a kind. Empty if it is none. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : '';
}

/** The file's name at the bridge: the id of its message, and where the bridge keeps it, if it does. */
function fileIdOf({ providerId, mediaUrl }: Around): string {
  const isKept = mediaUrl !== undefined && mediaUrl.length <= LONGEST_URL && /^https?:\/\/\S+$/.test(mediaUrl);
  return isKept ? `${providerId} ${mediaUrl}` : providerId;
}

function cards(given: readonly unknown[], { phone }: Around): Part | undefined {
  const read = given.map((card) => cardOf(fieldsOf<{ displayName: unknown; vcard: unknown }>(card), phone));
  if (read.length === 0) return undefined;
  return { vcards: read.slice(0, MAX_VCARDS), text: lines(read.map(({ name, phone }) => listed(name, phone))) };
}

/** A card is the sender's own if it has the sender's number. */
function cardOf({ displayName, vcard }: Claimed<{ displayName: unknown; vcard: unknown }>, own?: string): Vcard {
  const text = cut(stringOf(vcard), PARAGRAPH);
  const [, about = '', number] = /^[^:\n]*\bTEL\b([^:\n]*):([^\r\n]{1,64})/m.exec(text) ?? [];
  const [, waId] = /waid=(\d{5,20})/.exec(about) ?? [];
  return defined({
    name: line(displayName),
    phone: line(number?.trim()),
    isSender: (waId !== undefined && waId === own) || undefined,
    text: text || undefined,
  });
}

function line(value: unknown, length = LINE): string | undefined {
  return stringOf(value) === '' ? undefined : cut(stringOf(value), length);
}
