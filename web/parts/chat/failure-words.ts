import type { Message } from '../../models.ts';
import { isKey, t } from '../../words/words.ts';

/**
 * Why a message was not sent, in the language of the page as far as the word for it has words here, and in those of the
 * messenger.
 */
export function failureWords({ error, reason, description }: NonNullable<Message['error']>): string {
  const key = `failure.${reason ?? error}`;
  if (!isKey(key)) return description;
  // Without a reason the code is Konvert's own, and so is the description.
  return reason === undefined ? t(key) : `${t(key)} (${description})`;
}
