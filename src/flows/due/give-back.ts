import type { Bells } from '#bells';
import { givenBackAt } from '#domain/giving-back';
import { timerOf, waitOf } from '#domain/timer';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import { viewerId } from '#store/chats/scopes';
import { createTimers } from '#store/chats/timers';
import type { StoreDeps } from '#store/dynamo/client';
import { createTasks, taskName } from '#store/outbox/tasks';
import { createReadWait } from './read-wait.ts';

/**
 * Marks the new clients of a user who wait for a first answer, so that they leave the user at once (T10). From then on it is a
 * return like any other: a reply that comes first keeps the client (I8).
 */
export type GiveBack = (account: string, userId: string) => Promise<void>;

const PAGE = 100;
/** As often may a chat change between its read and its mark. Then the timer returns it in its time. */
const TRIES = 5;

/** Makes `giveBack`. Repeating it does no harm. */
export function createGiveBack(deps: StoreDeps & { readonly bells: Bells<'waits'> }): GiveBack {
  const { clock, bells } = deps;
  const chats = createChats(deps);
  const timers = createTimers(deps);
  const tasks = createTasks(deps);
  const readWait = createReadWait(deps);

  return async function giveBack(account, userId) {
    const own = { kind: 'viewer', id: viewerId(account, userId) } as const;
    for await (const page of chats.candidatePages(own, 'unanswered', PAGE)) {
      for (const { key } of page) await giveOne(key, userId);
    }
  };

  async function giveOne(chatKey: string, userId: string): Promise<void> {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const row = await chats.get(chatKey);
      const found = row && (await readWait(row));
      const leavesAt = found && givenBackAt(found.wait, userId, found.now);
      if (!row || leavesAt === undefined || (await mark(row, leavesAt))) return;
    }
  }

  /** Marks the chat and puts its task, both or neither. False if the chat has changed since it was read. */
  async function mark(row: ChatRow, leavesAt: number): Promise<boolean> {
    const chat = waitIn(row);
    const task = { kind: 'wait', chatKey: row.key } as const;
    const afterMs = leavesAt - clock.now();
    const timer = { ...timerOf(chat), of: waitOf(chat) as number, leavesAt, back: true } as const;
    if (!(await timers.set(row, timer, [tasks.write(task, afterMs)]))) return false;
    await bells.ring('waits', taskName(task), afterMs);
    return true;
  }
}
