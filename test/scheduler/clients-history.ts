import { addressKey } from '#domain/address';
import { chatOfKey } from '#domain/message';
import type { RoutedName } from '#lib/routes';
import { bellsOfWrite } from './bells.ts';
import { type AddressItem, ClientsLedger } from './clients-ledger.ts';
import { ACCOUNT, type Asked, prepareAccount } from './machines.ts';
import type { Command, WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, type Task } from './scheduler.ts';
import { Stage } from './stage.ts';

/** A reply that a user wrote, and what Konvert found when it looked whose the client is. */
interface Reply {
  readonly chat: string;
  readonly userId: string;
  readonly clears: boolean;
  /** The version of the settings that counted when it began. */
  readonly since: number;
  found?: AddressItem;
  /** Whose the client was at any time since then. */
  readonly owners: Set<string>;
  /** Whether the CRM pushed a contact meanwhile, and named nobody who could answer. */
  pooled: boolean;
  stored: boolean;
}

/** What was asked for last of a channel. */
interface Chosen {
  readonly mode: string;
  readonly userRoles: readonly {
    readonly userId: string;
    readonly role: string;
    readonly allowGetNewClients: boolean;
  }[];
}

const CHANNELS = ['channel-1', 'channel-2'];
const USERS = ['anna', 'boris', 'clara', 'dina', 'head'];
/** Somebody whom a CRM names and never pushed. */
const UNKNOWN = 'stranger';
const CONTACTS = ['contact1', 'contact2'];
const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
/** Longer than an index lags. */
const LAG_MS = 5_000;
/**
 * After the last fault everybody who wrote is somebody's by then, or stands in a pool because nobody could be given them.
 * Not where a record of a stream was lost altogether, which DynamoDB's streams lose none of: only the watchdog finds that.
 */
const MINUTE_MS = 60_000;
/** How long everything else may take: what follows from settings is done twice, and what was lost is found by a sweep. */
const MINUTES_TO_REST = 4;
/** Where a new client is tried again, because their chat is not there yet. */
const NOT_YET = /^at draw /;

/**
 * One generated history of new clients: they write, on one channel and on two, in parallel and repeated, while settings,
 * users and contacts change and people of the team reply at once. Each gets one owner (I4), in fair turn (I5), or waits
 * where nobody can be given them.
 */
export class ClientsHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #ledger = new ClientsLedger((what) => this.#stage.notice(what));
  /** Some bells are lost for good: then only the watchdog finds what they stood for. */
  readonly #losesBells: boolean;
  readonly #dozes: number;
  readonly #chosen = new Map<string, Chosen>();
  /** Which version of which channel's settings a request wrote. */
  readonly #saved = new Map<Task, Map<string, number>>();
  readonly #replies = new Map<Task, Reply>();
  /** Where each chat waits, and since when. */
  readonly #waits = new Map<string, { readonly place: string; readonly since: number }>();
  /** Whom each run gave out of a pool. */
  readonly #drained = new Map<Task, { readonly place: string; readonly at: number }[]>();
  /** The generation in which each run read each address last. */
  readonly #read = new Map<Task, Map<string, number>>();
  /** When each run last looked who waits. */
  readonly #lookedAt = new Map<Task, number>();
  /** Users whose last change may have stopped halfway: their CRM repeats it. */
  readonly #unsure = new Set<string>();
  readonly #present = new Set<string>();
  /** Those who were, if only for a time. */
  readonly #deleted = new Set<string>();
  /** How many records say that a reply took over a client of nobody who could answer (D8). */
  #taken = 0;
  #people = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
    this.#losesBells = random.chance(0.25);
    this.#dozes = random.pick([0, 0.05, 0.2]);
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0, 0.005, 0.02]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    const mayThrow = (_name: string, where: string) => NOT_YET.test(where);
    this.#stage = new Stage({ seed, random, skewMs: this.#faults.skewMs, mayThrow });
    this.#stage.scheduler.dozes = (command) => decides(command) && random.chance(this.#dozes);
    this.#stage.scheduler.observe = (task, command, answer) => this.#observe(task, command, answer);
    this.#stage.db.onWrite = (record) => this.#noticeWrite(record);
  }

  /** Plays the history to its end and checks what has to hold; throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    this.#stage.scheduler.faults = this.#faults;
    for (let acts = this.#random.between(8, 30); acts > 0; acts -= 1) {
      this.#act();
      for (let steps = this.#random.pick([0, 5, 40]); steps > 0; steps -= 1) await this.#stage.step(0.25);
    }
    // What failed is tried again in time to fail once more.
    for (let steps = this.#random.pick([0, 0, 300]); steps > 0; steps -= 1) await this.#stage.step(0.25);
    await this.#rest();
    this.#check();
  }

  async #prepare(): Promise<void> {
    const random = this.#random;
    prepareAccount(this.#stage.db, CHANNELS);
    const body = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/pipelines', { body });
    for (const userId of USERS) this.#putUser(userId);
    await this.#stage.goOn();
    if (random.chance(0.15)) await this.#openAfterNight();
    for (const channelId of CHANNELS) if (random.chance(0.9)) this.#saveSettings(channelId);
    await this.#stage.settleDown(MINUTES_TO_REST);
    if (this.#people === 0) return;
    this.#writes('person1');
    await this.#stage.settleDown(MINUTES_TO_REST);
    for (const row of this.#stage.chatRows()) this.#checkWaits(row);
  }

  /** Somebody wrote while nobody received new clients, and the CRM itself answered. */
  async #openAfterNight(): Promise<void> {
    for (const channelId of CHANNELS) this.#putSettings(channelId, { mode: 'round-robin', userRoles: [] });
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#newClients(1);
    await this.#stage.settleDown(MINUTES_TO_REST);
    for (const { c } of this.#freeChats()) {
      const body = { ...chatOfKey(String(c)), text: 'an answer' };
      this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
    }
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#chosen.clear();
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [5, () => this.#newClients(random.pick([1, 1, 2, 4, 8]))],
      [4, () => this.#writesAgain()],
      [2, () => this.#stage.deliverAgain()],
      [5, () => this.#replyAtOnce()],
      [2.5, () => this.#crmReplies()],
      [4, () => this.#saveSettings(random.pick(CHANNELS))],
      [0.7, () => this.#putUser(random.pick(USERS))],
      [0.7, () => this.#removeUser(random.pick(USERS))],
      [1.5, () => this.#pushContact(this.#anybody())],
      [2, () => this.#removeContact()],
      [1, () => this.#handOver(this.#stage.anyChat())],
      [1, () => this.#stage.sweep()],
      [0.3, () => this.#stage.scheduler.wait(65_000)],
    ])();
  }

  // What clients do

  #newClients(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.#people += 1;
      this.#writes(`person${this.#people}`);
    }
  }

  #writesAgain(): void {
    const answered = this.#freeChats().filter(({ u }) => u === undefined);
    const known = answered.length > 0 && this.#random.chance(0.5) && this.#random.pick(answered);
    this.#writes(known ? chatOfKey(String(known.c)).chatId : this.#anybody());
  }

  /** Once or several times at once, on one channel or on two; each message may be delivered twice. */
  #writes(chatId: string): void {
    const random = this.#random;
    for (let messages = random.pick([1, 1, 1, 2, 3]); messages > 0; messages -= 1) {
      this.#stage.write(random.pick(CHANNELS), chatId, random.pick([1, 1, 2]));
    }
  }

  // What the CRM says

  #pushContact(chatId: string): void {
    const id = this.#random.pick(CONTACTS);
    const responsibleUserId = this.#random.pick([...USERS, UNKNOWN]);
    const body = [{ id, name: 'Known', responsibleUserId, contactData: [{ chatType: 'telegram', chatId }] }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/contacts', { body });
  }

  /** Mostly one that Konvert made; its client may write again in the same moment. */
  #removeContact(): void {
    const all = this.#stage.db.items('addresses') as unknown as AddressItem[];
    const known = all.filter(({ contact }) => contact);
    if (known.length === 0) return;
    const { a, contact } = this.#random.pick(known);
    this.#stage.machines.request('sync-directory', 'DELETE', '/v3/contacts/{id}', { params: { id: contact?.id } });
    if (this.#random.chance(0.6)) this.#writes(personOf(a));
  }

  #putUser(id: string): void {
    this.#changeUser(id, 'POST', '/v3/users', { body: [{ id, name: nameOf(id) }] });
  }

  #removeUser(id: string): void {
    this.#changeUser(id, 'DELETE', '/v3/users/{id}', { params: { id } });
  }

  #changeUser(id: string, method: string, path: string, asked: Asked): void {
    this.#unsure.add(id);
    this.#change('sync-directory', method, path, asked);
  }

  /** Mostly as they were but for one user, so that others are eligible all along; sometimes twice in the same moment. */
  #saveSettings(channelId: string): void {
    const random = this.#random;
    for (let saves = random.pick([1, 1, 1, 2]); saves > 0; saves -= 1) {
      const chosen = (random.chance(0.7) && this.#chosen.get(channelId)) || this.#anySettings();
      const changed = random.pick(USERS);
      const userRoles = chosen.userRoles
        .filter(({ userId }) => this.#present.has(userId))
        .map((user) => ({
          ...user,
          allowGetNewClients: user.role !== 'auditor' && (user.userId === changed) !== user.allowGetNewClients,
        }));
      this.#putSettings(channelId, { ...chosen, userRoles });
    }
  }

  #anySettings(): Chosen {
    const random = this.#random;
    const switchedOn = random.pick([0, 0.5, 0.8, 1]);
    const userRoles = USERS.filter(() => random.chance(0.85)).map((userId) => {
      const role = userId === 'head' ? 'manager' : random.chance(0.9) ? 'seller' : 'auditor';
      return { userId, role, allowGetNewClients: role !== 'auditor' && random.chance(switchedOn) };
    });
    return { mode: random.chance(0.75) ? 'round-robin' : 'first-reply', userRoles };
  }

  #putSettings(channelId: string, chosen: Chosen): void {
    this.#chosen.set(channelId, chosen);
    const { mode, userRoles } = chosen;
    const body = { newClients: { mode, pipelineId: '1', stageId: '10' }, userRoles };
    const path = '/v1/settings/channels/{channelId}';
    this.#change('manage-settings', 'PUT', path, { params: { channelId }, body });
  }

  /** A 2xx says that whoever begins now goes by what was written. */
  #change(name: RoutedName, method: string, path: string, asked: Asked): void {
    const done = (status: number) => {
      if (status !== 200 && status !== 404) return;
      for (const [channelId, version] of this.#saved.get(task) ?? []) this.#ledger.acknowledge(channelId, version);
    };
    const task = this.#stage.machines.request(name, method, path, { ...asked, done });
  }

  #handOver(chat: string | undefined): void {
    if (chat === undefined) return;
    const body = { userId: this.#random.pick(USERS) };
    this.#stage.machines.request('hand-over', 'PUT', `${CHAT}/responsible`, { params: chatOfKey(chat), body });
  }

  // What the team does

  /** One, or several in the same moment; sometimes together with the CRM, which names somebody itself. */
  #replyAtOnce(): void {
    const random = this.#random;
    const chat = this.#freeChat(0.8) ?? this.#stage.anyChat();
    if (chat === undefined) return;
    if (random.chance(0.15)) this.#pushContact(chatOfKey(chat).chatId);
    for (let users = random.pick([1, 2, 3, 4]); users > 0; users -= 1) this.#reply(chat, random.pick(USERS));
    if (random.chance(0.1)) this.#pushContact(chatOfKey(chat).chatId);
    if (random.chance(0.1)) this.#handOver(chat);
  }

  /** The CRM itself answers, and makes nobody responsible. */
  #crmReplies(): void {
    const chat = this.#freeChat(0.5) ?? this.#stage.anyChat();
    if (chat === undefined) return;
    const body = { ...chatOfKey(chat), text: 'an answer' };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
    if (this.#random.chance(0.5)) this.#writes(chatOfKey(chat).chatId);
  }

  #reply(chat: string, userId: string): void {
    const clears = this.#random.chance(0.9);
    const owners = new Set<string>();
    const { channelId } = chatOfKey(chat);
    const reply: Reply = {
      chat,
      userId,
      clears,
      since: this.#ledger.acknowledgedOf(channelId),
      owners,
      pooled: false,
      stored: false,
    };
    this.#noteAddress(reply, this.#ledger.address(addressOf(chat)));
    const text = { text: 'our answer', ...(!clears && { clearUnanswered: false }) };
    const body = { ...chatOfKey(chat), ...text, crmUserId: userId };
    const done = (status: number, answer: unknown) => this.#checkAnswer(reply, status, answer as Answer);
    this.#replies.set(this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body, done }), reply);
  }

  // What is seen of it

  #observe(task: Task, command: Command, answer: unknown): void {
    const { input } = command;
    if (input.IndexName === 'viewer-unanswered') this.#lookedAt.set(task, this.#stage.scheduler.now);
    if (input.TableName === 'addresses')
      this.#noticeRead(task, answer as { Item?: AddressItem; Attributes?: AddressItem });
    const reply = this.#replies.get(task);
    if (!reply || reply.found || command.constructor.name !== 'GetCommand' || input.TableName !== 'addresses') return;
    reply.found = (answer as { Item?: AddressItem }).Item ?? { a: input.Key.a, viewers: [] };
  }

  #noticeRead(task: Task, { Item, Attributes = Item }: { Item?: AddressItem; Attributes?: AddressItem } = {}): void {
    if (!Attributes) return;
    const read = this.#read.get(task) ?? new Map<string, number>();
    this.#read.set(task, read.set(Attributes.a, Attributes.gen ?? 0));
  }

  #noticeWrite(record: WriteRecord): void {
    const { task, now } = this.#stage.scheduler;
    this.#ledger.note(record, task?.name ?? 'nobody', task && this.#read.get(task));
    if (record.tableId === 'accounts') this.#noticeSettings(record, task);
    if (record.tableId === 'directory') this.#noticeUser(record);
    if (record.tableId === 'chats') this.#noticePlace(record);
    if (record.tableId === 'assignments' && task?.name === 'record-reply') this.#taken += 1;
    if (record.tableId === 'messages') {
      this.#noticeReply(record, task && this.#replies.get(task));
      this.#ring(record);
    }
    if (record.tableId !== 'addresses') return;
    const address = record.newImage as unknown as AddressItem;
    for (const reply of this.#replies.values())
      if (addressOf(reply.chat) === address.a) this.#noteAddress(reply, address);
    if (task && address.why?.rule === 'waiting' && isFree(record.oldImage)) this.#checkOrder(task, address.a, now);
    this.#ring(record);
  }

  /** Nothing leaves in these histories. */
  #ring(record: WriteRecord): void {
    for (const bell of bellsOfWrite(record)) {
      if (bell.function === 'publish-events') continue;
      // Once it comes to rest the watchdog runs, and nothing is lost behind its back.
      const mayBeLost = this.#losesBells && this.#stage.scheduler.faults !== NO_FAULTS;
      if (!(mayBeLost && this.#random.chance(0.3))) this.#stage.ring(bell);
    }
  }

  #noticeSettings({ newImage }: WriteRecord, task: Task | undefined): void {
    if (newImage?.s !== 'settings' || !task) return;
    const saved = this.#saved.get(task) ?? new Map<string, number>();
    this.#saved.set(task, saved.set(String(newImage.p).slice('channel#'.length), Number(newImage.ver)));
  }

  #noticeUser({ oldImage, newImage }: WriteRecord): void {
    const { p, s } = (newImage ?? oldImage) as { p: string; s: string };
    if (p !== `${ACCOUNT}#users`) return;
    if (newImage) this.#present.add(s);
    else if (this.#present.delete(s)) this.#deleted.add(s);
  }

  #noticePlace({ newImage }: WriteRecord): void {
    if (newImage?.s !== '-') return;
    const key = String(newImage.c);
    const inPool = String(newImage.v).startsWith(`${ACCOUNT}#pool#`);
    const place = inPool && newImage.u !== undefined ? String(newImage.u) : '';
    if (place !== this.#waits.get(key)?.place) this.#waits.set(key, { place, since: this.#stage.scheduler.now });
  }

  #noticeReply({ newImage }: WriteRecord, reply: Reply | undefined): void {
    if (newImage?.kind !== 'reply') return;
    if (!reply) return;
    reply.stored = true;
    const { chat, userId, clears, found, owners } = reply;
    if (!clears || !found || !isFree(found) || owners.has(userId)) return;
    if (!reply.pooled)
      this.#stage.notice(`${userId} wrote to ${chat}, which was nobody's, and did not become responsible (D4)`);
  }

  /** Whose the client of a reply is while it is under way. */
  #noteAddress(reply: Reply, address: AddressItem | undefined): void {
    const { contact, viewers = [] } = address ?? {};
    for (const userId of viewers) reply.owners.add(userId);
    const rules = this.#ledger.rulesOf(chatOfKey(reply.chat).channelId, reply.since);
    if (contact && rules.some(({ writers }) => !viewers.some((viewer) => writers.includes(viewer))))
      reply.pooled = true;
  }

  // What has to hold in every answer

  /** D4: whoever loses is told who won, and nothing of theirs is stored. */
  #checkAnswer(reply: Reply, status: number, answer: Answer): void {
    const { chat, userId, stored, found } = reply;
    const who = `the reply of ${userId} to ${chat}`;
    if (status === 201 && !stored) this.#stage.notice(`${who} was accepted and is not stored`);
    if (status >= 400 && status < 500 && stored)
      this.#stage.notice(`${who} was refused with ${status}, and is stored (D4)`);
    if (status === 409) this.#checkTaken(reply, who, answer);
    // Whoever looked while a first reply stood has to be told so.
    const receives = this.#ledger
      .rulesOf(chatOfKey(chat).channelId, reply.since)
      .every(({ sellers }) => sellers.includes(userId));
    if (status === 403 && found && isTakenByReply(found) && receives)
      this.#stage.notice(`${who} was refused with 403, and ${found.owner} had replied first (D4)`);
  }

  #checkTaken({ userId, found, owners }: Reply, who: string, { error, data }: Answer): void {
    const { responsibleUserId: winner, name } = data ?? {};
    const known = winner !== undefined && winner !== null && owners.has(winner);
    if (error !== 'ALREADY_TAKEN') this.#stage.notice(`${who} was refused with 409 ${error}`);
    else if (winner === userId) this.#stage.notice(`${who} lost against themself (D4)`);
    else if (!known) this.#stage.notice(`${who} lost against ${winner}, and whose it was is ${[...owners]} (D4)`);
    else if (name !== nameOf(winner) && !this.#deleted.has(winner))
      this.#stage.notice(`${who} was told that ${name} won (D4)`);
    else if (found && !isFree(found) && !isTakenByReply(found))
      this.#stage.notice(`${who} met 409, and no first reply had decided (D4)`);
  }

  /** D6: of those who wait in a pool whoever waits longest comes first, as far as an index can know. */
  #checkOrder(task: Task, address: string, now: number): void {
    const waiting = [...this.#waits].filter(([key, { place }]) => place !== '' && addressOf(key) === address);
    const [wait] = waiting.map(([, one]) => one);
    if (!wait || waiting.length > 1) return;
    const before = this.#drained.get(task) ?? [];
    const looked = this.#lookedAt.get(task) ?? 0;
    const later = before.find(({ place, at }) => at > looked && place > wait.place && wait.since < looked - LAG_MS);
    if (later) this.#stage.notice(`${address} waits since ${wait.place} and was given out after ${later.place} (D6)`);
    this.#drained.set(task, [...before, { place: wait.place, at: now }]);
  }

  // Coming to rest

  /** Nothing goes wrong any more, everything is delivered, every bell is heard, every task done. */
  async #rest(): Promise<void> {
    this.#stage.calmDown();
    // Without a sweep: the last one was just before, and the next comes just after.
    await this.#stage.passUntil(this.#stage.scheduler.now + MINUTE_MS);
    if (!this.#losesBells) this.#checkMinute();
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#repeat();
    await this.#stage.settleDown(MINUTES_TO_REST);
    if (!this.#losesBells) return;
    this.#stage.machines.run('watch-chats', (app) => app.listeners['watch-chats']());
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#checkMinute();
  }

  /** A CRM repeats what may have got no 2xx; nobody else finishes a change of users. */
  #repeat(): void {
    for (const userId of this.#unsure) {
      if (this.#present.has(userId)) this.#putUser(userId);
      else this.#removeUser(userId);
    }
    this.#unsure.clear();
  }

  // What has to hold at rest

  /** Everybody who wrote is somebody's, with contact and all, or stands in a pool because nobody could be given them. */
  #checkMinute(): void {
    const late = (what: string) => this.#stage.broken(`a minute after the last fault ${what}`);
    const written = this.#stage.db.items('messages').filter(({ kind, opens }) => kind === 'client' && opens);
    for (const key of new Set(written.map(({ c }) => String(c)))) {
      const address = this.#ledger.address(addressOf(key));
      if (address?.owner !== undefined && !address.contact) late(`${key} is ${address.owner}'s, without a contact`);
      if (!isFree(address)) continue;
      const { channelId } = chatOfKey(key);
      const row = this.#stage.db.items('chats').find(({ c, s }) => c === key && s === '-');
      if (row?.v !== `${ACCOUNT}#pool#${channelId}`) late(`${key} is nobody's, and in no pool`);
      const wrote = row?.u !== undefined && address?.wrote?.has(key);
      // Whose settings are still being followed comes with those who waited before.
      if (wrote && this.#couldGive(channelId) && !this.#isDue('place', channelId)) late(`${key} is nobody's`);
    }
  }

  #couldGive(channelId: string): boolean {
    const item = this.#stage.db.items('dispensers').find(({ ch }) => ch === channelId);
    const [{ o: order = [] } = {}] = (item?.r ?? []) as { o?: string[] }[];
    return order.length > 0;
  }

  #isDue(kind: string, channelId: string): boolean {
    return this.#stage.db.items('outbox').some(({ l }) => l === `task#${kind}#${channelId}`);
  }

  #check(): void {
    const addresses = this.#stage.db.items('addresses') as unknown as AddressItem[];
    for (const address of addresses) this.#checkAddress(address);
    this.#checkRecords();
    this.#checkOwnDeals();
    for (const channelId of CHANNELS) this.#checkRotation(channelId);
    for (const item of this.#stage.db.items('chats')) if (item.s === '-') this.#checkWaits(item);
  }

  /** I4: whoever is somebody's has a contact; who is nobody's belongs to none. */
  #checkAddress({ a, owner, contact, viewers }: AddressItem): void {
    if (owner !== undefined && !contact) this.#stage.broken(`${a} is ${owner}'s, and has no contact (I4)`);
    if (owner === undefined && !contact && viewers.length > 0)
      this.#stage.broken(`${a} is nobody's, and ${viewers} see it`);
  }

  /** D9: each decision is explained once, and nothing else is. */
  #checkRecords(): void {
    const records = this.#stage.db.items('assignments').filter(({ rule }) => rule !== 'handed-over');
    let explained = 0;
    for (const { address, at, why } of this.#ledger.decisions) {
      const of = records.filter(
        (one) => one.chatId === personOf(address) && one.at === at && one.userId === why.userId,
      );
      explained += of.length;
      if (of.length !== 1) this.#stage.broken(`${address} was given to ${why.userId}, with ${of.length} records (D9)`);
      for (const { rule, place, passedOver } of of)
        this.#stage.same(`the record of ${address}`, [rule, place, passedOver], [why.rule, why.place, why.passedOver]);
    }
    const more = records.length - explained - this.#taken;
    if (more !== 0) this.#stage.broken(`${more} records are of no decision (D9)`);
  }

  /** D10: each contact that Konvert keeps has its one deal, and each such deal its contact. */
  #checkOwnDeals(): void {
    const all = this.#stage.db.items('directory');
    const contacts = all.filter(({ p, own }) => p === `${ACCOUNT}#contacts` && own !== undefined);
    const deals = all.filter(({ p }) => p === `${ACCOUNT}#deals`);
    const sorted = (pairs: unknown[][]) => pairs.map(String).sort();
    this.#stage.same(
      'the deals',
      sorted(deals.map(({ s, contacts: of, responsibleUserId }) => [s, of, responsibleUserId])),
      sorted(contacts.map(({ s, own, card }) => [own, [s], (card as { responsibleUserId: string }).responsibleUserId])),
    );
    for (const { s, card } of contacts) {
      const [{ chatId = '' } = {}] = (card as { contactData: { chatId: string }[] }).contactData;
      const address = this.#ledger.address(addressKey(ACCOUNT, 'telegram', chatId));
      if (address?.contact?.id !== s)
        this.#stage.broken(`${s} is kept, and its address is ${address?.contact?.id}'s (I4)`);
    }
  }

  #checkRotation(channelId: string): void {
    const item = this.#stage.db.items('dispensers').find(({ ch }) => ch === channelId);
    const [{ o: order = [] } = {}] = (item?.r ?? []) as { o?: string[] }[];
    const { eligible } = this.#ledger.rulesOf(channelId).at(-1) ?? { eligible: [] };
    this.#stage.same(`the rotation of ${channelId}`, [...order].sort(), eligible);
  }

  /** D6: nobody new waits for an answer where somebody could be given them; and whoever waits is in a pool. */
  #checkWaits({ c, u, v, contact, viewers }: Record<string, unknown>): void {
    const key = String(c);
    const { channelId } = chatOfKey(key);
    const address = this.#ledger.address(addressOf(key));
    if (!address) this.#stage.broken(`${key} is a chat of no address`);
    this.#stage.same(`whose ${key} is`, [contact, viewers], [address.contact, address.viewers]);
    if (!isFree(address)) return;
    if (v !== `${ACCOUNT}#pool#${channelId}`) this.#stage.broken(`${key} is nobody's, and stands in ${v}`);
    const { eligible } = this.#ledger.rulesOf(channelId).at(-1) ?? { eligible: [] };
    const wrote = address.wrote?.has(key);
    if (u !== undefined && wrote && eligible.length > 0)
      this.#stage.broken(`${key} waits in the pool, and ${eligible} could be given them (D6)`);
  }

  // Choosing

  /** Those of nobody's clients. */
  #freeChats() {
    return this.#stage.chatRows().filter(({ c }) => isFree(this.#ledger.address(addressOf(String(c)))));
  }

  /** That often one of them, if there is any. */
  #freeChat(chance: number): string | undefined {
    const free = this.#freeChats();
    return free.length > 0 && this.#random.chance(chance) ? String(this.#random.pick(free).c) : undefined;
  }

  /** Mostly somebody of late. */
  #anybody(): string {
    const least = this.#random.chance(0.7) ? Math.max(1, this.#people - 3) : 1;
    return `person${this.#random.between(least, Math.max(1, this.#people))}`;
  }
}

/** What is answered to a reply. */
interface Answer {
  readonly error?: string;
  readonly data?: { readonly responsibleUserId?: string | null; readonly name?: string | null };
}

function nameOf(userId: string): string {
  return `Name of ${userId}`;
}

function addressOf(key: string): string {
  const { chatType, chatId } = chatOfKey(key);
  return addressKey(ACCOUNT, chatType, chatId);
}

function personOf(address: string): string {
  return address.slice(address.lastIndexOf('#') + 1);
}

function isFree(address: { readonly contact?: unknown; readonly owner?: unknown } | undefined): boolean {
  return address?.contact === undefined && address?.owner === undefined;
}

function isTakenByReply({ owner, why }: AddressItem): boolean {
  return owner !== undefined && why?.rule === 'first-reply' && why.userId === owner;
}

/** What a turn, a decision or a rotation is written with, and what a change of the rotation goes by. */
function decides({ constructor: { name }, input }: Command): boolean {
  if (input.TableName === 'dispensers') return true;
  return input.TableName === 'addresses' && name === 'UpdateCommand';
}
