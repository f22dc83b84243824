import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { shortHash } from '#domain/hash';
import { rosterOf } from '#domain/new-clients';
import type { Assign } from '#flows/assign';
import type { FollowSettings } from '#flows/follow-settings';
import type { SightChanges } from '#flows/sight-changes';
import { describeError, type Log } from '#log';
import type { Channels } from '#store/accounts/channels';
import type { Rules } from '#store/accounts/settings';
import { type Chats, isNobodys, poolScope } from '#store/chats/chats';
import { RUN_MS, type TakenTask, type Task, type Tasks } from '#store/outbox/tasks';

export interface DoTasksDeps {
  readonly tasks: Pick<Tasks, 'take' | 'finish' | 'goOn'>;
  readonly sightChanges: Pick<SightChanges, 'settle'>;
  readonly chats: Pick<Chats, 'candidates' | 'getAll' | 'place'>;
  readonly channels: Pick<Channels, 'getKnown'>;
  readonly settings: Pick<Rules, 'read'>;
  readonly followSettings: FollowSettings;
  readonly assign: Assign;
  readonly ringTask: (name: string) => Promise<void>;
  /** Rings the bell of a task again after that time. */
  readonly ringTaskLater: (name: string, afterMs: number) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

type PlaceTask = Extract<Task, { kind: 'place' }>;

const PAGE = 100;
/** A chat that was made by roles as they were before is there by then. */
const AGAIN_MS = 10_000;
/** After that a run begins nothing more, notes how far it got and rings again: it must end before its bell comes back. */
const AT_MOST_MS = 15_000;

/** Tasks by their names, from a queue: work that a request began, or that may take longer than one. */
export function createHandler(deps: DoTasksDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await run(deps, body);
  };
}

/** Throws what fails, so that the queue rings it again; what is lost stays due, for the sweep. */
async function run(deps: DoTasksDeps, name: string): Promise<void> {
  const taken = await deps.tasks.take(name);
  if (!taken) return;
  try {
    await perform(deps, taken);
  } catch (error) {
    deps.log({ task: taken.task.kind, name: shortHash(name), outcome: 'failed', ...describeError(error) });
    throw error;
  }
}

async function perform(deps: DoTasksDeps, taken: TakenTask): Promise<void> {
  const { task } = taken;
  switch (task.kind) {
    case 'settle':
      // It ends the task of the contact, whoever rang it.
      await deps.sightChanges.settle(task.account, task.contactId);
      return;
    case 'assign':
      await deps.assign(task.address);
      return deps.tasks.finish(taken);
    case 'place':
      return placeChats(deps, taken, task);
    default:
      return task satisfies never;
  }
}

/** Follows the settings of a channel, twice: the second time for what the indexes did not show yet. */
async function placeChats(deps: DoTasksDeps, taken: TakenTask, task: PlaceTask): Promise<void> {
  const { tasks, clock, ringTask, ringTaskLater } = deps;
  const { kind, channelId, since, round } = task;
  const until = clock.now() + AT_MOST_MS;
  // Of a request that was cut short this may not be done yet.
  await deps.followSettings(channelId);
  const left = (await placeAll(deps, task, until)) ?? (await drainPool(deps, task, until));
  if (left) {
    await tasks.goOn(taken, left, RUN_MS);
    return ringTask(taken.name);
  }
  if (round > 1) return tasks.finish(taken);
  await tasks.goOn(taken, { kind, channelId, since, round: round + 1 }, AGAIN_MS);
  return ringTaskLater(taken.name, AGAIN_MS);
}

/** Moves the channel's chats to where its roles put them; answers with what is left of the task when time is up. */
async function placeAll(deps: DoTasksDeps, task: PlaceTask, until: number): Promise<PlaceTask | undefined> {
  const { chats, clock } = deps;
  const { channelId } = task;
  if (task.placed) return undefined;
  for (let { after } = task; ; ) {
    const { found, more } = await chats.candidates({ kind: 'channel', id: channelId }, 'rest', PAGE, after);
    await placePage(
      deps,
      channelId,
      found.map(({ key }) => key),
    );
    after = found.at(-1)?.place;
    if (!more || after === undefined) return undefined;
    if (clock.now() > until) return { ...task, after };
  }
}

async function placePage(
  { chats, settings }: DoTasksDeps,
  channelId: string,
  chatKeys: readonly string[],
): Promise<void> {
  let left = chatKeys;
  while (left.length > 0) {
    const { settings: rules } = await settings.read(channelId);
    const rows = await chats.getAll(left);
    const placed = await Promise.all(rows.map(async (row) => ((await chats.place(row, rules)) ? [] : [row.key])));
    left = placed.flat();
  }
}

/**
 * Gives out the new clients who wait in the pool of the channel, the longest waiting first, if anybody is eligible (D6);
 * answers with what is left of the task when time is up.
 */
async function drainPool(
  { chats, assign, settings, channels, clock }: DoTasksDeps,
  task: PlaceTask,
  until: number,
): Promise<PlaceTask | undefined> {
  const { channelId } = task;
  const { settings: rules } = await settings.read(channelId);
  if (rosterOf(rules).eligible.length === 0) return undefined;
  const { account } = await channels.getKnown(channelId);
  const pool = poolScope(account, channelId);
  for (let after: string | undefined; ; ) {
    const { found, more } = await chats.candidates(pool, 'unanswered', PAGE, after);
    const rows = new Map((await chats.getAll(found.map(({ key }) => key))).map((row) => [row.key, row]));
    for (const { key } of found) {
      // Who was given out has left the pool, so the next run begins with who has not.
      if (clock.now() > until) return { ...task, placed: true };
      const row = rows.get(key);
      // An index is only an order: the row says whether the client still waits, and the address whether they are new.
      if (row?.places.unanswered === undefined || !isNobodys(row)) continue;
      // Whoever came since is given out like anybody else, only by this run: they waited for nobody.
      const waited = (row.places.placedAt ?? 0) <= task.since;
      await assign(addressKey(account, row.chatType, row.chatId), waited ? 'waiting' : 'round-robin');
    }
    after = found.at(-1)?.place;
    if (!more || after === undefined) return undefined;
  }
}
