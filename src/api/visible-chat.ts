import { type ChatId, chatKey } from '#domain/message';
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
  /** Finds the chat of the person that a chat id names. */
  readonly roots: { readonly resolveChat: (account: string, chat: ChatId) => Promise<ChatId> };
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
  { chats, settings, roots }: VisibleChatDeps,
  wanted: 'sees' | 'writes',
): Promise<VisibleChat> {
  const { channelId = '', chatType = '', chatId = '' } = params;
  const named = { channelId, chatType, chatId };
  const [found, { settings: chosen }] = await Promise.all([chats.get(chatKey(named)), settings.read(channelId)]);
  // It may be another id of the chat's person.
  const resolved = found ? named : await roots.resolveChat(actor.account, named);
  const row = found ?? (resolved.chatId === chatId ? undefined : await chats.get(chatKey(resolved)));
  const sight = row ? sightOf(actor, row, chosen) : 'nothing';
  if (!row || sight === 'nothing') throw chatNotFound();
  if (wanted === 'writes' && sight !== 'writes') throw noAccess();
  return { row, settings: chosen };
}
