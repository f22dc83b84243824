import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { writeFailedChat } from '#flows/failed-chat';
import type { FoldChat } from '#flows/fold';
import { describeError, type Log, type NameInLog } from '#log';
import { leastNews, newsOfChats, type StreamEvent } from '#store/dynamo/stream';

export interface FoldChatDeps {
  readonly foldChat: FoldChat;
  readonly bells: Bells<'failedChats'>;
  readonly nameInLog: NameInLog;
  readonly log: Log;
}

/** A save that waits for longer than three seconds is given up. */
const AT_ONCE = 100;

/** Folds every chat that has news. A chat that fails never holds up the others. */
export function createHandler(deps: FoldChatDeps) {
  return async (event: StreamEvent): Promise<void> => {
    await eachAtOnce([...leastNews(newsOfChats(event))], AT_ONCE, async ([chatKey, newsFrom]) => {
      try {
        await deps.foldChat(chatKey, newsFrom);
      } catch (error) {
        deps.log({ fold: await deps.nameInLog(chatKey), outcome: 'failed', ...describeError(error) });
        await deps.bells.ring('failedChats', writeFailedChat({ chatKey, newsFrom }));
      }
    });
  };
}
