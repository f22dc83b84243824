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

/** Addresses have news: each is followed up. One bad address never holds up the others. */
export function createHandler({ assign, tasks, log }: AssignContactDeps) {
  return async (event: StreamEvent): Promise<void> => {
    await Promise.all(
      rungAddresses(event).map(async (address) => {
        try {
          await assign(address);
        } catch (error) {
          log({ assign: shortHash(address), outcome: 'failed', ...describeError(error) });
          await tasks.put({ kind: 'assign', address });
        }
      }),
    );
  };
}
