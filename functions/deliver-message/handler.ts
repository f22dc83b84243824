import type { Deliver } from '#flows/deliver';

export interface DeliverMessageDeps {
  readonly deliver: Deliver;
}

/** Sends replies. Each message of the queue names a lane in which something waits. */
export function createHandler({ deliver }: DeliverMessageDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await deliver(body);
  };
}
