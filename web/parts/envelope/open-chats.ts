import type { ChatModel, ThreadModel } from '../../models.ts';

/**
 * The chats that the envelope is about: the active one, or in a merged history all that wait. Each has its own token. What
 * waits in a deleted channel can get no answer, and is dealt with all the same.
 */
export function openChats(thread: ThreadModel): readonly ChatModel[] {
  const chats = thread.isMerged.value ? thread.chats.value : [thread.active.value];
  return chats.filter(
    ({ mayWrite, row }) => (mayWrite.value || row.value?.channelDeleted) && row.value?.unanswered === true,
  );
}
