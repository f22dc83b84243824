import type { RunLane } from '#flows/delivery/run-lane';

export interface CallCrmDeps {
  readonly runLane: RunLane;
}

/** Makes in connected CRMs what has to be made there. Each message of the queue names a lane in which something waits. */
export function createHandler({ runLane }: CallCrmDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await runLane(body);
  };
}
