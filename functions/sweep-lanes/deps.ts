import type { Bells } from '#bells';
import { createOldestWithoutOwner } from '#flows/health/oldest-without-owner';
import { createLook } from '#flows/timer/look';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createDataVersions } from '#store/accounts/data-version';
import { createInstallation } from '#store/accounts/installation';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import type { TaskQueue } from '#store/outbox/task-queue';
import { createTasks } from '#store/outbox/tasks';
import type { SweepLanesDeps } from './handler.ts';

/** What sweep-lanes is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue | TaskQueue>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): SweepLanesDeps {
  return {
    ...given,
    lanes: createLanes(given),
    tasks: createTasks(given),
    dataVersions: createDataVersions(given),
    installation: createInstallation(given),
    look: createLook(given),
    oldestWithoutOwner: createOldestWithoutOwner(given),
  };
}
