import { isAnsweredByPhone, LATEST_MS, LATEST_WAITS } from '#domain/answered-by-phone';
import type { StoreDeps } from '#store/dynamo/client';
import { createWaits } from '#store/waits/waits';

/** Whether a channel is answered by phones so often that Konvert sets nobody away there (T11). It reads at most 200 waits. */
export type AnsweredByPhone = (channelId: string) => Promise<boolean>;

/** Makes `answeredByPhone`. */
export function createAnsweredByPhone(deps: StoreDeps): AnsweredByPhone {
  const { clock } = deps;
  const waits = createWaits(deps);

  return async function answeredByPhone(channelId) {
    return isAnsweredByPhone(await waits.latest(channelId, clock.now() - LATEST_MS, LATEST_WAITS));
  };
}
