import type { ChatModel, ThreadModel } from '../../models.ts';

/** The chats that the envelope is about: the active one, or in a merged history all that wait. Each has its own token. */
export function openChats(thread: ThreadModel): readonly ChatModel[] {
  const chats = thread.isMerged.value ? thread.chats.value : [thread.active.value];
  return chats.filter((chat) => chat.mayWrite.value && chat.row.value?.unanswered === true);
}
