import { readFailedChat } from '#flows/failed-chat';
import type { FoldChat } from '#flows/fold';

/** A batch of a queue; each body is what was put into it. */
export interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

export interface RetryFoldDeps {
  readonly foldChat: FoldChat;
}

/** Folds failed chats again. Throws if one fails again, so that the queue keeps it. */
export function createHandler({ foldChat }: RetryFoldDeps) {
  return async ({ Records }: QueueEvent): Promise<void> => {
    for (const { body } of Records) {
      const { chatKey, newsFrom } = readFailedChat(body);
      await foldChat(chatKey, newsFrom);
    }
  };
}
