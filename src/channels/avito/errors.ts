import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';

/** What refusals with one of these codes, and with these words if there are any, mean for a message. */
interface Row {
  readonly codes: readonly string[];
  readonly words?: RegExp;
  readonly kind: 'refused' | 'unauthorized';
  /** The word of it in the compatible API (`MESSAGE_ERRORS`). */
  readonly reason: string;
}

const account = { kind: 'unauthorized', reason: 'CHANNEL_REJECTED' } as const;
const refused = { kind: 'refused' } as const;

/**
 * What Avito says no with. Its codes are those of HTTP, and words of OAuth (RFC 6749, 5.2) if it gives out no token. The
 * first row that fits counts. https://developers.avito.ru/api-catalog/messenger/documentation
 */
export const ERRORS: readonly Row[] = [
  // The keys, or what they may do. A new token has been tried before.
  { codes: ['401'], ...account },
  {
    codes: ['invalid_client', 'invalid_grant', 'unauthorized_client', 'access_denied', 'invalid_scope'],
    ...account,
  },
  // The account has no subscription with the messenger's API.
  { codes: ['402'], ...account },
  { codes: ['403'], words: /подписк|тариф|subscription|tariff|scope|access token/i, ...account },
  // The chat is not the account's, its person has blocked the account, or the listing is closed for messages.
  { codes: ['403', '404'], ...refused, reason: 'BAD_CONTACT' },
  { codes: ['413'], ...refused, reason: 'TOO_BIG_CONTENT' },
  { codes: ['415'], ...refused, reason: 'WRONG_CONTENT' },
  { codes: ['400', '422'], words: /too long|maxlength|1000|слишком длинн/i, ...refused, reason: 'TOO_LONG_TEXT' },
  { codes: ['400', '422'], words: /image|picture|изображен/i, ...refused, reason: 'WRONG_CONTENT' },
  { codes: ['400', '422'], words: /spam|спам/i, ...refused, reason: 'SPAM' },
  { codes: ['400', '422'], ...refused, reason: 'GENERAL_ERROR' },
];

/** What a refusal means. One that nothing is known of is `UNKNOWN_ERROR`. */
export function meaningOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Pick<Row, 'kind' | 'reason'> {
  const row = ERRORS.find(
    (one) => one.codes.includes(code) && (one.words === undefined || one.words.test(description)),
  );
  return row ?? { kind: 'refused', reason: 'UNKNOWN_ERROR' };
}

/** The result of a message that Avito refused. */
export function toRefused(refusal: Pick<Refusal, 'code' | 'description'>): Extract<Sent, { refusal: Refusal }> {
  const { kind, reason } = meaningOf(refusal);
  return { kind, refusal: { reason, code: refusal.code, description: refusal.description } };
}
