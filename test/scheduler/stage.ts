import type { Messenger } from '#channels/channel';
import type { Received, ReceivedMessage } from '#channels/inbound';
import type { Crm } from '#crms/crm';
import { chatOfKey } from '#domain/message';
import { tables } from '#lib/tables';
import { readFact } from '#store/chats/fact-item';
import { type Bell, bellOfMessage, comesBackAfter, delayOf } from './bells.ts';
import { BrokenRuleError } from './broken-rule.ts';
import { Machines, NAMES, playedMessenger } from './machines.ts';
import { MemoryDynamo } from './memory-dynamo.ts';
import type { Random } from './random.ts';
import { expectedProfile, PROFILES } from './reference.ts';
import { NO_FAULTS, Scheduler } from './scheduler.ts';

/** Something that a messenger tells until it is acknowledged. */
interface Delivery {
  readonly channelId: string;
  readonly item: Received;
  acknowledged: boolean;
  underWay: number;
}

/** The dependencies of a stage. */
export interface StageDeps {
  readonly seed: number;
  readonly random: Random;
  /** How far a machine's clock may be ahead or behind (ms). */
  readonly skewMs: number;
  readonly mostWrites?: number;
  /** Takes the replies. Without it nothing leaves. */
  readonly messenger?: Messenger;
  /** Calls the receiver of events. */
  readonly fetch?: typeof globalThis.fetch;
  /** The connected CRM, which is called at its pace. */
  readonly crm?: Crm;
  /** How often the message of a lane or task is lost on its way to its queue. The sweep makes that good. */
  readonly losesMessages?: number;
  /** Whether an error may be thrown there without being a finding. */
  readonly mayThrow?: (name: string, where: string) => boolean;
}

/** The functions by which something leaves. */
const DELIVERS = /^deliver-/;
const CLIENT_WRITES = '/webhooks/{transport}/{channelId}';
/** Errors that the scheduler injects. Any other error that is thrown is a finding. */
const INJECTED = [
  'TimeoutError',
  'ProvisionedThroughputExceededException',
  'TransactionCanceledException',
  'UnreachableError',
];

/** What histories of sight and of clients share: machines with one store, the messages of clients, and bells. */
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

  constructor(deps: StageDeps) {
    const { seed, random, skewMs, mostWrites, messenger, losesMessages = 0, mayThrow = () => false } = deps;

    this.#seed = seed;
    this.#random = random;
    this.scheduler = new Scheduler(random, this.db);
    this.machines = new Machines({
      scheduler: this.scheduler,
      skewMs,
      fetch: deps.fetch,
      crm: deps.crm,
      keepsPace: deps.crm !== undefined,
      ...(mostWrites !== undefined && { mostWrites }),
      messenger:
        messenger ?? playedMessenger({ send: async () => ({ kind: 'unreachable', reason: 'not part of a history' }) }),
      ring: (message) => {
        const bell = bellOfMessage({ at: this.scheduler.now + delayOf(message.queue), ...message });
        const mayBeLost = losesMessages > 0 && message.queue !== 'failedChats' && this.scheduler.faults !== NO_FAULTS;
        if (mayBeLost && random.chance(losesMessages)) return;
        if (messenger || !DELIVERS.test(bell.function)) this.ring(bell);
      },
      log: ({ error, at }) => {
        if (error === undefined || INJECTED.includes(String(error)) || mayThrow(String(error), String(at))) return;
        this.notice(`${error} was thrown ${at}`);
      },
    });
  }

  // What clients do

  /** A client writes. The message is delivered `times` times at once. */
  write(channelId: string, chatId: string, times = 1): ReceivedMessage {
    return this.writeAs(channelId, [{ chatType: 'telegram', chatId }], times);
  }

  /** The same for a client with those ids. */
  writeAs(channelId: string, ids: ReceivedMessage['ids'], times = 1): ReceivedMessage {
    this.#providerIds += 1;
    const providerId = `p${this.#providerIds}`;
    const time = this.scheduler.now - this.#random.between(0, 3_000);
    const author = this.#random.pick(PROFILES);
    const content = { type: 'text', text: 'x' } as const;
    const item = {
      kind: 'client',
      ids,
      providerId,
      time,
      opens: true,
      author,
      content,
    } as const;
    this.tell(channelId, item, times);
    return item;
  }

  /** Somebody sends a reply again that the messenger refused. */
  retryFailed(): void {
    const failed = this.db.items('outbox').filter(({ kind, f }) => kind === 'reply' && f !== undefined);
    if (failed.length === 0) return;
    const { l, e } = this.#random.pick(failed);
    const deliveryId = Buffer.from(JSON.stringify([l, e])).toString('base64url');
    const path = '/v1/deliveries/{deliveryId}/retry';
    this.machines.request('manage-deliveries', 'POST', path, { params: { deliveryId } });
  }

  /** The messenger tells something, `times` times at once and until it is acknowledged. */
  tell(channelId: string, item: Delivery['item'], times = 1): void {
    const delivery: Delivery = { channelId, item, acknowledged: false, underWay: 0 };
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

  /** Whether a bell is still to be heard. */
  get rings(): boolean {
    return this.#bells.length > 0;
  }

  /** When the next lane or task is due (epoch ms). */
  nextAt(): number | undefined {
    const waiting = this.db.items('outbox').filter(({ w }) => w !== undefined);
    return waiting.length === 0 ? undefined : Math.min(...waiting.map(({ nextAt }) => Number(nextAt)));
  }

  sweep(): void {
    this.machines.run('sweep-lanes', (app) => app.listeners['sweep-lanes']());
  }

  /** Does so many acts under those faults, with some steps after each, and leaves time for what failed to be tried again. */
  async playActs(
    faults: Scheduler['faults'],
    acts: number,
    act: () => void,
    stepsAfter: readonly number[] = [0, 5, 40],
  ): Promise<void> {
    this.scheduler.faults = faults;
    for (let left = acts; left > 0; left -= 1) {
      act();
      for (let steps = this.#random.pick(stepsAfter); steps > 0; steps -= 1) await this.step(0.25);
    }
    for (let steps = this.#random.pick([0, 0, 300]); steps > 0; steps -= 1) await this.step(0.25);
  }

  /** Makes one step. With that chance a bell is followed first, together with some that a batch may hold too. */
  async step(chance: number): Promise<void> {
    const due = this.#due();
    if (due.length > 0 && this.#random.chance(chance)) {
      const bell = this.#random.pick(due);
      const alike = (other: Bell) => other.function === bell.function;
      const together = due.filter((other) => other === bell || (alike(other) && this.#random.chance(0.3)));
      this.#hear(together);
    }
    await this.scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  #due(): Bell[] {
    return this.#bells.filter(({ at = 0 }) => at <= this.scheduler.now);
  }

  /** Delivers the bells of one function. */
  #hear(bells: readonly Bell[]): void {
    // A bell that stays is delivered twice. One comes back if its function fails.
    if (!this.#random.chance(0.1)) this.#silence(bells);
    const [first, ...others] = bells;
    if (!first) return;
    if ('queue' in first) for (const bell of bells) this.#hearMessage(bell);
    else this.#hearTogether([first, ...others]);
  }

  /** Delivers bells of a stream, which repeats them at once if the function fails. */
  #hearTogether(bells: readonly [Bell, ...Bell[]]): void {
    this.machines.hear(bells, (end, error) => {
      this.#checkGranted(error);
      if (end !== 'ok') this.#bells.push(...bells);
    });
  }

  /** Delivers one message of a queue. If the function fails it comes back, after a time that counts from here. */
  #hearMessage(bell: Bell): void {
    if (!('queue' in bell)) return;
    const at = this.scheduler.now + comesBackAfter(bell.queue);
    this.machines.hear([bell], (end, error) => {
      this.#checkGranted(error);
      if (end !== 'ok') this.#bells.push({ ...bell, at });
    });
  }

  /** A function that does what it may not is never done, and says so nowhere. */
  #checkGranted(error: unknown): void {
    if (error instanceof Error && / may not /.test(error.message)) this.notice(error.message);
  }

  #silence(bells: readonly Bell[]): void {
    for (const bell of bells) if (this.#bells.includes(bell)) this.#bells.splice(this.#bells.indexOf(bell), 1);
  }

  // Coming to rest

  /** Ends all faults, and makes steps so short that runs at once do not delay each other. */
  calmDown(): void {
    this.scheduler.faults = NO_FAULTS;
    this.scheduler.stepMs = 1;
  }

  /** Lets time pass until `end`, and does everything as soon as it is due. */
  async passUntil(end: number): Promise<void> {
    while (this.scheduler.now < end) {
      await this.hearAll();
      const next = Math.min(end, ...this.#bells.map(({ at = 0 }) => at));
      await this.scheduler.wait(Math.max(next - this.scheduler.now, 0));
    }
  }

  /** Sweeps every minute until nothing is left to do. */
  async settleDown(mostMinutes: number): Promise<void> {
    for (let minutes = 0; minutes <= mostMinutes; minutes += 1) {
      await this.hearAll();
      if (this.#bells.length === 0 && !this.db.items('outbox').some(({ w }) => w === 'task')) return;
      await this.scheduler.wait(60_000);
      this.sweep();
    }
    this.broken('the history does not come to rest');
  }

  /** Delivers every message, and follows every bell that is due by now. */
  async hearAll(): Promise<void> {
    for (let rounds = 0; rounds < 200; rounds += 1) {
      await this.goOn();
      const waiting = this.#deliveries.filter(({ acknowledged, underWay }) => !acknowledged && underWay === 0);
      for (const delivery of waiting) this.#post(delivery);
      const due = this.#due();
      if (due.length === 0 && waiting.length === 0 && this.machines.running === 0) return;
      for (const alike of Map.groupBy(due, (bell) => bell.function).values()) this.#hear(alike);
    }
    this.broken('bells ring for ever');
  }

  async goOn(): Promise<void> {
    while (this.scheduler.busy || this.machines.running > 0) await this.scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  // What is stored

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

  /**
   * D10: a contact that Konvert keeps has the client's best name, and the username beside it. If they write in two
   * channels, it is the best of either: one that was told there by turns may stay until the next change (ADR 25).
   */
  checkOwnNames(): void {
    for (const { s, own, card } of this.db.items('directory')) {
      if (own === undefined || !card) continue;
      const { name, contactData } = card as { name: string; contactData: { chatId: string; username?: string }[] };
      const [{ chatId = '', username } = {}] = contactData;
      const items = this.db.items('messages').filter(({ c, k }) => chatOfKey(String(c)).chatId === chatId && isFact(k));
      const told = [...Map.groupBy(items, ({ c }) => c).values()].map((ofChat) =>
        expectedProfile(ofChat.map(readFact)),
      );
      const known = told.filter((one) => one.name !== undefined || one.username !== undefined);
      const called = known.map((one) => [one.name ?? `@${one.username}`, one.username]);
      const best = called.find((one) => one[0] === name && one[1] === username) ?? called[0] ?? [chatId, undefined];
      this.same(`the name of ${s}`, [name, username], best);
    }
  }

  // Findings

  same(what: string, found: unknown, expected: unknown): void {
    if (JSON.stringify(found) === JSON.stringify(expected)) return;
    this.broken(`${what} is ${JSON.stringify(found)} and should be ${JSON.stringify(expected)}`);
  }

  /** Notes a finding. `step` throws it, because a handler may swallow an error that is thrown here. */
  notice(what: string): void {
    this.#rule ??= new BrokenRuleError(this.#seed, what);
  }

  broken(what: string): never {
    this.notice(what);
    throw this.#rule;
  }
}

function isFact(sortKey: unknown): boolean {
  return String(sortKey) < ':';
}
