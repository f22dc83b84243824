import { eachAtOnce } from '#at-once';
import type { Clock } from '#clock';
import { shortHash } from '#domain/hash';
import { queues } from '#lib/queues';
import { describeError, type Log } from '#log';
import type { StreamEvent } from '#store/dynamo/stream';
import type { Bell, Bells, StreamKind } from './bells.ts';

interface QueueEvent {
  readonly Records: readonly { readonly body: string }[];
}

/** What listens to bells: the functions that streams, queues and timers start in AWS. */
export interface Listeners {
  readonly foldChat: (event: StreamEvent) => Promise<void>;
  readonly publishEvents: (event: StreamEvent) => Promise<void>;
  readonly assignContact: (event: StreamEvent) => Promise<void>;
  readonly retryFold: (event: QueueEvent) => Promise<void>;
  readonly deliverMessage: (event: QueueEvent) => Promise<void>;
  readonly doTasks: (event: QueueEvent) => Promise<void>;
  readonly sweepLanes: () => Promise<void>;
}

export interface PumpDeps {
  readonly listeners: Listeners;
  readonly bells: Bells;
  readonly clock: Clock;
  readonly log: Log;
}

export type Pump = ReturnType<typeof createPump>;

const BATCH = 100;
const LANES_AT_ONCE = 32;
const TASKS_AT_ONCE = 8;
const RETRIES_AT_ONCE = 8;
const RETRY_MS = 1_000;
/** What failed comes back, as it does in AWS. */
const COMES_BACK_MS = queues.tasks.comesBackAfterSeconds * 1_000;
/** Younger bells may belong to a write whose answer was lost and which is still on its way. */
const OLD_MS = 60_000;
/** A timer may fire a little early, and a lane that is not due yet would then wait for a sweep. */
const TIMER_SLACK_MS = 5;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Streams, queues and timers in one process. Nobody who rings waits for what follows; a bell's row goes when all of it
 * ended well. What did not is tried again while the process lives; the row is for the next one.
 */
export function createPump({ listeners, bells, clock, log }: PumpDeps) {
  const underWay = new Set<Promise<unknown>>();
  const timers = new Set<NodeJS.Timeout>();
  const readers = {
    messages: [createReader(listeners.foldChat, track), createReader(listeners.publishEvents, track)],
    addresses: [createReader(listeners.assignContact, track)],
  };
  const lanes = createQueue(listeners.deliverMessage, 'lane', LANES_AT_ONCE);
  const tasks = createQueue(listeners.doTasks, 'task', TASKS_AT_ONCE);
  let stopped = false;
  let sweeping = false;

  function track(work: Promise<unknown>): void {
    underWay.add(work);
    void work.finally(() => underWay.delete(work));
  }

  /** Something was written: the readers of its table get its records. `unsure`: its row stays until it is old. */
  function ring(bell: Bell<StreamKind>, { unsure } = { unsure: false }): Promise<void> {
    const rung = Promise.all(readers[bell.kind].map((read) => read(bell.body))).then(
      () => (unsure ? bells.leave(bell) : bells.remove(bell)),
      (error) => {
        logKept(bell, error);
        later(() => void ring(bell, { unsure }), COMES_BACK_MS);
      },
    );
    track(rung);
    return rung;
  }

  function logKept({ kind }: Bell, error: unknown): void {
    log({ bell: kind, outcome: 'kept', ...describeError(error) });
  }

  /** Something waits in the lane: it leaves soon. */
  async function ringLane(lane: string): Promise<void> {
    lanes.ring(lane, [await bells.put('lane', lane)]);
  }

  /** Rings the lane after that time. The lane is in the outbox, so a timer that a restart loses costs a minute. */
  async function ringLater(lane: string, afterMs: number): Promise<void> {
    later(() => lanes.ring(lane), afterMs);
  }

  /** Something has to be done: it begins soon. */
  async function ringTask(name: string): Promise<void> {
    tasks.ring(name, [await bells.put('task', name)]);
  }

  /** Rings the task after that time; a timer that a restart loses costs a minute. */
  async function ringTaskLater(name: string, afterMs: number): Promise<void> {
    later(() => tasks.ring(name), afterMs);
  }

  function later(ringNow: () => void, afterMs: number): void {
    if (stopped) return;
    const timer = setTimeout(
      () => {
        timers.delete(timer);
        ringNow();
      },
      Math.min(Math.max(afterMs, 0) + TIMER_SLACK_MS, LONGEST_TIMER_MS),
    );
    timers.add(timer.unref());
  }

  /** A chat that could not be folded is tried again soon, and for as long as that fails. */
  async function queueFailed(chat: { readonly chatKey: string; readonly rung: string }): Promise<void> {
    const bell = await bells.put('failed', JSON.stringify(chat));
    later(() => track(retry(bell)), RETRY_MS);
  }

  /** Rings every bell that is there, and every lane that is due: for the start. */
  function ringAll(): Promise<void> {
    return sweep();
  }

  /** Rings what failed or was lost more than a minute ago, and every lane that is due. */
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
    for await (const page of bells.take('lane', before)) for (const bell of page) lanes.ring(bell.body, [bell]);
    for await (const page of bells.take('task', before)) for (const bell of page) tasks.ring(bell.body, [bell]);
    // Page by page, so that any number of bells fits into memory.
    for (const kind of ['messages', 'addresses'] as const) {
      for await (const page of bells.take(kind, before)) await Promise.all(page.map((bell) => ring(bell)));
    }
    for await (const page of bells.take('failed', before)) await eachAtOnce(page, RETRIES_AT_ONCE, retry);
    await listeners.sweepLanes();
  }

  async function retry(bell: Bell<'failed'>): Promise<void> {
    try {
      await listeners.retryFold({ Records: [{ body: bell.body }] });
      bells.remove(bell);
    } catch (error) {
      logKept(bell, error);
      later(() => track(retry(bell)), COMES_BACK_MS);
    }
  }

  /** Resolves when nothing is under way. */
  async function idle(): Promise<void> {
    do {
      await Promise.allSettled(underWay);
      await bells.settled();
    } while (underWay.size > 0);
  }

  /** Starts nothing in lanes any more, and resolves when what is under way has ended. Bells that come now stay. */
  async function stop(): Promise<void> {
    stopped = true;
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    await idle();
  }

  /**
   * Names ring in order, some at a time; a bell of a name that has not begun joins the one before it. What fails rings
   * again later.
   */
  function createQueue(handle: (event: QueueEvent) => Promise<void>, kind: 'lane' | 'task', atOnce: number) {
    const waiting = new Map<string, readonly Bell[]>();
    let running = 0;

    function start(): void {
      for (const [name, rung] of waiting) {
        if (stopped || running >= atOnce) return;
        waiting.delete(name);
        running += 1;
        track(run(name, rung));
      }
    }

    async function run(name: string, rung: readonly Bell[]): Promise<void> {
      try {
        await handle({ Records: [{ body: name }] });
        for (const bell of rung) bells.remove(bell);
      } catch (error) {
        log({ [kind]: shortHash(name), outcome: 'failed', ...describeError(error) });
        later(() => ring(name, rung), COMES_BACK_MS);
      }
      running -= 1;
      start();
    }

    function ring(name: string, rung: readonly Bell[] = []): void {
      waiting.set(name, [...(waiting.get(name) ?? []), ...rung]);
      start();
    }

    return { ring };
  }

  return { ring, ringLane, ringLater, ringTask, ringTaskLater, queueFailed, ringAll, ringOld, idle, stop };
}

interface Reading {
  readonly records: StreamEvent['Records'];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A reader of a stream: one batch at a time of what has come meanwhile. A batch that fails is read again bell by bell,
 * so that a bad one holds up no other.
 */
function createReader(handle: (event: StreamEvent) => Promise<void>, track: (work: Promise<unknown>) => void) {
  let waiting: Reading[] = [];
  let reading = false;

  async function readAll(): Promise<void> {
    // One turn, so that what comes together is read together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.slice(0, BATCH);
      waiting = waiting.slice(BATCH);
      await read(batch);
    }
    reading = false;
  }

  async function read(batch: readonly Reading[]): Promise<void> {
    try {
      await handle({ Records: batch.flatMap(({ records }) => records) });
      for (const { done } of batch) done();
    } catch (error) {
      if (batch.length === 1) batch[0]?.failed(error);
      else for (const one of batch) await read([one]);
    }
  }

  return (records: StreamEvent['Records']): Promise<void> => {
    const read = new Promise<void>((done, failed) => {
      waiting.push({ records, done, failed });
    });
    if (!reading) {
      reading = true;
      track(readAll());
    }
    return read;
  };
}
