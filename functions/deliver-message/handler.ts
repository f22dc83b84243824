import type { RunLane } from '#flows/delivery/run-lane';

export interface DeliverMessageDeps {
  readonly runLane: RunLane;
}

/** Sends replies. Each message of the queue names a lane in which something waits. */
export function createHandler({ runLane }: DeliverMessageDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await runLane(body);
  };
}
