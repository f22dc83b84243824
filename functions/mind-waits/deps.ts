import type { Bells } from '#bells';
import { createGiveBack } from '#flows/due/give-back';
import { createMindWait } from '#flows/due/mind-wait';
import { createNameInLog } from '#flows/name-in-log';
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
  // Zones change by law: when hours seem wrong, this says which year's laws they follow.
  given.log({ zones: process.versions.tz ?? 'none' });
  return {
    ...given,
    nameInLog: createNameInLog(given),
    tasks: createTasks(given),
    mindWait: createMindWait(given),
    giveBack: createGiveBack(given),
  };
}
