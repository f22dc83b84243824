import type { Chat, Message } from '../../web/models.ts';

/** A chat of a test. `minute` is the time of what its place depends on. */
export function chatOf(chatId: string, minute: number, given: Partial<Chat> = {}): Chat {
  const at = timeOf(minute);
  return {
    channelId: 'channel',
    chatType: 'telegram',
    chatId,
    name: `Client ${chatId}`,
    contactId: null,
    responsibleUserId: null,
    unanswered: false,
    unansweredSince: given.unanswered ? at : null,
    unansweredCount: given.unanswered ? 1 : 0,
    noReplyNeeded: null,
    lastMessageAt: at,
    preview: '',
    seenUpTo: '',
    version: 1,
    mayWrite: true,
    isOwn: true,
    thread: chatId,
    ...given,
  };
}

/** A message of a test. */
export function messageOf(messageId: string, minute: number, given: Partial<Message> = {}): Message {
  return {
    messageId,
    channelId: 'channel',
    chatType: 'telegram',
    chatId: '1',
    dateTime: timeOf(minute),
    type: 'text',
    isEcho: false,
    text: messageId,
    ...given,
  };
}

/** So many minutes after noon. */
export function timeOf(minute: number): string {
  return new Date(Date.UTC(2026, 10, 29, 12) + minute * 60_000).toISOString();
}
