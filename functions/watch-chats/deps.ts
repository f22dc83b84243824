import type { Bells } from '#bells';
import { createFold } from '#flows/fold';
import { leaveInPool } from '#flows/give-out';
import { createPublish } from '#flows/publish';
import type { Log } from '#log';
import { createFacts } from '#store/chats/facts';
import { createWatch } from '#store/chats/watch';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import type { WatchChatsDeps } from './handler.ts';

/** What watch-chats is built from, in AWS and everywhere else. */
export function createDeps(given: StoreDeps & { readonly bells: Bells<'lanes'>; readonly log: Log }): WatchChatsDeps {
  return {
    ...given,
    facts: createFacts(given),
    publish: createPublish(given),
    watch: createWatch(given),
    foldChat: createFold(given, leaveInPool),
    tasks: createTasks(given),
  };
}
