import { chatOfKey } from '#domain/message';
import type { Address } from '#store/clients/addresses';
import type { RowOf } from '#store/outbox/row-item';

/** The channel that the client was decided on, in which they wrote a request, or in which a user asked. */
export function channelOf({ asked, isEnquiry }: RowOf<'creation'>, { why, enquiry, chats }: Address): string {
  const chat = asked?.chat ?? (isEnquiry ? enquiry?.chatKey : why?.chatKey);
  return chatOfKey(chat ?? chats[0] ?? '').channelId;
}
