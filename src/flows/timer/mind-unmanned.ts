import { isOpen } from '#domain/calendar';
import { scheduleOf } from '#domain/team';
import { beginOfTime } from '#domain/time-key';
import { timerOf, waitOf } from '#domain/timer';
import { createSettings } from '#store/accounts/channel-settings';
import { createLooks, type LookedAt } from '#store/accounts/looks';
import { createTeams } from '#store/accounts/teams';
import { type ChatRow, createChats, waitIn } from '#store/chats/chats';
import { createLateChats } from '#store/chats/late-chats';
import { createUnmanned } from '#store/clients/unmanned';
import type { StoreDeps } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { createTasks, taskName } from '#store/outbox/tasks';
import type { ArmDeps } from './arm.ts';

/**
 * Has the heads of channels told that somebody waits and nobody is on, once in a stretch (T7). The task of a client tells them:
 * of who waits longest among those of whom they do not know. A stretch begins while the channel is open, so that nobody
 * answers that client before. It ends as soon as somebody is on.
 */
export type MindUnmanned = (channels: readonly LookedAt[]) => Promise<void>;

/** A chat with the wait that it is in. */
interface WaitingRow {
  readonly row: ChatRow;
  readonly wait: number;
}

/** So many are looked at, so that clients whom everybody has forgotten cost next to nothing. */
const FEW = 10;

/** Makes `mindUnmanned`. A look runs it every other minute. */
export function createMindUnmanned(deps: StoreDeps & ArmDeps): MindUnmanned {
  const { client, clock, bells } = deps;
  const looks = createLooks(deps);
  const chats = createChats(deps);
  const lateChats = createLateChats(deps);
  const unmanned = createUnmanned(deps);
  const settings = createSettings(deps);
  const teams = createTeams(deps);
  const tasks = createTasks(deps);

  async function isOpenNow(channelId: string, account: string): Promise<boolean> {
    const [{ settings: chosen }, { team }] = await Promise.all([settings.read(channelId), teams.read(account)]);
    return isOpen(scheduleOf(team, chosen.schedule), clock.now());
  }

  /** The chat by which heads are told. While they know of the few who wait, the next client is told of. */
  async function chosenOf(channelId: string): Promise<WaitingRow | undefined> {
    for await (const page of lateChats.between(channelId, { to: beginOfTime(clock.now()) })) {
      const keys = page.slice(0, FEW).map(({ key }) => key);
      const rows = new Map((await chats.getAll(keys)).map((row) => [row.key, row]));
      const waiting = keys.flatMap((key) => rows.get(key) ?? []).flatMap(waitingOf);
      const [longest] = waiting;
      if (!longest || !(await isOpenNow(channelId, longest.row.account))) return undefined;
      const untold = waiting.find(({ row }) => timerOf(waitIn(row))?.told === undefined);
      return untold ?? (waiting.length === FEW ? longest : undefined);
    }
    return undefined;
  }

  async function begin(channelId: string): Promise<void> {
    const chosen = await chosenOf(channelId);
    if (!chosen) return;
    const { row, wait } = chosen;
    const task = { kind: 'wait', chatKey: row.key } as const;
    const begun = [...chats.lateness(row), tasks.write(task, 0), looks.beginStretch(channelId, row.key, wait)];
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

function waitingOf(row: ChatRow): WaitingRow[] {
  const wait = waitOf(waitIn(row));
  return wait === undefined ? [] : [{ row, wait }];
}
