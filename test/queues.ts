import { listeners, type QueueName } from '#lib/listeners';

/** The listeners of queues, in the order of the list. */
export const queueListeners = listeners.filter((listener) => 'queue' in listener);

/** The name of a queue as the documents write it: `failedChats` is "failed chats". */
export function wordsOf(queue: QueueName): string {
  return queue.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
