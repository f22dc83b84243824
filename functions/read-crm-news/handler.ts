import type { RunLane } from '#flows/delivery/run-lane';

export interface ReadCrmNewsDeps {
  readonly runLane: RunLane;
}

/** Reads what may have changed in connected CRMs. Each message of the queue names a lane in which something is marked. */
export function createHandler({ runLane }: ReadCrmNewsDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await runLane(body);
  };
}
