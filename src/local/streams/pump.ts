import type { Bells } from '#bells';
import type { Clock } from '#clock';
import { listeners as allListeners, type Listener, type QueueName, queues } from '#lib/listeners';
import type { StreamId } from '#lib/tables';
import { describeError, type Log, type NameInLog } from '#log';
import type { StreamEvent } from '#store/dynamo/stream';
import type { Bell, BellRows } from './bell-rows.ts';
import { createQueue, type Queue } from './queue.ts';
import { createReader, type Reader } from './reader.ts';

/** A function that a stream, a queue or a timer starts. */
// biome-ignore lint/suspicious/noExplicitAny: what starts it brings its own kind of event
type Handler = (event?: any) => Promise<void>;

export interface PumpDeps {
  /** The functions by their names in `lib/listeners.ts`. */
  readonly handlers: Readonly<Record<string, Handler>>;
  readonly rows: BellRows;
  readonly clock: Clock;
  readonly nameInLog: NameInLog;
  readonly log: Log;
  /** The listeners, if they are not those of `lib/listeners.ts`. */
  readonly listeners?: readonly Listener[];
}

export type Pump = ReturnType<typeof createPump>;

/** The most lanes, tasks or chats at once. So many keep the engine of one machine busy. */
const MOST_AT_ONCE = 32;
/** The delay here of a queue that has a delay of many seconds in AWS. */
const DELAY_MS = 1_000;
/** What failed comes back after the time that tasks have in AWS. */
const COMES_BACK_MS = queues.tasks.comesBackAfterSeconds * 1_000;
/** Younger bells may belong to a write that is still on its way, although its answer was lost. */
const OLD_MS = 60_000;
/** Schedules that are that seldom take long, and never as long as until the next time. */
const LONG_RUNS_MINUTES = 10;
/** A timer may fire a little early, and a lane that is not due yet would then wait for a sweep. */
const TIMER_SLACK_MS = 5;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Streams, queues and timers in one process. Ringing never blocks. A bell's row is deleted once every reader has
 * succeeded; failures are retried here, and after a restart from the row.
 */
export function createPump({ handlers, rows, clock, nameInLog, log, listeners = allListeners }: PumpDeps) {
  const underWay = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  const readers = new Map<StreamId, Reader[]>();
  const lossyReaders = new Map<StreamId, Reader[]>();
  const queuesByName = new Map<QueueName, Queue>();
  const schedules = new Map<string, { readonly everyMinutes: number; ranAt?: number }>();
  let stopped = false;
  let sweeping = false;

  for (const listener of listeners) listen(listener);

  function listen(listener: Listener): void {
    const handle = handlers[listener.function];
    if (!handle) throw new Error(`There is no function "${listener.function}"`);
    if ('stream' in listener) {
      const among = listener.lossy ? lossyReaders : readers;
      among.set(listener.stream, [...(among.get(listener.stream) ?? []), createReader(handle, track)]);
    } else if ('queue' in listener) queuesByName.set(listener.queue, queueOf(listener.queue, handle));
    else if (!listener.deployedOnly) schedules.set(listener.function, { everyMinutes: listener.everyMinutes });
  }

  function queueOf(name: QueueName, handle: Handler): Queue {
    const queue = createQueue({
      handle,
      atOnce: Math.min(queues[name].atOnce, MOST_AT_ONCE),
      track,
      isStopped: () => stopped,
      done: (bells) => {
        for (const bell of bells) rows.remove(bell);
      },
      failed: (body, bells, error) => {
        void nameInLog(body).then((named) =>
          log({ queue: name, body: named, outcome: 'failed', ...describeError(error) }),
        );
        later(() => queue.ring(body, bells), COMES_BACK_MS);
      },
    });
    return queue;
  }

  function track(work: Promise<unknown>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  function later(act: () => void, afterMs: number): void {
    if (stopped) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        act();
      },
      Math.min(Math.max(afterMs, 0) + TIMER_SLACK_MS, LONGEST_TIMER_MS),
    );
    timers.add(timer.unref());
  }

  /**
   * Gives the records of a write to the readers of its table. `unsure`: the write may still happen, so the row stays
   * until it is old.
   */
  function ring(bell: Bell<StreamId>, { unsure } = { unsure: false }): Promise<void> {
    const read = (readers.get(bell.kind) ?? []).map((reader) => reader(bell.body));
    const rung = Promise.all(read).then(
      () => (unsure ? rows.leave(bell) : rows.remove(bell)),
      (error) => {
        log({ bell: bell.kind, outcome: 'kept', ...describeError(error) });
        later(() => void ring(bell, { unsure }), COMES_BACK_MS);
      },
    );
    track(rung);
    return rung;
  }

  /** Gives records to the readers that may lose them. What fails is not given again. */
  function tell(kind: StreamId, records: StreamEvent['Records']): void {
    if (stopped) return;
    for (const read of lossyReaders.get(kind) ?? []) {
      track(read(records).catch((error) => log({ stream: kind, outcome: 'lost', ...describeError(error) })));
    }
  }

  /**
   * The bells of queues. A ring that is delayed by its sender has no row: its work is due in the outbox, so a restart
   * costs a minute.
   */
  const bells: Bells = {
    async ring(name, body, afterMs) {
      const queue = queuesByName.get(name);
      if (!queue) throw new Error(`Nobody listens to the queue "${name}"`);
      if (afterMs !== undefined) return later(() => queue.ring(body), afterMs);
      const bell = await rows.put(name, body);
      if (queues[name].delaySeconds > 0) later(() => queue.ring(body, [bell]), DELAY_MS);
      else queue.ring(body, [bell]);
    },
  };

  /** For the start: rings every stored bell, and every lane that is due. */
  function ringAll(): Promise<void> {
    return sweep();
  }

  /** For every minute: rings what failed or was lost more than a minute ago, and every lane that is due. */
  function ringOld(): Promise<void> {
    return sweep(clock.now() - OLD_MS);
  }

  function sweep(before?: number): Promise<void> {
    if (sweeping || stopped) return Promise.resolve();
    sweeping = true;
    const swept = sweepBefore(before)
      .catch((error) => log({ sweep: 'failed', ...describeError(error) }))
      .finally(() => {
        sweeping = false;
      });
    track(swept);
    return swept;
  }

  async function sweepBefore(before: number | undefined): Promise<void> {
    for (const [name, queue] of queuesByName) {
      for await (const page of rows.take(name, before)) for (const bell of page) queue.ring(bell.body, [bell]);
    }
    // Page by page, so that any number of bells fits into memory.
    for (const table of readers.keys()) {
      for await (const page of rows.take(table, before)) await Promise.all(page.map((bell) => ring(bell)));
    }
    for (const [name, schedule] of schedules) {
      const { everyMinutes, ranAt = Number.NEGATIVE_INFINITY } = schedule;
      // Sweeps are a minute apart, more or less.
      if (clock.now() - ranAt < (everyMinutes - 1) * 60_000) continue;
      schedule.ranAt = clock.now();
      if (everyMinutes < LONG_RUNS_MINUTES) await handlers[name]?.();
      else track(runLong(name));
    }
  }

  /** What asks other servers may take minutes, and no sweep waits for it. */
  async function runLong(name: string): Promise<void> {
    try {
      await handlers[name]?.();
    } catch (error) {
      log({ [name]: 'failed', ...describeError(error) });
    }
  }

  /** Resolves when nothing is under way. */
  async function idle(): Promise<void> {
    do {
      await Promise.allSettled(underWay);
      await rows.settled();
    } while (underWay.size > 0);
  }

  /**
   * Starts no more work from queues, and resolves when the work under way has ended. Bells that come now keep their
   * rows.
   */
  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    await idle();
  }

  return { bells, ring, tell, ringAll, ringOld, idle, stop };
}
