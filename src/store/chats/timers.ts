import type { Timer } from '#domain/timer';
import { type ChatRow, createChats } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import { transact, type Write } from '#store/dynamo/transaction';

/** A mark that arrives long after it was given up would shorten the time in which a reply is stored. */
const SET_MS = 3_000;

export type Timers = ReturnType<typeof createTimers>;

/** What was done about the waits of chats. */
export function createTimers(deps: StoreDeps) {
  const { client, clock } = deps;
  const { timing } = createChats(deps);

  /** Sets the timer together with `more`, if the chat is still as it was read. False if it is not. */
  function set(row: ChatRow, timer: Timer, more: readonly Write[] = []): Promise<boolean> {
    return transact(client, [timing(row, timer), ...more], clock.deadline(SET_MS));
  }

  return { set };
}
