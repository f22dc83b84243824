import type { Received } from '#channels/channel';
import { queues } from '#lib/queues';
import { tables } from '#lib/tables';
import { BrokenRuleError } from './broken-rule.ts';
import { Machines, NAMES, playedMessenger, type Rung } from './machines.ts';
import { MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import type { Random } from './random.ts';
import { NO_FAULTS, Scheduler } from './scheduler.ts';

/** A client's message, which is delivered until it is acknowledged. */
interface Delivery {
  readonly channelId: string;
  readonly item: Received & { readonly chatId: string };
  acknowledged: boolean;
  underWay: number;
}

/** Something to be heard later: a write of facts or addresses, a task, or a chat whose fold failed. */
export type Bell = (
  | { readonly kind: 'fold' | 'assign'; readonly record: WriteRecord }
  | Exclude<Rung, { kind: 'lane' }>
) & {
  /** When it may be heard, by the scheduler's clock; at once where it does not say. */
  readonly at?: number;
};

/** What a history sets its stage up with. */
export interface StageDeps {
  readonly seed: number;
  readonly random: Random;
  /** How far the clocks of the machines are apart (ms). */
  readonly skewMs: number;
  readonly mostWrites?: number;
  /** Whether it is no finding that this was thrown there. */
  readonly mayThrow?: (name: string, where: string) => boolean;
}

const CLIENT_WRITES = '/webhooks/{transport}/{channelId}';
/** What goes wrong in the play itself; everything else that is thrown is a finding. */
const INJECTED = [
  'TimeoutError',
  'ProvisionedThroughputExceededException',
  'TransactionCanceledException',
  'UnreachableError',
];

/** What histories of teams and clients play on: machines with one store, what clients sent, and bells to be heard. */
export class Stage {
  readonly db = new MemoryDynamo(tables, NAMES);
  readonly scheduler: Scheduler;
  readonly machines: Machines;
  readonly #seed: number;
  readonly #random: Random;
  readonly #deliveries: Delivery[] = [];
  readonly #bells: Bell[] = [];
  #rule: BrokenRuleError | undefined;
  #providerIds = 0;

  constructor({ seed, random, skewMs, mostWrites, mayThrow = () => false }: StageDeps) {
    this.#seed = seed;
    this.#random = random;
    this.scheduler = new Scheduler(random, this.db);
    this.machines = new Machines({
      scheduler: this.scheduler,
      skewMs,
      ...(mostWrites !== undefined && { mostWrites }),
      messenger: playedMessenger({ send: async () => ({ kind: 'unreachable', reason: 'not part of a history' }) }),
      ring: (bell) => {
        if (bell.kind === 'lane') return;
        const delayed = bell.kind === 'failed' && { at: this.scheduler.now + queues.failedChats.delaySeconds * 1_000 };
        this.ring({ ...bell, ...delayed });
      },
      log: ({ error, at }) => {
        if (error === undefined || INJECTED.includes(String(error)) || mayThrow(String(error), String(at))) return;
        this.notice(`${error} was thrown ${at}`);
      },
    });
  }

  // What clients do

  /** A client writes; the message may be delivered several times at once. */
  write(channelId: string, chatId: string, times = 1): void {
    this.#providerIds += 1;
    const delivery: Delivery = {
      channelId,
      item: {
        kind: 'client',
        chatType: 'telegram',
        chatId,
        providerId: `p${this.#providerIds}`,
        time: this.scheduler.now - this.#random.between(0, 3_000),
        opens: true,
        author: { name: 'Client' },
        content: { type: 'text', text: 'x' },
      },
      acknowledged: false,
      underWay: 0,
    };
    this.#deliveries.push(delivery);
    for (let left = times; left > 0; left -= 1) this.#post(delivery);
  }

  deliverAgain(): void {
    if (this.#deliveries.length > 0) this.#post(this.#random.pick(this.#deliveries));
  }

  #post(delivery: Delivery): void {
    delivery.underWay += 1;
    this.machines.request('receive-message', 'POST', CLIENT_WRITES, {
      params: { transport: 'telegram', channelId: delivery.channelId },
      body: [delivery.item],
      done: (status) => {
        delivery.underWay -= 1;
        if (status === 200) delivery.acknowledged = true;
      },
    });
  }

  // Bells

  ring(bell: Bell): void {
    this.#bells.push(bell);
  }

  sweep(): void {
    this.machines.run('sweep', (app) => app.sweepLanes());
  }

  /** Goes on by one step; with that chance a bell is heard before, and with it some that a batch may hold too. */
  async step(chance: number): Promise<void> {
    const due = this.#due();
    if (due.length > 0 && this.#random.chance(chance)) {
      const bell = this.#random.pick(due);
      const together = due.filter((other) => other === bell || (other.kind === bell.kind && this.#random.chance(0.3)));
      this.#hear(bell.kind, together);
    }
    await this.scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  #due(): Bell[] {
    return this.#bells.filter(({ at = 0 }) => at <= this.scheduler.now);
  }

  #hear(kind: Bell['kind'], bells: readonly Bell[]): void {
    // A bell that is heard twice stays; so does one whose consumer breaks off.
    if (!this.#random.chance(0.1)) this.#silence(bells);
    // A queue gives out one at a time.
    if (kind === 'task' || kind === 'failed') for (const bell of bells) this.#hearOne(bell);
    else this.#hearTogether(kind, bells);
  }

  /** A stream repeats at once what was broken off. */
  #hearTogether(kind: 'fold' | 'assign', bells: readonly Bell[]): void {
    const again = (end: string) => {
      if (end !== 'ok') this.#bells.push(...bells);
    };
    const event = { Records: bells.map(recordOf) } as never;
    if (kind === 'fold') this.machines.run('fold-chat', (app) => app.foldChat(event), again);
    else this.machines.run('assign-contact', (app) => app.assignContact(event), again);
  }

  /** What a queue gave out comes back after its time, counted from then. */
  #hearOne(bell: Bell): void {
    const { comesBackAfterSeconds } = bell.kind === 'task' ? queues.tasks : queues.failedChats;
    const at = this.scheduler.now + comesBackAfterSeconds * 1_000;
    const again = (end: string) => {
      if (end !== 'ok') this.#bells.push({ ...bell, at });
    };
    const event = { Records: [recordOf(bell)] } as never;
    if (bell.kind === 'task') this.machines.run('do-tasks', (app) => app.doTasks(event), again);
    else this.machines.run('retry-fold', (app) => app.retryFold(event), again);
  }

  #silence(bells: readonly Bell[]): void {
    for (const bell of bells) if (this.#bells.includes(bell)) this.#bells.splice(this.#bells.indexOf(bell), 1);
  }

  // Coming to rest

  /** From here on nothing goes wrong any more, on machines enough: what is done at once is not paid for by the next. */
  calmDown(): void {
    this.scheduler.faults = NO_FAULTS;
    this.scheduler.stepMs = 1;
  }

  /** Time passes up to then, and everything is done as soon as it may be. */
  async passUntil(end: number): Promise<void> {
    while (this.scheduler.now < end) {
      await this.hearAll();
      const next = Math.min(end, ...this.#bells.map(({ at = 0 }) => at));
      await this.scheduler.wait(Math.max(next - this.scheduler.now, 0));
    }
  }

  /** Sweeps come every minute, until nothing is left to be done. */
  async settleDown(mostMinutes: number): Promise<void> {
    for (let minutes = 0; minutes <= mostMinutes; minutes += 1) {
      await this.hearAll();
      if (this.#bells.length === 0 && !this.db.items('outbox').some(({ w }) => w === 'task')) return;
      await this.scheduler.wait(60_000);
      this.sweep();
    }
    this.broken('the history does not come to rest');
  }

  /** Everything is delivered and every bell heard that rings by now. */
  async hearAll(): Promise<void> {
    for (let rounds = 0; rounds < 200; rounds += 1) {
      await this.goOn();
      const waiting = this.#deliveries.filter(({ acknowledged, underWay }) => !acknowledged && underWay === 0);
      for (const delivery of waiting) this.#post(delivery);
      const due = this.#due();
      if (due.length === 0 && waiting.length === 0 && this.machines.running === 0) return;
      for (const [kind, alike] of Map.groupBy(due, ({ kind }) => kind)) this.#hear(kind, alike);
    }
    this.broken('bells ring for ever');
  }

  async goOn(): Promise<void> {
    while (this.scheduler.busy || this.machines.running > 0) await this.scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  // What is there

  /** The rows of the chats in which something was said. */
  chatRows() {
    return this.db.items('chats').filter(({ s, chat }) => s === '-' && chat !== undefined);
  }

  /** The keys of those chats. */
  chats(): string[] {
    return this.chatRows().map(({ c }) => String(c));
  }

  anyChat(): string | undefined {
    const chats = this.chats();
    return chats.length === 0 ? undefined : this.#random.pick(chats);
  }

  // Findings

  same(what: string, found: unknown, expected: unknown): void {
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    this.broken(`${what} is ${JSON.stringify(found)} and should be ${JSON.stringify(expected)}`);
  }

  /** Remembered, because whoever finds it may be deep inside what a task does. */
  notice(what: string): void {
    this.#rule ??= new BrokenRuleError(this.#seed, what);
  }

  broken(what: string): never {
    this.notice(what);
    throw this.#rule;
  }
}

/** A bell as a stream or a queue brings it. */
function recordOf(bell: Bell) {
  switch (bell.kind) {
    case 'fold':
      return streamRecord(bell.record, 'c', 'k');
    case 'assign':
      return streamRecord(bell.record, 'a', 's');
    case 'failed':
      return { body: bell.body };
    case 'task':
      return { body: bell.name };
    default:
      return bell satisfies never;
  }
}

function streamRecord({ oldImage, newImage }: WriteRecord, partition: string, sort: string) {
  const image = newImage ?? oldImage ?? {};
  const Keys = { [partition]: { S: image[partition] }, [sort]: { S: image[sort] } };
  return { eventName: newImage ? 'MODIFY' : 'REMOVE', dynamodb: { Keys } };
}
