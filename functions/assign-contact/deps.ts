import type { Bells } from '#bells';
import type { Crms } from '#crms/registry/crms';
import { createAssign } from '#flows/assign';
import { createAskContact } from '#flows/crm/ask-contact';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { AssignContactDeps } from './handler.ts';

/** What assign-contact is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Crms & {
      readonly bells: Bells<'tasks' | 'events' | 'slowEvents' | 'crm'>;
      readonly cipher: Cipher;
      readonly log: Log;
    },
): AssignContactDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    assign: createAssign(given, createAskContact(given)),
    tasks: createTasks(given),
  };
}
