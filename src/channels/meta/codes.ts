import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';

/** What a code of Meta's means for a message. `reason` is the word of it in the compatible API (`MESSAGE_ERRORS`). */
interface Meaning {
  readonly kind: Exclude<Sent['kind'], 'sent'>;
  readonly reason: string;
  /** Who else gets the same answer. */
  readonly scope: 'message' | 'person' | 'channel';
}

/** All codes that mean the same, so that a new code is one word. */
interface Row extends Meaning {
  readonly codes: readonly (number | readonly [from: number, to: number])[];
}

const refused = { kind: 'refused', scope: 'message' } as const;

/**
 * The codes of Meta's answers and of its statuses: a message that was taken may fail with any of them later.
 * https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes
 */
export const META_CODES: readonly Row[] = [
  // The token, or what it may do. Nothing leaves with these credentials.
  {
    codes: [0, 3, 10, 102, 190, [200, 299], 131005],
    kind: 'unauthorized',
    reason: 'CHANNEL_REJECTED',
    scope: 'channel',
  },
  // Limits that end: of the app, the account, the number; and of the pair of number and person.
  {
    codes: [4, 17, 32, 613, 80007, 130429],
    kind: 'throttled',
    reason: 'TOO_MANY_EXT_REQS',
    scope: 'channel',
  },
  { codes: [131056], kind: 'throttled', reason: 'TOO_MANY_EXT_REQS', scope: 'person' },
  // Faults of Meta's own, which end: 1 may be a wrong request as well, and is then given up in the end.
  {
    codes: [1, 2, 131000, 131016, 131057, 133004],
    kind: 'unreachable',
    reason: 'GENERAL_ERROR',
    scope: 'channel',
  },
  // The account: blocked, not registered, not allowed.
  {
    codes: [33, 368, 131031, 131037, 131045, 133010, 134011],
    ...refused,
    reason: 'CHANNEL_REJECTED',
    scope: 'channel',
  },
  // The payment method of the account is missing or refused.
  { codes: [131042, 131044], ...refused, reason: 'GENERAL_ERROR', scope: 'channel' },
  // Too many people have blocked or reported the number, or its templates are not what they say. It takes days to end.
  { codes: [131048], ...refused, reason: 'SPAM', scope: 'channel' },
  { codes: [131064], ...refused, reason: 'TOO_MANY_EXT_REQS', scope: 'channel' },
  // The person got enough marketing from everybody, for a day at least.
  { codes: [131049], ...refused, reason: 'SPAM', scope: 'message' },
  // The window is closed.
  { codes: [131047], ...refused, reason: '24_HOURS_EXCEEDED', scope: 'person' },
  // The person: not at WhatsApp, the sender itself, not on the list of a test number.
  { codes: [131021, 131026, 131030, 130403], ...refused, reason: 'BAD_CONTACT', scope: 'person' },
  // Such a message needs a phone number, and it was sent to a user id.
  { codes: [131062], ...refused, reason: 'BAD_CONTACT' },
  // The person takes no marketing, is in an experiment of Meta's, lives in a closed country, has another key.
  { codes: [131050, 130472, 130497, 137000], ...refused, reason: 'GENERAL_ERROR', scope: 'person' },
  // The file, or the kind of message.
  { codes: [131051, 131052, 131053], ...refused, reason: 'WRONG_CONTENT' },
  { codes: [132005], ...refused, reason: 'TOO_LONG_TEXT' },
  // The request or the template: parameters, state, policy, flow. 131063: it has to go by another endpoint.
  {
    codes: [
      100, 131008, 131009, 131063, 132000, 132001, 132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069,
      135000,
    ],
    ...refused,
    reason: 'GENERAL_ERROR',
  },
];

/** What a code means. Undefined if nothing is known of it. */
export function meaningOf(code: string | number): Meaning | undefined {
  // Without a code nothing is known: 0 is one, of a token that has ended.
  const given = code === '' ? Number.NaN : Number(code);
  return META_CODES.find(({ codes }) =>
    codes.some((one) => (typeof one === 'number' ? one === given : one[0] <= given && given <= one[1])),
  );
}

/** An error of Meta's, in an answer or in a status. */
export interface MetaError {
  readonly code: string | number;
  /** Meta's words, without secrets. */
  readonly description: string;
}

/** Why a message failed, in the words of the compatible API. A code that nothing is known of is `UNKNOWN_ERROR`. */
export function refusalOf({ code, description }: MetaError): Refusal {
  return { reason: meaningOf(code)?.reason ?? 'UNKNOWN_ERROR', code: String(code), description };
}
