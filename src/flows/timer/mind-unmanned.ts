import { beginOfTime } from '#domain/time-key';
import { waitOf } from '#domain/timer';
import { createLooks, type LookedAt } from '#store/accounts/looks';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import { createLateChats } from '#store/chats/late-chats';
import { createUnmanned } from '#store/clients/unmanned';
import type { StoreDeps } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { createTasks, taskName } from '#store/outbox/tasks';
import type { ArmDeps } from './arm.ts';

/**
 * Has the heads of channels told that somebody waits and nobody is on, once in a stretch (T7). The task of the client who
 * waits longest tells them. A stretch ends as soon as somebody is on.
 */
export type MindUnmanned = (channels: readonly LookedAt[]) => Promise<void>;

/** Makes `mindUnmanned`. A look runs it every other minute. */
export function createMindUnmanned(deps: StoreDeps & ArmDeps): MindUnmanned {
  const { client, clock, bells } = deps;
  const looks = createLooks(deps);
  const chats = createChats(deps);
  const lateChats = createLateChats(deps);
  const unmanned = createUnmanned(deps);
  const tasks = createTasks(deps);

  async function longestWaiting(channelId: string): Promise<ChatRow | undefined> {
    for await (const page of lateChats.between(channelId, { to: beginOfTime(clock.now()) })) {
      const rows = new Map((await chats.getAll(page.map(({ key }) => key))).map((row) => [row.key, row]));
      const found = page.map(({ key }) => rows.get(key)).find((row) => row && waitOf(waitIn(row)) !== undefined);
      if (found) return found;
    }
    return undefined;
  }

  async function begin(channelId: string): Promise<void> {
    const row = await longestWaiting(channelId);
    if (!row) return;
    const task = { kind: 'wait', chatKey: row.key } as const;
    const begun = [
      ...chats.lateness(row),
      tasks.write(task, 0),
      looks.beginStretch(channelId, row.key, waitOf(waitIn(row))),
    ];
    if (await transact(client, begun)) await bells.ring('waits', taskName(task));
  }

  return async function mindUnmanned(channels) {
    const alone = await unmanned.of(channels.map(({ channelId }) => channelId));
    for (const { channelId, stretch } of channels) {
      if (!alone.has(channelId) && stretch !== undefined) await looks.endStretch(channelId);
      if (alone.has(channelId) && stretch === undefined) await begin(channelId);
    }
  };
}
