import { shortHash } from '#domain/hash';
import type { FoldChat } from '#flows/fold';
import { describeError, type Log } from '#log';
import { leastRung, rungFacts, type StreamEvent } from '#store/dynamo/stream';

/** A chat that could not be folded, with the least fact key that rang: without it the next try would look too late. */
export interface FailedChat {
  readonly chatKey: string;
  readonly rung: string;
}

export interface FoldChatDeps {
  readonly foldChat: FoldChat;
  /** Puts the chat on the queue of failed chats, to be tried again with backoff. */
  readonly queueFailed: (chat: FailedChat) => Promise<void>;
  readonly log: Log;
}

/** Chats have news: each is brought up to its facts. One bad chat never holds up the others. */
export function createHandler(deps: FoldChatDeps) {
  return async (event: StreamEvent): Promise<void> => {
    await Promise.all(
      [...leastRung(rungFacts(event))].map(async ([chatKey, rung]) => {
        try {
          await deps.foldChat(chatKey, rung);
        } catch (error) {
          deps.log({ fold: shortHash(chatKey), outcome: 'failed', ...describeError(error) });
          await deps.queueFailed({ chatKey, rung });
        }
      }),
    );
  };
}
