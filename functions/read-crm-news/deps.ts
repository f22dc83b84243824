import type { Bells } from '#bells';
import type { Crms } from '#crms/registry/crms';
import { createNewsWork } from '#flows/crm/news-work';
import { createRunLane } from '#flows/delivery/run-lane';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { ReadCrmNewsDeps } from './handler.ts';

/** What read-crm-news is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Crms & {
      readonly bells: Bells<LaneQueue | 'tasks'>;
      readonly cipher: Cipher;
      /** Waits for so many milliseconds. */
      readonly pause?: ((ms: number) => Promise<void>) | undefined;
      readonly log: Log;
    },
): ReadCrmNewsDeps {
  return { runLane: createRunLane(given, createNewsWork(given)) };
}
