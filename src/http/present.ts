import type * as z from 'zod/mini';
import { writeSeenUpTo } from '#domain/seen';
import type { chat } from '#http/contract';
import type { ChatRow } from '#store/chats';

/** A time of ours in the API: ISO 8601, UTC, milliseconds. */
export function presentTime(at: number): string {
  return new Date(at).toISOString();
}

/** A chat as the API shows it. */
export function presentChat(row: ChatRow): z.infer<typeof chat> {
  const { channelId, chatType, chatId, viewers, key } = row;
  const { unansweredSince, unansweredCount, noReplyNeeded, lastMessageAt, preview, client, seen } = row.chat;
  return {
    channelId,
    chatType,
    chatId,
    name: client?.name ?? chatId,
    contactId: null,
    responsibleUserId: viewers[0] ?? null,
    unanswered: unansweredSince !== undefined,
    unansweredSince: unansweredSince === undefined ? null : presentTime(unansweredSince),
    unansweredCount,
    noReplyNeeded: noReplyNeeded
      ? {
          userId: noReplyNeeded.userId ?? null,
          at: presentTime(noReplyNeeded.at),
          ...(noReplyNeeded.reason !== undefined && { reason: noReplyNeeded.reason }),
        }
      : null,
    lastMessageAt: presentTime(lastMessageAt),
    preview,
    seenUpTo: writeSeenUpTo(key, seen),
  };
}
