import type { Bells } from '#bells';
import { createFold } from '#flows/fold';
import { createGiveOut } from '#flows/give-out';
import type { Log } from '#log';
import type { StoreDeps } from '#store/dynamo/client';
import type { FoldChatDeps } from './handler.ts';

/** What fold-chat is built from, in AWS and everywhere else. */
export function createDeps(
  given: StoreDeps & { readonly bells: Bells<'failedChats' | 'tasks'>; readonly log: Log },
): FoldChatDeps {
  return {
    ...given,
    foldChat: createFold(given, createGiveOut(given), (task) => given.bells.ring('tasks', task)),
  };
}
