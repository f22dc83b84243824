import type { Bells } from '#bells';
import { chatOfKey } from '#domain/message';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks } from '#store/outbox/tasks';
import { chatOfWaitTask } from '#store/outbox/wait-task';

/**
 * Has late clients of these channels minded at once who are due soon, because somebody has come on. What found nobody is
 * tried again every ten minutes, so its tasks are among them.
 */
export type HastenWaits = (channelIds: readonly string[]) => Promise<void>;

/** A little longer than those ten minutes. */
const SOON_MS = 660_000;

/** Makes `hastenWaits`. A client who is minded too often costs a write, and nothing happens to them twice. */
export function createHastenWaits(deps: StoreDeps & { readonly bells: Bells<'waits'> }): HastenWaits {
  const { bells } = deps;
  const tasks = createTasks(deps);

  return async function hastenWaits(channelIds) {
    if (channelIds.length === 0) return;
    for (const { name } of await tasks.due(SOON_MS)) {
      const chatKey = chatOfWaitTask(name);
      if (chatKey === undefined || !channelIds.includes(chatOfKey(chatKey).channelId)) continue;
      await tasks.put({ kind: 'wait', chatKey });
      await bells.ring('waits', name);
    }
  };
}
