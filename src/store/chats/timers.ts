import { lifted, type Timer } from '#domain/timer';
import { type ChatRow, createChats } from '#store/chats/chats';
import type { StoreDeps } from '#store/dynamo/client';
import { transact, type Write } from '#store/dynamo/transaction';

/** A mark that arrives long after it was given up would shorten the time in which a reply is stored. */
const SET_MS = 3_000;

export type Timers = ReturnType<typeof createTimers>;

/** What was done about the waits of chats. Each write is false if the chat is no longer as it was read. */
export function createTimers(deps: StoreDeps) {
  const { client, clock } = deps;
  const { timing } = createChats(deps);

  /** Sets the timer together with `more`. */
  function set(row: ChatRow, timer: Timer, more: readonly Write[] = []): Promise<boolean> {
    return write({ ...row, timer }, more);
  }

  /** Has every reply in the chat that is let in from now on noticed before it is stored (`lift`). */
  function guard(row: ChatRow): Promise<boolean> {
    return write({ ...row, guardedAt: clock.now() });
  }

  /** Lifts mark and guard for a reply that is about to be stored: the client does not leave before it is. */
  function lift(row: ChatRow): Promise<boolean> {
    return write({ ...row, timer: lifted(row.timer, clock.now()), guardedAt: undefined });
  }

  function write(row: ChatRow, more: readonly Write[] = []): Promise<boolean> {
    return transact(client, [timing(row), ...more], clock.deadline(SET_MS));
  }

  return { set, guard, lift };
}
