import type { Bells } from '#bells';
import type { Installation } from '#store/accounts/installation';
import { type LaneQueue, queueOf } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import type { Tasks } from '#store/outbox/tasks';

export interface SweepLanesDeps {
  readonly lanes: Pick<Lanes, 'dueLanes'>;
  readonly tasks: Pick<Tasks, 'due'>;
  readonly installation: Pick<Installation, 'make'>;
  readonly bells: Bells<LaneQueue | 'tasks'>;
}

/**
 * Rings the lanes and tasks that are due, every minute. A lost bell or a dead holder costs a minute and nothing else.
 * The first run makes the secret of the installation: no function that outsiders feed may write it.
 */
export function createHandler({ lanes, tasks, installation, bells }: SweepLanesDeps) {
  return async (): Promise<void> => {
    // First: a minute is too short for very many lanes, and chats cannot be read without the secret.
    await installation.make();
    for (const { lane, slow } of await lanes.dueLanes()) await bells.ring(queueOf(lane, slow), lane);
    for (const name of await tasks.due()) await bells.ring('tasks', name);
  };
}
