import type { Bells } from '#bells';
import { createNameInLog } from '#flows/name-in-log';
import { createGiveBack } from '#flows/team/give-back';
import { createMindWait } from '#flows/timer/mind-wait';
import type { Log } from '#log';
import type { Cipher } from '#store/accounts/cipher';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { MindWaitsDeps } from './handler.ts';

/** What mind-waits is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & {
    readonly bells: Bells<'waits' | 'tasks' | 'events' | 'crm' | 'pushes'>;
    readonly cipher: Cipher;
    readonly log: Log;
  },
): MindWaitsDeps {
  return {
    ...given,
    nameInLog: createNameInLog(given),
    tasks: createTasks(given),
    mindWait: createMindWait(given),
    giveBack: createGiveBack(given),
  };
}
