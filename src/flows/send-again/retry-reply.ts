import { createAttempts } from '#store/chats/attempts';
import type { StoreDeps } from '#store/dynamo/client';
import type { RowOf } from '#store/outbox/row-item';
import { createRows } from '#store/outbox/rows';

/** Sends a reply again that failed. */
export type RetryReply = (failed: RowOf<'reply'>) => Promise<void>;

/** Makes `retryReply`. Everything follows from the new attempt, so no crash leaves a retry half done. */
export function createRetryReply(deps: StoreDeps): RetryReply {
  const attempts = createAttempts(deps);
  const rows = createRows(deps);

  return async function retryReply(failed) {
    // From now on, late news of an older attempt does not count.
    await attempts.startAttempt(failed.chat, failed.event, failed.attempt + 1);
    await rows.takeOffList(failed, failed.attempt);
  };
}
