import { isDeepStrictEqual } from 'node:util';
import type { Crm, CrmNews } from '#crms/crm';
import { addressKey } from '#domain/address';
import type { Ref } from '#domain/crm';
import type { Contact, Deal } from '#domain/directory';
import { chatKey } from '#domain/message';
import { tables } from '#lib/tables';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createAddresses } from '#store/clients/addresses';
import { createStoreDeps } from '#store/dynamo/client';
import { newsLane } from '#store/outbox/lane-names';
import { createNews } from '#store/outbox/news';
import { type Bell, bellOfMessage, comesBackAfter } from './bells.ts';
import { BrokenRuleError } from './broken-rule.ts';
import { CrmModel } from './crm-model.ts';
import { ACCOUNT, Machines, NAMES, plainCipher, playedMessenger, prepareAccount } from './machines.ts';
import { MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, Scheduler } from './scheduler.ts';

const CHANNEL = 'channel';
const HOOKS = '/webhooks/crm/{crm}/{connectionId}/{secret}';
const USERS = ['anna', 'boris', ''];
const CLIENTS = ['501', '502', '503'];
/** How long a merge may be under way: the loser is gone, and the winner has not its addresses yet (ms). */
const MERGES_MS = 5_000;

/** A hook that was not taken yet. */
interface Hook {
  readonly news: CrmNews;
  /** It is never posted. */
  readonly isLost: boolean;
}

/**
 * One generated history of what comes in from a connected CRM: people change, merge and delete there, hooks come doubled, in any
 * order or never, and runs are cut off at any moment.
 */
export class NewsHistory {
  readonly #seed: number;
  readonly #random: Random;
  readonly #db = new MemoryDynamo(tables, NAMES);
  readonly #scheduler: Scheduler;
  readonly #model: CrmModel;
  readonly #machines: Machines;
  readonly #faults: Faults;
  /** Whether hooks are lost. Then only a proof makes all of it right, and runs may be cut off after they slept. */
  readonly #needsProof: boolean;
  /** Whether a run may sleep for longer than its lease. What it stores late is made right by the next one. */
  readonly #sleeps: boolean;
  readonly #bells: Bell[] = [];
  readonly #hooks: Hook[] = [];
  readonly #merging: { readonly at: number; readonly address: string; readonly land: () => void }[] = [];
  #path = {};
  #broken: string | undefined;

  constructor(seed: number) {
    this.#seed = seed;
    this.#random = new Random(seed);
    const random = this.#random;
    this.#scheduler = new Scheduler(random, this.#db);
    const rough = random.chance(0.8) ? 1 : 0;
    this.#needsProof = random.chance(0.5);
    this.#sleeps = random.chance(0.5);
    const sleepy = this.#sleeps ? 1 : 0;
    const mayCrash = this.#needsProof || !this.#sleeps ? 1 : 0;
    this.#faults = {
      error: rough * random.pick([0, 0.01, 0.03]),
      lostAnswer: rough * random.pick([0, 0.01, 0.03]),
      crash: rough * mayCrash * random.pick([0, 0.003, 0.01]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: sleepy * random.pick([0, 0.005, 0.02]),
      sleep: sleepy * random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    this.#model = new CrmModel(
      () => this.#scheduler.now,
      (_call, signal) => this.#scheduler.call<void>(signal, nothing, nothing),
    );
    this.#model.faultOf = () => (this.#scheduler.faults !== NO_FAULTS && random.chance(0.03) ? 'down' : undefined);
    this.#machines = new Machines({
      scheduler: this.#scheduler,
      skewMs: this.#faults.skewMs,
      crm: this.#crm(),
      messenger: playedMessenger({ send: async () => ({ kind: 'unreachable', reason: 'not part of a history' }) }),
      ring: (message) => this.#bells.push(bellOfMessage({ at: this.#scheduler.now, ...message })),
    });
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    prepareAccount(this.#db, [CHANNEL]);
    await this.#prepare();
    this.#scheduler.faults = this.#faults;
    this.#db.onWrite = (record) => this.#notice(record);
    for (let acts = this.#random.between(10, 30); acts > 0; acts -= 1) {
      this.#act();
      for (let steps = this.#random.pick([0, 5, 20, 80]); steps > 0; steps -= 1) await this.#step();
    }
    await this.#rest();
  }

  /** Clients of contacts that are kept, and one of nobody. */
  async #prepare(): Promise<void> {
    const deps = createStoreDeps({
      client: this.#scheduler.client(),
      tables: NAMES,
      clock: this.#scheduler.clock(0),
      newId: () => 'connection',
    });
    const crms = createOpenCrms({ ...deps, cipher: plainCipher });
    const addresses = createAddresses(deps);
    const portal = { accountId: '1', host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
    let isDone = false;
    const prepared = async () => {
      const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
      const open = await crms.connect(ACCOUNT, { ...given, tokens: { accessToken: 'token' } }, 'key');
      if (!open) throw new Error('The account is not connected');
      this.#path = { crm: 'amocrm', connectionId: open.connection.connectionId, secret: open.hooksSecret };
      for (const chatId of CLIENTS) {
        const chat = chatKey({ channelId: CHANNEL, chatType: 'telegram', chatId });
        await addresses.addChat(addressKey(ACCOUNT, 'telegram', chatId), chat, {});
      }
    };
    this.#scheduler.start('prepare', prepared, (_end, error) => {
      if (error) this.#broken ??= String((error as Error).stack);
      isDone = true;
    });
    while (!isDone) await this.#scheduler.step();
    for (const chatId of CLIENTS.slice(1)) this.#told(this.#newContact([chatId]), false);
    await this.#settle();
  }

  #crm(): Crm {
    const { crm } = this.#model;
    const offers = { ...crm.offers, batch: 3 };
    return { ...crm, offers, hooks: { ...crm.hooks, verify: () => true } };
  }

  // What people do in the CRM

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [3, () => this.#changeContact()],
      [2, () => this.#changeDeal()],
      [1, () => this.#told(this.#newContact([random.pick([...CLIENTS, '900'])]))],
      [1, () => this.#newDeal()],
      [1.5, () => this.#merge()],
      [0.7, () => this.#moveAddress()],
      [0.5, () => this.#remove(random.pick(['contact', 'deal']))],
      [1, () => this.#ringAgain()],
      [0.7, () => void this.#scheduler.wait(random.pick([500, 6_000, 11_000]))],
      [0.3, () => this.#machines.run('refresh-crm', (app) => app.listeners['refresh-crm']())],
    ])();
  }

  #newContact(chatIds: readonly string[]): Ref {
    const contactData = chatIds.map((chatId) => ({ chatType: 'telegram', chatId }));
    return this.#model.addContact({ name: 'New', responsibleUserId: this.#random.pick(USERS), contactData });
  }

  #newDeal(): void {
    const contacts = [this.#someOf('contact')].flatMap((ref) => (ref ? [ref.id] : []));
    this.#told(this.#model.addDeal({ name: 'Deal', responsibleUserId: 'anna', contacts, closed: false }));
  }

  #changeContact(): void {
    const ref = this.#someOf('contact');
    if (!ref) return;
    const name = `Name ${this.#random.between(1, 99)}`;
    this.#model.changeContact(ref.id, { name, responsibleUserId: this.#random.pick(USERS) });
    this.#told(ref);
  }

  #changeDeal(): void {
    const ref = this.#someOf('deal');
    if (!ref) return;
    const closed = this.#random.chance(0.3);
    this.#model.changeDeal(ref.id, { responsibleUserId: this.#random.pick(USERS), closed });
    this.#told(ref);
  }

  /** The loser is gone at once. The winner may get the addresses a moment later. */
  #merge(): void {
    const [loser, winner] = [this.#someOf('contact'), this.#someOf('contact')];
    if (!loser || !winner || loser.id === winner.id) return;
    const data = this.#model.contacts.get(loser.id)?.contactData ?? [];
    const others = this.#model.contacts.get(winner.id)?.contactData ?? [];
    this.#model.merge(loser.id, winner.id);
    if (this.#random.chance(0.3)) {
      this.#model.movedTo.set(loser.id, winner.id);
      // The winner's values win, and Konvert carries over what they drop.
      if (this.#random.chance(0.5)) this.#model.changeContact(winner.id, { contactData: others });
    } else if (this.#random.chance(0.5)) {
      this.#model.changeContact(winner.id, { contactData: others });
      const at = this.#scheduler.now + this.#random.between(0, MERGES_MS);
      const land = () => {
        this.#giveAddresses(winner.id, data);
        this.#told(winner);
      };
      for (const { chatId = '' } of data) this.#merging.push({ at, address: chatId, land });
    }
    this.#told(loser, true, 'deleted');
    this.#told(winner);
    for (const deal of this.#model.deals.values())
      if (deal.contacts.includes(winner.id)) this.#told({ type: 'deal', id: deal.id });
  }

  /** The winner may itself have been merged meanwhile. */
  #giveAddresses(id: string, data: Contact['contactData']): void {
    const now = this.#model.contacts.get(id);
    if (now) this.#model.changeContact(id, { contactData: [...now.contactData, ...data] });
  }

  /** A number goes over from one contact to another. */
  #moveAddress(): void {
    const [one, other] = [this.#someOf('contact'), this.#someOf('contact')];
    const [data, ...kept] = (one && this.#model.contacts.get(one.id)?.contactData) ?? [];
    if (!one || !other || one.id === other.id || !data) return;
    this.#giveAddresses(other.id, [data]);
    this.#model.changeContact(one.id, { contactData: kept });
    this.#told(one);
    this.#told(other);
  }

  #remove(type: Ref['type']): void {
    const ref = this.#someOf(type);
    if (!ref) return;
    (type === 'contact' ? this.#model.contacts : this.#model.deals).delete(ref.id);
    this.#told(ref, true, 'deleted');
  }

  #someOf(type: Ref['type']): Ref | undefined {
    const ids = [...(type === 'contact' ? this.#model.contacts : this.#model.deals).keys()];
    const free = ids.filter((id) => type === 'deal' || !this.#merging.some(({ address }) => this.#has(id, address)));
    return free.length > 0 ? { type, id: this.#random.pick(free) } : undefined;
  }

  #has(id: string, address: string): boolean {
    return this.#model.contacts.get(id)?.contactData.some(({ chatId }) => chatId === address) ?? false;
  }

  // Hooks

  /** The CRM posts a hook, once or more often. */
  #told({ type, id }: Ref, mayBeLost = true, kind: 'changed' | 'deleted' = 'changed'): void {
    const isLost = mayBeLost && this.#needsProof && this.#random.chance(0.3);
    const hook = { news: { kind, ref: { type, id } }, isLost } as const;
    this.#hooks.push(hook);
    for (let times = this.#random.pick([1, 1, 2]); times > 0 && !isLost; times -= 1) this.#post(hook);
  }

  #ringAgain(): void {
    if (this.#hooks.length > 0) this.#post(this.#random.pick(this.#hooks));
  }

  /** A hook that is not taken is posted again at the end. */
  #post(hook: Hook): void {
    this.#machines.request('receive-crm-event', 'POST', HOOKS, {
      params: this.#path,
      body: [hook.news],
      done: (status) => {
        if (status !== 200 && !hook.isLost) this.#unheard.add(hook);
        if (status === 200) this.#unheard.delete(hook);
      },
    });
  }

  readonly #unheard = new Set<Hook>();

  // What is observed

  /** An address of a client with a contact becomes nobody's only if no contact of the CRM has it. */
  #notice({ tableId, oldImage, newImage }: WriteRecord): void {
    if (this.#sleeps || tableId !== 'addresses' || oldImage?.contact === undefined || newImage?.contact !== undefined)
      return;
    const address = CLIENTS.find((chatId) =>
      Object.values(newImage ?? {}).includes(addressKey(ACCOUNT, 'telegram', chatId)),
    );
    if (address === undefined) return;
    const isMerging = this.#merging.some((merge) => merge.address === address);
    const since = this.#heldSince(address);
    if (isMerging || (since !== undefined && since < this.#scheduler.now - LOOKED_MS))
      this.#broken ??= `${address} became nobody's, and the CRM has a contact with it`;
  }

  /** Since when a contact of the CRM has the address. Who gets one a moment ago rings for it. */
  #heldSince(address: string): number | undefined {
    const since = [...this.#model.contacts.values()]
      .filter(({ contactData }) => contactData.some(({ chatId }) => chatId === address))
      .map(({ changedAt }) => changedAt);
    return since.length > 0 ? Math.min(...since) : undefined;
  }

  // Coming to rest

  async #rest(): Promise<void> {
    this.#scheduler.faults = NO_FAULTS;
    for (const { at } of [...this.#merging]) await this.#waitUntil(at);
    this.#land();
    await this.#settle();
    for (const hook of [...this.#unheard]) this.#post(hook);
    await this.#settle();
    if (!this.#needsProof) await this.#ringLate();
    this.#machines.run('prove', async () => {
      const deps = createStoreDeps({
        client: this.#scheduler.client(),
        tables: NAMES,
        clock: this.#scheduler.clock(0),
        newId: () => 'proof',
      });
      await createNews(deps).mark(ACCOUNT, [{ type: 'proof' }, { type: 'kept' }]);
      this.#bells.push(bellOfMessage({ at: this.#scheduler.now, queue: 'news', body: newsLane(ACCOUNT) }));
    });
    await this.#settle();
    this.#check('after a proof');
    this.#throw();
  }

  /** Hooks that come at any moment of a run, and none after them that would make up for one that is dropped. */
  async #ringLate(): Promise<void> {
    this.#check('before any proof');
    for (let round = 0; round < LATE_ROUNDS; round += 1) {
      this.#changeContact();
      for (let steps = this.#random.between(0, LATE_STEPS); steps > 0; steps -= 1) await this.#step();
      this.#changeContact();
      await this.#settle();
      this.#check('before any proof, after a late hook');
    }
  }

  #check(when: string): void {
    const { contacts, deals } = this.#model;
    for (const { s, card } of this.#rows('contacts').filter((row) => row.card !== undefined)) {
      const there = contacts.get(String(s));
      if (!there) this.#broken ??= `${when}, contact ${s} is kept, and the CRM has none`;
      else if (!isDeepStrictEqual(cardOf(card as Contact), cardOf(there)))
        this.#broken ??= `${when}, contact ${s} is kept otherwise`;
    }
    const kept = new Set(this.#rows('contacts').flatMap(({ s, card }) => (card === undefined ? [] : [String(s)])));
    const keptDeals = new Map(this.#rows('deals').map((row) => [String(row.s), row]));
    for (const id of keptDeals.keys())
      if (!deals.has(id)) this.#broken ??= `${when}, deal ${id} is kept, and the CRM has none`;
    for (const { type: _, id, createdAt: _c, changedAt: _a, touched: _t, ...deal } of deals.values()) {
      if (!deal.contacts.some((contact) => kept.has(contact))) continue;
      const row = keptDeals.get(id);
      if (!row || !isSame(row, deal)) this.#broken ??= `${when}, deal ${id} is kept otherwise`;
    }
    for (const chatId of CLIENTS) this.#checkClient(when, chatId);
  }

  #checkClient(when: string, chatId: string): void {
    const holders = [...this.#model.contacts.keys()].filter((id) => this.#has(id, chatId));
    const key = addressKey(ACCOUNT, 'telegram', chatId);
    const address = this.#db.items('addresses').find((item) => Object.values(item).includes(key));
    const { id } = (address?.contact ?? {}) as { id?: string };
    if (holders.length === 0 ? id !== undefined : !holders.includes(String(id)))
      this.#broken ??= `${when}, ${chatId} is of ${id}, and the CRM says ${holders.join(' or ') || 'nobody'}`;
  }

  #rows(part: string) {
    return this.#db.items('directory').filter(({ p }) => p === `${ACCOUNT}#${part}`);
  }

  // Steps

  async #step(): Promise<void> {
    this.#land();
    const due = this.#bells.filter(({ at = 0 }) => at <= this.#scheduler.now);
    if (due.length > 0 && this.#random.chance(0.3)) this.#hear(this.#random.pick(due));
    await this.#scheduler.step();
    this.#throw();
  }

  #hear(bell: Bell): void {
    if (!this.#random.chance(0.1)) this.#bells.splice(this.#bells.indexOf(bell), 1);
    if (!('queue' in bell)) return;
    const at = this.#scheduler.now + comesBackAfter(bell.queue);
    this.#machines.hear([bell], (end, error) => {
      if (error instanceof Error && !INJECTED.includes(error.name)) this.#broken ??= String(error.stack);
      if (end !== 'ok') this.#bells.push({ ...bell, at });
    });
  }

  #land(): void {
    const due = this.#merging.filter(({ at }) => at <= this.#scheduler.now);
    this.#merging.splice(0, this.#merging.length, ...this.#merging.filter((merge) => !due.includes(merge)));
    for (const land of new Set(due.map((merge) => merge.land))) land();
  }

  async #waitUntil(time: number): Promise<void> {
    if (time > this.#scheduler.now) await this.#scheduler.wait(time - this.#scheduler.now);
  }

  /** Goes on until no lane waits. The sweep finds those of lost bells and of runs that were cut off. */
  async #settle(): Promise<void> {
    await this.#goOn();
    const waits = () => this.#db.items('outbox').some(({ l, w }) => l === newsLane(ACCOUNT) && w !== undefined);
    for (let sweeps = 0; waits(); sweeps += 1) {
      if (sweeps > 30) this.#broken ??= 'the lane does not come to rest';
      this.#throw();
      await this.#scheduler.wait(61_000);
      this.#machines.run('sweep-lanes', (app) => app.listeners['sweep-lanes']());
      await this.#goOn();
    }
  }

  /** Goes on until nothing is under way and no bell is to be heard. */
  async #goOn(): Promise<void> {
    for (let steps = 0; this.#scheduler.busy || this.#machines.running > 0 || this.#bells.length > 0; steps += 1) {
      if (steps > 50_000) this.#broken ??= 'the history does not come to rest';
      if (!this.#scheduler.busy && this.#machines.running === 0) {
        await this.#waitUntil(Math.min(...this.#bells.map(({ at = 0 }) => at)));
        // The lease of a run that was cut off.
        await this.#scheduler.wait(1);
      }
      await this.#step();
    }
  }

  #throw(): void {
    if (this.#broken !== undefined) throw new BrokenRuleError(this.#seed, this.#broken);
  }
}

/** A contact that has an address for so long was found by whoever looked for an heir. */
const LOOKED_MS = 3_000;
const LATE_ROUNDS = 3;
const LATE_STEPS = 60;
const INJECTED = [
  'TimeoutError',
  'ProvisionedThroughputExceededException',
  'TransactionCanceledException',
  'UnreachableError',
];

function nothing(): void {}

/** The link of a card is made here, and follows from its id. */
function cardOf({ name, responsibleUserId, contactData }: Pick<Contact, 'name' | 'responsibleUserId' | 'contactData'>) {
  return { name, responsibleUserId, contactData };
}

function isSame(row: Record<string, unknown>, deal: Omit<Deal, 'id'>): boolean {
  return Object.entries(deal).every(([name, value]) => isDeepStrictEqual(row[name], value));
}
