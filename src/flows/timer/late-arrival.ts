import type { Chat } from '#domain/chat';
import { chatOfKey } from '#domain/message';
import { MINUTE_MS } from '#domain/schedule';
import { dueAfterMinutes } from '#domain/waiting-setting';
import { createSettings } from '#store/accounts/channel-settings';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createTasks } from '#store/outbox/tasks';

/**
 * The write of a task for a client at a place that no look may look at any more: their message came late, or an answer to it
 * counts no more or covered only older ones. None for all other clients. It belongs to the transaction of the save.
 */
export type LateArrival = (chatKey: string, chat: Chat, before: Chat | undefined) => Promise<Write[]>;

/** A look looks at the places of ten minutes, and some may fail. */
const BEHIND_MS = 300_000;

/** Makes `lateArrival`. */
export function createLateArrival(deps: StoreDeps): LateArrival {
  const { clock } = deps;
  const settings = createSettings(deps);
  const tasks = createTasks(deps);

  return async function lateArrival(chatKey, { unansweredSince: since }, before) {
    const now = clock.now();
    if (since === undefined || since === before?.unansweredSince || now - since < BEHIND_MS) return [];
    const { waiting } = (await settings.read(chatOfKey(chatKey).channelId)).settings;
    const afterMinutes = waiting && dueAfterMinutes(waiting);
    if (afterMinutes === undefined) return [];
    // What opens an answered chat begins to wait now. For the rest the task finds out, and a run too early does no harm.
    const begun = before?.unansweredSince === undefined ? now : since;
    return [tasks.write({ kind: 'wait', chatKey }, Math.max(0, begun + afterMinutes * MINUTE_MS - now))];
  };
}
