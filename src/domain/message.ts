/** Kinds of content, named as in the `messages` webhook of the compatible API (`type`). */
export type ContentType =
  | 'text'
  | 'image'
  | 'audio'
  | 'video'
  | 'document'
  | 'vcard'
  | 'geo'
  | 'unsupported'
  | 'missing_call'
  | 'unknown'
  | 'system';

/** What was said. `text` is the caption where the type is not `text`; `raw` is the messenger's own JSON of what has no room here. */
export interface Content {
  readonly type: ContentType;
  readonly text?: string;
  readonly raw?: string;
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
