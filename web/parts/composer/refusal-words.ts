import { type Key, t } from '../../words/words.ts';

const REFUSALS: Readonly<Record<string, Key>> = {
  ACCOUNT_DISABLED: 'refusal.account-disabled',
  CHANNEL_BLOCKED: 'refusal.channel-off',
  CHANNEL_NOT_FOUND: 'refusal.channel-gone',
  MESSAGE_CHANNEL_UNAVAILABLE: 'refusal.channel-unavailable',
  CHAT_NO_ACCESS: 'refusal.no-access',
  INTERNAL_ERROR: 'refusal.broken',
  NOTHING_TO_ANSWER: 'refusal.nothing-to-answer',
  REFERENCE_MESSAGE_NOT_FOUND: 'refusal.quoted-gone',
  TEMPLATE_REJECTED: 'refusal.template',
  UNKNOWN_USER: 'refusal.nobody',
};

/** Why something was refused, in the language of the page; of what is not to be expected, in the words of the server. */
export function refusalWords({ code, description }: { readonly code: string; readonly description: string }): string {
  const key = REFUSALS[code];
  return key === undefined ? description : t(key);
}
