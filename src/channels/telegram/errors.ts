import type { Refusal } from '#channels/terms';

/** A refusal as Telegram words it, and what it means. Without `code` the words alone decide. */
interface ErrorRow {
  readonly code?: string;
  readonly words: RegExp;
  readonly reason: string;
}

/**
 * What Telegram says no with. Its codes are those of HTTP, so the words tell more; they are no promise of its, and what
 * none of them fits counts as its code does. https://core.telegram.org/bots/api#making-requests,
 * https://github.com/tdlib/telegram-bot-api/blob/master/telegram-bot-api/Client.cpp,
 * https://core.telegram.org/api/errors
 */
export const ERRORS: readonly ErrorRow[] = [
  // Of edits and deletions.
  { words: /message to (?:edit|delete) not found|MESSAGE_ID_INVALID/i, reason: 'MESSAGES_NOT_FOUND' },
  { words: /message can't be edited|MESSAGE_EDIT_TIME_EXPIRED/i, reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
  { words: /message can't be deleted|MESSAGE_DELETE_FORBIDDEN/i, reason: 'MESSAGES_DELETION_TIME_EXPIRED' },
  { words: /there is no (?:text|caption|media) in the message/i, reason: 'MESSAGES_ONLY_TEXT_OR_CONTENT' },

  // Of the text.
  { words: /(?:message|text|caption) is too long|MESSAGE_TOO_LONG|CAPTION_TOO_LONG/i, reason: 'TOO_LONG_TEXT' },
  { words: /message text is empty|text must be non-empty/i, reason: 'WRONG_CONTENT' },
  { words: /BUTTON_\w+_INVALID|inline keyboard button|keyboard/i, reason: 'WRONG_CONTENT' },

  // Of the file.
  { code: '413', words: /(?:)/, reason: 'TOO_BIG_CONTENT' },
  { words: /file is too big|FILE_PARTS_INVALID/i, reason: 'TOO_BIG_CONTENT' },
  { words: /file must be non-empty|wrong (?:remote )?file|wrong type of the web page/i, reason: 'WRONG_CONTENT' },
  { words: /(?:PHOTO|IMAGE|VIDEO|MEDIA|FILE)_\w*(?:INVALID|FAILED|EMPTY)/, reason: 'WRONG_CONTENT' },
  { words: /failed to get HTTP URL content|WEBPAGE_\w+/i, reason: 'WRONG_CONTENT' },
  // The person takes none: https://core.telegram.org/bots/api#chatfullinfo
  { words: /(?:VOICE|VIDEO)_MESSAGES_FORBIDDEN/, reason: 'WRONG_CONTENT' },

  // Of the person.
  { words: /chat not found|user not found|PEER_ID_INVALID|BUSINESS_PEER_\w+|USER_IS_BLOCKED/i, reason: 'BAD_CONTACT' },
  { code: '403', words: /(?:)/, reason: 'BAD_CONTACT' },

  // Of the bot, or of the business account that it serves.
  { words: /BUSINESS_CONNECTION_\w+|business connection not found/i, reason: 'CHANNEL_REJECTED' },
  { code: '401', words: /(?:)/, reason: 'CHANNEL_REJECTED' },
  { code: '404', words: /(?:)/, reason: 'CHANNEL_REJECTED' },
];

/** What a refusal means. */
export function refusalOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Refusal {
  const row = ERRORS.find((one) => (one.code === undefined || one.code === code) && one.words.test(description));
  return { reason: row?.reason ?? 'UNKNOWN_ERROR', code, description };
}

/** The message says already what it shall say, or is not there any more: a repeated request has nothing to do. */
export function isDoneAlready({ code, description }: Pick<Refusal, 'code' | 'description'>): boolean {
  return code === '400' && /message is not modified|message to delete not found/i.test(description);
}

/**
 * Whether Telegram could not fetch a file by its address, or does not take it by one: it may take the file itself.
 * https://core.telegram.org/bots/api#sending-files
 */
export function isLinkRefused({ code, description }: Pick<Refusal, 'code' | 'description'>): boolean {
  const words =
    /failed to get HTTP URL content|wrong (?:remote )?file identifier|wrong type of the web page|WEBPAGE_|MEDIA_EMPTY/i;
  return code === '400' && words.test(description);
}

/** Whether Telegram cannot show the file as what it is. It takes any file as a document. */
export function isKindRefused({ code, description }: Pick<Refusal, 'code' | 'description'>): boolean {
  return code === '400' && /PHOTO_\w+|IMAGE_PROCESS_FAILED|(?:VOICE|VIDEO)_MESSAGES_FORBIDDEN/.test(description);
}
