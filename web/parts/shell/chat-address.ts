import type { ChatId } from '../../models.ts';

const CHAT = /^#\/chat\/([^/]+)\/([^/]+)\/([^/]+)$/;

/** The chat that an address names. */
export function chatInAddress(hash: string): ChatId | undefined {
  const parts = CHAT.exec(hash);
  if (parts === null) return undefined;
  try {
    const named = parts.slice(1).map(decodeURIComponent);
    // A browser takes these out of the path of a request, which would then be one to another route.
    if (named.some((part) => part === '.' || part === '..')) return undefined;
    const [channelId, chatType, chatId] = named;
    return { channelId: channelId!, chatType: chatType!, chatId: chatId! };
  } catch {
    // A cut address, such as `%D0%`.
    return undefined;
  }
}
