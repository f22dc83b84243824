import { isWritable } from '../../core/writable.ts';
import { type ChatId, type ChatModel, keyOf, type Me, type ThreadModel } from '../../models.ts';
import { t } from '../../words/words.ts';

/** The chat of a thread in which an entry was said. */
export function chatOf(thread: ThreadModel, id: ChatId): ChatModel | undefined {
  const key = keyOf(id);
  return thread.chats.value.find((chat) => chat.key === key);
}

/** The name of a channel, as the team calls it. One that is gone, or came after the page, has none here. */
export function channelName(me: Me, channelId: string): string {
  return channelOf(me, channelId)?.name ?? t('chat.other-channel');
}

/** A channel of the account. */
export function channelOf(me: Me, channelId: string): Me['channels'][number] | undefined {
  return me.channels.find((channel) => channel.channelId === channelId);
}

/** The name of a user, if the account still has them. */
export function userName(me: Me, userId: string | null | undefined): string | undefined {
  return me.users.find(({ id }) => id === userId)?.name;
}

/** The channels in which the same person could be written to from a chat that is not there yet (R6). */
export function channelsForNewDialog(
  me: Me,
  thread: readonly ChatId[],
  { chatType }: ChatId,
): readonly Me['channels'][number][] {
  const used = new Set(thread.filter((chat) => chat.chatType === chatType).map(({ channelId }) => channelId));
  return me.channels.filter(
    (channel) => channel.chatTypes.includes(chatType) && isWritable(channel) && !used.has(channel.channelId),
  );
}
