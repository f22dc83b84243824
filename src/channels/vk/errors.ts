import type { Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';

/** What a code of VK's means. `reason` is the word of it in the compatible API. */
interface Meaning {
  readonly kind: Exclude<Sent['kind'], 'sent' | 'notReady'>;
  readonly reason: string;
  /** Who else gets the same answer. */
  readonly scope: 'message' | 'person' | 'channel';
  /** How long to wait, in seconds. VK does not say it. */
  readonly waitSeconds?: number;
}

/** All codes that mean the same. */
interface Row extends Meaning {
  readonly codes: readonly number[];
}

const refused = { kind: 'refused', scope: 'message' } as const;
const person = { kind: 'refused', scope: 'person' } as const;
const throttled = { kind: 'throttled', reason: 'TOO_MANY_EXT_REQS' } as const;

/**
 * What VK says no with, in answers and for one of several recipients:
 * https://dev.vk.com/ru/reference/errors, https://dev.vk.com/ru/method/messages.send#Коды%20ошибок
 */
export const ERRORS: readonly Row[] = [
  // The token is no longer one, or never was. Nothing leaves with it.
  {
    codes: [5, 27, 28, 1114, 1116, 1117],
    kind: 'unauthorized',
    reason: 'CHANNEL_REJECTED',
    scope: 'channel',
  },
  // The token may not do this, or not in this community. It may do other things.
  { codes: [7, 15, 20, 203], kind: 'refused', reason: 'CHANNEL_REJECTED', scope: 'channel' },
  // Too many calls in a second; in an hour or a day; too much of the same; a captcha, which nobody here could solve.
  { codes: [6], ...throttled, scope: 'channel', waitSeconds: 1 },
  { codes: [29], ...throttled, scope: 'channel', waitSeconds: 900 },
  { codes: [9], ...throttled, scope: 'person', waitSeconds: 60 },
  { codes: [14, 3300], ...throttled, scope: 'channel', waitSeconds: 300 },
  // Faults of VK's own.
  { codes: [1, 10, 13, 36, 43], kind: 'unreachable', reason: 'GENERAL_ERROR', scope: 'channel' },

  // The person: deleted, on the list of the banned, never wrote or takes no more, lets nobody write.
  { codes: [18, 37, 113, 900, 901, 902, 917, 927, 932, 936, 945, 946], ...person, reason: 'BAD_CONTACT' },
  // The community may not write because people complained.
  { codes: [983, 984], ...person, reason: 'SPAM' },
  { codes: [943, 944, 950, 987, 988, 1012], ...person, reason: 'GENERAL_ERROR' },

  // The text, the keyboard, what is attached or forwarded.
  { codes: [910, 914], ...refused, reason: 'TOO_LONG_TEXT' },
  { codes: [19, 911, 913, 940], ...refused, reason: 'WRONG_CONTENT' },
  { codes: [22, 105, 118, 121, 122, 129, 1150, 1153], ...refused, reason: 'WRONG_CONTENT' },
  // Keyboards need the bot features of the community, which its page switches on.
  { codes: [912], ...refused, reason: 'GENERAL_ERROR', scope: 'channel' },
  { codes: [2, 3, 8, 23, 34, 100, 921, 969], ...refused, reason: 'GENERAL_ERROR' },

  // Edits and deletions.
  { codes: [909], ...refused, reason: 'MESSAGES_EDITING_TIME_EXPIRED' },
  { codes: [920, 949], ...refused, reason: 'MESSAGES_ONLY_TEXT_OR_CONTENT' },
  { codes: [924], ...refused, reason: 'MESSAGES_DELETION_TIME_EXPIRED' },
];

/** What a code means. Undefined if nothing is known of it. */
export function meaningOf(code: string | number): Meaning | undefined {
  return ERRORS.find(({ codes }) => codes.includes(Number(code)));
}

/** Why a message was refused, in the words of the compatible API. */
export function refusalOf({ code, description }: Pick<Refusal, 'code' | 'description'>): Refusal {
  return { reason: meaningOf(code)?.reason ?? 'UNKNOWN_ERROR', code, description };
}
