import type { Bells } from '#bells';
import { createBeginCheck } from '#flows/check/begin-check';
import { createProveChat } from '#flows/check/prove-chat';
import { createRunCheck } from '#flows/check/run-check';
import { countingFailed } from '#flows/delivery/count-failed';
import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { createNameInLog } from '#flows/name-in-log';
import { createPublish } from '#flows/publish';
import { createRecountWaits } from '#flows/statistics/recount-waits';
import { createArmAll } from '#flows/timer/arm-all';
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
    readonly bells: Bells<LaneQueue | 'failedChats' | 'files' | 'checks' | 'waits' | 'erasures'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): WatchChatsDeps {
  const nameInLog = createNameInLog(given);
  const foldChat = createFold(given, leaveInPool);
  return {
    ...given,
    nameInLog,
    beginCheck: createBeginCheck(given),
    proveChat: createProveChat(given, foldChat),
    runCheck: createRunCheck({ ...given, nameInLog }, foldChat),
    recountWaits: createRecountWaits(given),
    facts: createFacts(given),
    publish: createPublish(countingFailed(given)),
    armAll: createArmAll(given),
    watch: createWatch(given),
    foldChat,
    tasks: createTasks(given),
  };
}
