import type { Bells } from '#bells';
import { createPublish } from '#flows/publish';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import type { PublishEventsDeps } from './handler.ts';

/** What publish-events is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly bells: Bells<LaneQueue | 'files'> }): PublishEventsDeps {
  return {
    publish: createPublish(given),
  };
}
