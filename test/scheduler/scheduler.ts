import { AsyncLocalStorage } from 'node:async_hooks';
import { ProvisionedThroughputExceededException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import type { Clock } from '#clock';
import type { DocumentClient } from '#store/dynamo/client';
import type { Command, MemoryDynamo } from './memory-dynamo.ts';
import type { Random } from './random.ts';

/** One run of a handler: when it began, and when it is cut off (ms). `ids` holds the ids that it made. */
export class Task {
  readonly name: string;
  readonly begunAt: number;
  readonly until: number;
  readonly ids: string[] = [];
  over = false;

  constructor(name: string, begunAt: number, until: number) {
    this.name = name;
    this.begunAt = begunAt;
    this.until = until;
  }
}

/** What goes wrong, each with its probability. */
export interface Faults {
  readonly error: number;
  readonly lostAnswer: number;
  readonly crash: number;
  readonly stale: number;
  readonly longPause: number;
  /** How often a run stands still while the others go on. */
  readonly sleep: number;
  /** How far a machine's clock may be ahead or behind (ms). */
  readonly skewMs: number;
}

/** No faults: a history comes to rest with these. */
export const NO_FAULTS: Faults = { error: 0, lostAnswer: 0, crash: 0, stale: 0, longPause: 0, sleep: 0, skewMs: 0 };

interface Deadline {
  readonly at: number;
}

interface Operation {
  readonly task: Task;
  readonly writes: boolean;
  readonly deadline: Deadline | undefined;
  /** It does not go on before that time (ms). */
  readonly notBefore?: number;
  readonly issuedAt: number;
  /** Carries the operation out, and returns what the caller will get. */
  readonly perform: () => unknown;
  /** Returns what the caller gets if the deadline passes first. For a store it throws. */
  readonly expired: () => unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
  outcome?: { readonly answer: unknown } | { readonly error: Error };
}

/** How long a write may arrive after its caller gave up (ms). With 3 s for the attempt that is well within 10 s. */
const LATE_ARRIVAL_MS = 3_000;
/** How far a read of a table that is not strongly consistent may lag (ms). */
const LAG_MS = 3_000;

/**
 * Runs handlers one step at a time. Every await on the store or a messenger stands still here until chance lets it go
 * on. Time passes only here. The same seed makes the same history.
 */
export class Scheduler {
  readonly random: Random;
  readonly db: MemoryDynamo;
  faults: Faults = NO_FAULTS;
  /** The time at which every history begins (ms). */
  readonly epoch = 1_800_000_000_000;
  now = this.epoch;
  /** The longest that a step takes (ms). */
  stepMs = 30;
  /** How far a read of an index may lag (ms). */
  indexLagMs = LAG_MS;
  /** How long a run of that name may take (ms). */
  mostMs: (name: string) => number = () => Number.POSITIVE_INFINITY;
  /** Called with every command that was carried out for a task, and with its answer. */
  observe: ((task: Task, command: Command, answer: unknown) => void) | undefined;

  /** Whether the run sleeps before that command. For interleavings that are rare and have to be tried. */
  dozes: (command: Command) => boolean = () => false;

  readonly #current = new AsyncLocalStorage<Task>();
  readonly #sequences: { at: number; sequence: number }[] = [];
  readonly #asleep = new Map<Task, number>();
  readonly #bounded = new Set<Task>();
  #operations: Operation[] = [];
  #zombies: { readonly operation: Operation; readonly until: number }[] = [];

  constructor(random: Random, db: MemoryDynamo) {
    this.random = random;
    this.db = db;
  }

  /** Whether anything waits to go on. */
  get busy(): boolean {
    return this.#operations.length > 0 || this.#zombies.length > 0;
  }

  /** The task that runs now. */
  get task(): Task | undefined {
    return this.#current.getStore();
  }

  /** Starts a handler. `done` is told how it ended, also if it was cut off. */
  start(
    name: string,
    run: () => Promise<unknown>,
    done: (end: 'ok' | 'failed' | 'crashed', value?: unknown) => void,
  ): Task {
    const task = new Task(name, this.now, this.now + this.mostMs(name));
    if (task.until < Number.POSITIVE_INFINITY) this.#bounded.add(task);
    const finish = (end: 'ok' | 'failed', value: unknown) => {
      if (task.over) return;
      task.over = true;
      this.#abandon(task);
      done(end, value);
    };
    this.#ends.set(task, done);
    this.#current.run(task, () => {
      run().then(
        (value) => finish('ok', value),
        (error) => finish('failed', error),
      );
    });
    return task;
  }

  readonly #ends = new Map<Task, (end: 'ok' | 'failed' | 'crashed', value?: unknown) => void>();

  /** A client of the store for handlers. Every command waits for its turn. */
  client(): DocumentClient {
    const send = (command: Command, options?: { abortSignal?: unknown }) => {
      if (this.task && this.dozes(command)) this.#asleep.set(this.task, this.random.between(300, 1_500));
      return this.#wait({
        writes: /^(Put|Update|Delete|TransactWrite|BatchWrite)/.test(command.constructor.name),
        deadline: options?.abortSignal as Deadline | undefined,
        perform: () => this.#apply(command),
        expired: () => {
          throw named('TimeoutError', 'The attempt was given up');
        },
      });
    };
    return { send } as unknown as DocumentClient;
  }

  /** A call to another system. `perform` runs when it arrives, `expired` returns what an aborted caller gets. */
  call<T>(deadline: AbortSignal, perform: () => T, expired: () => T): Promise<T> {
    return this.#wait({ writes: true, deadline: deadline as unknown as Deadline, perform, expired }) as Promise<T>;
  }

  /** Lets so much time (ms) pass for a run. */
  pause(ms: number): Promise<void> {
    const nothing = () => undefined;
    const pause = { writes: false, deadline: undefined, perform: nothing, expired: nothing };
    return this.#wait({ ...pause, notBefore: this.now + ms }) as Promise<void>;
  }

  /** The clock of a machine. */
  clock(skewMs: number): Clock {
    return {
      now: () => this.now + skewMs,
      deadline: (ms) => ({ at: this.now + ms }) as unknown as AbortSignal,
    };
  }

  /** Makes one step: time passes, and an operation goes on or fails, or a run is cut off. */
  async step(): Promise<void> {
    const { random, faults } = this;
    this.#pass(random.chance(faults.longPause) ? random.pick([2_000, 12_000, 65_000]) : random.between(0, this.stepMs));
    if (random.chance(faults.crash)) this.#crash();
    else if (this.#zombies.length > 0 && random.chance(0.3)) this.#land();
    else if (this.#operations.length > 0) this.#goOnAwake();
    else if (this.#zombies.length > 0) this.#land();
    await settle();
  }

  /** Lets time pass. Nothing happens but expired deadlines. */
  async wait(ms: number): Promise<void> {
    this.#pass(ms);
    await settle();
  }

  #wait(operation: Omit<Operation, 'task' | 'issuedAt' | 'resolve' | 'reject' | 'outcome'>): Promise<unknown> {
    const task = this.task;
    if (!task) throw new Error('A command was sent outside of every task');
    return new Promise((resolve, reject) => {
      // A run that was cut off or has ended sends no more commands.
      if (task.over) return;
      this.#operations.push({ ...operation, task, issuedAt: this.now, resolve, reject });
    });
  }

  /** Lets an operation go on of a run that is awake. Without faults every run is. */
  #goOnAwake(): void {
    if (this.random.chance(this.faults.sleep))
      this.#asleep.set(this.random.pick(this.#operations).task, this.random.between(20, 300));
    for (const [task, steps] of this.#asleep) {
      if (steps > 0 && this.faults !== NO_FAULTS) this.#asleep.set(task, steps - 1);
      else this.#asleep.delete(task);
    }
    const awake = this.#operations.filter(({ task }) => !this.#asleep.has(task));
    const due = awake.filter(({ notBefore = 0 }) => notBefore <= this.now);
    if (due.length > 0) this.#goOn(this.random.pick(due));
    // Nobody does anything until the first of them goes on.
    else if (awake.length > 0 && this.#asleep.size === 0)
      this.#pass(Math.min(...awake.map(({ notBefore = 0 }) => notBefore)) - this.now);
  }

  #goOn(operation: Operation): void {
    const { random, faults } = this;
    if (!operation.outcome && operation.notBefore === undefined) {
      if (random.chance(faults.error)) operation.outcome = { error: this.#refusal() };
      else this.#perform(operation);
      if (random.chance(faults.lostAnswer)) operation.outcome = { error: named('TimeoutError', 'The answer was lost') };
      else if (random.chance(0.4)) return;
    }
    operation.outcome ??= { answer: undefined };
    this.#answer(operation);
  }

  #perform(operation: Operation): void {
    try {
      operation.outcome = { answer: this.#current.run(operation.task, operation.perform) };
    } catch (error) {
      operation.outcome = { error: error as Error };
    }
  }

  #answer(operation: Operation): void {
    this.#operations = this.#operations.filter((other) => other !== operation);
    const { outcome } = operation;
    if (!outcome) return;
    if ('error' in outcome) operation.reject(outcome.error);
    else operation.resolve(outcome.answer);
  }

  /** Lets time pass, and cuts off what takes too long, each at its time. */
  #pass(ms: number): void {
    const end = this.now + ms;
    const late = [...this.#bounded].filter(({ until }) => until < end).sort((one, other) => one.until - other.until);
    for (const task of late) {
      this.#bounded.delete(task);
      if (task.over) continue;
      this.#move(task.until - this.now);
      this.cutOff(task);
    }
    this.#move(end - this.now);
  }

  #move(ms: number): void {
    const before = this.now;
    this.now += ms;
    for (const operation of this.#operations) {
      if (operation.deadline && operation.deadline.at < this.now) this.#expire(operation);
    }
    for (const zombie of this.#zombies) {
      if (zombie.until < this.now) this.#forget(zombie);
    }
    // Writes that arrive while time passes count from its beginning. Only reads of an older state could tell.
    this.#sequences.push({ at: before, sequence: this.db.sequence });
  }

  /** Lets the caller give up. A write that had not arrived may still arrive a little later, or never. */
  #expire(operation: Operation): void {
    const arrives = operation.outcome === undefined && operation.writes && this.random.chance(0.5);
    const until = (operation.deadline?.at ?? 0) + LATE_ARRIVAL_MS;
    if (arrives && this.now <= until) this.#zombies.push({ operation: { ...operation }, until });
    else if (arrives) this.#performAt(until, operation);
    try {
      operation.outcome = { answer: this.#current.run(operation.task, operation.expired) };
    } catch (error) {
      operation.outcome = { error: error as Error };
    }
    this.#answer(operation);
  }

  /** Carries out what arrived at a time that has passed by. */
  #performAt(time: number, operation: Operation): void {
    const { now } = this;
    this.now = time;
    this.#perform({ ...operation });
    this.now = now;
  }

  #land(): void {
    const zombie = this.random.pick(this.#zombies);
    this.#forget(zombie);
    this.#perform(zombie.operation);
  }

  #forget(zombie: { readonly operation: Operation }): void {
    this.#zombies = this.#zombies.filter((other) => other !== zombie);
  }

  #crash(): void {
    const tasks = [...new Set(this.#operations.map(({ task }) => task))];
    if (tasks.length === 0) return;
    this.cutOff(this.random.pick(tasks));
  }

  /** Cuts a run off. Its writes that are under way may have arrived. */
  cutOff(task: Task): void {
    if (task.over) return;
    task.over = true;
    this.#abandon(task);
    this.#ends.get(task)?.('crashed');
  }

  /** Drops the operations of a run that is over. Writes under way may have arrived. */
  #abandon(task: Task): void {
    for (const operation of this.#operations.filter((other) => other.task === task)) {
      if (!operation.outcome && operation.writes && this.random.chance(0.5)) this.#perform(operation);
    }
    this.#operations = this.#operations.filter((other) => other.task !== task);
  }

  #apply(command: Command): unknown {
    const task = this.task as Task;
    const asOf = this.random.chance(this.faults.stale)
      ? this.#olderSequence(command.input.IndexName === undefined ? LAG_MS : this.indexLagMs)
      : this.db.sequence;
    const answer = this.db.apply(command, { asOf });
    this.observe?.(task, command, answer);
    return answer;
  }

  #olderSequence(lagMs: number): number {
    const back = this.now - this.random.between(0, lagMs);
    return this.#sequences.findLast(({ at }) => at <= back)?.sequence ?? this.db.sequence;
  }

  #refusal(): Error {
    if (this.random.chance(0.5)) {
      return new ProvisionedThroughputExceededException({ message: 'Injected', $metadata: {} });
    }
    const CancellationReasons = [{ Code: 'TransactionConflict' }, { Code: 'None' }];
    return new TransactionCanceledException({ message: 'Injected', $metadata: {}, CancellationReasons });
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

/** Lets code run that does not wait for the scheduler. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
