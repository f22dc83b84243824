import type { Outbox } from '#store/outbox/outbox';
import type { Tasks } from '#store/outbox/tasks';

export interface SweepLanesDeps {
  readonly outbox: Pick<Outbox, 'dueLanes'>;
  readonly tasks: Pick<Tasks, 'due'>;
  readonly ringLane: (lane: string) => Promise<void>;
  readonly ringTask: (name: string) => Promise<void>;
}

/**
 * Every minute: rings the lanes and tasks that are due, so that a lost bell or a dead holder costs a minute and nothing
 * else.
 */
export function createHandler({ outbox, tasks, ringLane, ringTask }: SweepLanesDeps) {
  return async (): Promise<void> => {
    for (const lane of await outbox.dueLanes()) await ringLane(lane);
    for (const name of await tasks.due()) await ringTask(name);
  };
}
