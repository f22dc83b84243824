import type { Chat, ChatId, Me } from '../models.ts';
import { isWritable } from './writable.ts';

/**
 * The chat that the page opens by itself, once: the one that its link names, else the first of a card, which is the one
 * that waits or else the latest. An address that never wrote opens empty, in a channel in which the user may write.
 */
export function firstChat(
  { scope, channels }: Pick<Me, 'scope' | 'channels'>,
  chats: readonly Chat[],
): ChatId | undefined {
  const { kind, activeChat, filter = [] } = scope;
  const writable = (chatType: string) =>
    channels.find((channel) => channel.chatTypes.includes(chatType) && isWritable(channel));
  const unwritten = ({ chatType, chatId }: Omit<ChatId, 'channelId'>): ChatId | undefined => {
    const channel = writable(chatType);
    return channel && { channelId: channel.channelId, chatType, chatId };
  };
  if (activeChat) {
    const { channelId, chatType, chatId } = activeChat;
    if (channelId !== undefined) return { channelId, chatType, chatId };
    return chats.find((chat) => chat.chatType === chatType && chat.chatId === chatId) ?? unwritten(activeChat);
  }
  if (kind !== 'card') return undefined;
  return chats[0] ?? filter.map(unwritten).find((chat) => chat !== undefined);
}
