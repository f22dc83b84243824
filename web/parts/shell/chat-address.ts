import type { ChatId } from '../../models.ts';

const CHAT = /^#\/chat\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** The chat that an address names. */
export function chatOf(hash: string): ChatId | undefined {
  const parts = CHAT.exec(hash);
  if (parts === null) return undefined;
  try {
    const [channelId, chatType, chatId] = parts.slice(1).map(decodeURIComponent);
    return { channelId: channelId!, chatType: chatType!, chatId: chatId! };
  } catch {
    // A cut address, such as `%D0%`.
    return undefined;
  }
}
