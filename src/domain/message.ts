import { cut } from './cut.ts';

/** The longest text that a quote repeats. */
export const QUOTE_LENGTH = 1024;

/** The chat types of the compatible API (reference, section 3.1). Each messenger says which of them it carries. */
export const CHAT_TYPES = [
  'whatsapp',
  'whatsgroup',
  'viber',
  'instagram',
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
  'unsupported',
  'missing_call',
  'unknown',
  'system',
] as const;

/** A kind of content. */
export type ContentType = (typeof CONTENT_TYPES)[number];

/**
 * What was said, in the words of no messenger. Every part is bounded by the adapter that fills it, so that an item is;
 * `raw` is the messenger's own JSON of what has no room here.
 */
export interface Content {
  readonly type: ContentType;
  /** What it is more closely, where the messenger tells more kinds than there are types: `voice`, `poll`, `blocked`. */
  readonly kind?: string;
  /** The text; of media the caption; of what is neither, what can be read of it. */
  readonly text?: string;
  readonly media?: Media;
  readonly location?: Location;
  readonly vcards?: readonly Vcard[];
  readonly poll?: Poll;
  readonly forwarded?: Forwarded;
  readonly quoted?: Quoted;
  /** The same in all the messages that the messenger shows as one album. */
  readonly albumId?: string;
  /** What the link carried by which the person came to the chat. */
  readonly referral?: string;
  readonly raw?: string;
}

/** A file. `fileId` is what its messenger gives it out for, and is shown to nobody. */
export interface Media {
  readonly fileId?: string;
  readonly name?: string;
  readonly mimeType?: string;
  /** In bytes. */
  readonly size?: number;
  readonly durationSeconds?: number;
  /** The emoji that a sticker stands for. */
  readonly emoji?: string;
}

/** A place, in degrees. */
export interface Location {
  readonly latitude: number;
  readonly longitude: number;
  readonly title?: string;
  readonly address?: string;
}

/** A card of somebody. */
export interface Vcard {
  readonly name?: string;
  readonly phone?: string;
  /** Whether the messenger vouches that it is the sender's own. */
  readonly isSender?: boolean;
  /** The vCard itself (RFC 6350), where there is one. */
  readonly text?: string;
}

/** A question to choose answers to. */
export interface Poll {
  readonly question: string;
  readonly options: readonly string[];
}

/** Where a forwarded message was first said, as far as that is told. */
export interface Forwarded {
  readonly from?: string;
  readonly at?: number;
}

/** What a message answers to. */
export interface Quoted {
  /** What the messenger calls it, where it is of the same chat. */
  readonly providerId?: string;
  /** When it was said, where it is a fact under that id and time. */
  readonly time?: number;
  readonly type?: ContentType;
  readonly kind?: string;
  /** The quoted part, or the beginning of it all. */
  readonly text?: string;
  readonly authorName?: string;
}

/** As much of it as a quote repeats. */
export function quote({ type, kind, text }: Content): Quoted {
  return {
    type,
    ...(kind !== undefined && { kind }),
    ...(text !== undefined && { text: cut(text, QUOTE_LENGTH) }),
  };
}

/** Who said it. A client's id is the messenger's, a user's is the CRM's; the CRM itself has none. */
export interface Author {
  readonly id?: string;
  readonly name?: string;
  readonly username?: string;
}

/** One conversation of a channel with a person: `chatId` is the messenger's own id of the person. */
export interface ChatId {
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
}

/** The key of a chat in every table. The channel belongs to one account, so the account is not in it. */
export function chatKey({ channelId, chatType, chatId }: ChatId): string {
  return `${channelId}#${chatType}#${chatId}`;
}

/** The chat that a key names. */
export function chatOfKey(key: string): ChatId {
  const [channelId = '', chatType = '', ...chatId] = key.split('#');
  return { channelId, chatType, chatId: chatId.join('#') };
}
