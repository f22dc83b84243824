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

/** A reply of a user, and what Konvert found when it read the client's address. */
interface Reply {
  readonly chat: string;
  readonly userId: string;
  readonly clears: boolean;
  /** The version of the settings that was acknowledged when the reply began. */
  readonly since: number;
  found?: AddressItem;
  /** The users who were responsible for the client at any time since then. */
  readonly owners: Set<string>;
  /** Whether a contact was pushed meanwhile with a responsible user who may not answer. */
  pooled: boolean;
  stored: boolean;
}

/** The settings that were requested last for a channel. */
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
/** A user that the CRM names and never pushes. */
const UNKNOWN = 'stranger';
const CONTACTS = ['contact1', 'contact2'];
const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
/** Longer than an index lags. */
const LAG_MS = 5_000;
/**
 * By then, after the last fault, every client who wrote has an owner, or is in a pool because nobody is eligible. This
 * does not hold if a record of a stream is lost: only the watchdog finds that, and DynamoDB loses none.
 */
const MINUTE_MS = 60_000;
/** How long everything else may take. The task after settings is done twice, and lost bells are found by a sweep. */
const MINUTES_TO_REST = 4;
/** Where an assignment fails because the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;

/**
 * One generated history of new clients. They write in one channel or in two, in parallel and repeated, while settings,
 * users and contacts change and users of the team reply. Each gets one owner (I4), in fair turn (I5), or waits in a
 * pool while nobody is eligible.
 */
export class ClientsHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #ledger = new ClientsLedger((what) => this.#stage.notice(what));
  /** Whether some bells are lost for good. Only the watchdog makes those good. */
  readonly #losesBells: boolean;
  readonly #dozes: number;
  readonly #chosen = new Map<string, Chosen>();
  /** The versions of channels' settings that each request wrote. */
  readonly #saved = new Map<Task, Map<string, number>>();
  readonly #replies = new Map<Task, Reply>();
  /** The place at which each chat waits in a pool, and since when. */
  readonly #waits = new Map<string, { readonly place: string; readonly since: number }>();
  /** The clients that each run gave out of a pool, by their places. */
  readonly #drained = new Map<Task, { readonly place: string; readonly at: number }[]>();
  /** The generation in which each run last read each address. */
  readonly #read = new Map<Task, Map<string, number>>();
  /** When each run last read a list of those who wait. */
  readonly #lookedAt = new Map<Task, number>();
  /** Users with a last change that may have stopped halfway. The CRM repeats it. */
  readonly #unsure = new Set<string>();
  readonly #present = new Set<string>();
  /** Users who were deleted, if only for a time. */
  readonly #deleted = new Set<string>();
  /** The number of records of replies from the pool that made their user responsible (D8). */
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

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    await this.#stage.playActs(this.#faults, this.#random.between(8, 30), () => this.#act());
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

  /** A client wrote while nobody received new clients, and the CRM itself answered. */
  async #openAfterNight(): Promise<void> {
    for (const channelId of CHANNELS) this.#putSettings(channelId, { mode: 'round-robin', userRoles: [] });
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#newClients(1);
    await this.#stage.settleDown(MINUTES_TO_REST);
    for (const { c } of this.#unownedChats()) {
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
    const answered = this.#unownedChats().filter(({ u }) => u === undefined);
    const known = answered.length > 0 && this.#random.chance(0.5) && this.#random.pick(answered);
    this.#writes(known ? chatOfKey(String(known.c)).chatId : this.#anybody());
  }

  /** Writes once or several times at once, in one channel or in two. Each message may be delivered twice. */
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

  /** Deletes a contact. Its client may write again in the same moment. */
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

  /** Mostly changes one user only, so that others stay eligible. Sometimes saves several times at once. */
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

  /** After the 2xx every request that begins has to follow what was written. */
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

  /** Lets one or several users reply at once, sometimes while the CRM names a responsible user itself. */
  #replyAtOnce(): void {
    const random = this.#random;
    const chat = this.#unownedChat(0.8) ?? this.#stage.anyChat();
    if (chat === undefined) return;
    if (random.chance(0.15)) this.#pushContact(chatOfKey(chat).chatId);
    for (let users = random.pick([1, 2, 3, 4]); users > 0; users -= 1) this.#reply(chat, random.pick(USERS));
    if (random.chance(0.1)) this.#pushContact(chatOfKey(chat).chatId);
    if (random.chance(0.1)) this.#handOver(chat);
  }

  /** Lets the CRM itself answer, which makes nobody responsible. */
  #crmReplies(): void {
    const chat = this.#unownedChat(0.5) ?? this.#stage.anyChat();
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

  // What is observed

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
    if (task && address.why?.rule === 'waiting' && isUnowned(record.oldImage)) this.#checkOrder(task, address.a, now);
    this.#ring(record);
  }

  /** Keeps the bells of a write, except those of replies: these histories send none. */
  #ring(record: WriteRecord): void {
    for (const bell of bellsOfWrite(record)) {
      if (bell.function === 'publish-events') continue;
      // At rest no bell is lost, because nothing would find it after the watchdog's run.
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
    if (!clears || !found || !isUnowned(found) || owners.has(userId)) return;
    if (!reply.pooled)
      this.#stage.notice(`${userId} wrote to ${chat}, which had no owner, and did not become responsible (D4)`);
  }

  /** Notes who is responsible for the client of a reply while the reply is under way. */
  #noteAddress(reply: Reply, address: AddressItem | undefined): void {
    const { contact, viewers = [] } = address ?? {};
    for (const userId of viewers) reply.owners.add(userId);
    const settings = this.#ledger.settingsOf(chatOfKey(reply.chat).channelId, reply.since);
    if (contact && settings.some(({ writers }) => !viewers.some((viewer) => writers.includes(viewer))))
      reply.pooled = true;
  }

  // What has to hold in every answer

  /** D4: a user whose reply comes second is told who was first, and the reply is not stored. */
  #checkAnswer(reply: Reply, status: number, answer: Answer): void {
    const { chat, userId, stored, found } = reply;
    const who = `the reply of ${userId} to ${chat}`;
    if (status === 201 && !stored) this.#stage.notice(`${who} was accepted and is not stored`);
    if (status >= 400 && status < 500 && stored)
      this.#stage.notice(`${who} was refused with ${status}, and is stored (D4)`);
    if (status === 409) this.#checkTaken(reply, who, answer);
    // If the run read an address that a first reply had taken, its answer has to say so.
    const receives = this.#ledger
      .settingsOf(chatOfKey(chat).channelId, reply.since)
      .every(({ sellers }) => sellers.includes(userId));
    if (status === 403 && found && isTakenByReply(found) && receives)
      this.#stage.notice(`${who} was refused with 403, and ${found.owner} had replied first (D4)`);
  }

  #checkTaken({ userId, found, owners }: Reply, who: string, { error, data }: Answer): void {
    const { responsibleUserId: winner, name } = data ?? {};
    const known = winner !== undefined && winner !== null && owners.has(winner);
    if (error !== 'ALREADY_TAKEN') this.#stage.notice(`${who} was refused with 409 ${error}`);
    else if (winner === userId) this.#stage.notice(`${who} lost against themself (D4)`);
    else if (!known)
      this.#stage.notice(`${who} lost against ${winner}, and those responsible were ${[...owners]} (D4)`);
    else if (name !== nameOf(winner) && !this.#deleted.has(winner))
      this.#stage.notice(`${who} was told that ${name} won (D4)`);
    else if (found && !isUnowned(found) && !isTakenByReply(found))
      this.#stage.notice(`${who} met 409, and no first reply had decided (D4)`);
  }

  /** D6: of the clients in a pool the one who waits longest is given out first, as far as a lagging index can tell. */
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

  /** Lets everything come to rest without further faults. */
  async #rest(): Promise<void> {
    this.#stage.calmDown();
    // No sweep within this minute: the last one was just before it, and the next comes just after it.
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

  /** Repeats changes of users that may have got no 2xx, as a CRM does. Nothing else finishes them. */
  #repeat(): void {
    for (const userId of this.#unsure) {
      if (this.#present.has(userId)) this.#putUser(userId);
      else this.#removeUser(userId);
    }
    this.#unsure.clear();
  }

  // What has to hold at rest

  /** Checks that every client who wrote has an owner and a contact, or is in a pool because nobody is eligible. */
  #checkMinute(): void {
    const late = (what: string) => this.#stage.broken(`a minute after the last fault ${what}`);
    const written = this.#stage.db.items('messages').filter(({ kind, opens }) => kind === 'client' && opens);
    for (const key of new Set(written.map(({ c }) => String(c)))) {
      const address = this.#ledger.address(addressOf(key));
      if (address?.owner !== undefined && !address.contact)
        late(`${key} belongs to ${address.owner}, and has no contact`);
      if (!isUnowned(address)) continue;
      const { channelId } = chatOfKey(key);
      const row = this.#stage.db.items('chats').find(({ c, s }) => c === key && s === '-');
      if (row?.v !== `${ACCOUNT}#pool#${channelId}`) late(`${key} has no owner, and is in no pool`);
      const wrote = row?.u !== undefined && address?.wrote?.has(key);
      // While the task after new settings is still due, its drain may give the client out.
      if (wrote && this.#couldGive(channelId) && !this.#isDue('place', channelId)) late(`${key} has no owner`);
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
    this.#stage.checkOwnNames();
    for (const channelId of CHANNELS) this.#checkRotation(channelId);
    for (const item of this.#stage.db.items('chats')) if (item.s === '-') this.#checkWaits(item);
  }

  /** I4: an address with an owner has a contact, and an unowned one has no viewers. */
  #checkAddress({ a, owner, contact, viewers }: AddressItem): void {
    if (owner !== undefined && !contact) this.#stage.broken(`${a} belongs to ${owner}, and has no contact (I4)`);
    if (owner === undefined && !contact && viewers.length > 0)
      this.#stage.broken(`${a} has no owner, and ${viewers} see it`);
  }

  /** D9: each decision has exactly one record, and there are no other records. */
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
    if (more !== 0) this.#stage.broken(`${more} records belong to no decision (D9)`);
  }

  /** D10: each own contact has exactly one deal, and each such deal its contact. */
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
        this.#stage.broken(`${s} is kept, and its address belongs to ${address?.contact?.id} (I4)`);
    }
  }

  #checkRotation(channelId: string): void {
    const item = this.#stage.db.items('dispensers').find(({ ch }) => ch === channelId);
    const [{ o: order = [] } = {}] = (item?.r ?? []) as { o?: string[] }[];
    const { eligible } = this.#ledger.settingsOf(channelId).at(-1) ?? { eligible: [] };
    this.#stage.same(`the rotation of ${channelId}`, [...order].sort(), eligible);
  }

  /** D6: no new client waits for an answer while somebody is eligible, and every unowned client is in a pool. */
  #checkWaits({ c, u, v, contact, viewers }: Record<string, unknown>): void {
    const key = String(c);
    const { channelId } = chatOfKey(key);
    const address = this.#ledger.address(addressOf(key));
    if (!address) this.#stage.broken(`${key} is a chat without an address`);
    this.#stage.same(`contact and viewers of ${key}`, [contact, viewers], [address.contact, address.viewers]);
    if (!isUnowned(address)) return;
    if (v !== `${ACCOUNT}#pool#${channelId}`) this.#stage.broken(`${key} has no owner, and stands in ${v}`);
    const { eligible } = this.#ledger.settingsOf(channelId).at(-1) ?? { eligible: [] };
    const wrote = address.wrote?.has(key);
    if (u !== undefined && wrote && eligible.length > 0)
      this.#stage.broken(`${key} waits in the pool, and ${eligible} could get the client (D6)`);
  }

  // Choosing

  /** The chats of unowned clients. */
  #unownedChats() {
    return this.#stage.chatRows().filter(({ c }) => isUnowned(this.#ledger.address(addressOf(String(c)))));
  }

  /** A chat of an unowned client with that probability, if there is one. */
  #unownedChat(chance: number): string | undefined {
    const free = this.#unownedChats();
    return free.length > 0 && this.#random.chance(chance) ? String(this.#random.pick(free).c) : undefined;
  }

  /** A client, mostly one of the latest. */
  #anybody(): string {
    const least = this.#random.chance(0.7) ? Math.max(1, this.#people - 3) : 1;
    return `person${this.#random.between(least, Math.max(1, this.#people))}`;
  }
}

/** The answer to a refused reply. */
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

function isUnowned(address: { readonly contact?: unknown; readonly owner?: unknown } | undefined): boolean {
  return address?.contact === undefined && address?.owner === undefined;
}

function isTakenByReply({ owner, why }: AddressItem): boolean {
  return owner !== undefined && why?.rule === 'first-reply' && why.userId === owner;
}

/** Whether the command belongs to a turn, a decision or a change of the rotation. */
function decides({ constructor: { name }, input }: Command): boolean {
  if (input.TableName === 'dispensers') return true;
  return input.TableName === 'addresses' && name === 'UpdateCommand';
}
