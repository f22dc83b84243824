import type { Chat } from '#domain/chat';
import { chatOfKey } from '#domain/message';
import { enteredAt, waitBeganAt, waitOf } from '#domain/wait';
import { dueAfterMinutes } from '#domain/waiting-setting';
import { createSettings } from '#store/accounts/channel-settings';
import { type ChatRow, waitIn } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import type { Write } from '#store/dynamo/transaction';
import { createTasks } from '#store/outbox/tasks';

/**
 * The write of the task for a client who begins to wait at a place that no look may look at any more: their message came
 * late, or an answer to it counts no more; `storedAt` is when it was stored. None for all others. It belongs to the transaction of the save.
 */
export type LateArrival = (
  chatKey: string,
  chat: Chat,
  before: ChatRow | undefined,
  storedAt: number | undefined,
) => Promise<Write[]>;

/** A look looks at the places of ten minutes, and one may fail. */
const BEHIND_MS = 300_000;
const MINUTE_MS = 60_000;

/** Makes `lateArrival`. */
export function createLateArrival(deps: StoreDeps): LateArrival {
  const { clock } = deps;
  const settings = createSettings(deps);
  const tasks = createTasks(deps);

  return async function lateArrival(chatKey, { openKey, unansweredSince = 0 }, before, storedAt) {
    const now = clock.now();
    if (openKey === undefined || now - unansweredSince < BEHIND_MS) return [];
    const known = before && waitIn(before);
    const begun = enteredAt({ openKey, unansweredSince }, known, now, storedAt);
    // A wait that goes on may have moved, by an older message that came late.
    if (known && waitOf(known) === begun && known.unansweredSince === unansweredSince) return [];
    const { waiting } = (await settings.read(chatOfKey(chatKey).channelId)).settings;
    const afterMinutes = waiting && dueAfterMinutes(waiting);
    if (afterMinutes === undefined) return [];
    const dueAt = waitBeganAt({ openKey, unansweredSince, enteredAt: begun }) + afterMinutes * MINUTE_MS;
    return [tasks.write({ kind: 'wait', chatKey }, Math.max(0, dueAt - now))];
  };
}
