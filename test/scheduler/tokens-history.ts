import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Asked, Crm, Tokens } from '#crms/crm';
import { openWith } from '#domain/sealing';
import { createSessions, type Sessions } from '#flows/crm/sessions';
import { tables } from '#lib/tables';
import { crmTokensContext, crmTokensKey } from '#store/accounts/keys';
import { createOpenCrms, type OpenCrms } from '#store/accounts/open-crms';
import { createStoreDeps } from '#store/dynamo/client';
import { BrokenRuleError } from './broken-rule.ts';
import { ACCOUNT, NAMES, plainCipher } from './machines.ts';
import { type Command, MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, Scheduler, type Task } from './scheduler.ts';
import { fateOf, MODES, TokensVendor } from './tokens-vendor.ts';

interface Machine {
  readonly sessions: Sessions;
  readonly crms: OpenCrms;
}

/** A refresh token on its way to the CRM. */
interface Sent {
  readonly refresh: string;
  readonly task: Task;
  readonly at: number;
}

interface StoredItem {
  readonly pair: { readonly key: string; readonly access: string; readonly refresh: string };
  readonly spare?: StoredItem['pair'];
  readonly grantId: string;
  readonly endedAt?: number;
}

/** How long a function lives at most (ms), where one is cut off. A machine that is put to sleep goes on later. */
const LIVES_MS = 120_000;
const CALL_MS = 10_000;
const UNREACHABLE = { kind: 'unreachable', reason: 'no answer' } as const;

/**
 * One generated history of a connection's tokens. Runs on three machines call the CRM and renew the pair, are cut off at any
 * moment or sleep, and the CRM answers late or never; a person takes the grant away and gives another one.
 */
export class TokensHistory {
  readonly #seed: number;
  readonly #random: Random;
  readonly #db = new MemoryDynamo(tables, NAMES);
  readonly #scheduler: Scheduler;
  readonly #vendor: TokensVendor;
  readonly #machines: readonly Machine[];
  readonly #faults: Faults;
  /** Whether a run may sleep for longer than a function lives. */
  readonly #sleepsLong: boolean;
  readonly #running = new Map<Task, number>();
  readonly #stored = new Set<string>();
  readonly #told: { readonly access: string; readonly task: Task }[] = [];
  readonly #cutOff = new Set<Task>();
  readonly #sent = new Set<Sent>();
  readonly #late: { readonly at: number; readonly land: () => void }[] = [];
  /** Whether an answer of the present grant was lost, with the pair in it. */
  #isLost = false;
  /** The access token of the present consent. */
  #consented = '';
  #connectionId = '';
  #broken: string | undefined;
  #ids = 0;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed);
    const random = this.#random;
    this.#scheduler = new Scheduler(random, this.#db);
    this.#vendor = new TokensVendor(random.pick(MODES));
    // Where a second use ends the grant, a lease helps only if it is longer than its holder lives.
    this.#sleepsLong = random.chance(0.3) && this.#vendor.mode !== 'family';
    const rough = random.chance(0.8) ? 1 : 0;
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0.005, 0.02]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    const dozes = random.pick([0, 0.05, 0.2]);
    // A new pair that is long under way finds what others did meanwhile.
    const dozesWithPair = this.#sleepsLong ? 0.5 : dozes;
    this.#scheduler.dozes = (command) =>
      isOfTokens(command) && random.chance(isOfPair(command) ? dozesWithPair : dozes);
    this.#machines = [0, 1, 2].map(() => this.#machine());
    this.#db.onWrite = (record) => this.#noticeWrite(record);
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    this.#db.apply(new PutCommand({ TableName: 'accounts', Item: { p: `account#${ACCOUNT}`, s: 'account' } }));
    this.#run('connect', ({ crms }) => this.#connect(crms));
    await this.#goOn();
    this.#scheduler.faults = this.#faults;
    for (let acts = this.#random.between(8, 24); acts > 0; acts -= 1) {
      this.#act();
      for (let steps = this.#random.pick([0, 4, 12, 60]); steps > 0; steps -= 1) await this.#step();
    }
    await this.#rest();
  }

  async #connect(crms: OpenCrms): Promise<void> {
    const open = await crms.connect(
      ACCOUNT,
      { crm: 'amocrm', app: {}, baseUrl: 'https://konvert.example', tokens: this.#consent() },
      'key',
    );
    this.#connectionId = open?.connection.connectionId ?? '';
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [8, () => this.#call()],
      [3, () => this.#refresh()],
      [5, () => this.#pass(random.pick([500, 30_000, 131_000, 310_000, 25 * 60_000, 40 * 60_000]))],
      [0.4, () => this.#vendor.revoke()],
      [0.2, () => this.#uninstall()],
      [0.7, () => this.#reconnect()],
    ])();
  }

  // What happens

  #call(): void {
    for (let calls = this.#random.pick([1, 1, 2, 4]); calls > 0; calls -= 1)
      this.#run('call', (on) => this.#callOn(on));
  }

  async #callOn({ sessions }: Machine): Promise<Asked<boolean>> {
    const { scheduler } = { scheduler: this.#scheduler };
    const deadline = () => ({ at: scheduler.now + CALL_MS }) as unknown as AbortSignal;
    return sessions.withSession(ACCOUNT, NEVER, async (_crm, { accessToken }) => {
      if (!this.#stored.has(accessToken)) this.#notice(`${accessToken} was used before it was stored`);
      const take = (): Asked<boolean> =>
        this.#vendor.call(accessToken, scheduler.now)
          ? { kind: 'ok', value: true }
          : { kind: 'unauthorized', code: '401', description: 'no' };
      return scheduler.call<Asked<boolean>>(deadline(), take, () => UNREACHABLE).catch(() => UNREACHABLE);
    });
  }

  #refresh(): void {
    this.#run('refresh', ({ sessions }) => sessions.refreshIfDue(ACCOUNT, NEVER));
  }

  #uninstall(): void {
    this.#vendor.revoke();
    this.#run('uninstall', async ({ crms }) => {
      const connection = await crms.now(ACCOUNT);
      // A hook of a former installation is not believed: it has another secret.
      if (connection && this.#vendor.isRevoked) await crms.noteEnded(connection);
    });
  }

  /** A person connects anew. The grant of before ends with that. */
  #reconnect(): void {
    this.#run('reconnect', async ({ crms }) => {
      const open = await crms.openNow(ACCOUNT);
      if (open) await crms.change(open, { tokens: this.#consent() }, 'key');
    });
  }

  #consent(): Tokens {
    this.#isLost = false;
    const { access, refresh, goodUntil } = this.#vendor.consent(this.#scheduler.now);
    this.#consented = access;
    return { accessToken: access, refreshToken: refresh, goodUntil };
  }

  /** The CRM is asked for a new pair. */
  async #ask(refreshToken: string, signal: AbortSignal): Promise<Asked<Tokens>> {
    const task = this.#scheduler.task as Task;
    this.#checkSent(refreshToken, task);
    const sent = { refresh: refreshToken, task, at: this.#scheduler.now };
    this.#sent.add(sent);
    const fate = this.#scheduler.faults === NO_FAULTS ? 'told' : fateOf(this.#random);
    let answer: Asked<Tokens> | undefined;
    const arrive = (): Asked<Tokens> => {
      answer = this.#vendor.refresh(refreshToken, this.#scheduler.now);
      if (answer.kind === 'ok') this.#isLost = true;
      return fate === 'mute' ? UNREACHABLE : answer;
    };
    const later = () => {
      this.#late.push({ at: this.#scheduler.now + this.#random.between(0, 20_000), land: arrive });
      return UNREACHABLE;
    };
    const got = await this.#scheduler
      .call<Asked<Tokens>>(signal, fate === 'late' ? later : arrive, () => UNREACHABLE)
      .catch((): Asked<Tokens> => UNREACHABLE);
    this.#sent.delete(sent);
    if (got.kind === 'ok') this.#told.push({ access: got.value.accessToken, task });
    return got;
  }

  // What is observed

  /** No refresh token is sent twice at once, and none that was replaced. */
  #checkSent(refresh: string, task: Task): void {
    const present = this.#present();
    const mine = present && refreshOf(this.#connectionId, present.pair);
    // The pair of a machine that slept for longer than its lease may be stored while another one asks.
    const isOfGrant = !this.#sleepsLong && this.#vendor.isOfPresentGrant(refresh);
    if (isOfGrant && mine !== undefined && mine !== refresh && this.#vendor.isOfPresentGrant(mine))
      this.#notice(`${refresh} was sent, and ${mine} is stored`);
    for (const other of this.#sent)
      if (
        other.task !== task &&
        !other.task.over &&
        other.refresh === refresh &&
        this.#scheduler.now < other.at + CALL_MS
      )
        this.#notice(`${refresh} was sent twice at once`);
  }

  #present(): StoredItem | undefined {
    const { p, s } = crmTokensKey(this.#connectionId);
    return this.#db.items('accounts').find((item) => item.p === p && item.s === s) as StoredItem | undefined;
  }

  #noticeWrite({ tableId, oldImage, newImage }: WriteRecord): void {
    if (tableId !== 'accounts' || newImage?.s !== 'tokens') return;
    const id = String(newImage.p).slice('crm#'.length);
    const [before, after] = [oldImage as unknown as StoredItem | undefined, newImage as unknown as StoredItem];
    for (const pair of [after.pair, after.spare]) if (pair) this.#noteStored(accessOf(id, pair));
    if (after.endedAt === undefined || before?.endedAt !== undefined) return;
    for (const pair of [after.pair, after.spare])
      if (pair && this.#vendor.lives(refreshOf(id, pair)))
        this.#notice(`the connection is declared ended, and ${refreshOf(id, pair)} lives`);
  }

  #noteStored(access: string): void {
    if (this.#stored.has(access)) return;
    this.#stored.add(access);
    if (this.#vendor.isNewest(access)) this.#isLost = false;
  }

  // Coming to rest

  async #rest(): Promise<void> {
    this.#scheduler.faults = NO_FAULTS;
    await this.#goOn();
    // The lease of a run that was cut off ends, the hourly run looks, and a refusal is looked at again.
    for (const ms of [310_000, 135_000, 310_000, 40 * 60_000, 310_000, 135_000, 310_000]) {
      this.#pass(ms);
      this.#refresh();
      await this.#goOn();
    }
    for (const { access, task } of this.#told)
      if (!this.#stored.has(access) && !this.#cutOff.has(task) && this.#vendor.isOfPresentGrant(access))
        this.#notice(`the pair of ${access} came and was never stored`);
    await this.#checkRest();
    this.#throw();
  }

  async #checkRest(): Promise<void> {
    const present = this.#present();
    const isEnded = present?.endedAt !== undefined;
    // A person whose request was cut off has ended the former grant with it, and connects again.
    const isUnstored = !this.#stored.has(this.#consented);
    const mayEnd = this.#vendor.isRevoked || isUnstored || (this.#vendor.losesPairs && this.#isLost);
    if (isEnded && !mayEnd) this.#notice('the connection has ended, and nothing was lost');
    if (!isEnded && this.#vendor.isRevoked) this.#notice('nobody noticed that the grant was taken away');
    if (isEnded) return;
    let answer: Asked<boolean> | undefined;
    this.#run('call', async (on) => {
      answer = await this.#callOn(on);
    });
    await this.#goOn();
    if (answer?.kind !== 'ok') this.#notice(`a call of the CRM is answered ${JSON.stringify(answer)}`);
  }

  #run(name: string, run: (on: Machine) => Promise<unknown>): void {
    const on = this.#random.pick(this.#machines);
    const task = this.#scheduler.start(
      name,
      () => run(on),
      (end, error) => {
        this.#running.delete(task);
        if (end === 'crashed') this.#cutOff.add(task);
        if (end === 'failed' && !INJECTED.includes((error as Error).name)) this.#notice(String((error as Error).stack));
      },
    );
    if (!task.over) this.#running.set(task, this.#scheduler.now);
  }

  async #step(): Promise<void> {
    if (!this.#sleepsLong) this.#cutOffBefore(this.#scheduler.now - LIVES_MS);
    await this.#scheduler.step();
    this.#landLate();
    this.#throw();
  }

  #pass(ms: number): void {
    if (!this.#sleepsLong) this.#cutOffBefore(this.#scheduler.now + ms - LIVES_MS);
    void this.#scheduler.wait(ms);
    this.#landLate();
  }

  /** Cuts off what began before that time: no function lives so long. */
  #cutOffBefore(time: number): void {
    for (const [task, since] of [...this.#running]) if (since < time) this.#scheduler.cutOff(task);
  }

  #landLate(): void {
    const due = this.#late.filter(({ at }) => at <= this.#scheduler.now);
    this.#late.splice(0, this.#late.length, ...this.#late.filter((late) => !due.includes(late)));
    for (const { land } of due) land();
  }

  /** Goes on until nothing is under way. What lives too long was cut off. */
  async #goOn(): Promise<void> {
    for (let steps = 0; this.#scheduler.busy || this.#running.size > 0; steps += 1) {
      if (steps > 50_000) this.#notice('the history does not come to rest');
      await this.#step();
    }
  }

  #notice(what: string): void {
    this.#broken ??= `${what} (${this.#vendor.mode})`;
  }

  #throw(): void {
    if (this.#broken !== undefined) throw new BrokenRuleError(this.#seed, this.#broken);
  }

  #machine(): Machine {
    const scheduler = this.#scheduler;
    const clock = scheduler.clock(this.#random.between(-this.#faults.skewMs, this.#faults.skewMs));
    const client = scheduler.client();
    const newId = () => {
      this.#ids += 1;
      return `id${this.#ids}`;
    };
    const crm = {
      name: 'amocrm',
      hostOf: () => 'demo.amocrm.ru',
      oauth: {
        refresh: (_app: unknown, { refreshToken }: Tokens & { refreshToken: string }, ...[, , signal]: AbortSignal[]) =>
          this.#ask(refreshToken, signal as AbortSignal),
      },
    } as unknown as Crm;
    const deps = {
      ...createStoreDeps({ client, tables: NAMES, clock, newId }),
      cipher: plainCipher,
      log: () => undefined,
      crmFor: () => crm,
      pause: (ms: number) => scheduler.call<void>(clock.deadline(ms), noop, noop).catch(noop),
    };
    return { sessions: createSessions(deps), crms: createOpenCrms(deps) };
  }
}

const NEVER = { aborted: false } as AbortSignal;
const INJECTED = ['TimeoutError', 'ProvisionedThroughputExceededException', 'TransactionCanceledException'];

function noop(): void {}

function isOfTokens({ input }: Command): boolean {
  return input.Key?.s === 'tokens';
}

function isOfPair({ input }: Command): boolean {
  return input.ExpressionAttributeValues?.[':pair'] !== undefined;
}

function accessOf(connectionId: string, { key, access }: StoredItem['pair']): string {
  return opened(connectionId, key, access, 'access');
}

function refreshOf(connectionId: string, { key, refresh }: StoredItem['pair']): string {
  return opened(connectionId, key, refresh, 'refresh');
}

/** The cipher of histories leaves the key as it is. */
function opened(connectionId: string, key: string, sealed: string, part: string): string {
  const context = `${crmTokensContext(connectionId)}#${part}`;
  return openWith(Buffer.from(key, 'base64'), Buffer.from(sealed, 'base64'), context);
}
