import type { Asked, Crm, CrmMade, CrmNews, Session, Wanted } from '#crms/crm';
import { addressKeys } from '#domain/address';
import type { CrmContact, Ref } from '#domain/crm';
import { chatOfKey, type PersonId } from '#domain/message';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createStoreDeps } from '#store/dynamo/client';
import { connectorLane, newsLane } from '#store/outbox/lane-names';
import { createNews } from '#store/outbox/news';
import { bellOfMessage, bellsOfWrite } from './bells.ts';
import { CreateLedger } from './create-ledger.ts';
import { CrmInbox } from './crm-inbox.ts';
import { CrmModel, type Fault } from './crm-model.ts';
import { ACCOUNT, NAMES, plainCipher, playedMessenger, prepareAccount } from './machines.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, type Task } from './scheduler.ts';
import { Stage } from './stage.ts';

/** Somebody who writes, by all of their ids. */
export interface Client {
  readonly ids: readonly [PersonId, ...PersonId[]];
  /** The normal forms of the ids. */
  readonly keys: readonly string[];
}

const CHANNELS = ['channel-1', 'channel-2'];
const USERS = ['anna', 'boris'];
const HOOKS = '/webhooks/crm/{crm}/{connectionId}/{secret}';
const RESPONSIBLE = '/v1/chats/{channelId}/{chatType}/{chatId}/responsible';
const RETRY = '/v1/deliveries/{deliveryId}/retry';
const MINUTE_MS = 60_000;
/** A day, less the time for which rows may have waited before it went down: what has waited for longer than a day fails. */
const DAY_MS = (24 * 60 - 40) * MINUTE_MS;
/** A call is given up after so long, and may come to pass for so long after that (ms). */
const CALL_MS = 20_000;
const LATE_MS = 120_000;
/** After that nothing waits any more. */
const AT_MOST_MS = 60 * 3_600_000;
/** How many steps follow an act. A creation takes some hundred, with its pauses. */
const STEPS = [0, 20, 100, 300, 600];
/** An assignment fails if the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;
const WRITES = ['make', 'accept', 'assign', 'remove'];
const UNREACHABLE = { kind: 'unreachable', reason: 'no answer' } as const;

/**
 * One generated history of new clients in an account with a connected CRM, which takes requests late, loses answers, refuses
 * and is down. Meanwhile people make, merge and change the same clients there, users hand them over, and runs are cut off.
 * In the end each client is in the CRM once, or a failed row shows the twin.
 */
export class CreateHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #model: CrmModel;
  readonly #ledger: CreateLedger;
  readonly #faults: Faults;
  readonly #dozes: number;
  /** Whether hooks come. Without them only a proof tells what people did in the CRM. */
  readonly #hasHooks: boolean;
  readonly #late: { readonly at: number; readonly act: () => void }[] = [];
  readonly #clients: readonly Client[] = [
    clientOf(['telegram', '501']),
    clientOf(['telegram', '502']),
    clientOf(['whatsapp', '4915100501'], ['whatsapp', 'DE.u501']),
    clientOf(['whatsapp', '4915100502']),
  ];
  readonly #inbox: CrmInbox | undefined;
  #mood: 'well' | 'ill' | 'down' = 'well';
  #downSince = 0;
  #path = {};
  #now: number | undefined;

  /** In mode `unsorted` the CRM has an inbox, users answer, and people there take clients from it or decline them. */
  constructor(seed: number, mode: 'round-robin' | 'unsorted' = 'round-robin') {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
    this.#dozes = random.pick([0, 0.05, 0.2]);
    this.#hasHooks = random.chance(0.7);
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.03]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0.005, 0.02]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    this.#model = new CrmModel(() => this.#now ?? this.#stage.scheduler.now);
    this.#model.users = USERS.map((id) => ({ id, name: id, isActive: true }));
    this.#model.looksBackMs = 3_000;
    this.#model.isUnique = random.chance(0.3);
    this.#model.hasTwoSteps = random.chance(0.5);
    this.#model.keepsKeys = random.chance(0.5);
    this.#model.tellsHeirs = random.chance(0.5);
    // An heir whom neither the CRM nor its key names is looked for by the search.
    const findsHeirs = this.#model.keepsKeys && this.#model.tellsHeirs;
    this.#model.searchLagMs = findsHeirs ? random.pick([10_000, 100_000]) : random.pick([0, 10_000, 30_000]);
    this.#model.changed = (ref, kind) => this.#changed(ref, kind);
    this.#inbox = mode === 'unsorted' ? new CrmInbox(this.#model) : undefined;
    if (this.#inbox) this.#inbox.told = (news) => this.#ring(news);
    this.#model.carry = (call, session, act) => this.#carry(call, session, act);
    const outbound = { send: async () => ({ kind: 'unreachable', reason: 'not part of a history' }) as const };
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      crm: this.#crm(),
      messenger: { ...playedMessenger(outbound), chatTypes: ['whatsapp', 'telegram'] },
      losesMessages: random.pick([0, 0, 0.2]),
      mayThrow: (_name, where) => NOT_YET.test(where),
    });
    const { scheduler, db } = this.#stage;
    this.#ledger = new CreateLedger(this.#stage, this.#model, this.#clients, this.#faults.skewMs === 0, this.#inbox);
    scheduler.dozes = ({ input }) => isOfLane(input) && random.chance(this.#dozes);
    db.onWrite = (record) => {
      for (const bell of bellsOfWrite(record)) this.#stage.ring(bell);
    };
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    await this.#stage.playActs(this.#faults, this.#random.between(6, 20), () => this.#act(), STEPS);
    await this.#rest();
  }

  async #prepare(): Promise<void> {
    const { machines, db, scheduler } = this.#stage;
    prepareAccount(db, CHANNELS);
    const pipelines = [{ id: '1', name: 'Sales', stages: [{ id: '11', name: 'New' }] }];
    machines.request('sync-directory', 'POST', '/v3/pipelines', { body: pipelines });
    const users = USERS.map((id) => ({ id, name: id }));
    machines.request('sync-directory', 'POST', '/v3/users', { body: users });
    await this.#stage.goOn();
    const userRoles = USERS.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    for (const channelId of CHANNELS) {
      const body = {
        newClients: { mode: this.#inbox ? 'unsorted' : 'round-robin', pipelineId: '1', stageId: '11' },
        userRoles,
      };
      const path = '/v1/settings/channels/{channelId}';
      machines.request('manage-settings', 'PUT', path, { params: { channelId }, body });
    }
    await this.#stage.settleDown(4);
    await this.#run(async () => {
      const portal = { accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
      const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
      const crms = createOpenCrms({ ...this.#storeDeps(), cipher: plainCipher });
      const open = await crms.connect(ACCOUNT, { ...given, tokens: { accessToken: 'token' } }, 'key');
      if (!open) throw new Error('The account is not connected');
      this.#path = { crm: 'amocrm', connectionId: open.connection.connectionId, secret: open.hooksSecret };
    });
    await scheduler.wait(11_000);
  }

  #act(): void {
    const random = this.#random;
    this.#land();
    random.weighted<() => void>([
      [7, () => this.#write()],
      [1.5, () => this.#stage.deliverAgain()],
      [1.5, () => this.#makeByHand()],
      [1.5, () => this.#merge()],
      [1, () => this.#change()],
      [2, () => this.#changeMood()],
      [1.5, () => this.#handOver()],
      [1.5, () => this.#stage.sweep()],
      [this.#inbox ? 3 : 0, () => this.#reply()],
      [this.#inbox ? 3 : 0, () => this.#settleRequest()],
      [2, () => void this.#stage.scheduler.wait(random.pick([6_000, 35_000, 65_000, 130_000, 11 * MINUTE_MS]))],
    ])();
  }

  // What happens

  /** Clients write, several at once and by any of their ids, and each message may be delivered twice. */
  #write(): void {
    const random = this.#random;
    for (let messages = random.pick([1, 1, 2, 4]); messages > 0; messages -= 1) {
      const { ids } = random.pick(this.#clients);
      const [first, second] = ids;
      const by = second && random.chance(0.5) ? ([second, first] as const) : ids;
      this.#stage.writeAs(random.pick(CHANNELS), [...by], random.pick([1, 1, 2]));
    }
  }

  /** Somebody makes a client at the CRM, who may just be writing. */
  #makeByHand(): void {
    const { ids } = this.#random.pick(this.#clients);
    const responsibleUserId = this.#random.pick([...USERS, '']);
    const { id } = this.#model.addContact({ name: 'By hand', responsibleUserId, contactData: [...ids] });
    const deal = { name: 'By hand', responsibleUserId, contacts: [id], closed: this.#random.chance(0.3) };
    if (this.#random.chance(0.4)) this.#model.addDeal(deal);
  }

  /** Somebody merges two contacts: those of one client, or one that nobody writes as. */
  #merge(): void {
    const { keys } = this.#random.pick(this.#clients);
    const holders = this.#model.holdersOf(keys).filter(this.#isSeen);
    const one = this.#any(holders);
    if (!one) return;
    const other = this.#any(holders.filter(({ id }) => id !== one.id)) ?? this.#stranger();
    this.#model.merge(one.id, other.id);
  }

  #stranger(): CrmContact {
    return this.#model.addContact({ name: 'Stranger', responsibleUserId: this.#random.pick(USERS), contactData: [] });
  }

  /** Somebody changes a contact or a deal, so that it is no longer as Konvert made it. */
  #change(): void {
    const random = this.#random;
    const contact = this.#any([...this.#model.contacts.values()].filter(this.#isSeen));
    const deal = this.#any([...this.#model.deals.values()].filter(this.#isSeen));
    if (contact && random.chance(0.5)) {
      contact.touched = true;
      this.#ledger.named(contact);
      this.#model.changeContact(contact.id, { responsibleUserId: random.pick(USERS), name: 'Changed' });
    } else if (deal) {
      deal.touched = true;
      this.#model.changeDeal(deal.id, { closed: random.chance(0.7) });
    }
  }

  #changeMood(): void {
    this.#becomes(this.#mood === 'well' ? this.#random.pick(['ill', 'down']) : 'well');
  }

  #becomes(mood: 'well' | 'ill' | 'down'): void {
    if (mood === 'down' && this.#mood !== 'down') this.#downSince = this.#stage.scheduler.now;
    this.#mood = mood;
  }

  #handOver(): void {
    const chat = this.#stage.anyChat();
    if (chat === undefined) return;
    const userId = this.#random.pick(USERS);
    const done = this.#ledger.handsOver(chat, userId);
    this.#stage.machines.request('hand-over', 'PUT', RESPONSIBLE, { params: chatOfKey(chat), body: { userId }, done });
  }

  /** A user answers, who becomes responsible if nobody is. */
  #reply(): void {
    const chat = this.#stage.anyChat();
    if (chat === undefined) return;
    const body = { ...chatOfKey(chat), text: 'our answer', crmUserId: this.#random.pick(USERS) };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
  }

  /** Somebody at the CRM accepts a request, or declines it. */
  #settleRequest(): void {
    const request = this.#any(this.#inbox?.open ?? []);
    const contact = this.#model.contacts.get(request?.contact ?? '');
    if (!request || !contact) return;
    if (this.#random.chance(0.75)) {
      this.#ledger.named(contact);
      this.#inbox?.acceptThere(request.uid, this.#random.pick(USERS));
    } else {
      this.#ledger.declines(contact);
      this.#inbox?.decline(request.uid);
    }
  }

  /** Whether people see it in the lists of the CRM. */
  #isSeen = ({ id }: { readonly id: string }): boolean => !this.#inbox?.hides(id);

  #any<T>(all: readonly T[]): T | undefined {
    return all.length === 0 ? undefined : this.#random.pick(all);
  }

  // The CRM

  #crm(): Crm {
    const crm = this.#inbox?.of(this.#model.crm) ?? this.#model.crm;
    const { offers, hooks, unsorted } = crm;
    return {
      ...crm,
      offers: { ...offers, batch: 3 },
      hooks: { ...hooks, verify: () => true },
      look: async (session, keys, since) => {
        const asked = await crm.look(session, keys, since);
        if (asked.kind === 'ok') this.#ledger.looked(keys, asked.value);
        return asked;
      },
      make: (session, wanted) => this.#make(crm.make, session, wanted),
      ...(unsorted && {
        unsorted: { ...unsorted, add: (session, wanted) => this.#make(unsorted.add, session, wanted) },
      }),
    };
  }

  async #make(make: Crm['make'], session: Session, wanted: Wanted): Promise<Asked<CrmMade>> {
    const tried = this.#ledger.making(wanted);
    const asked = await make(session, wanted);
    tried.isClear = asked.kind !== 'unreachable';
    return asked;
  }

  /** Carries a call out: at once, late, without an answer, or not at all. */
  async #carry<T>(call: string, { signal }: Session, act: () => Asked<T>): Promise<Asked<T>> {
    const { scheduler } = this.#stage;
    const random = this.#random;
    this.#ledger.calling();
    const { at: until } = signal as unknown as { at: number };
    const fault = this.#faultOf(call);
    if (fault === 'late') {
      const at = scheduler.now + random.between(0, CALL_MS + LATE_MS);
      this.#late.push({ at, act: () => void act() });
    }
    if (fault === 'late' || fault === 'down') {
      await scheduler.pause(random.pick([0, 0, 3_000, Math.max(0, until - scheduler.now)]));
      return UNREACHABLE;
    }
    try {
      const arrives = (): Asked<T> => {
        this.#land();
        return typeof fault === 'object' ? fault : act();
      };
      const asked = await scheduler.call<Asked<T>>(signal, arrives, () => UNREACHABLE);
      if (fault === 'lost') return UNREACHABLE;
      const takesMs = scheduler.faults !== NO_FAULTS && random.chance(0.1) ? random.between(0, CALL_MS) : 0;
      await scheduler.pause(takesMs);
      return scheduler.now <= until ? asked : UNREACHABLE;
    } catch {
      // A fault of the scheduler's own: an adapter throws for none.
      return UNREACHABLE;
    }
  }

  #faultOf(call: string): Fault | undefined {
    const random = this.#random;
    const isWrite = WRITES.includes(call);
    if (this.#mood === 'down') return isWrite && random.chance(0.2) ? 'late' : 'down';
    if (this.#stage.scheduler.faults === NO_FAULTS) return undefined;
    const ill = this.#mood === 'ill' ? 6 : 1;
    const throttled = { kind: 'throttled', retryAfterSeconds: 3 } as const;
    const refused = { kind: 'refused', code: 'INVALID', description: 'no' } as const;
    return random.weighted<Fault | undefined>([
      [90, undefined],
      [ill, 'down'],
      [2 * ill, 'lost'],
      [isWrite ? 8 * ill : 0, 'late'],
      [ill, throttled],
      [call === 'make' ? 1 : 0, refused],
    ]);
  }

  /** What was late takes effect, at its time. */
  #land(): void {
    const { now } = this.#stage.scheduler;
    const due = this.#late.filter(({ at }) => at <= now).sort((one, other) => one.at - other.at);
    this.#late.splice(0, this.#late.length, ...this.#late.filter((late) => !due.includes(late)));
    for (const { at, act } of due) {
      this.#now = at;
      act();
      this.#now = undefined;
    }
  }

  /** The CRM posts a hook of what changed, once or more often. */
  #changed(ref: Ref, kind: 'changed' | 'deleted'): void {
    this.#ring({ kind, ref });
  }

  #ring(news: CrmNews): void {
    if (!this.#hasHooks) return;
    const isLost = this.#stage.scheduler.faults !== NO_FAULTS && this.#random.chance(0.2);
    for (let times = this.#random.pick([1, 1, 2]); times > 0 && !isLost; times -= 1)
      this.#stage.machines.request('receive-crm-event', 'POST', HOOKS, { params: this.#path, body: [news] });
  }

  // Coming to rest

  async #rest(): Promise<void> {
    this.#stage.calmDown();
    if (this.#random.chance(0.3)) this.#becomes('down');
    await this.#givenOut();
    if (this.#mood === 'down' && this.#random.chance(0.15)) await this.#staysDown();
    this.#becomes('well');
    await this.#settle();
    this.#ledger.check();
    await this.#prove();
    this.#ledger.checkProved();
    await this.#sendAgain();
    await this.#prove();
    this.#ledger.checkProved();
  }

  /** D1: clients are given out although the CRM is down. */
  async #givenOut(): Promise<void> {
    const end = this.#stage.scheduler.now + 2 * MINUTE_MS;
    while (this.#stage.scheduler.now < end) {
      await this.#stage.hearAll();
      await this.#stage.scheduler.wait(15_000);
      this.#stage.sweep();
    }
    await this.#stage.hearAll();
    this.#ledger.checkGivenOut();
  }

  /** The CRM is down for a day. Clients go on writing, and none of them waits. */
  async #staysDown(): Promise<void> {
    const { scheduler } = this.#stage;
    const end = this.#downSince + DAY_MS;
    while (scheduler.now < end) {
      if (this.#random.chance(0.05)) this.#write();
      await this.#stage.hearAll();
      await scheduler.wait(Math.max(5_000, Math.min(end, this.#stage.nextAt() ?? end) + 2_000 - scheduler.now));
      this.#stage.sweep();
    }
    await this.#givenOut();
  }

  /** Goes on until no lane and no task waits, and nothing is late. */
  async #settle(): Promise<void> {
    const { scheduler } = this.#stage;
    const calmAt = scheduler.now;
    for (let round = 0; round < 2_000; round += 1) {
      this.#land();
      await this.#stage.hearAll();
      const next = this.#stage.nextAt();
      if (next === undefined && !this.#stage.rings && this.#late.length === 0) return;
      if (scheduler.now > calmAt + AT_MOST_MS) break;
      await scheduler.wait(Math.max(1_000, (next ?? 0) + 2_000 - scheduler.now));
      this.#stage.sweep();
    }
    this.#stage.broken('the history does not come to rest');
  }

  /** All that changed, and all that is kept, is read anew. */
  async #prove(): Promise<void> {
    await this.#run(async () => {
      await createNews(this.#storeDeps()).mark(ACCOUNT, [{ type: 'proof' }, { type: 'kept' }]);
      const at = this.#stage.scheduler.now;
      this.#stage.ring(bellOfMessage({ at, queue: 'news', body: newsLane(ACCOUNT) }));
    });
    await this.#settle();
  }

  /** A person sends again what the CRM refused. */
  async #sendAgain(): Promise<void> {
    for (const { l, e } of this.#stage.db.items('outbox').filter(({ f }) => f !== undefined)) {
      const deliveryId = Buffer.from(JSON.stringify([l, e])).toString('base64url');
      this.#stage.machines.request('manage-deliveries', 'POST', RETRY, { params: { deliveryId } });
    }
    await this.#settle();
  }

  async #run(run: () => Promise<unknown>): Promise<Task> {
    const task = this.#stage.machines.run('history', run, (end, error) => {
      if (end === 'failed') this.#stage.notice(String((error as Error).stack));
    });
    await this.#stage.goOn();
    return task;
  }

  #storeDeps() {
    const { scheduler } = this.#stage;
    return createStoreDeps({
      client: scheduler.client(),
      tables: NAMES,
      clock: scheduler.clock(0),
      newId: () => 'connection',
    });
  }
}

function clientOf(...ids: [[string, string], ...[string, string][]]): Client {
  const people = ids.map(([chatType, chatId]) => ({ chatType, chatId })) as [PersonId, ...PersonId[]];
  return { ids: people, keys: addressKeys(ACCOUNT, people) };
}

/** Whether the command is about a lane or a row of the CRM. */
function isOfLane({ TableName, Key, Item }: Record<string, { l?: string } & string>): boolean {
  return TableName === 'outbox' && (Key?.l ?? Item?.l) === connectorLane(ACCOUNT);
}
