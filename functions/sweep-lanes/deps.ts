import type { Bells } from '#bells';
import type { Cipher } from '#store/accounts/cipher';
import { createInstallation } from '#store/accounts/installation';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { createTasks } from '#store/outbox/tasks';
import type { SweepLanesDeps } from './handler.ts';

/** What sweep-lanes is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<LaneQueue | 'tasks'>; readonly cipher: Cipher },
): SweepLanesDeps {
  return {
    ...given,
    lanes: createLanes(given),
    tasks: createTasks(given),
    installation: createInstallation(given),
  };
}
