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
    codes: [0, 3, 10, 102, 190, [200, 229], [231, 299], 131005],
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
    codes: [1, 2, 1200, 131000, 131016, 131057, 133004],
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
  // The person: not at WhatsApp, the sender itself, not on the list of a test number. Of pages and of Instagram: not to be
  // reached, or has not agreed.
  { codes: [230, 551, 131021, 131026, 131030, 130403], ...refused, reason: 'BAD_CONTACT', scope: 'person' },
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

/**
 * The subcodes of pages and of Instagram. They say more than their codes, and the same subcode has several codes.
 * https://developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes
 */
export const META_SUBCODES: readonly Row[] = [
  // The window is closed. It has one subcode for Instagram, and an old and a new one for pages.
  { codes: [2018065, 2018278, 2534022], ...refused, reason: '24_HOURS_EXCEEDED', scope: 'person' },
  // The person: not there, not to be reached, or has no role in an app that is not live.
  { codes: [1545041, 2018001, 2018027, 2018028, 2018108, 2534014], ...refused, reason: 'BAD_CONTACT', scope: 'person' },
  // Another app holds the conversation, until it gives it back.
  { codes: [2018300], ...refused, reason: 'CHANNEL_REJECTED', scope: 'person' },
  // The account: restricted for a while, blocked, or with access to its messages switched off.
  { codes: [1893063, 2534029, 2534041], ...refused, reason: 'CHANNEL_REJECTED', scope: 'channel' },
  { codes: [2018022, 2534040], kind: 'throttled', reason: 'TOO_MANY_EXT_REQS', scope: 'channel' },
  // The message may have been sent although this is an error: https://github.com/chatwoot/chatwoot/issues/8607
  { codes: [1357046], kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },
  // The file: Meta cannot fetch it, or cannot read it.
  { codes: [2018008, 2018047, 2018294], ...refused, reason: 'WRONG_CONTENT' },
  { codes: [2018109], ...refused, reason: 'TOO_BIG_CONTENT' },
];

/** What a code means, or its subcode if that is known. Undefined if nothing is known of either. */
export function meaningOf(code: string | number, subcode?: string | number): Meaning | undefined {
  return (subcode === undefined ? undefined : rowOf(META_SUBCODES, subcode)) ?? rowOf(META_CODES, code);
}

function rowOf(table: readonly Row[], code: string | number): Row | undefined {
  // Without a code nothing is known: 0 is one, of a token that has ended.
  const given = code === '' ? Number.NaN : Number(code);
  return table.find(({ codes }) =>
    codes.some((one) => (typeof one === 'number' ? one === given : one[0] <= given && given <= one[1])),
  );
}

/** An error of Meta's, in an answer or in a status. */
export interface MetaError {
  readonly code: string | number;
  readonly subcode?: string | number | undefined;
  /** Meta's words, without secrets. */
  readonly description: string;
}

/** Why a message failed, in the words of the compatible API. A code that nothing is known of is `UNKNOWN_ERROR`. */
export function refusalOf({ code, subcode, description }: MetaError): Refusal {
  return { reason: meaningOf(code, subcode)?.reason ?? 'UNKNOWN_ERROR', code: String(code), description };
}

/** Whether the credentials are to blame: the token, what it may do, or the app's secret, which has the code of any parameter. */
export function areCredentialsRefused({ code, subcode, description }: MetaError): boolean {
  return meaningOf(code, subcode)?.kind === 'unauthorized' || /appsecret_proof/i.test(description);
}
