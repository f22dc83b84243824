import type { Sent } from '#channels/outbound';
import { addressOfChat } from '#domain/address';
import type { Chat } from '#domain/chat';
import { chatOfKey } from '#domain/message';
import { writeSeenUpTo } from '#domain/seen';
import { functions } from '#lib/functions';
import { lengthenKeys } from '#store/chats/short-keys';
import { connectorLane } from '#store/outbox/lane-names';
import { taskName } from '#store/outbox/task-kinds';
import { bellOfMessage, bellsOfWrite } from './bells.ts';
import { ACCOUNT, playedMessenger, prepareAccount, SECRET } from './machines.ts';
import type { Command, WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { expectedChat } from './reference.ts';
import { type Faults, NO_FAULTS, type Task } from './scheduler.ts';
import { Stage } from './stage.ts';
import { type CrmKind, WaitsCrm } from './waits-crm.ts';
import { type Waiting, WaitsLedger } from './waits-ledger.ts';

/** The settings that were requested last for a channel. */
interface Chosen {
  readonly mode: string;
  readonly userRoles: readonly { userId: string; role: string; allowGetNewClients: boolean }[];
  readonly schedule?: string | null;
  readonly waiting?: Waiting | null;
}

const CHANNELS = ['channel-1', 'channel-2'];
const USERS = ['anna', 'boris', 'clara', 'dina', 'head'];
const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
const SETTINGS = '/v1/settings/channels/{channelId}';
const CRMS: readonly (readonly [number, CrmKind])[] = [
  [4, 'none'],
  [1, 'receiver'],
  [1, 'connector'],
];
const SCHEDULES = ['office', 'nights'];
const MINUTE_MS = 60_000;
/** How long anything but a waiting client may take to come to rest. */
const MINUTES_TO_REST = 6;
/** A connected CRM is called at its pace, and looked at once more. */
const MINUTES_OF_CONNECTOR = 20;
/** What some histories have more of than others, so that what is rare happens often enough to be judged. */
type Emphasis = 'nothing' | 'statuses' | 'hours' | 'outages' | 'doubles' | 'silence' | 'nobody on';
const EMPHASES: readonly (readonly [number, Emphasis])[] = [
  [6, 'nothing'],
  [1, 'statuses'],
  [1, 'hours'],
  [1, 'outages'],
  [1, 'doubles'],
  [1.5, 'silence'],
  [1, 'nobody on'],
];
/** Where an assignment fails because the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;
/** These wait for their time, which may be far away. */
const FOR_LATER = /^task#(wait|shift)#/;

/**
 * One generated history of clients who wait. They write, late too, while the team answers, is away, changes, and hands over,
 * and the clock warns, returns, tells and lets go. No answer is overtaken, who gets a return is who waited longest for one,
 * nothing happens twice or too early, and in the end nobody waits for ever (I8–I12).
 */
export class WaitsHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #ledger: WaitsLedger;
  readonly #dozes: number;
  /** Whether some bells are lost. Sweeps make those of tasks good, and only the watchdog those of a stream. */
  readonly #losesBells: boolean;
  readonly #chosen = new Map<string, Chosen>();
  readonly #contacts = new Set<string>();
  readonly #minutes: number;
  readonly #mostPeople: number;
  readonly #mostChannels: number;
  readonly #disables: boolean;
  readonly #pushesContacts: boolean;
  readonly #hasSchedules: boolean;
  readonly #emphasis: Emphasis;
  /** Whether the team answers on the phone where it is silent in Konvert. */
  readonly #onPhones: boolean;
  readonly #crm: WaitsCrm;
  #people = 0;
  #words = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    // Drawn apart: histories without emphasis are those that were played before there was any.
    this.#emphasis = new Random(seed ^ 0x5eed).weighted(EMPHASES);
    this.#onPhones = new Random(seed ^ 0xf0e).chance(0.5);
    const forCrm = new Random(seed ^ 0xc4a);
    const kind = this.#emphasis === 'nothing' ? forCrm.weighted(CRMS) : 'none';
    this.#crm = new WaitsCrm(kind, forCrm, () => this.#stage);
    const rough = random.chance(0.7) ? 1 : 0;
    this.#dozes = rough * random.pick([0, 0.02, 0.1]);
    this.#losesBells = random.chance(0.2);
    this.#minutes = random.pick([2, 3, 5]);
    this.#mostPeople = random.pick([1, 2, 4, 6]);
    this.#mostChannels = random.pick([1, 1, 2]);
    this.#disables = random.chance(0.15) || this.#emphasis === 'outages';
    this.#pushesContacts = random.chance(0.25);
    this.#hasSchedules = random.chance(0.35) || this.#emphasis === 'hours';
    this.#faults = {
      error: rough * random.pick([0, 0.01, 0.04]),
      lostAnswer: rough * random.pick([0, 0.01, 0.03]),
      crash: rough * random.pick([0, 0.003, 0.01]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0, 0.003, 0.01]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_000]),
    };
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      mostWrites: random.pick([100, 100, 12]),
      fetch: (...asked) => this.#crm.fetch(...asked),
      ...(kind === 'connector' && { crm: this.#crm.model.crm }),
      losesMessages: rough * random.pick([0, 0.05, 0.2]),
      messenger: playedMessenger({ send: (_credentials, _reply, signal) => this.#send(signal) }),
      mayThrow: (name, where) => NOT_YET.test(where) || name === 'ContentionError',
    });
    const { scheduler, db } = this.#stage;
    this.#ledger = new WaitsLedger({
      broken: (what) => this.#stage.notice(what),
      now: () => scheduler.now,
      skewMs: this.#faults.skewMs,
    });
    scheduler.indexLagMs = random.pick([3_000, 12_000]);
    scheduler.mostMs = (name) => secondsOf(name) * 1_000;
    scheduler.dozes = (command) => decides(command) && random.chance(this.#dozes);
    scheduler.observe = (task, command) => this.#observe(task, command);
    db.onWrite = (record) => this.#noticeWrite(record);
  }

  /** How many acts the clock did, by kind. */
  get acts(): WaitsLedger['counts'] {
    return this.#ledger.counts;
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    this.#stage.scheduler.faults = this.#faults;
    for (let acts = this.#random.between(12, 40); acts > 0; acts -= 1) {
      await this.#act();
      for (let steps = this.#random.pick([0, 5, 20, 60]); steps > 0; steps -= 1) await this.#stage.step(0.25);
    }
    await this.#rest();
    this.#check();
  }

  async #prepare(): Promise<void> {
    prepareAccount(this.#stage.db, CHANNELS);
    const body = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/pipelines', { body });
    for (const userId of USERS) this.#putUser(userId);
    await this.#stage.goOn();
    if (this.#crm.kind !== 'none') await this.#crm.prepare(USERS);
    await this.#stage.goOn();
    if (this.#hasSchedules) for (const name of SCHEDULES) this.#saveSchedule(name);
    await this.#settle();
    for (const channelId of CHANNELS) this.#saveSettings(channelId, true);
    await this.#settle();
  }

  async #act(): Promise<void> {
    const random = this.#random;
    await random.weighted<() => unknown>([
      [10, () => this.#tick()],
      [5, () => this.#writes()],
      [1, () => this.#writeTogether()],
      [4, () => this.#replies()],
      [3, () => this.#repliesAtMark()],
      [1, () => this.#echo()],
      [1, () => this.#saysNoReplyNeeded()],
      [0.5, () => this.#takesBack()],
      [1, () => this.#stage.retryFailed()],
      [0.7, () => this.#handsOver()],
      [1, () => this.#stage.deliverAgain()],
      [this.#pushesContacts ? 1.5 : 0, () => this.#pushContact()],
      [this.#pushesContacts ? 0.8 : 0, () => this.#removeContact()],
      [0.8, () => this.#saveSettings(this.#anyChannel(), false)],
      [1.2, () => this.#setStatus()],
      [this.#hasSchedules ? 0.7 : 0, () => this.#saveSchedule(random.pick(SCHEDULES))],
      [this.#hasSchedules ? 0.7 : 0, () => this.#setSchedule()],
      [0.3, () => this.#putUser(random.pick(USERS))],
      [0.2, () => this.#removeUser(random.pick(USERS))],
      [this.#disables ? 1 : 0, () => this.#switchChannel()],
      [this.#crm.kind === 'none' ? 0 : 1.5, () => this.#crm.switchHearing()],
      ...this.#more(),
    ])();
  }

  /** What this history has more of. */
  #more(): [number, () => unknown][] {
    switch (this.#emphasis) {
      case 'statuses':
        return [[6, () => this.#setStatuses()]];
      case 'hours':
        return [[4, () => this.#changesHoursAtMark()]];
      case 'outages':
        return [[3, () => this.#hasOutage()]];
      case 'doubles':
        return [[5, () => this.#mindsTwice()]];
      case 'nobody on':
        return [[2, () => this.#allGo()]];
      case 'silence':
        return this.#onPhones ? [[4, () => this.#echo()]] : [];
      case 'nothing':
        return [];
      default:
        return this.#emphasis satisfies never;
    }
  }

  /** Time passes, and a sweep comes at its end, or none, or two. What is due meanwhile is done in between. */
  async #tick(): Promise<void> {
    const random = this.#random;
    const ms = random.pick([5_000, 15_000, 30_000, 61_000, 61_000, 61_000, 130_000]);
    if (random.chance(0.8)) await this.#letEnd();
    const end = this.#stage.scheduler.now + ms;
    for (let parts = 4; parts > 0; parts -= 1) {
      await this.#stage.scheduler.wait(Math.max(0, Math.round((end - this.#stage.scheduler.now) / parts)));
      for (let steps = random.pick([4, 12, 30]); steps > 0; steps -= 1) await this.#stage.step(0.4);
    }
    for (let sweeps = random.pick([0, 1, 1, 2]); sweeps > 0; sweeps -= 1) this.#stage.sweep();
  }

  /** Lets what is under way come to its end, mostly. */
  async #letEnd(): Promise<void> {
    for (let steps = 400; steps > 0 && this.#stage.machines.running > 0; steps -= 1) await this.#stage.step(0.05);
  }

  // What clients do

  /** Mostly now, sometimes long ago by the messenger's clock, or ahead of us. */
  #writes(): void {
    const random = this.#random;
    if (this.#people < this.#mostPeople && random.chance(0.7)) this.#people += 1;
    const ago = random.weighted<() => number>([
      [8, () => random.between(0, 3_000)],
      [1, () => random.between(4, 9) * MINUTE_MS],
      [1, () => random.between(20, 90) * MINUTE_MS],
      [0.5, () => -random.between(1, 30) * MINUTE_MS],
    ])();
    const time = this.#stage.scheduler.now - ago;
    const content = { type: 'text', text: 'x' } as const;
    const told = { ...this.#told(time), opens: true, author: {}, content, kind: 'client' } as const;
    this.#stage.tell(
      this.#anyChannel(),
      { ...told, ids: [{ chatType: 'telegram', chatId: this.#anybody() }] },
      random.pick([1, 1, 2]),
    );
  }

  /** The bell of a client who is about to leave comes more often than once, each time to another machine. */
  async #mindsTwice(): Promise<void> {
    const random = this.#random;
    const marked = this.#marked();
    if (marked.length === 0) return this.#tick();
    const chat = random.pick(marked);
    const left = (this.#leavesAt(chat) ?? 0) - this.#stage.scheduler.now;
    if (left > 0 && left < 2 * MINUTE_MS) await this.#stage.scheduler.wait(left);
    for (let bells = random.between(2, 4); bells > 0; bells -= 1) {
      this.#stage.ring(bellOfMessage({ queue: 'waits', body: taskName({ kind: 'wait', chatKey: chat }) }));
      for (let steps = random.pick([0, 3, 8]); steps > 0; steps -= 1) await this.#stage.step(0.8);
    }
    await this.#letEnd();
  }

  /** Several write at once, and are late at once. */
  #writeTogether(): void {
    for (let people = this.#mostPeople; people > 0; people -= 1) this.#writes();
  }

  #echo(): void {
    const chat = this.#anyChat();
    if (chat === undefined) return;
    const random = this.#random;
    const { channelId, chatId } = chatOfKey(chat);
    const time = this.#stage.scheduler.now - random.pick([0, 1_000, 8_000]);
    const content = { type: 'text', text: 'phone' } as const;
    const by = random.chance(0.2) ? ({ by: 'automatic' } as const) : {};
    const told = { ...this.#told(time), opens: false, author: { name: 'Shop' }, content, kind: 'echo', ...by } as const;
    this.#stage.tell(channelId, { ...told, ids: [{ chatType: 'telegram', chatId }] });
  }

  #told(time: number) {
    this.#words += 1;
    return { providerId: `w${this.#words}`, time };
  }

  // What the team does

  /** Anybody may try: who has the client, had it, or gets it next, a head, or the CRM itself. */
  #replies(): void {
    const chat = this.#anyChat();
    if (chat === undefined) return;
    const random = this.#random;
    const owner = this.#ownerOf(chat);
    for (let users = random.pick([1, 1, 2]); users > 0; users -= 1) {
      const userId = random.chance(0.5) && owner !== undefined ? owner : random.pick([...USERS, undefined]);
      this.#reply(chat, userId);
    }
  }

  /** Somebody answers a client who is about to leave: in the last seconds, or while the client leaves. */
  async #repliesAtMark(): Promise<void> {
    const random = this.#random;
    const marked = this.#marked();
    if (marked.length === 0) return this.#tick();
    const chat = random.pick(marked);
    const left = (this.#leavesAt(chat) ?? 0) - this.#stage.scheduler.now - random.pick([14_000, 5_000, 1_000, 300, 0]);
    if (left > 0 && left < 2 * MINUTE_MS) await this.#stage.scheduler.wait(left);
    const owner = this.#ownerOf(chat);
    if (random.chance(0.8)) this.#reply(chat, random.chance(0.8) ? owner : random.pick(USERS));
    else random.pick([() => this.#echo(), () => this.#saysNoReplyNeeded(), () => this.#handsOver()])();
    for (let steps = random.pick([5, 15, 40]); steps > 0; steps -= 1) await this.#stage.step(0.3);
    if (random.chance(0.5)) await this.#stage.scheduler.wait(random.pick([500, 3_000, 10_000, 13_000]));
  }

  #reply(chat: string, userId: string | undefined): void {
    const random = this.#random;
    // A head may answer where nobody else does.
    if (this.#emphasis === 'silence' && userId !== 'head') return;
    const body = {
      ...chatOfKey(chat),
      text: 'our answer',
      ...(userId !== undefined && { crmUserId: userId }),
      ...(random.chance(0.1) && { clearUnanswered: false }),
      ...(random.chance(0.15) && { seenUpTo: this.#seenOf(chat) }),
    };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
  }

  /** The messenger takes a reply, refuses it, or cannot be reached. */
  #send(signal: AbortSignal): Promise<Sent> {
    const { scheduler } = this.#stage;
    const random = this.#random;
    this.#words += 1;
    const providerId = `s${this.#words}`;
    const refuses = scheduler.faults !== NO_FAULTS && random.chance(0.25);
    const refusal = { reason: 'BAD_CONTACT', code: '403', description: 'blocked' } as const;
    const take = (): Sent => (refuses ? { kind: 'refused', refusal } : { kind: 'sent', providerId });
    return scheduler.call<Sent>(signal, take, () => ({ kind: 'unreachable', reason: 'aborted' }));
  }

  #saysNoReplyNeeded(): void {
    const chat = this.#anyChat();
    if (chat === undefined) return;
    const body = { noReplyNeeded: true, seenUpTo: this.#seenOf(chat) };
    this.#decide(chat, body);
  }

  #takesBack(): void {
    const chat = this.#anyChat();
    if (chat !== undefined) this.#decide(chat, { noReplyNeeded: false });
  }

  #decide(chat: string, body: object): void {
    const path = `${CHAT}/no-reply-needed`;
    this.#stage.machines.request('set-no-reply-needed', 'PUT', path, { params: chatOfKey(chat), body });
  }

  #handsOver(): void {
    const chat = this.#anyChat();
    if (chat === undefined) return;
    const body = { userId: this.#random.pick(USERS) };
    this.#stage.machines.request('hand-over', 'PUT', `${CHAT}/responsible`, { params: chatOfKey(chat), body });
  }

  /** Somebody is away, for a time or until they say otherwise, or is there again. The CRM, a head or they themselves say so. */
  #setStatus(): void {
    const random = this.#random;
    const userId = random.pick(USERS);
    const until = random.chance(0.4)
      ? { until: new Date(this.#stage.scheduler.now + random.between(1, 20) * MINUTE_MS).toISOString() }
      : {};
    const back = random.chance(0.2) ? { return: true } : {};
    const body = random.chance(0.5) ? { status: 'away', ...until, ...back } : { status: 'on' };
    const by = random.pick([undefined, userId, 'head']);
    const path = '/v1/users/{userId}/status';
    this.#stage.machines.request('manage-team', 'PUT', path, { params: { userId }, body, userId: by });
  }

  /** Two are away, or there again, at once. */
  #setStatuses(): void {
    this.#setStatus();
    this.#setStatus();
  }

  /** Everybody is away, for a time or until they say otherwise. */
  #allGo(): void {
    const random = this.#random;
    const isGone = random.chance(0.7);
    const until =
      isGone && random.chance(0.5) ? this.#stage.scheduler.now + random.between(2, 9) * MINUTE_MS : undefined;
    const ends = until === undefined ? {} : { until: new Date(until).toISOString() };
    for (const userId of USERS) {
      const body = isGone ? { status: 'away', ...ends } : { status: 'on' };
      const path = '/v1/users/{userId}/status';
      this.#stage.machines.request('manage-team', 'PUT', path, { params: { userId }, body });
    }
  }

  #setSchedule(): void {
    const random = this.#random;
    const params = { userId: random.pick(USERS) };
    const body = { schedule: random.chance(0.3) ? null : random.pick(SCHEDULES) };
    this.#stage.machines.request('manage-team', 'PUT', '/v1/users/{userId}/schedule', { params, body });
  }

  // What is set

  /** Hours with borders in the next hours, the same each day. */
  #saveSchedule(name: string): void {
    const random = this.#random;
    const zone = random.pick(['UTC', 'Europe/Moscow', 'Asia/Kolkata']);
    // The history begins at 8:00 UTC.
    const begins = { UTC: 480, 'Europe/Moscow': 660, 'Asia/Kolkata': 810 }[zone] ?? 480;
    const since = begins + Math.floor((this.#stage.scheduler.now - this.#stage.scheduler.epoch) / MINUTE_MS);
    const opens = since - random.between(1, 60);
    const lunch = since + random.between(2, 25);
    const after = lunch + random.between(2, 20);
    const day = [
      [timeOf(opens), timeOf(lunch)],
      [timeOf(after), timeOf(after + random.between(10, 300))],
    ];
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((one) => [one, day]));
    const exceptions = random.chance(0.1) ? { '2027-01-16': [] } : {};
    const body = { schedules: { [name]: { zone, week, exceptions } } };
    this.#stage.machines.request('manage-settings', 'PATCH', '/v1/settings', { body });
  }

  /** While somebody is about to lose their client the channel closes for some minutes: for lunch, or by other hours. */
  async #changesHoursAtMark(): Promise<void> {
    const random = this.#random;
    const isMarked = (one: string) => this.#ledger.settingsOf(chatOfKey(one).channelId)?.schedule !== undefined;
    for (let ticks = 4; ticks > 0 && !this.#marked().some(isMarked); ticks -= 1) await this.#tick();
    const chat = this.#marked().find(isMarked);
    if (chat === undefined) return;
    const { schedule = '' } = this.#ledger.settingsOf(chatOfKey(chat).channelId) ?? {};
    const minutes = Math.floor((this.#stage.scheduler.now - this.#stage.scheduler.epoch) / MINUTE_MS);
    const at = (after: number) => timeOf(480 + minutes + after);
    // Closed at once or in a minute, for one to three minutes.
    const closes = random.between(0, 1);
    const opens = closes + random.between(1, 3);
    const day = [
      [at(-60), at(closes)],
      [at(opens), at(opens + 240)],
    ];
    const week = Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((one) => [one, day]));
    const body = { schedules: { [schedule]: { zone: 'UTC', week, exceptions: {} } } };
    this.#stage.machines.request('manage-settings', 'PATCH', '/v1/settings', { body });
  }

  #saveSettings(channelId: string, isFirst: boolean): void {
    const random = this.#random;
    const known = this.#chosen.get(channelId);
    const chosen = isFirst || !known ? this.#anySettings(0.95) : this.#changed(known);
    this.#chosen.set(channelId, chosen);
    const { mode, ...others } = chosen;
    const body = { newClients: { mode, pipelineId: '1', stageId: '10' }, ...others };
    for (let saves = random.pick([1, 1, 2]); saves > 0; saves -= 1) {
      this.#stage.machines.request('manage-settings', 'PUT', SETTINGS, { params: { channelId }, body });
    }
  }

  #anySettings(switchedOn: number): Chosen {
    const random = this.#random;
    const userRoles = USERS.filter(() => random.chance(0.9)).map((userId) => {
      const role = userId === 'head' ? 'manager' : random.chance(0.95) ? 'seller' : 'auditor';
      const receives = role !== 'auditor' && random.chance(userId === 'head' ? 0.2 : switchedOn);
      return { userId, role, allowGetNewClients: receives };
    });
    const isOften = this.#emphasis === 'hours' ? 0.9 : 0.5;
    const schedule = this.#hasSchedules && random.chance(isOften) ? { schedule: random.pick(SCHEDULES) } : {};
    return { mode: 'round-robin', userRoles, ...schedule, waiting: this.#anyWaiting() };
  }

  #anyWaiting(): Waiting {
    const random = this.#random;
    return {
      returnAfterMinutes: random.chance(0.9) ? this.#minutes : null,
      returnsAtMost: random.pick([1, 2, 3, 3]),
      then: random.chance(0.7) ? 'pool' : 'keep',
      tellHeadsAfterMinutes: random.pick([this.#minutes, this.#minutes + 2, this.#minutes + 4, null]),
      awayAfterReturns: random.pick([0, 2, 2]),
      outsideHours: random.chance(0.7) ? 'give' : 'hold',
    };
  }

  #changed(before: Chosen): Chosen {
    const random = this.#random;
    return random.weighted<() => Chosen>([
      [3, () => ({ ...before, userRoles: before.userRoles.map((user) => this.#switched(user)) })],
      [2, () => ({ ...before, waiting: this.#anyWaiting() })],
      [0.5, () => ({ ...before, waiting: null })],
      [1, () => ({ ...before, mode: before.mode === 'round-robin' ? 'first-reply' : 'round-robin' })],
      [1, () => this.#anySettings(0.8)],
      [this.#hasSchedules ? 1 : 0, () => ({ ...before, schedule: random.pick([null, ...SCHEDULES]) })],
    ])();
  }

  #switched<User extends Chosen['userRoles'][number]>(user: User): User {
    if (user.role === 'auditor' || this.#random.chance(0.7)) return user;
    return { ...user, allowGetNewClients: !user.allowGetNewClients };
  }

  #switchChannel(): void {
    this.#enable(this.#anyChannel(), this.#random.chance(0.6));
  }

  /** A channel is off for some minutes while somebody waits, and nobody answers until it is on again. */
  async #hasOutage(): Promise<void> {
    const channelId = this.#anyChannel();
    this.#enable(channelId, false);
    for (let ticks = this.#random.between(1, 3); ticks > 0; ticks -= 1) await this.#tick();
    this.#enable(channelId, true);
  }

  #enable(channelId: string, enabled: boolean): void {
    const params = { channelId };
    this.#stage.machines.request('manage-channels', 'PATCH', '/v1/channels/{channelId}', { params, body: { enabled } });
  }

  // What the CRM says

  #putUser(id: string): void {
    this.#stage.machines.request('sync-directory', 'POST', '/v3/users', { body: [{ id, name: id }] });
  }

  #removeUser(id: string): void {
    this.#stage.machines.request('sync-directory', 'DELETE', '/v3/users/{id}', { params: { id } });
  }

  #pushContact(): void {
    const chatId = this.#anybody();
    const id = `contact-${chatId}`;
    this.#contacts.add(id);
    const contactData = [{ chatType: 'telegram', chatId }];
    const body = [{ id, name: 'Card', responsibleUserId: this.#random.pick(USERS), contactData }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/contacts', { body });
  }

  #removeContact(): void {
    if (this.#contacts.size === 0) return;
    const params = { id: this.#random.pick([...this.#contacts]) };
    this.#stage.machines.request('sync-directory', 'DELETE', '/v3/contacts/{id}', { params });
  }

  // What is observed

  #observe(task: Task, { constructor: { name }, input }: Command): void {
    if (name === 'GetCommand' && input.TableName === 'chats') this.#ledger.noteRow(task, input.Key.c);
    const chat = input.TableName === 'messages' && input.ExpressionAttributeValues?.[':chat'];
    if (name === 'QueryCommand' && chat) this.#ledger.noteRead(task, chat);
    this.#ledger.judge(task);
  }

  #noticeWrite(record: WriteRecord): void {
    this.#ledger.note(record);
    for (const bell of bellsOfWrite(record)) {
      const mayBeLost = this.#losesBells && this.#stage.scheduler.faults !== NO_FAULTS;
      if (!(mayBeLost && this.#random.chance(0.15))) this.#stage.ring(bell);
    }
  }

  // Coming to rest

  /** Without further faults, until everything that waits for nobody's time is done, and then for some minutes more. */
  async #rest(): Promise<void> {
    const { scheduler, machines } = this.#stage;
    this.#stage.calmDown();
    await this.#settle();
    for (const userId of USERS) this.#putUser(userId);
    await this.#settle();
    if (this.#losesBells) machines.run('watch-chats', (app) => app.listeners['watch-chats']());
    await this.#settle();
    const calmSince = scheduler.now;
    for (let minutes = this.#minutes + this.#random.pick([5, 8, 15]); minutes > 0; minutes -= 1) {
      await this.#minute();
      this.#ledger.judgeLate(calmSince);
      await this.#stage.goOn();
    }
  }

  async #minute(): Promise<void> {
    await this.#stage.passUntil(this.#stage.scheduler.now + MINUTE_MS);
    this.#stage.sweep();
    await this.#stage.hearAll();
  }

  async #settle(): Promise<void> {
    const most = this.#crm.kind === 'connector' ? MINUTES_OF_CONNECTOR : MINUTES_TO_REST;
    for (let minutes = 0; minutes <= most; minutes += 1) {
      await this.#stage.hearAll();
      const left = this.#stage.db.items('outbox').filter(({ w, l }) => w !== undefined && !FOR_LATER.test(String(l)));
      if (left.every(({ l }) => this.#isHeldUp(String(l)))) return;
      await this.#minute();
    }
    this.#stage.broken('the history does not come to rest');
  }

  /** Whether the lane waits until the account's connection is enabled again. */
  #isHeldUp(lane: string): boolean {
    return lane === connectorLane(ACCOUNT) && !this.#ledger.hears;
  }

  // What has to hold at rest

  #check(): void {
    for (const row of this.#stage.chatRows()) this.#checkChat(String(row.c), row);
    for (const channelId of CHANNELS) this.#checkRotation(channelId);
    this.#checkOwnRecords();
    this.#checkHeard();
  }

  /** I1: the chat follows from its facts, and belongs to whom its address belongs to. */
  #checkChat(chat: string, row: Record<string, unknown>): void {
    const expected = expectedChat(this.#ledger.factsOf(chat), () => ({ deleted: false }));
    const { openKey, unansweredCount } = lengthenKeys(row.chat as Chat);
    this.#stage.same(chat, [openKey, unansweredCount], [expected.openKey, expected.unansweredCount]);
    this.#stage.same(`whether ${chat} entered`, row.e !== undefined, openKey !== undefined);
    const { contact, viewers } = this.#ledger.address(addressOfChat(ACCOUNT, chat)) ?? {};
    this.#stage.same(`contact and viewers of ${chat}`, [row.contact, row.viewers], [contact, viewers]);
  }

  /** T12: both rotations hold who is on now. */
  #checkRotation(channelId: string): void {
    const item = this.#stage.db.items('dispensers').find(({ ch }) => ch === channelId);
    const [{ o: order = [] } = {}] = (item?.r ?? []) as { o?: string[] }[];
    const eligible = this.#ledger.eligibleIn(channelId);
    this.#stage.same(`the rotation of ${channelId}`, [...order].sort(), eligible);
    // Who is out for a time stands behind them.
    const returns = ((item?.q ?? []) as string[]).filter((userId) => eligible.includes(userId));
    if (item?.q !== undefined) this.#stage.same(`the order of returns of ${channelId}`, [...returns].sort(), eligible);
  }

  /** R2, D10: contact and deal that Konvert keeps belong to whom the client belongs to. */
  #checkOwnRecords(): void {
    const all = this.#stage.db.items('directory');
    for (const { p, card, own } of all) {
      if (p !== `${ACCOUNT}#contacts` || own === undefined) continue;
      const { responsibleUserId, contactData } = card as {
        responsibleUserId?: string;
        contactData: { chatId: string }[];
      };
      const chatId = contactData[0]?.chatId ?? '';
      const address = this.#stage.db.items('addresses').find(({ a }) => String(a).endsWith(`#${chatId}`));
      const deal = all.find(({ p: of, s }) => of === `${ACCOUNT}#deals` && s === own);
      const owner = (address?.viewers as string[] | undefined)?.[0] ?? '';
      this.#stage.same(
        `whose contact and deal ${chatId} has`,
        [responsibleUserId, deal?.responsibleUserId],
        [owner, owner],
      );
    }
  }

  /** T4: a connected CRM has heard to whom its clients went. */
  #checkHeard(): void {
    if (this.#crm.kind !== 'connector' || !this.#ledger.hears) return;
    for (const [id, userId] of this.#ledger.returnedOfCrm())
      this.#stage.same(`whose ${id} is in the CRM`, this.#crm.model.contacts.get(id)?.responsibleUserId, userId);
  }

  // Choosing

  #ownerOf(chat: string): string | undefined {
    const address = this.#ledger.address(addressOfChat(ACCOUNT, chat));
    return address?.owner ?? address?.viewers[0];
  }

  /** The chats of clients who are about to leave somebody. */
  #marked(): string[] {
    return this.#ledger.waiting().filter((chat) => this.#leavesAt(chat) !== undefined);
  }

  #leavesAt(chat: string): number | undefined {
    const row = this.#ledger.chat(chat);
    return row?.t?.of === row?.e ? row?.t?.leavesAt : undefined;
  }

  /** What somebody has seen of the chat who was shown it now. */
  #seenOf(chat: string): string {
    const row = this.#stage.chatRows().find(({ c }) => c === chat);
    const { seen } = lengthenKeys(row?.chat as Chat);
    return writeSeenUpTo(SECRET, chat, seen);
  }

  /** Mostly a chat in which somebody waits. */
  #anyChat(): string | undefined {
    const waiting = this.#ledger.waiting().filter((chat) => this.#ledger.chat(chat)?.u !== undefined);
    return waiting.length > 0 && this.#random.chance(0.85) ? this.#random.pick(waiting) : this.#stage.anyChat();
  }

  #anyChannel(): string {
    return this.#random.pick(CHANNELS.slice(0, this.#mostChannels));
  }

  #anybody(): string {
    return `person${this.#random.between(1, Math.max(1, this.#people))}`;
  }
}

function secondsOf(name: string): number {
  return (functions as Readonly<Record<string, { readonly timeoutSeconds: number }>>)[name]?.timeoutSeconds ?? 900;
}

function timeOf(minutes: number): string {
  const of = ((minutes % 1440) + 1440) % 1440;
  return `${String(Math.floor(of / 60)).padStart(2, '0')}:${String(of % 60).padStart(2, '0')}`;
}

/** Whether the command belongs to a mark, a return, or the acceptance of a reply. */
function decides({ constructor: { name }, input }: Command): boolean {
  if (name === 'TransactWriteCommand') return true;
  return name !== 'QueryCommand' && ['messages', 'chats', 'dispensers', 'addresses'].includes(input.TableName);
}
