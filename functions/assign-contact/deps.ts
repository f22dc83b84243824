import type { Bells } from '#bells';
import { createAssign } from '#flows/assign';
import type { Log } from '#log';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { AssignContactDeps } from './handler.ts';

/** What assign-contact is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'tasks'>; readonly log: Log },
): AssignContactDeps {
  return {
    ...given,
    assign: createAssign(given),
    tasks: createTasks(given),
  };
}
