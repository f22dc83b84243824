import type { Outbox } from '#store/outbox';

export interface SweepLanesDeps {
  readonly outbox: Pick<Outbox, 'dueLanes'>;
  readonly ringLane: (lane: string) => Promise<void>;
}

/** Every minute: rings the lanes that are due, so that a lost bell or a dead holder costs a minute and no message. */
export function createHandler({ outbox, ringLane }: SweepLanesDeps) {
  return async (): Promise<void> => {
    for (const lane of await outbox.dueLanes()) await ringLane(lane);
  };
}
