import { shortHash } from '#domain/hash';
import { describeError, type Log } from '#log';
import { rungAddresses, type StreamEvent } from '#store/stream';
import type { Tasks } from '#store/tasks';
import type { Assign } from './assign.ts';

export interface AssignContactDeps {
  readonly assign: Assign;
  readonly tasks: Pick<Tasks, 'put'>;
  readonly log: Log;
}

/** A turn has to be drawn within three seconds: on a slow machine not all of a batch can be at once. */
const AT_ONCE = 8;

/** Addresses have news: each is followed up. One bad address never holds up the others. */
export function createHandler({ assign, tasks, log }: AssignContactDeps) {
  async function follow(address: string): Promise<void> {
    try {
      await assign(address);
    } catch (error) {
      log({ assign: shortHash(address), outcome: 'failed', ...describeError(error) });
      await tasks.put({ kind: 'assign', address });
    }
  }

  return async (event: StreamEvent): Promise<void> => {
    const left = rungAddresses(event).values();
    const worker = async () => {
      for (const address of left) await follow(address);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  };
}
