import type { Bells } from '#bells';
import type { Clock } from '#clock';
import type { AskDeal } from '#flows/ask-deal';
import type { Assign } from '#flows/assign';
import type { DrainPool } from '#flows/drain-pool';
import type { FollowSettings } from '#flows/follow-settings';
import type { LinkId } from '#flows/identity/link';
import type { PlaceChats } from '#flows/place-chats';
import type { RingPages } from '#flows/ring-pages';
import type { SendAgain } from '#flows/send-again/send-again';
import type { Adopt } from '#flows/sight/adopt';
import type { Commit } from '#flows/sight/commit';
import type { FollowProfile } from '#flows/sight/follow-profile';
import type { KeepContact } from '#flows/sight/keep-contact';
import type { KeepDeal } from '#flows/sight/keep-deal';
import type { RecountWaits } from '#flows/statistics/recount-waits';
import type { RunShift } from '#flows/team/run-shift';
import type { ArmChannel } from '#flows/timer/arm';
import { describeError, type Log, type NameInLog } from '#log';
import type { Settings } from '#store/accounts/channel-settings';
import type { Channels } from '#store/accounts/channels';
import type { Users } from '#store/directory/users';
import { RUN_MS, type TakenTask, type TaskOf, type Tasks } from '#store/outbox/tasks';

export interface DoTasksDeps {
  readonly tasks: Pick<Tasks, 'take' | 'finish' | 'goOn'>;
  readonly channels: Pick<Channels, 'get'>;
  readonly settings: Pick<Settings, 'placed'>;
  readonly ringPages: Pick<RingPages, 'ringAll'>;
  readonly users: Pick<Users, 'get'>;
  readonly settle: Commit['settle'];
  readonly placeChats: PlaceChats;
  readonly drainPool: DrainPool;
  readonly armChannel: ArmChannel;
  readonly followSettings: FollowSettings;
  readonly runShift: RunShift;
  readonly assign: Assign;
  readonly followProfile: FollowProfile;
  readonly keepContact: KeepContact;
  readonly adopt: Adopt;
  readonly askDeal: AskDeal;
  readonly keepDeal: KeepDeal;
  readonly linkId: LinkId;
  readonly sendAgain: SendAgain;
  readonly recountWaits: RecountWaits;
  readonly bells: Bells<'tasks'>;
  readonly nameInLog: NameInLog;
  readonly clock: Clock;
  readonly log: Log;
}

type PlaceTask = TaskOf<'place'>;

/** When an id is tried again for which a contact is being made: at first, and at the latest. */
const LINK_MS = 15_000;
const MOST_LINK_MS = 3_600_000;
/** By then the indexes show every chat that was made under the old roles. */
const AGAIN_MS = 10_000;
/**
 * After this time a run begins nothing more, notes how far it got and rings again. It must end before its bell comes
 * back.
 */
const AT_MOST_MS = 15_000;

/**
 * Performs tasks. Each message of the queue names one: work that a request began, or that may take longer than a
 * request.
 */
export function createHandler(deps: DoTasksDeps) {
  return async ({ Records }: { readonly Records: readonly { readonly body: string }[] }): Promise<void> => {
    for (const { body } of Records) await run(deps, body);
  };
}

/**
 * Throws if the task fails, so that the queue rings it again. A task stays due if its bell is lost, and the sweep finds
 * it.
 */
async function run(deps: DoTasksDeps, name: string): Promise<void> {
  const taken = await deps.tasks.take(name);
  if (!taken) return;
  try {
    await perform(deps, taken);
  } catch (error) {
    deps.log({ task: taken.task.kind, name: await deps.nameInLog(name), outcome: 'failed', ...describeError(error) });
    throw error;
  }
}

async function perform(deps: DoTasksDeps, taken: TakenTask): Promise<void> {
  const { task } = taken;
  switch (task.kind) {
    case 'settle':
      // `settle` ends the task of the contact itself, no matter what rang.
      await deps.settle(task.account, task.contactId);
      return;
    case 'assign':
      await deps.assign(task.address);
      return deps.tasks.finish(taken);
    case 'profile':
      await deps.followProfile(task.address);
      return deps.tasks.finish(taken);
    case 'keep':
      await deps.keepContact(task.address);
      return deps.tasks.finish(taken);
    case 'link':
      return link(deps, taken, task);
    case 'adopt':
      await deps.adopt(task);
      return deps.tasks.finish(taken);
    case 'ask-deal':
      await deps.askDeal(task);
      return deps.tasks.finish(taken);
    case 'deal':
      await deps.keepDeal(task);
      return deps.tasks.finish(taken);
    case 'place':
      return place(deps, taken, task);
    case 'shift':
      return shift(deps, taken, task);
    case 'late':
      return late(deps, taken, task);
    case 'retry':
    case 'replay':
      await deps.sendAgain({ ...taken, task }, deps.clock.now() + AT_MOST_MS);
      return;
    case 'recount':
      await deps.recountWaits(task.chat, task.from);
      return deps.tasks.finish(taken);
    case 'wait':
    case 'give-back':
    case 'erase':
    case 'forget':
    case 'close':
      // It rings in a queue of its own.
      return;
    default:
      return task satisfies never;
  }
}

/** Links an id, or looks again later while a contact is still being made. */
async function link(deps: DoTasksDeps, taken: TakenTask, task: TaskOf<'link'>): Promise<void> {
  const { tasks, bells, linkId } = deps;
  const { account, chat: key, id, tries } = task;
  if ((await linkId({ account, key }, id)) !== 'waits') return tasks.finish(taken);
  const afterMs = Math.min(LINK_MS * 2 ** tries, MOST_LINK_MS);
  await tasks.goOn(taken, { ...task, tries: tries + 1 }, afterMs);
  // The sweep rings what is due later.
  if (afterMs <= LINK_MS * 2 ** 4) return bells.ring('tasks', taken.name, afterMs);
}

/**
 * Follows the settings of a channel, in two rounds. The second is for chats that the indexes did not show in the first,
 * and for pages that were rung by roles of up to ten seconds ago.
 */
async function place(deps: DoTasksDeps, taken: TakenTask, task: PlaceTask): Promise<void> {
  const { tasks, bells, clock } = deps;
  const { kind, channelId, since, round } = task;
  const until = clock.now() + AT_MOST_MS;
  // The request does this too, but it may have been cut short.
  await deps.followSettings(channelId);
  if (task.after === undefined && !task.placed) await ringAll(deps, channelId);
  const left = await placeAndDrain(deps, task, until);
  if (left) {
    await tasks.goOn(taken, left, RUN_MS);
    return bells.ring('tasks', taken.name);
  }
  if (round > 1) return tasks.finish(taken, await deps.settings.placed(channelId));
  await tasks.goOn(taken, { kind, channelId, since, round: round + 1 }, AGAIN_MS);
  return bells.ring('tasks', taken.name, AGAIN_MS);
}

/** Follows the team of an account, and stays due at the next border of its hours. */
async function shift(deps: DoTasksDeps, taken: TakenTask, task: TaskOf<'shift'>): Promise<void> {
  const { tasks, bells, clock, runShift } = deps;
  const { left, at } = await runShift(task, clock.now() + AT_MOST_MS);
  if (at === undefined) return tasks.finish(taken);
  const afterMs = Math.max(0, at - clock.now());
  await tasks.goOn(taken, left, afterMs);
  // The sweep rings what is due later.
  if (afterMs <= RUN_MS) return bells.ring('tasks', taken.name, afterMs);
}

/** Has the late clients of a channel minded anew. */
async function late(deps: DoTasksDeps, taken: TakenTask, task: TaskOf<'late'>): Promise<void> {
  const { tasks, bells, clock, armChannel } = deps;
  const { channelId, after } = task;
  const armedUpTo = await armChannel(channelId, { which: 'all', after, until: clock.now() + AT_MOST_MS });
  if (armedUpTo === undefined) return tasks.finish(taken);
  await tasks.goOn(taken, { ...task, after: armedUpTo }, RUN_MS);
  return bells.ring('tasks', taken.name);
}

/** What a page shows follows from roles, so every page of the account has to look again. */
async function ringAll({ channels, users, ringPages }: DoTasksDeps, channelId: string): Promise<void> {
  const channel = await channels.get(channelId);
  if (channel) await ringPages.ringAll(channel.account, users);
}

/** What is left of the task when time is up; undefined if it is done. */
async function placeAndDrain(
  { placeChats, drainPool }: DoTasksDeps,
  task: PlaceTask,
  until: number,
): Promise<PlaceTask | undefined> {
  const { channelId, since, after, placed } = task;
  const placedUpTo = placed ? undefined : await placeChats(channelId, after, until);
  if (placedUpTo) return { ...task, ...placedUpTo };
  return (await drainPool(channelId, since, until)) ? undefined : { ...task, placed: true };
}
