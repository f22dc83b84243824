import type { Bells } from '#bells';
import type { Messengers } from '#channels/registry/messengers';
import type { Crms } from '#crms/registry/crms';
import { createCloseAccount } from '#flows/close/close-account';
import { createSilenceAccount } from '#flows/close/silence-account';
import { createErasePerson } from '#flows/erase/erase-person';
import { createEraseStray } from '#flows/erase/erase-stray';
import { createFold } from '#flows/fold';
import { createGiveOut } from '#flows/give-out';
import { createNameInLog } from '#flows/name-in-log';
import { createForgetAccount } from '#flows/retain/forget-account';
import type { Log } from '#log';
import type { BlobStore } from '#media/blob-store';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { EraseDataDeps } from './handler.ts';

/** What erase-data is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps &
    Messengers &
    Crms & {
      readonly bells: Bells<'erasures' | 'tasks' | 'failedChats'>;
      readonly cipher: Cipher;
      readonly blobs: Pick<BlobStore, 'remove'>;
      readonly log: Log;
    },
): EraseDataDeps {
  const foldChat = createFold(given, createGiveOut(given), (task) => given.bells.ring('tasks', task));
  const nameInLog = createNameInLog(given);
  return {
    ...given,
    nameInLog,
    forgetAccount: createForgetAccount({ ...given, nameInLog }),
    closeAccount: createCloseAccount({ ...given, silenceAccount: createSilenceAccount(given) }),
    tasks: createTasks(given),
    erasePerson: createErasePerson({ ...given, foldChat }),
    eraseStray: createEraseStray({ ...given, foldChat }),
  };
}
