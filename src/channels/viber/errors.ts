import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';

/** What a status of Viber's means for a message. `reason` is the word of it in the compatible API (`MESSAGE_ERRORS`). */
interface Row {
  readonly codes: readonly number[];
  readonly kind: Exclude<Sent['kind'], 'sent'>;
  readonly reason: string;
}

/**
 * The statuses, which come with HTTP's 200. Any other is a general error, and passes.
 * https://developers.viber.com/docs/api/rest-bot-api/#error-codes
 */
export const STATUSES: readonly Row[] = [
  // The token, or the bot: blocked, not there, suspended, without a webhook, not allowed to send.
  { codes: [2, 7, 8, 9, 10, 15], kind: 'unauthorized', reason: 'CHANNEL_REJECTED' },
  // 100 messages to one person in an hour, or too many at all.
  { codes: [12], kind: 'throttled', reason: 'TOO_MANY_EXT_REQS' },
  // The person: not at Viber, not subscribed, without a device that can show it, in a country that is closed.
  { codes: [5, 6, 11, 21], kind: 'refused', reason: 'BAD_CONTACT' },
  // The file's address, or what an old app of the person cannot show.
  { codes: [1, 13, 14], kind: 'refused', reason: 'WRONG_CONTENT' },
  // The request.
  { codes: [3, 4], kind: 'refused', reason: 'GENERAL_ERROR' },
  // What the bot's contract does not hold: replies in chats, inline, public chats, broadcasts, payments.
  { codes: [16, 17, 18, 19, 20, 22], kind: 'refused', reason: 'GENERAL_ERROR' },
  // The messages that are free are used up, or there is no balance.
  { codes: [23, 24], kind: 'refused', reason: 'CHANNEL_REJECTED' },
];

/** What a status means; undefined if it is a general error. */
export function meaningOf(status: string | number): Row | undefined {
  return STATUSES.find(({ codes }) => codes.includes(Number(status)));
}

/**
 * Why a message failed after it was taken. Viber says it in words only:
 * https://developers.viber.com/docs/api/rest-bot-api/#failed-callback
 */
export function failureOf(words: string): Refusal {
  const isPerson = /subscri|register|block|device/i.test(words);
  return { reason: isPerson ? 'BAD_CONTACT' : 'GENERAL_ERROR', code: 'failed', description: words };
}
