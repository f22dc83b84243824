import { eachAtOnce } from '#at-once';
import type { Bells } from '#bells';
import { lookWindow } from '#domain/look';
import { MINUTE_MS } from '#domain/schedule';
import { timerOf, waitBeganAt, waitOf } from '#domain/timer';
import { dueAfterMinutes } from '#domain/waiting-setting';
import { createSettings } from '#store/accounts/channel-settings';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import { createLateChats } from '#store/chats/late-chats';
import type { StoreDeps } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { createTasks, taskName } from '#store/outbox/tasks';

/** What arming needs beside the store. */
export interface ArmDeps {
  readonly bells: Bells<'waits'>;
}

/** Which late clients get a task: those who have none, or all, because their times may have changed. */
export type Which = 'new' | 'all';

/** Puts the tasks of chats that wait, in a channel in which something is due after so many minutes. */
export type Arm = (chatKeys: readonly string[], afterMinutes: number, which?: Which) => Promise<void>;

/**
 * Puts the tasks of all late clients of a channel, behind the place `after`. Answers with the place that it got to if the
 * time `until` (epoch ms) came first.
 */
export type ArmChannel = (
  channelId: string,
  how: { readonly which: Which; readonly after?: string | undefined; readonly until?: number },
) => Promise<string | undefined>;

const AT_ONCE = 8;

/** Puts tasks for clients who are late. A task says by itself what is due and when, so one too many does no harm. */
export function createArm(deps: StoreDeps & ArmDeps): { readonly arm: Arm; readonly armChannel: ArmChannel } {
  const { client, clock, bells } = deps;
  const chats = createChats(deps);
  const lateChats = createLateChats(deps);
  const settings = createSettings(deps);
  const tasks = createTasks(deps);

  const arm: Arm = async (chatKeys, afterMinutes, which = 'new') => {
    const waiting = (await chats.getAll(chatKeys)).filter((row) => waitOf(waitIn(row)) !== undefined);
    const wanted = which === 'all' ? waiting : waiting.filter((row) => !timerOf(waitIn(row)));
    await eachAtOnce(wanted, AT_ONCE, (row) => armOne(row, waitBeganAt(waitIn(row)) + afterMinutes * MINUTE_MS));
  };

  /** Marks the chat and puts its task, both or neither. If the chat has changed meanwhile, the next look finds it. */
  async function armOne(row: ChatRow, dueAt: number): Promise<void> {
    const task = { kind: 'wait', chatKey: row.key } as const;
    const afterMs = Math.max(0, dueAt - clock.now());
    if (!(await transact(client, [...chats.lateness(row), tasks.write(task, afterMs)]))) return;
    await bells.ring('waits', taskName(task), afterMs);
  }

  const armChannel: ArmChannel = async (channelId, { which, after, until = Number.POSITIVE_INFINITY }) => {
    const { waiting } = (await settings.read(channelId)).settings;
    const afterMinutes = waiting && dueAfterMinutes(waiting);
    if (afterMinutes === undefined) return undefined;
    const { to } = lookWindow(clock.now(), afterMinutes * MINUTE_MS, undefined);
    for await (const page of lateChats.between(channelId, { from: after, to })) {
      await arm(
        page.map(({ key }) => key),
        afterMinutes,
        which,
      );
      const last = page.at(-1)?.place;
      if (last !== undefined && clock.now() > until) return last;
    }
    return undefined;
  };

  return { arm, armChannel };
}
