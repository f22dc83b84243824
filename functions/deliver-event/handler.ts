import type { RunLane } from '#flows/delivery/run-lane';

export interface DeliverEventDeps {
  readonly runLane: RunLane;
}

/** Sends events to receivers. Each message of the queue names a lane in which something waits. */
export function createHandler({ runLane }: DeliverEventDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await runLane(body);
  };
}
