import { chatKey } from '#domain/message';
import type { ChannelSettings } from '#domain/settings';
import { type Actor, sightOf } from '#domain/sight';
import { chatNotFound, noAccess } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Settings } from '#store/accounts/channel-settings';
import type { ChatRow, Chats } from '#store/chats/chats';

/** The stores by which the chat and the sight of the actor are found. */
export interface VisibleChatDeps {
  readonly chats: Pick<Chats, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
}

/** A chat that the actor may see or write in, and the settings that say so. */
export interface VisibleChat {
  readonly row: ChatRow;
  readonly settings: ChannelSettings;
}

/**
 * The chat that the path names. Throws a `RequestError`: 404 if the actor does not see the chat, because to them it
 * does not exist; 403 if they see it but may not write in it.
 */
export async function visibleChat(
  { params }: HttpRequest,
  actor: Actor,
  { chats, settings }: VisibleChatDeps,
  wanted: 'sees' | 'writes',
): Promise<VisibleChat> {
  const { channelId = '', chatType = '', chatId = '' } = params;
  const [row, { settings: chosen }] = await Promise.all([
    chats.get(chatKey({ channelId, chatType, chatId })),
    settings.read(channelId),
  ]);
  const sight = row ? sightOf(actor, row, chosen) : 'nothing';
  if (!row || sight === 'nothing') throw chatNotFound();
  if (wanted === 'writes' && sight !== 'writes') throw noAccess();
  return { row, settings: chosen };
}
