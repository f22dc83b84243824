import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';

/** A refusal as MAX words it, and what it means. Without `code` or `words`, the other one alone decides. */
interface ErrorRow {
  readonly code?: RegExp;
  readonly words?: RegExp;
  readonly kind: Exclude<Sent['kind'], 'sent'>;
  /** The word of the compatible API (`MESSAGE_ERRORS`; of edits and deletions: section 16.1). */
  readonly reason: string;
  /** Who else gets the same answer. */
  readonly scope: 'message' | 'person' | 'channel';
}

const refused = { kind: 'refused', scope: 'message' } as const;

/**
 * What MAX says no with. It publishes codes of HTTP only, so the rows are what public clients have met: the code is a
 * class, and the words of the description tell more. https://dev.max.ru/docs-api,
 * https://github.com/max-messenger/max-bot-api-client-go/blob/main/schema.yaml,
 * https://github.com/max-messenger/max-bot-api-client-ts/issues/246
 */
export const ERRORS: readonly ErrorRow[] = [
  // The token, or what the bot may do at all.
  {
    code: /^(?:401|verify\.token|access\.denied)$/,
    kind: 'unauthorized',
    reason: 'CHANNEL_REJECTED',
    scope: 'channel',
  },

  // Limits and states that end.
  { code: /^too\.many\.requests$/, kind: 'throttled', reason: 'TOO_MANY_EXT_REQS', scope: 'channel' },
  { code: /^attachment\.not\.ready$/, kind: 'notReady', reason: 'GENERAL_ERROR', scope: 'message' },
  { words: /\.not\.(?:ready|processed)\b/i, kind: 'notReady', reason: 'GENERAL_ERROR', scope: 'message' },
  {
    code: /^(?:internal\.error|service\.unavailable|service\.timeout)$/,
    kind: 'unreachable',
    reason: 'GENERAL_ERROR',
    scope: 'channel',
  },

  // Of edits and deletions. Of one that is too old and one that is not there, the words are the same.
  { words: /error\.edit\.invalid\.message/i, ...refused, reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
  { words: /message\S* (?:was |is )?not found|error\.message\.not\.?found/i, ...refused, reason: 'MESSAGES_NOT_FOUND' },
  { code: /^message\.not\.found$/, ...refused, reason: 'MESSAGES_NOT_FOUND' },

  // Of the person: who stopped the bot, or never started it. Of a bot that was not approved yet, the words are the same.
  { code: /^(?:chat|dialog|user)\.(?:denied|not\.found)$/, kind: 'refused', reason: 'BAD_CONTACT', scope: 'person' },
  {
    words: /error\.(?:dialog|chat|user)\.\w+|(?:chat|user) \S*.{0,40}not found/i,
    kind: 'refused',
    reason: 'BAD_CONTACT',
    scope: 'person',
  },

  // Of the text.
  {
    words: /text.{0,40}(?:too long|exceed|length|size)|(?:too long|exceed).{0,40}text/i,
    ...refused,
    reason: 'TOO_LONG_TEXT',
  },
  // Of the file, and of the buttons.
  { words: /(?:too\.?(?:big|large)|size\.exceeded)/i, ...refused, reason: 'TOO_BIG_CONTENT' },
  { code: /^upload\.413$/, ...refused, reason: 'TOO_BIG_CONTENT' },
  { words: /errors?\.process\.attachment|attachment|keyboard|button/i, ...refused, reason: 'WRONG_CONTENT' },
  { code: /^upload\.\d{3}$/, ...refused, reason: 'WRONG_CONTENT' },

  // The request itself.
  { code: /^(?:proto\.payload|method\.not\.allowed|not\.found|no-success)$/, ...refused, reason: 'GENERAL_ERROR' },
];

/** What a refusal means. Undefined if nothing is known of it. */
export function meaningOf({ code, description }: Pick<Refusal, 'code' | 'description'>): ErrorRow | undefined {
  return ERRORS.find((row) => (row.code?.test(code) ?? true) && (row.words?.test(description) ?? true));
}

/** Why a message failed, in the words of the compatible API. What nothing is known of is `UNKNOWN_ERROR`. */
export function refusalOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Refusal {
  return { reason: meaningOf({ code, description })?.reason ?? 'UNKNOWN_ERROR', code, description };
}

/** Whether the code says that there were too many requests. */
export function isThrottled(code: string | undefined): boolean {
  return code === 'too.many.requests';
}
