import type {
  ServerAudioMessage,
  ServerButtonMessage,
  ServerContactsMessage,
  ServerDocumentMessage,
  ServerError,
  ServerImageMessage,
  ServerLocationMessage,
  ServerOrderMessage,
  ServerStickerMessage,
  ServerSystemMessage,
  ServerTextMessage,
  ServerUnsupportedMessage,
  ServerVideoMessage,
} from 'whatsapp-api-js/types';
import { pressedOf } from '#channels/bounds';
import {
  type Claimed,
  defined,
  fieldsOf,
  labelled,
  lines,
  listed,
  listOf,
  spaced,
  stringOf,
  wholeOf,
  writtenOf,
} from '#channels/fields';
import { positionOf } from '#channels/position';
import { cut } from '#domain/cut';
import type { Content, Media, Vcard } from '#domain/message';
import type { NoFields } from '#no-fields';

/** What a field of a message says. */
export interface Part extends Partial<Content> {
  /** Replaces that of the kind. */
  readonly opens?: boolean;
  /** What of the field is stored nowhere else. */
  readonly rest?: Readonly<Record<string, unknown>> | unknown;
}

/** What stands around a field: the ids of its author. */
export interface Around {
  readonly authorIds: readonly string[];
}

/** Reads a field of a message and leaves out what it cannot read. Undefined if there is nothing that makes its kind. */
export type ReadPart = (value: unknown, around: Around) => Part | undefined;

type AnyMedia =
  | ServerImageMessage['image']
  | ServerVideoMessage['video']
  | ServerAudioMessage['audio']
  | ServerDocumentMessage['document']
  | ServerStickerMessage['sticker'];

type Card = ServerContactsMessage['contacts'][number];
type Phone = NonNullable<Card['phones']>[number];

/** More would not fit into an item. The text names all of them. */
const MAX_VCARDS = 20;
const LINE = 256;
const PARAGRAPH = 4096;

/** The words of a text. */
export const readText: ReadPart = (value) => {
  const { body, ...rest } = fieldsOf<ServerTextMessage['text']>(value);
  rest satisfies NoFields;
  return typeof body === 'string' ? { text: body, rest } : undefined;
};

/**
 * A file. Its address is left out, because it ends after five minutes. Files of echoes and imports may have no id.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/business-phone-numbers/media
 */
export const readMedia: ReadPart = (value) => {
  const {
    id,
    mime_type,
    filename,
    caption,
    voice: _voice,
    url: _url,
    static_url: _staticUrl,
    sha256,
    animated,
    ...rest
  } = fieldsOf<AnyMedia>(value);
  rest satisfies NoFields;
  const { file_size, ...further } = rest as { file_size?: unknown };
  const media: Media = defined({
    fileId: idOf(id),
    name: line(filename),
    mimeType: line(mime_type),
    size: wholeOf(file_size),
  });
  return {
    ...(Object.keys(media).length > 0 && { media }),
    text: stringOf(caption),
    rest: defined({ sha256, animated: animated || undefined, ...further }),
  };
};

/** A piece of sound. A voice message was recorded in the chat. */
export const readAudio: ReadPart = (value, around) => {
  const { voice } = fieldsOf<ServerAudioMessage['audio']>(value);
  return { ...readMedia(value, around), ...(voice === true && { kind: 'voice' }) };
};

/** A place. */
export const readLocation: ReadPart = (value) => {
  const { latitude, longitude, name, address, url, ...rest } = fieldsOf<ServerLocationMessage['location']>(value);
  rest satisfies NoFields;
  const position = positionOf(latitude, longitude);
  const named = defined({ title: line(name, 1024), address: line(address, 1024) });
  return {
    ...(position && { location: { ...position, ...named } }),
    text: lines(stringOf(name), stringOf(address), stringOf(url)),
    rest: position ? rest : value,
  };
};

/** Cards of people. A card is the sender's own if WhatsApp asked for it, or if it has the sender's number. */
export const readContacts: ReadPart = (value, { authorIds }) => {
  const cards = listOf(value).map((card) => fieldsOf<Card>(card));
  if (cards.length === 0) return undefined;
  const vcards = cards.slice(0, MAX_VCARDS).map((card) => vcardOf(card, authorIds));
  return { vcards, text: lines(cards.map(cardText)), rest: value };
};

/** The label of the button of a template that was pressed. */
export const readButton: ReadPart = (value) => {
  const { text, payload, ...rest } = fieldsOf<ServerButtonMessage['button']>(value);
  rest satisfies NoFields;
  return { text: stringOf(text) || stringOf(payload), ...pressedOf(payload), rest: value };
};

/** What a person ordered from a catalogue, a line for each product. */
export const readOrder: ReadPart = (value) => {
  const { catalog_id: _catalog, product_items, text, ...rest } = fieldsOf<ServerOrderMessage['order']>(value);
  rest satisfies NoFields;
  const items = listOf(product_items).map((item) => {
    const { product_retailer_id, quantity, item_price, currency, ...others } =
      fieldsOf<ServerOrderMessage['order']['product_items'][number]>(item);
    others satisfies NoFields;
    const price = typeof item_price === 'number' ? spaced(String(item_price), stringOf(currency)) : '';
    const count = writtenOf(quantity);
    return listed(spaced(count && `${count} ×`, stringOf(product_retailer_id)), price);
  });
  return { text: lines(stringOf(text), items), rest: value };
};

/** What WhatsApp does not hand over. An edit and a pinned message say nothing new. */
export const readUnsupported: ReadPart = (value) => {
  const { type, ...rest } = fieldsOf<ServerUnsupportedMessage['unsupported']>(value);
  rest satisfies NoFields;
  const kind = wordOf(type);
  return { ...(kind && { kind }), ...(['edit', 'pin'].includes(kind) && { opens: false }), rest };
};

/** A notice about the person. */
export const readSystem: ReadPart = (value) => {
  const { type, body } = fieldsOf<ServerSystemMessage['system']>(value);
  const kind = wordOf(type);
  return { ...(kind && { kind }), text: stringOf(body), rest: value };
};

/** Why a message, or its file, did not come. A kind that is not handed over is named already. */
export function errorText(errors: unknown): string {
  const { code } = fieldsOf<ServerError>(listOf(errors)[0]);
  return code === 131051 ? '' : detailsOf(errors);
}

/** What Meta says of the first error. */
export function detailsOf(errors: unknown): string {
  const { title, message, error_data } = fieldsOf<ServerError>(listOf(errors)[0]);
  const { details } = fieldsOf<ServerError['error_data']>(error_data);
  return stringOf(details) || stringOf(message) || stringOf(title);
}

/** A word of Meta's, such as that of a kind. Empty if it is none. */
export function wordOf(value: unknown): string {
  return typeof value === 'string' && /^\w{1,64}$/.test(value) ? value : '';
}

function vcardOf({ name, phones, vcard, origin }: Claimed<Card>, authorIds: readonly string[]): Vcard {
  const waIds = listOf(phones).map((one) => stringOf(fieldsOf<Phone>(one).wa_id));
  const isOwn = origin === 'contact_request' || waIds.some((id) => authorIds.includes(id));
  return defined({
    name: line(cardName(name)),
    phone: line(numbersOf(phones)[0]),
    isSender: isOwn || undefined,
    text: line(vcard, PARAGRAPH),
  });
}

/** What a person reads on the card. */
function cardText({ name, phones, emails, org }: Claimed<Card>): string {
  const addresses = listOf(emails).map((one) => stringOf(fieldsOf<{ email: string }>(one).email));
  const { company } = fieldsOf<{ company: string }>(org);
  return listed(cardName(name), numbersOf(phones), addresses, stringOf(company));
}

function cardName(value: unknown): string {
  const { formatted_name, first_name, middle_name, last_name } = fieldsOf<Card['name']>(value);
  return stringOf(formatted_name) || spaced(stringOf(first_name), stringOf(middle_name), stringOf(last_name));
}

function numbersOf(phones: unknown): string[] {
  const numbers = listOf(phones).map((one) => fieldsOf<Phone>(one));
  return numbers.map(({ phone, wa_id }) => stringOf(phone) || stringOf(wa_id)).filter(Boolean);
}

function idOf(value: unknown): string | undefined {
  const id = Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && id !== '' && id.length <= 512 ? id : undefined;
}

function line(value: unknown, length = LINE): string | undefined {
  return stringOf(value) === '' ? undefined : cut(stringOf(value), length);
}

/** A label before what it stands for, cut to a line. */
export function labelledLine(label: string, text: string): string {
  return labelled(label, cut(text, LINE));
}
