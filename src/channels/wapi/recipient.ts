import type { PersonId } from '#domain/message';
import { CHAT_TYPE } from './ids.ts';

const PHONE = /^\d{5,20}$/;
// Of a person in one portfolio, or in several: `US.7041…`, `US.ENT.7041…`.
const USER_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Who gets a message, in Meta's words: by phone number, or by the id that a business knows a person by. */
export type Recipient = { readonly to: string } | { readonly recipient: string };

/**
 * The address that a message goes to. A phone number comes first, because not every message may go to a user id. A user
 * id in `to` would be accepted and dropped: https://github.com/ChatbotXIO/ChatbotX/issues/965. Undefined if there is
 * neither.
 */
export function recipientOf(ids: readonly PersonId[]): Recipient | undefined {
  const chatIds = ids.filter(({ chatType }) => chatType === CHAT_TYPE).map(({ chatId }) => chatId);
  const phone = chatIds.find((id) => PHONE.test(id));
  // Without the plus, Meta may take the country of the business for it.
  if (phone !== undefined) return { to: `+${phone}` };
  const userId = chatIds.find((id) => USER_ID.test(id));
  return userId === undefined ? undefined : { recipient: userId };
}
