import type { Bells } from '#bells';
import { countingFailed } from '#flows/delivery/count-failed';
import { createPublish } from '#flows/publish';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { PublishEventsDeps } from './handler.ts';

/** What publish-events is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue | 'files' | 'erasures'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): PublishEventsDeps {
  return {
    publish: createPublish(countingFailed(given)),
  };
}
