import type { Bells } from '#bells';
import { createFold } from '#flows/fold';
import { createGiveOut } from '#flows/give-out';
import { createNameInLog } from '#flows/name-in-log';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import type { FoldChatDeps } from './handler.ts';

/** What fold-chat is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<'failedChats' | 'tasks'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): FoldChatDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    foldChat: createFold(given, createGiveOut(given), (task) => given.bells.ring('tasks', task)),
  };
}
