import type { FoldChat } from '#flows/fold';
import type { FailedChat } from '#functions/fold-chat/handler';

/** A batch of a queue; each body is what was put into it. */
export interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

export interface RetryFoldDeps {
  readonly foldChat: FoldChat;
}

/** Failed chats, tried again. Throws where one fails again, so that the queue keeps it. */
export function createHandler({ foldChat }: RetryFoldDeps) {
  return async ({ Records }: QueueEvent): Promise<void> => {
    for (const { body } of Records) {
      const { chatKey, rung } = JSON.parse(body) as FailedChat;
      await foldChat(chatKey, rung);
    }
  };
}
