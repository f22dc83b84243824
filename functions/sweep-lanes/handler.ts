import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { LATE_MS } from '#domain/erasure';
import type { OldestWithoutOwner } from '#flows/health/oldest-without-owner';
import type { Look } from '#flows/timer/look';
import type { Log } from '#log';
import { createMetrics } from '#metrics';
import type { DataVersions } from '#store/accounts/data-version';
import type { Installation } from '#store/accounts/installation';
import { erasureAskedAt } from '#store/outbox/erase-task';
import { type LaneQueue, queueOf } from '#store/outbox/lane-names';
import type { Lanes } from '#store/outbox/lanes';
import { isShiftTask } from '#store/outbox/shift-task';
import { queueOfTask, type TaskQueue } from '#store/outbox/task-queue';
import type { DueTask, Tasks } from '#store/outbox/tasks';
import { isWaitTask } from '#store/outbox/wait-task';

export interface SweepLanesDeps {
  readonly lanes: Pick<Lanes, 'dueLanes'>;
  readonly tasks: Pick<Tasks, 'due'>;
  readonly dataVersions: Pick<DataVersions, 'note'>;
  readonly installation: Pick<Installation, 'make'>;
  readonly bells: Bells<LaneQueue | TaskQueue>;
  /** Looks for clients who are late. */
  readonly look: Look;
  readonly oldestWithoutOwner: OldestWithoutOwner;
  readonly clock: Clock;
  readonly log: Log;
}

const MINUTE_MS = 60_000;
/** What is done on time and is due before the next run is rung now, with a delay: runs are a minute apart, more or less. */
const AHEAD_MS = 75_000;
/** By then everything is done for a client who is late, also after a crash (I11). */
const ACT_LATE_MS = 2 * MINUTE_MS;
/** In an idle month that is 4,320 reads of half a unit. */
const MEASURES_EVERY_MINUTES = 10;

/**
 * Rings the lanes and tasks that are due, every minute, and looks for clients who are late. A lost bell or a dead holder
 * costs a minute and nothing else.
 * The first run makes the secret of the installation and notes the version of the data: no function that outsiders feed
 * may write them. Erasures that are due an hour after their request are counted, and so are acts for clients who wait that
 * are two minutes late. Every ten minutes it is measured for how long clients wait without anybody. Throws `NewerDataError`
 * if a newer version has noted its own.
 */
export function createHandler(deps: SweepLanesDeps) {
  const { lanes, tasks, dataVersions, installation, bells, look, oldestWithoutOwner, clock, log } = deps;
  const metrics = createMetrics(log, clock);

  async function measure(): Promise<void> {
    const since = await oldestWithoutOwner();
    // Nobody waits: no metric costs nothing, and is no alarm.
    if (since === undefined) return;
    metrics.gauge('OldestWithoutOwnerSeconds', Math.max(0, Math.round((clock.now() - since) / 1000)), 'Seconds');
  }

  /** Rings the tasks that are due, and with a delay those that will be and are done on time. Answers with the former. */
  async function ringTasks(): Promise<DueTask[]> {
    const now = clock.now();
    const due: DueTask[] = [];
    for (const { name, at } of await tasks.due(AHEAD_MS)) {
      if (at <= now) due.push({ name, at });
      if (at <= now) await bells.ring(queueOfTask(name), name);
      else if (isOnTime(name)) await bells.ring(queueOfTask(name), name, at - now);
    }
    return due;
  }

  return async (): Promise<void> => {
    // An older version does not go on with what a newer one has stored.
    await dataVersions.note();
    // Then: a minute is too short for very many lanes, and chats cannot be read without the secret.
    await installation.make();
    for (const { lane, slow } of await lanes.dueLanes()) await bells.ring(queueOf(lane, slow), lane);
    const due = await ringTasks();
    const askedAt = due.map(({ name }) => erasureAskedAt(name)).filter((at) => at !== undefined);
    metrics.count('ErasuresLate', askedAt.filter((at) => at + LATE_MS < clock.now()).length);
    metrics.count('ActsLate', due.filter(({ name, at }) => isOfWaits(name) && at + ACT_LATE_MS < clock.now()).length);
    await look();
    if (Math.floor(clock.now() / MINUTE_MS) % MEASURES_EVERY_MINUTES === 0) await measure();
  };
}

/** Whether it is the task of a client who waits, or of a user who gives theirs back. */
function isOfWaits(name: string): boolean {
  return queueOfTask(name) === 'waits';
}

/** Whether a task is done on time: clients become late, and shifts begin. */
function isOnTime(name: string): boolean {
  return isWaitTask(name) || isShiftTask(name);
}
