import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { writeFailedChat } from '#flows/failed-chat';
import type { FoldChat } from '#flows/fold';
import { describeError, type Log, type NameInLog } from '#log';
import { createMetrics } from '#metrics';
import { leastNews, newsOfChats, type StreamEvent } from '#store/dynamo/stream';

export interface FoldChatDeps {
  readonly foldChat: FoldChat;
  readonly bells: Bells<'failedChats'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

/** A save that waits for longer than three seconds is given up. */
const AT_ONCE = 100;

/** Folds every chat that has news. A chat that fails never holds up the others. */
export function createHandler(deps: FoldChatDeps) {
  const metrics = createMetrics(deps.log, deps.clock);
  return async (event: StreamEvent): Promise<void> => {
    let folded = 0;
    await eachAtOnce([...leastNews(newsOfChats(event))], AT_ONCE, async ([chatKey, newsFrom]) => {
      try {
        await deps.foldChat(chatKey, newsFrom);
        folded += 1;
      } catch (error) {
        deps.log({ fold: await deps.nameInLog(chatKey), outcome: 'failed', ...describeError(error) });
        await deps.bells.ring('failedChats', writeFailedChat({ chatKey, newsFrom }));
      }
    });
    metrics.count('Folded', folded);
  };
}
