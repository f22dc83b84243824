import type { Clock } from '#clock';
import { readFailedChat } from '#flows/failed-chat';
import type { FoldChat } from '#flows/fold';
import { queues } from '#lib/listeners';
import type { Log } from '#log';
import { createMetrics } from '#metrics';

/** A batch of a queue; each body is what was put into it. */
export interface QueueEvent {
  readonly Records: readonly {
    readonly body: string;
    /** How often the queue has given it out, this time included. Only SQS says so. */
    readonly attributes?: { readonly ApproximateReceiveCount: string };
  }[];
}

export interface RetryFoldDeps {
  readonly foldChat: FoldChat;
  readonly clock: Clock;
  readonly log: Log;
}

const LAST_TRY = queues.failedChats.deadLetters.afterTries;

/** Folds failed chats again. Throws if one fails again, so that the queue keeps it, or after the last try gives it up. */
export function createHandler({ foldChat, clock, log }: RetryFoldDeps) {
  const metrics = createMetrics(log, clock);
  return async ({ Records }: QueueEvent): Promise<void> => {
    for (const { body, attributes } of Records) {
      const { chatKey, newsFrom } = readFailedChat(body);
      try {
        await foldChat(chatKey, newsFrom);
      } catch (error) {
        if (Number(attributes?.ApproximateReceiveCount) >= LAST_TRY) metrics.count('DeadChats');
        throw error;
      }
    }
  };
}
