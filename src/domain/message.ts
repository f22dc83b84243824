import { cut } from './cut.ts';

/** The longest text that a quote repeats. */
export const QUOTE_LENGTH = 4096;

/** The chat types of the compatible API (reference, section 3.1), and Messenger's. Each messenger says which it carries. */
export const CHAT_TYPES = [
  'whatsapp',
  'whatsgroup',
  'viber',
  'instagram',
  'facebook',
  'telegram',
  'telegroup',
  'vk',
  'avito',
  'max',
  'maxgroup',
] as const;

/** Kinds of content, named as in the `messages` webhook of the compatible API (`type`). */
export const CONTENT_TYPES = [
  'text',
  'image',
  'audio',
  'video',
  'document',
  'vcard',
  'geo',
  'wapi_template',
  'unsupported',
  'missing_call',
  'unknown',
  'system',
] as const;

/** A kind of content. */
export type ContentType = (typeof CONTENT_TYPES)[number];

/**
 * The content of a message, in the same terms for all messengers. The adapter that fills it limits the size of every
 * part, so that an item stays within its limit. `raw` is the messenger's own JSON of everything that has no field here.
 */
export interface Content {
  readonly type: ContentType;
  /** A kind within `type`, if the messenger tells more kinds than there are types: `voice`, `poll`, `blocked`. */
  readonly kind?: string;
  /** The text, or the caption of media. Of other content, the part that can be read as text. */
  readonly text?: string;
  readonly media?: Media;
  /** The files after the first, in their order. */
  readonly furtherMedia?: readonly Media[];
  readonly location?: Location;
  readonly vcards?: readonly Vcard[];
  readonly poll?: Poll;
  readonly forwarded?: Forwarded;
  readonly quoted?: Quoted;
  /** The same in all messages that the messenger shows as one album. */
  readonly albumId?: string;
  /** The parameter of the link by which the person came to the chat. */
  readonly referral?: string;
  /** What the button that was pressed gives back. `text` is its label. */
  readonly pressed?: string;
  readonly raw?: string;
}

/** A file. The messenger gives it out for its `fileId`, which is never shown. */
export interface Media {
  readonly fileId?: string;
  /** Our id of the file. It is the right to read the file. */
  readonly file?: string;
  readonly name?: string;
  readonly mimeType?: string;
  /** In bytes. */
  readonly size?: number;
  readonly durationSeconds?: number;
  /** The emoji that a sticker stands for. */
  readonly emoji?: string;
}

/** A position on the map, in degrees. */
export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly title?: string;
  readonly address?: string;
}

/** A person's card, sent as a message. */
export interface Vcard {
  readonly name?: string;
  readonly phone?: string;
  /** Whether the messenger confirms that the card is the sender's own. */
  readonly isSender?: boolean;
  /** The vCard itself (RFC 6350), if there is one. */
  readonly text?: string;
}

/** A question to choose answers to. */
export interface Poll {
  readonly question: string;
  readonly options: readonly string[];
}

/** The origin of a forwarded message, as far as the messenger tells it. */
export interface Forwarded {
  readonly from?: string;
  readonly at?: number;
}

/** The message that another one quotes. */
export interface Quoted {
  /** The messenger's id of the quoted message, if it is in the same chat. */
  readonly providerId?: string;
  /** The messenger time of the quoted message (epoch ms), if its fact is stored by that time and id. */
  readonly time?: number;
  readonly type?: ContentType;
  readonly kind?: string;
  /** The quoted part, or the beginning of the whole text. */
  readonly text?: string;
  readonly authorName?: string;
}

/** The content as a quote repeats it, with at most `QUOTE_LENGTH` characters of the text. */
export function quote({ type, kind, text }: Content): Quoted {
  return {
    type,
    ...(kind !== undefined && { kind }),
    ...(text !== undefined && { text: cut(text, QUOTE_LENGTH) }),
  };
}

/** A button below a message. With `url` it opens that address, otherwise a press gives back `payload`, or its text. */
export interface Button {
  readonly text: string;
  readonly payload?: string;
  readonly url?: string;
}

/** The buttons of a message, in rows: with the message itself (`inline`), or in the place of the keyboard (`reply`). */
export interface Buttons {
  readonly place: 'inline' | 'reply';
  readonly rows: readonly (readonly Button[])[];
  /** A `reply` keyboard goes away after it was used. */
  readonly oneTime?: true;
  /** An earlier `reply` keyboard goes away. There are no rows then. */
  readonly removes?: true;
}

/** An id that a messenger has for a person, and its kind. */
export interface PersonId {
  readonly chatType: string;
  readonly chatId: string;
}

/** What a person calls themselves in a messenger. */
export interface Profile {
  readonly name?: string;
  /** Without `@`. */
  readonly username?: string;
}

/** The author of a message. A client's id is the messenger's, a user's id is the CRM's. The CRM itself has no id. */
export interface Author extends Profile {
  readonly id?: string;
}

/** One conversation of a channel with a person: `chatId` is the messenger's own id of the person. */
export interface ChatId {
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
}

/** The key of a chat in every table. It does not name the account, because a channel belongs to one account. */
export function chatKey({ channelId, chatType, chatId }: ChatId): string {
  return `${channelId}#${chatType}#${chatId}`;
}

/** The chat that a key names. */
export function chatOfKey(key: string): ChatId {
  const [channelId = '', chatType = '', ...chatId] = key.split('#');
  return { channelId, chatType, chatId: chatId.join('#') };
}
