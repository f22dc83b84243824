import type { Bells } from '#bells';
import { createAssign } from '#flows/assign';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { AssignContactDeps } from './handler.ts';

/** What assign-contact is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<'tasks' | 'events' | 'slowEvents'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): AssignContactDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    assign: createAssign(given),
    tasks: createTasks(given),
  };
}
