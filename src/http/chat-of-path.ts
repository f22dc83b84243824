import { chatKey } from '#domain/message';
import type { ChannelSettings } from '#domain/settings';
import { type Actor, sightOf } from '#domain/sight';
import { chatNotFound, noAccess } from '#http/errors';
import type { HttpRequest } from '#http/route';
import type { Settings } from '#store/accounts/channel-settings';
import type { ChatRow, Chats } from '#store/chats/chats';

/** What a chat is found and seen by. */
export interface VisibleChatDeps {
  readonly chats: Pick<Chats, 'get'>;
  readonly settings: Pick<Settings, 'read'>;
}

/** A chat that the actor may do something with, and the settings by which they may. */
export interface VisibleChat {
  readonly row: ChatRow;
  readonly settings: ChannelSettings;
}

/**
 * The chat that the path names. Throws a `RequestError`: 404 where the actor does not see it (to them it does not exist),
 * 403 where they see it but may not do what they want with it.
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
