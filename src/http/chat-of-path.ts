import { chatKey } from '#domain/message';
import { type Actor, sightOf } from '#domain/sight';
import { chatNotFound, RequestError } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { ChatRow, Chats } from '#store/chats';

/**
 * The chat that the path names. Throws a `RequestError`: 404 where the actor does not see it (to them it does not exist),
 * 403 where they see it but may not do what they want with it.
 */
export async function visibleChat(
  { params }: HttpRequest,
  actor: Actor,
  chats: Pick<Chats, 'get'>,
  wanted: 'sees' | 'writes',
): Promise<ChatRow> {
  const { channelId = '', chatType = '', chatId = '' } = params;
  const row = await chats.get(chatKey({ channelId, chatType, chatId }));
  const sight = row ? sightOf(actor, row) : 'nothing';
  if (!row || sight === 'nothing') throw chatNotFound();
  if (wanted === 'writes' && sight !== 'writes') {
    throw new RequestError(403, 'CHAT_NO_ACCESS', 'You may not write in this chat');
  }
  return row;
}
