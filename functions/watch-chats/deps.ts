import type { Bells } from '#bells';
import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { createNameInLog } from '#flows/name-in-log';
import { createPublish } from '#flows/publish';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import { createFacts } from '#store/chats/facts';
import { createWatch } from '#store/chats/watch';
import type { StoreDeps } from '#store/dynamo/client';
import type { LaneQueue } from '#store/outbox/lane-names';
import { createTasks } from '#store/outbox/tasks';
import type { WatchChatsDeps } from './handler.ts';

/** What watch-chats is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<LaneQueue | 'failedChats' | 'files'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): WatchChatsDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    facts: createFacts(given),
    publish: createPublish(given),
    watch: createWatch(given),
    foldChat: createFold(given, leaveInPool),
    tasks: createTasks(given),
  };
}
