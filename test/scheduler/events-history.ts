import type { Received, ReceivedMessage } from '#channels/inbound';
import type { Sent } from '#channels/outbound';
import type { PersonIds } from '#channels/terms';
import { personOfKey } from '#domain/address';
import { chatOfKey } from '#domain/message';
import { bellsOfWrite } from './bells.ts';
import { EventsLedger, isEventLane } from './events-ledger.ts';
import { expectedTold, toldBy } from './events-reference.ts';
import { ACCOUNT, playedMessenger, prepareAccount } from './machines.ts';
import type { Command, WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Item, MOODS, Receiver } from './receiver.ts';
import { type Faults, NO_FAULTS, type Task } from './scheduler.ts';
import { Stage } from './stage.ts';

/** A message that can be edited or deleted, with what an edit tells of it. Of our own it tells nothing. */
interface Said {
  readonly channelId: string;
  readonly chatId: string;
  readonly providerId: string;
  readonly told?: Extract<Received, { kind: 'edit' }>['message'];
}

const CHANNELS = ['channel-1', 'channel-2'];
const USERS = ['anna', 'boris'];
const PEOPLE = ['person1', 'person2', 'person3', 'person4', 'person5'];
const WEBHOOKS = '/v3/webhooks';
const URI = 'https://crm.example/hook';
const HOUR_MS = 3_600_000;
/** Longer than the longest wait of a lane. By then a receiver that is well has got all that does not fail. */
const WITHIN_MS = HOUR_MS;
/** After that nothing waits any more: what no receiver took has failed. */
const AT_MOST_MS = 60 * HOUR_MS;
/** Where an assignment fails because the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;

/**
 * One generated history of an account with a receiver. Clients write, edit and delete, the team replies, new clients are
 * given out, and the receiver takes, refuses, hangs and goes away. What has to be told is told once and in order, and each
 * new client becomes one contact and one deal.
 */
export class EventsHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #receiver: Receiver;
  readonly #ledger = new EventsLedger((what) => this.#stage.notice(what));
  readonly #faults: Faults;
  /** Whether some bells are lost for good. Only the watchdog makes those good. */
  readonly #losesBells: boolean;
  readonly #dozes: number;
  /** Everything that the receiver took, in order. */
  readonly #taken: Item[] = [];
  readonly #said: Said[] = [];
  readonly #underWay = new Set<{ readonly task: Task; readonly keys: readonly string[]; readonly begunAt: number }>();
  readonly #listensToCreations: boolean;
  #changes = 0;
  #sent = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
    this.#losesBells = random.chance(0.25);
    this.#dozes = random.pick([0, 0.05, 0.2]);
    this.#listensToCreations = random.chance(0.7);
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0.005, 0.02, 0.05]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      messenger: playedMessenger({
        send: ({ token = '' }, { to: [{ chatId }] }, signal) => this.#send(token, chatId, signal),
      }),
      fetch: (...asked) => this.#receiver.fetch(...asked),
      losesMessages: random.pick([0, 0, 0.2]),
      mayThrow: (_name, where) => NOT_YET.test(where),
    });
    const { scheduler, db } = this.#stage;
    this.#receiver = new Receiver({
      scheduler,
      random,
      knownBy: random.pick(['call', 'item']),
      bad: random.pick([0, 0, 0.05, 0.15]),
      called: (items, task) => this.#checkCall(items, task),
      refused: (item) => this.#ledger.refuse(item),
      took: (item) => this.#take(item),
    });
    scheduler.dozes = (command) => holds(command) && random.chance(this.#dozes);
    scheduler.observe = (task, command) => this.#ledger.look(task, command, db.sequence);
    db.onWrite = (record) => this.#noticeWrite(record);
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    await this.#stage.playActs(this.#faults, this.#random.between(6, 26), () => this.#act());
    await this.#rest();
    this.#check();
  }

  async #prepare(): Promise<void> {
    const { machines, db } = this.#stage;
    prepareAccount(db, CHANNELS);
    const pipelines = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
    machines.request('sync-directory', 'POST', '/v3/pipelines', { body: pipelines });
    const users = USERS.map((id) => ({ id, name: `Name of ${id}` }));
    machines.request('sync-directory', 'POST', '/v3/users', { body: users });
    await this.#stage.goOn();
    for (const channelId of CHANNELS) {
      const mode = this.#random.pick(['round-robin', 'first-reply']);
      const userRoles = USERS.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
      const body = { newClients: { mode, pipelineId: '1', stageId: '10' }, userRoles };
      const path = '/v1/settings/channels/{channelId}';
      machines.request('manage-settings', 'PUT', path, { params: { channelId }, body });
    }
    const subscriptions = { messagesAndStatuses: true, contactsAndDealsCreation: this.#listensToCreations };
    machines.request('manage-webhooks', 'PATCH', WEBHOOKS, { body: { webhooksUri: URI, subscriptions } });
    await this.#stage.settleDown(4);
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [8, () => this.#write()],
      [1.5, () => this.#echo()],
      [1, () => this.#import()],
      [2, () => this.#change()],
      [2, () => this.#stage.deliverAgain()],
      [4, () => this.#reply()],
      [1, () => this.#stage.retryFailed()],
      [2.5, () => this.#changeMood()],
      [0.5, () => this.#pushContact()],
      [1.5, () => this.#stage.sweep()],
      [0.7, () => void this.#stage.scheduler.wait(random.pick([6_000, 12_000, 35_000, 65_000, 16 * 60_000]))],
    ])();
  }

  // What happens

  /** Clients write, sometimes several at once, and each message may be delivered twice. */
  #write(): void {
    const random = this.#random;
    for (let messages = random.pick([1, 1, 2, 4]); messages > 0; messages -= 1) {
      const [channelId, chatId] = [random.pick(CHANNELS), random.pick(PEOPLE)];
      const message = this.#stage.write(channelId, chatId, random.pick([1, 1, 2]));
      this.#said.push({ channelId, chatId, providerId: message.providerId, told: toldOf(message) });
    }
  }

  #echo(): void {
    const random = this.#random;
    const { channelId, chatId } = this.#anySaid() ?? { channelId: CHANNELS[0] as string, chatId: PEOPLE[0] as string };
    this.#changes += 1;
    const providerId = `echo${this.#changes}`;
    const time = this.#stage.scheduler.now - random.between(0, 3_000);
    const content = { type: 'text', text: `echo ${this.#changes}` } as const;
    const author = { name: 'Owner' };
    const echo: ReceivedMessage = {
      kind: 'echo',
      ids: [{ chatType: 'telegram', chatId }],
      providerId,
      time,
      opens: false,
      author,
      content,
    };
    this.#said.push({ channelId, chatId, providerId, told: toldOf(echo) });
    this.#tell(channelId, echo);
  }

  /** An import brings a line of a client or of the team. The message itself may come as well, before or after it. */
  #import(): void {
    const random = this.#random;
    const [channelId, chatId] = [random.pick(CHANNELS), random.pick(PEOPLE)];
    this.#changes += 1;
    const line: ReceivedMessage = {
      kind: random.pick(['client', 'echo']),
      ids: [{ chatType: 'telegram', chatId }],
      providerId: `import${this.#changes}`,
      time: this.#stage.scheduler.now - random.between(0, 60_000),
      opens: true,
      author: { name: 'Somebody' },
      content: { type: 'text', text: `import ${this.#changes}` },
    };
    this.#said.push({ channelId, chatId, providerId: line.providerId, told: toldOf(line) });
    const imported = { ...line, history: true } as const;
    const comes = random.weighted<readonly ReceivedMessage[]>([
      [3, [imported]],
      [1, [imported, line]],
      [1, [line, imported]],
    ]);
    for (const item of comes) this.#tell(channelId, item);
  }

  /** Somebody edits or deletes a message in the messenger. */
  #change(): void {
    const said = this.#anySaid();
    if (!said) return;
    const { channelId, chatId, providerId, told } = said;
    this.#changes += 1;
    const about = { ids: [{ chatType: 'telegram', chatId }], providerId } as const;
    const time = this.#stage.scheduler.now - this.#random.between(0, 4_000);
    const content = { type: 'text', text: `edit ${this.#changes}` } as const;
    const message = told && { message: told };
    const edit = { kind: 'edit', ...about, time, sequence: this.#changes, content, ...message } as const;
    this.#tell(channelId, this.#random.chance(0.75) ? edit : { kind: 'deletion', ...about });
  }

  #tell(channelId: string, item: Received & { readonly ids: PersonIds }): void {
    this.#stage.tell(channelId, item, this.#random.pick([1, 1, 2]));
  }

  #reply(): void {
    const chat = this.#stage.anyChat();
    if (chat === undefined) return;
    const crmUserId = this.#random.pick([...USERS, ...USERS, undefined]);
    this.#changes += 1;
    const body = { ...chatOfKey(chat), text: `answer ${this.#changes}`, ...(crmUserId && { crmUserId }) };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
  }

  #changeMood(): void {
    this.#receiver.mood = this.#receiver.mood === 'well' ? this.#random.pick(MOODS) : 'well';
  }

  /** The CRM pushes a contact of its own, which may be of a client who is just given out. */
  #pushContact(): void {
    const chatId = this.#random.pick(PEOPLE);
    const contactData = [{ chatType: 'telegram', chatId }];
    const body = [{ id: PUSHED + chatId, name: 'Known', responsibleUserId: this.#random.pick(USERS), contactData }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/contacts', { body });
  }

  #anySaid() {
    return this.#said.length === 0 ? undefined : this.#random.pick(this.#said);
  }

  /** The messenger's answer to a reply. */
  #send(token: string, chatId: string, signal: AbortSignal): Promise<Sent> {
    const { scheduler } = this.#stage;
    const kind = scheduler.faults === NO_FAULTS ? 'sent' : this.#random.weighted(SENDS);
    const take = (): Sent => {
      this.#sent += 1;
      const providerId = `sent${this.#sent}`;
      const [channelId = ''] = token.split(':');
      if (kind === 'sent') this.#said.push({ channelId, chatId, providerId });
      if (kind === 'sent') return { kind, providerId };
      if (kind === 'refused') return { kind, refusal: { reason: 'BAD_CONTACT', code: '403', description: 'blocked' } };
      return { kind, reason: 'no answer' };
    };
    return scheduler.call<Sent>(signal, take, () => ({ kind: 'unreachable', reason: 'aborted' }));
  }

  // What is observed

  #noticeWrite(record: WriteRecord): void {
    const { scheduler } = this.#stage;
    this.#ledger.note(record, scheduler.task);
    for (const bell of bellsOfWrite(record)) {
      // At rest no bell is lost, because nothing would find it after the watchdog's run.
      const mayBeLost = this.#losesBells && scheduler.faults !== NO_FAULTS;
      if (!(mayBeLost && this.#random.chance(0.15))) this.#stage.ring(bell);
    }
  }

  /** Checks that the run that calls has the lease of a lane, and that nothing is on its way twice. */
  #checkCall(items: readonly Item[], task: Task): readonly Item[] {
    const { db, scheduler } = this.#stage;
    const lane = db
      .items('outbox')
      .find(({ l, e, token }) => e === '-' && isEventLane(l) && task.ids.includes(String(token)));
    if (!lane) this.#stage.notice('the receiver was called by a run that no longer held its lane');
    const keys = items.map(({ key }) => key);
    for (const other of this.#underWay)
      if (other.task.over || other.task === task) this.#underWay.delete(other);
      else if (other.keys.some((key) => keys.includes(key)) && scheduler.now < other.begunAt + 10_000)
        this.#stage.notice(`${keys} were on their way twice at once`);
    this.#underWay.add({ task, keys, begunAt: scheduler.now });
    return this.#ledger.call(items, lane, task);
  }

  #take(item: Item): void {
    this.#taken.push(item);
    this.#ledger.take(item, this.#stage.db.sequence);
  }

  // Coming to rest

  async #rest(): Promise<void> {
    const { scheduler } = this.#stage;
    this.#stage.calmDown();
    if (this.#losesBells) {
      await this.#stage.hearAll();
      this.#stage.machines.run('watch-chats', (app) => app.listeners['watch-chats']());
    }
    const calmAt = scheduler.now;
    let isChecked = false;
    for (let round = 0; round < 2_000; round += 1) {
      await this.#stage.hearAll();
      const next = this.#stage.nextAt();
      if (next === undefined && !this.#stage.rings) return isChecked ? undefined : this.#checkTold(false);
      if (!isChecked && (next ?? 0) > calmAt + WITHIN_MS) {
        isChecked = true;
        this.#checkTold(false);
      }
      if (scheduler.now > calmAt + AT_MOST_MS) break;
      await scheduler.wait(Math.max(1_000, (next ?? 0) + 2_000 - scheduler.now));
      this.#stage.sweep();
    }
    this.#stage.broken('the history does not come to rest');
  }

  // What has to hold at rest

  #check(): void {
    this.#checkFailed();
    this.#checkTold(true);
    this.#checkNews();
    this.#checkCreations();
  }

  /** A bad event has failed, and no other has but those that waited a day behind one of the same person. */
  #checkFailed(): void {
    const all = [...this.#ledger.events.values()];
    for (const { e, failed, isBad, subject } of all) {
      const isBehind = all.some((other) => other.isBad && other.subject === subject && other.e < e);
      if (failed !== undefined && !isBad && !isBehind)
        this.#stage.broken(`${e} failed (${failed}), and the receiver takes it`);
      if (failed === undefined && isBad) this.#stage.broken(`${e} is refused, and has not failed`);
    }
  }

  /**
   * C2: the receiver knows every message as Konvert does: its words, its status, whether it is deleted. Events of a person
   * wait behind a bad one, and those of others do not.
   */
  #checkTold(atEnd: boolean): void {
    const told = toldBy(this.#taken);
    const bad = [...this.#ledger.events.values()].filter(({ isBad, failed }) => isBad || failed !== undefined);
    for (const [messageId, { subject, told: expected }] of expectedTold(this.#stage.db.items('messages'))) {
      if (bad.some((event) => (atEnd ? event.e.includes(messageId) : event.subject === subject))) continue;
      this.#stage.same(`what is told of ${messageId}`, told.get(messageId), expected);
    }
  }

  /** C2: nothing is told that is no news. */
  #checkNews(): void {
    const known = expectedTold(this.#stage.db.items('messages'));
    for (const { key, what, fields } of this.#taken)
      if (what !== 'creation' && !known.has(String(fields.messageId)))
        this.#stage.broken(`${key} was told, and is no news`);
  }

  /** D10: a client who was given out has one contact and one deal, which the CRM made, and no others. */
  #checkCreations(): void {
    const { contacts, deals } = this.#receiver;
    const made = Map.groupBy(contacts.values(), ({ contactData }) => contactData?.[0]?.chatId ?? '');
    for (const [chatId, all] of made)
      if (all.length > 1) this.#stage.broken(`${chatId} became ${all.map(({ id }) => id)} (D10)`);
    for (const { id, contacts: of } of deals.values())
      if ([...deals.values()].some((other) => other.id !== id && String(other.contacts) === String(of)))
        this.#stage.broken(`${id} is not the only deal of ${of} (D10)`);
    if (this.#listensToCreations) for (const address of this.#stage.db.items('addresses')) this.#checkAddress(address);
  }

  #checkAddress({ a, owner, contact }: Record<string, unknown>): void {
    const { id } = (contact ?? {}) as { id?: string };
    if (id?.startsWith(PUSHED) || owner === undefined) return;
    const events = [...this.#ledger.events.values()];
    if (events.some(({ row, failed }) => row.address === a && failed !== undefined)) return;
    const known = [...this.#receiver.contacts.values()].find((one) => one.id === id);
    if (!known || known.contactData?.[0]?.chatId !== personOfKey(String(a)).chatId)
      this.#stage.broken(`${a} belongs to ${owner}, and its contact is ${id} (D10)`);
    const stored = this.#stage.db.items('directory').filter(({ p, contacts }) => isDeals(p) && isOf(contacts, id));
    const expected = [...this.#receiver.deals.values()].filter(({ contacts }) => isOf(contacts, id));
    this.#stage.same(
      `the deals of ${id}`,
      stored.map(({ s }) => s),
      expected.map((deal) => deal.id),
    );
    if (expected.length !== 1) this.#stage.broken(`${id} has ${expected.length} deals at the CRM (D10)`);
  }
}

function toldOf({ kind, time = 0, author }: ReceivedMessage): NonNullable<Said['told']> {
  return { kind, time, author };
}

/** The ids of contacts that the CRM pushed unasked. */
const PUSHED = 'pushed-';

function isDeals(partition: unknown): boolean {
  return partition === `${ACCOUNT}#deals`;
}

function isOf(contacts: unknown, id: string | undefined): boolean {
  return Array.isArray(contacts) && String(contacts) === id;
}

const SENDS: readonly (readonly [number, 'sent' | 'refused' | 'unreachable'])[] = [
  [8, 'sent'],
  [3, 'refused'],
  [1, 'unreachable'],
];

/** Whether the command takes, renews or lets go a lane, or records what became of a call. */
function holds({ constructor: { name }, input }: Command): boolean {
  if (input.TableName !== 'outbox' || name === 'QueryCommand') return false;
  return isEventLane(input.Key?.l ?? input.Item?.l);
}
