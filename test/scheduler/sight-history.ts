import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { addressKey } from '#domain/address';
import type { Contact, ContactData } from '#domain/directory';
import { chatKey, chatOfKey } from '#domain/message';
import type { RoutedName } from '#lib/routes';
import { bellOfMessage, bellsOfWrite } from './bells.ts';
import { ACCOUNT, type Asked, prepareAccount } from './machines.ts';
import type { WriteRecord } from './memory-dynamo.ts';
import { PageReplies } from './page-replies.ts';
import { Random } from './random.ts';
import type { Faults, Task } from './scheduler.ts';
import {
  type Directory,
  handOver,
  isOwn,
  isPooled,
  keepContact,
  type PlayedRole,
  pushContact,
  pushDeal,
  putUser,
  removeContact,
  removeDeal,
  removeUser,
  responsibleOf,
  rolesThatCount,
  type Sight,
  saveRoles,
  sightOf,
  type View,
  viewOf,
} from './sight-reference.ts';
import { type Mark, parts, Timeline } from './sight-timeline.ts';
import { Stage } from './stage.ts';

/** A change of the directory that was requested. */
interface Change {
  readonly name: string;
  /** Whether this is the write by which the change took effect. */
  readonly took: (record: WriteRecord) => boolean;
  readonly apply: (before: Directory) => Directory;
  /** The parts that every request after the 2xx must see as the change left them, even if it changed nothing. */
  readonly touches: (directory: Directory) => readonly string[];
  readonly startedAt: number;
  index?: number;
  touched?: readonly string[];
}

/** A user who reads a list page by page. */
interface Reader {
  readonly userId: string | undefined;
  readonly view: 'all' | 'unanswered';
  readonly limit: number;
  readonly found: Set<string>;
  readonly begunAt: number;
  readonly begunWith: Mark;
  readonly end: (found: ReadonlySet<string>) => void;
}

/** A write of a chat's row. */
interface RowWrite {
  readonly chat: string;
  readonly at: number;
  /** Whether the chat waits as before, for the same people. It may have moved to another list. */
  readonly isSame: boolean;
}

/** What a user was shown of a chat. */
interface Shown {
  readonly sight: readonly Sight[];
  readonly contactId?: string | null;
  readonly responsibleUserId?: string | null;
}

const CHANNELS = ['channel-1', 'channel-2', 'channel-3'];
const USERS = ['user1', 'user2', 'user3', 'user4'];
/** A user that the CRM names and never pushes. */
const UNKNOWN = 'stranger';
const PEOPLE = ['person1', 'person2', 'person3', 'person4'];
const CONTACTS = ['contact1', 'contact2', 'contact3'];
const DEALS = ['deal1', 'deal2', 'deal3'];
const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
/** The fewest writes that a push of any contact needs. With this limit most changes take more than one transaction. */
const FEW_WRITES = 14;
/** The same without deals, when a chat has at most one viewer. It is less than all the chats of an address need. */
const FEWEST_WRITES = 4;
/** How long coming to rest may take. The task after settings is done twice, and lost bells are found by a sweep. */
const MINUTES_TO_REST = 20;
const A_MINUTE_MS = 60_000;
/** No index lags longer. */
const INDEX_LAG_MS = 10_000;

/**
 * One generated history of who sees what. A CRM pushes contacts, deals, users and roles, clients write and users of the
 * team read, all at once. No request that started after a 2xx may see the state before it (R2), and at rest every user
 * sees what the reference says.
 */
export class SightHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #hasDeals: boolean;
  readonly #pages: PageReplies;
  readonly #timeline = new Timeline();
  readonly #changes = new Map<Task, Change>();
  readonly #tokens = new Map<string, string>();
  readonly #rowWrites: RowWrite[] = [];
  /** Whether chats may stand in wrong lists, because the history broke them. */
  #isBroken = false;
  /** Users with a last change that may have stopped halfway. The CRM repeats it. */
  readonly #unsure = new Set<string>();

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    this.#hasDeals = random.chance(0.7);
    const rough = random.chance(0.75) ? 1 : 0;
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0.01, 0.04]),
      sleep: random.pick([0, 0.01, 0.03, 0.08]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    const mostWrites = random.pick([this.#hasDeals ? FEW_WRITES : FEWEST_WRITES, FEW_WRITES, 100]);
    this.#stage = new Stage({ seed, random, skewMs: this.#faults.skewMs, mostWrites });
    this.#pages = new PageReplies(this.#stage, random);
    this.#stage.db.onWrite = (record) => this.#noticeWrite(record);
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    this.#stage.scheduler.faults = this.#faults;
    for (let acts = this.#random.between(8, 30); acts > 0; acts -= 1) {
      this.#act();
      for (let steps = this.#random.between(0, 25); steps > 0; steps -= 1) await this.#stage.step(0.2);
    }
    await this.#rest();
    await this.#check();
    if (this.#random.chance(0.2)) await this.#breakAndMend();
  }

  // What a check is for

  /**
   * Breaks chats behind Konvert's back, and lets a check mend them under faults, while clients write and the CRM and the
   * roles change. At rest everything is as the reference says, and another check finds nothing.
   */
  async #breakAndMend(): Promise<void> {
    const random = this.#random;
    this.#isBroken = true;
    for (const row of this.#stage.chatRows()) if (random.chance(0.7)) this.#break(row);
    await this.#stage.scheduler.wait(2 * A_MINUTE_MS);
    this.#stage.scheduler.faults = this.#faults;
    this.#beginCheck('check-1');
    for (let acts = random.between(0, 6); acts > 0; acts -= 1) {
      random.pick([
        () => this.#clientWrites(),
        () => this.#pushContact(),
        () => this.#removeContact(),
        () => this.#handOver(),
        () => this.#saveRoles(random.pick(CHANNELS)),
        () => this.#removeUser(random.pick(USERS)),
      ])();
      for (let steps = random.between(0, 60); steps > 0; steps -= 1) await this.#stage.step(0.2);
    }
    await this.#rest();
    await this.#stage.scheduler.wait(2 * A_MINUTE_MS);
    for (const id of ['check-2', 'check-3']) {
      this.#beginCheck(id);
      await this.#rest();
    }
    this.#isBroken = false;
    await this.#check();
    const last = this.#stage.db.items('accounts').find(({ p, s }) => p === 'checks' && s === 'check-3');
    this.#stage.same('what the last check found', [last?.found, typeof last?.doneAt], [{}, 'number']);
  }

  #beginCheck(id: string): void {
    const whole = { mode: 'whole', startedAt: this.#stage.scheduler.now, phase: 'facts' };
    const Item = { p: 'checks', s: id, ...whole, chats: 0, found: {}, mended: {}, ver: 1 };
    this.#stage.db.apply(new PutCommand({ TableName: 'accounts', Item }));
    this.#stage.ring(bellOfMessage({ queue: 'checks', body: id }));
  }

  /** Breaks one thing of the chat. Its facts, its contact and its address stay, and it follows from those. */
  #break(row: Record<string, unknown>): void {
    const { c, v: _, u: _u, viewers: _viewers, ch: _ch, ...rest } = row;
    const { v, u, viewers, ch } = row;
    const put = (Item: Record<string, unknown>) => this.#stage.db.apply(new PutCommand({ TableName: 'chats', Item }));
    const stands = { c, ...rest, v, viewers, ch };
    this.#random.pick([
      () => put(stands),
      () => put({ ...row, viewers: [this.#random.pick(USERS)] }),
      () => put({ ...row, v: `${ACCOUNT}#user#${this.#random.pick(USERS)}` }),
      () => put({ ...row, ch: undefined }),
      () => put({ ...stands, chat: { ...(row.chat as object), unansweredCount: 0, openKey: undefined } }),
      () => put({ c, s: 'viewer#stranger', v: `${ACCOUNT}#user#stranger`, u, r: row.r }),
      () => this.#stage.db.apply(new DeleteCommand({ TableName: 'chats', Key: { c, s: '-' } })),
    ])();
  }

  async #prepare(): Promise<void> {
    const random = this.#random;
    prepareAccount(this.#stage.db, CHANNELS);
    this.#pages.prepare(USERS);
    for (const userId of USERS) if (random.chance(0.9)) this.#putUser(userId);
    await this.#stage.goOn();
    for (const channelId of CHANNELS) if (random.chance(0.85)) this.#saveRoles(channelId);
    for (let chats = random.pick([0, 2, 8]); chats > 0; chats -= 1) this.#clientWrites();
    for (let cards = random.between(0, 3); cards > 0; cards -= 1) this.#pushContact();
    if (random.chance(0.7)) await this.#rest();
  }

  #act(): void {
    this.#random.weighted<() => void>([
      [6, () => this.#clientWrites()],
      [5, () => this.#pushContact()],
      [1.5, () => this.#removeContact()],
      [0.7, () => this.#comesAndGoes()],
      [this.#hasDeals ? 4 : 0, () => this.#pushDeal()],
      [this.#hasDeals ? 1 : 0, () => this.#removeDeal()],
      [2.5, () => this.#handOver()],
      [1, () => this.#putUser(this.#random.pick(USERS))],
      [1, () => this.#removeUser(this.#random.pick(USERS))],
      [2, () => this.#saveRoles(this.#random.pick(CHANNELS))],
      [6, () => this.#look()],
      [5, () => this.#lookAtList()],
      [3, () => this.#reply()],
      [4, () => this.#replyOnPage()],
      [2, () => this.#sayNoReplyNeeded()],
      [1, () => this.#sayStillOwed()],
      [1, () => this.#count()],
      [1, () => this.#stage.sweep()],
    ])();
  }

  // What the CRM says

  /** Pushes a contact. Sometimes two versions at once, as a CRM with two servers does. */
  #pushContact(again?: string): void {
    const random = this.#random;
    const id = again ?? random.pick([...CONTACTS, ...CONTACTS, ...this.#timeline.now.contacts.keys()]);
    if (random.chance(0.2)) this.#pushContact(id);
    const people = this.#some(PEOPLE, random.pick([1, 1, 2, 4]));
    const name = `Name ${random.between(1, 3)}`;
    const responsible = this.#anyUser();
    const addresses = people.map((chatId) => addressKey(ACCOUNT, 'telegram', chatId));
    const contactData: ContactData[] = people.map((chatId) => ({ chatType: 'telegram', chatId }));
    const body = [{ id, name, responsibleUserId: responsible, contactData }];
    this.#change(`push of ${id}`, ['sync-directory', 'POST', '/v3/contacts', { body }], {
      took: isWriteOf('contacts', id),
      apply: (before) => pushContact(before, id, { name, responsible, addresses }),
      touches: () => addresses.map(parts.address),
    });
  }

  /** Pushes and deletes the same contact several times at once, as a CRM does when requests overtake each other. */
  #comesAndGoes(): void {
    const id = this.#random.pick(CONTACTS);
    for (let times = this.#random.between(2, 4); times > 0; times -= 1) {
      this.#pushContact(id);
      this.#removeContact(id);
    }
    this.#pushContact(id);
  }

  #removeContact(wanted?: string): void {
    const id = wanted ?? this.#random.pick([...CONTACTS, ...this.#timeline.now.contacts.keys()]);
    this.#change(`deletion of ${id}`, ['sync-directory', 'DELETE', '/v3/contacts/{id}', { params: { id } }], {
      // The request may also finish what an earlier deletion left undone.
      took: (record) => isWriteOf('contacts', id)(record) && !!record.oldImage?.card && !record.newImage?.card,
      apply: (before) => removeContact(before, id),
      touches: () => [],
    });
  }

  #pushDeal(again?: string): void {
    const random = this.#random;
    const id = again ?? random.pick([...DEALS, ...DEALS, ...this.#timeline.now.deals.keys()]);
    if (random.chance(0.3)) this.#pushDeal(id);
    const known = [...new Set([...CONTACTS, ...this.#timeline.now.contacts.keys()])];
    const contacts = this.#some(known, random.pick([1, 1, 2, 3]));
    const closed = random.chance(0.3);
    const responsible = this.#anyUser();
    const body = [{ id, name: 'Deal', responsibleUserId: responsible, contacts, closed }];
    this.#change(`push of ${id}`, ['sync-directory', 'POST', '/v3/deals', { body }], {
      took: isWriteOf('deals', id),
      apply: (before) => pushDeal(before, id, { responsible, contacts, closed }),
      touches: (directory) => (closed ? [] : addressesOfContacts(directory, contacts)),
    });
  }

  #removeDeal(): void {
    const id = this.#random.pick([...DEALS, ...this.#timeline.now.deals.keys()]);
    this.#change(`deletion of ${id}`, ['sync-directory', 'DELETE', '/v3/deals/{id}', { params: { id } }], {
      took: isWriteOf('deals', id),
      apply: (before) => removeDeal(before, id),
      touches: () => [],
    });
  }

  #handOver(): void {
    const chat = this.#anyChat();
    if (!chat) return;
    const userId = this.#random.pick(USERS);
    const address = addressOf(chatKey(chat));
    this.#change(
      `hand-over of ${address} to ${userId}`,
      ['hand-over', 'PUT', `${CHAT}/responsible`, { params: chat, body: { userId } }],
      {
        took: ({ tableId }) => tableId === 'assignments',
        apply: (before) => handOver(before, address, userId),
        touches: () => [parts.address(address)],
      },
    );
  }

  #putUser(id: string): void {
    const body = [{ id, name: id }];
    this.#change(`push of ${id}`, ['sync-directory', 'POST', '/v3/users', { body }], {
      took: isWriteOf('users', id),
      apply: (before) => putUser(before, id),
      touches: () => [parts.user(id)],
    });
    this.#unsure.add(id);
  }

  #removeUser(id: string): void {
    this.#change(`deletion of ${id}`, ['sync-directory', 'DELETE', '/v3/users/{id}', { params: { id } }], {
      took: isWriteOf('users', id),
      apply: (before) => removeUser(before, id),
      touches: () => [parts.user(id)],
    });
    this.#unsure.add(id);
  }

  #saveRoles(channelId: string): void {
    const random = this.#random;
    const among = [...this.#timeline.now.users];
    const some = among.length === 0 ? [] : this.#some(among, random.between(0, among.length));
    const userRoles = some.map((userId): PlayedRole => {
      const role = random.weighted([
        [5, 'seller' as const],
        [1, 'manager' as const],
        [1, 'auditor' as const],
      ]);
      return { userId, role, allowGetNewClients: role !== 'auditor' && random.chance(0.4) };
    });
    const body = { newClients: { mode: 'first-reply' }, userRoles };
    this.#change(
      `roles of ${channelId}`,
      ['manage-settings', 'PUT', '/v1/settings/channels/{channelId}', { params: { channelId }, body }],
      {
        took: ({ tableId, newImage }) => tableId === 'accounts' && newImage?.p === `channel#${channelId}`,
        apply: (before) => saveRoles(before, channelId, userRoles),
        touches: () => [parts.roles(channelId)],
      },
    );
  }

  #change(
    name: string,
    [route, method, path, asked]: [RoutedName, string, string, Asked],
    what: Pick<Change, 'took' | 'apply' | 'touches'>,
  ): void {
    const change: Change = { ...what, name, startedAt: this.#timeline.index };
    const done = (status: number) => {
      if ((status >= 200 && status < 300) || status === 404) this.#acknowledged(change);
    };
    this.#changes.set(this.#stage.machines.request(route, method, path, { ...asked, done }), change);
  }

  /** From here on no request that begins may see the state before the change. */
  #acknowledged({ name, index, startedAt, apply, touched, touches }: Change): void {
    const timeline = this.#timeline;
    if (index !== undefined) {
      timeline.acknowledge([...(touched ?? [])], index);
      // A page looks at its list when roles change.
      if (touched?.some(isRoles)) for (const userId of this.#some(USERS, 2)) this.#lookAtList(userId);
      return;
    }
    const same = timeline.since(startedAt).some((state) => describe(apply(state)) === describe(state));
    if (!same) this.#stage.notice(`the ${name} was acknowledged and changed nothing`);
    timeline.acknowledge(touches(timeline.now), startedAt);
  }

  #noticeWrite(record: WriteRecord): void {
    if (record.tableId === 'chats') this.#noteRow(record);
    const change = this.#stage.scheduler.task && this.#changes.get(this.#stage.scheduler.task);
    if (change && change.index === undefined && change.took(record)) {
      const changed = this.#timeline.commit((before) => change.apply(before));
      change.index = this.#timeline.index;
      change.touched = [...changed, ...change.touches(this.#timeline.now)];
    }
    if (this.#stage.scheduler.task?.name === 'record-reply' && isTaking(record))
      this.#timeline.commit((before) => takeDecision(before, record));
    if (isOwnContact(record)) this.#timeline.commit((before) => keepOwnContact(before, record));
    if (isNewName(record)) this.#timeline.commit((before) => renameOwnContact(before, record));
    for (const bell of bellsOfWrite(record)) if (bell.function !== 'publish-events') this.#stage.ring(bell);
  }

  // What clients do

  #clientWrites(): void {
    this.#stage.write(this.#random.pick(CHANNELS), this.#random.pick(PEOPLE));
  }

  // What the team does

  #look(): void {
    const chat = this.#anyChat();
    if (!chat) return;
    const history = this.#random.chance(0.3);
    this.#see(chat, ['read-chats', 'GET', history ? `${CHAT}/messages` : CHAT, { params: chat }], (status, body) => {
      if (status === 404) return { sight: ['nothing'] };
      if (status !== 200) return undefined;
      this.#tokens.set(chatKey(chat), body.seenUpTo);
      const { contactId, responsibleUserId } = body;
      return { sight: ['sees', 'writes'], ...(!history && { contactId, responsibleUserId }) };
    });
  }

  #reply(): void {
    const chat = this.#anyChat();
    if (!chat) return;
    this.#see(chat, ['record-reply', 'POST', '/v3/message', { body: { ...chat, text: 'our answer' } }], (status) =>
      status === 201 ? { sight: ['writes'] } : status === 403 ? { sight: ['nothing', 'sees'] } : undefined,
    );
  }

  #replyOnPage(): void {
    const chat = this.#anyChat();
    if (chat) this.#pages.send(this.#random.pick(USERS), chat);
  }

  #sayNoReplyNeeded(): void {
    const [known, seenUpTo] = this.#tokens.size > 0 ? this.#random.pick([...this.#tokens]) : [];
    if (known === undefined) return;
    const chat = chatOfKey(known);
    const body = { noReplyNeeded: true, seenUpTo };
    this.#see(chat, ['set-no-reply-needed', 'PUT', `${CHAT}/no-reply-needed`, { params: chat, body }], (status) => {
      if (status === 404) return { sight: ['nothing'] };
      if (status === 403) return { sight: ['sees'] };
      return status === 200 ? { sight: ['writes'] } : undefined;
    });
  }

  #sayStillOwed(): void {
    const chat = this.#anyChat();
    if (!chat) return;
    const body = { stillOwed: this.#random.chance(0.7) };
    this.#see(chat, ['set-no-reply-needed', 'PUT', `${CHAT}/still-owed`, { params: chat, body }], (status) => {
      if (status === 404) return { sight: ['nothing'] };
      if (status === 403) return { sight: ['sees'] };
      return status === 200 || status === 400 ? { sight: ['writes'] } : undefined;
    });
  }

  /** A user asks for one chat. The answer has to be allowed. */
  #see(
    chat: ReturnType<typeof chatOfKey>,
    [route, method, path, asked]: [RoutedName, string, string, Asked],
    // biome-ignore lint/suspicious/noExplicitAny: the answer of any route
    shown: (status: number, body: any) => Shown | undefined,
  ): void {
    const userId = this.#anyReader();
    const key = chatKey(chat);
    const there = this.#isThere(key);
    const mark = this.#timeline.mark();
    const done = (status: number, body: unknown) => {
      if (this.#isRefusal(mark, userId, status)) return;
      const sight = shown(status, body);
      if (sight && (there || !sight.sight.includes('nothing'))) this.#checkSight(mark, userId, key, sight, route);
    };
    this.#stage.machines.request(route, method, path, { ...asked, userId, done });
  }

  #lookAtList(userId = this.#anyReader()): void {
    const { random } = this.#stage.scheduler;
    const view = random.pick(['all', 'unanswered'] as const);
    this.#read({
      userId,
      view,
      limit: random.pick([1, 3, 50]),
      found: new Set(),
      ...this.#now(),
      end: () => undefined,
    });
  }

  #read(reader: Reader, cursor?: string): void {
    const { userId, view, limit, found, end } = reader;
    const mark = this.#timeline.mark();
    const query = { view, limit: String(limit), ...(cursor !== undefined && { cursor }) };
    this.#stage.machines.request('read-chats', 'GET', '/v1/chats', {
      query,
      userId,
      done: (status, body) => {
        if (this.#isRefusal(mark, userId, status)) return end(found);
        if (status !== 200) return;
        for (const row of body.chats) {
          const key = chatKey(row);
          const { contactId, responsibleUserId } = row;
          this.#checkSight(mark, userId, key, { sight: ['sees', 'writes'], contactId, responsibleUserId }, 'list');
          this.#tokens.set(key, row.seenUpTo);
          found.add(key);
        }
        if (body.nextCursor !== undefined) return this.#read(reader, body.nextCursor);
        this.#checkReader(reader);
        end(found);
      },
    });
  }

  #now(): Pick<Reader, 'begunAt' | 'begunWith'> {
    return { begunAt: this.#stage.scheduler.now, begunWith: this.#timeline.mark() };
  }

  #noteRow({ oldImage, newImage }: WriteRecord): void {
    const { c, s } = newImage ?? oldImage ?? {};
    if (s !== '-') return;
    const whole = [oldImage, newImage].map((row) => JSON.stringify([row?.u, row?.r, row?.viewers, row?.ch]));
    const isSame = newImage?.u !== undefined && whole[0] === whole[1];
    this.#rowWrites.push({ chat: String(c), at: this.#stage.scheduler.now, isSame });
  }

  /** A reader of a whole list meets every chat that waited all the time and that they could see all the time. */
  #checkReader({ userId, found, begunAt, begunWith }: Reader): void {
    if (this.#isBroken) return;
    const since = begunAt - INDEX_LAG_MS;
    for (const row of this.#stage.db.items('chats')) {
      const key = String(row.c);
      if (row.s !== '-' || row.u === undefined || found.has(key)) continue;
      const writes = this.#rowWrites.filter(({ chat }) => chat === key);
      if (!writes.some(({ at }) => at < since) || writes.some(({ at, isSame }) => at >= since && !isSame)) continue;
      if (this.#allowed(begunWith, userId, key).every(({ sight }) => sight !== 'nothing'))
        this.#stage.notice(`${userId} read the whole list and never met ${key}, which waited`);
    }
  }

  #count(): void {
    const userId = this.#random.pick(USERS);
    const mark = this.#timeline.mark();
    this.#stage.machines.request('read-chats', 'GET', '/v3/unanswered/{id}', {
      params: { id: userId },
      done: (status, body) => {
        if (status !== 200 || body.counterV2 === 0) return;
        const may = this.#stage
          .chats()
          .some((key) => this.#allowed(mark, userId, key).some(({ sight }) => sight !== 'nothing'));
        if (!may) this.#stage.notice(`the counter of ${userId} counts chats, and they may see none`);
      },
    });
  }

  // Coming to rest

  /** Lets everything come to rest without further faults, then repeats unsure changes and comes to rest again. */
  async #rest(): Promise<void> {
    this.#stage.calmDown();
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#repeat();
    await this.#stage.settleDown(MINUTES_TO_REST);
  }

  /** Repeats changes of users that may have got no 2xx, as a CRM does. Nothing else finishes them. */
  #repeat(): void {
    for (const userId of this.#unsure) {
      if (this.#timeline.now.users.has(userId)) this.#putUser(userId);
      else this.#removeUser(userId);
    }
    this.#unsure.clear();
  }

  // What has to hold in every answer

  /** Whether the request was refused or failed. Checks that it is a 401 exactly if the user does not exist. */
  #isRefusal(mark: Mark, userId: string | undefined, status: number): boolean {
    if (userId === undefined || status === 0 || status >= 500) return status === 0 || status >= 500;
    const refused = status === 401;
    if (!this.#timeline.existence(mark, userId).includes(!refused))
      this.#stage.notice(refused ? `${userId} exists and was refused` : `${userId} was let in after they were deleted`);
    return refused;
  }

  #checkSight(mark: Mark, userId: string | undefined, key: string, shown: Shown, where: string): void {
    const allowed = this.#allowed(mark, userId, key);
    const fits = allowed.some(
      ({ sight, contactId, responsibleUserId }) =>
        shown.sight.includes(sight) &&
        (shown.contactId === undefined || shown.contactId === contactId) &&
        (shown.responsibleUserId === undefined || shown.responsibleUserId === responsibleUserId),
    );
    if (!fits)
      this.#stage.notice(
        `${where} showed ${userId} of ${key} ${JSON.stringify(shown)}, allowed is ${JSON.stringify(allowed)}`,
      );
  }

  /** What a request that began at the mark may learn of a chat. */
  #allowed(mark: Mark, userId: string | undefined, key: string) {
    const { channelId } = chatOfKey(key);
    const views = this.#timeline.views(mark, addressOf(key));
    return this.#timeline.roles(mark, channelId).flatMap(({ roles, saved }) =>
      views.map(({ viewers, contactId }) => ({
        sight: sightOf(userId, viewers, roles),
        contactId,
        responsibleUserId: responsibleOf(viewers, roles, saved),
      })),
    );
  }

  // What has to hold at rest

  async #check(): Promise<void> {
    for (const item of this.#stage.db.items('addresses')) this.#checkAddress(item);
    for (const item of this.#stage.db.items('chats')) if (item.s === '-') this.#checkChat(item);
    this.#checkDirectory();
    this.#pages.check();
    this.#stage.checkOwnNames();
    const lists = new Map<string | undefined, ReadonlySet<string>>();
    for (const userId of [undefined, ...USERS]) lists.set(userId, await this.#checkUser(userId));
    this.#checkAnswerable(lists);
  }

  #checkAddress({ a, viewers, contact }: Record<string, unknown>): void {
    const expected = viewOf(this.#timeline.now, String(a));
    this.#stage.same(`the address ${a}`, { viewers, ...foundContact(contact) }, expected);
  }

  #checkChat({ c, viewers, contact, v, chat, u, r }: Record<string, unknown>): void {
    const key = String(c);
    const expected = viewOf(this.#timeline.now, addressOf(key));
    this.#stage.same(`the chat ${key}`, { viewers, ...foundContact(contact) }, expected);
    if (!chat) {
      this.#stage.broken(`the chat ${key} stayed a stub`);
    }
    const { channelId } = chatOfKey(key);
    const pooled = isPooled(expected.viewers, this.#rolesOf(channelId));
    this.#stage.same(
      `the place of ${key}`,
      v,
      pooled ? `${ACCOUNT}#pool#${channelId}` : `${ACCOUNT}#user#${expected.viewers[0]}`,
    );
    const beside = this.#stage.db
      .items('chats')
      .filter((item) => item.c === key && item.s !== '-')
      .map((item) => ({ v: item.v, u: item.u, r: item.r }));
    const further = expected.viewers.slice(1).map((viewer) => ({ v: `${ACCOUNT}#user#${viewer}`, u, r }));
    this.#stage.same(`the further viewers of ${key}`, sorted(beside), sorted(further));
  }

  /** Checks that what was pushed last is stored, and that no contact is left unsettled. */
  #checkDirectory(): void {
    const { contacts, deals } = this.#timeline.now;
    const stored = this.#stage.db.items('directory');
    const cards = stored.filter((item) => isOfKind('contacts', item) && item.card);
    this.#stage.same('the contacts', sorted(cards.map(({ s }) => s)), sorted([...contacts.keys()]));
    this.#stage.same(
      'the deals',
      sorted(stored.filter((item) => isOfKind('deals', item)).map(({ s }) => s)),
      sorted([...deals.keys()]),
    );
    const unsettled = stored.find((item) => item.unsettled !== undefined);
    if (unsettled) this.#stage.broken(`${unsettled.s} is not settled`);
  }

  /** Checks that lists and counter of the user hold what the reference says. Returns the unanswered chats. */
  async #checkUser(userId: string | undefined): Promise<ReadonlySet<string>> {
    const { users } = this.#timeline.now;
    const seen = this.#stage.chats().filter((key) => this.#sightAtRest(userId, key) !== 'nothing');
    const waiting = seen.filter((key) => this.#unanswered(key) > 0);
    const exists = userId === undefined || users.has(userId);
    const all = await this.#listAtRest(userId, 'all');
    this.#stage.same(`the list of ${userId}`, sorted([...all]), sorted(exists ? seen : []));
    const unanswered = await this.#listAtRest(userId, 'unanswered');
    this.#stage.same(`the unanswered list of ${userId}`, sorted([...unanswered]), sorted(exists ? waiting : []));
    if (userId !== undefined && exists) await this.#checkCounter(userId, waiting);
    return unanswered;
  }

  async #checkCounter(userId: string, waiting: readonly string[]): Promise<void> {
    const own = waiting.some((key) => isOwn(userId, this.#viewersOf(key), this.#rolesOf(chatOfKey(key).channelId)));
    const count = waiting.reduce((sum, key) => sum + this.#unanswered(key), 0);
    let counter: unknown;
    this.#stage.machines.request('read-chats', 'GET', '/v3/unanswered/{id}', {
      params: { id: userId },
      done: (_status, { counterV2, type }) => {
        counter = { counterV2, type };
      },
    });
    await this.#stage.goOn();
    this.#stage.same(`the counter of ${userId}`, counter, {
      counterV2: count,
      type: count === 0 ? null : own ? 'red' : 'grey',
    });
  }

  /** I2: every unanswered chat is in the list of a user who may answer, if the channel has one. */
  #checkAnswerable(lists: ReadonlyMap<string | undefined, ReadonlySet<string>>): void {
    for (const key of this.#stage.chats()) {
      if (this.#unanswered(key) === 0) continue;
      const writers = this.#rolesOf(chatOfKey(key).channelId).filter(({ role }) => role !== 'auditor');
      const answerable = writers.some(({ userId }) => lists.get(userId)?.has(key));
      if (writers.length > 0 && !answerable) this.#stage.broken(`no user who may answer has ${key} in their list`);
    }
  }

  async #listAtRest(userId: string | undefined, view: 'all' | 'unanswered'): Promise<ReadonlySet<string>> {
    let read: ReadonlySet<string> | undefined;
    const end = (found: ReadonlySet<string>) => {
      read = found;
    };
    this.#read({ userId, view, limit: this.#random.pick([2, 50]), found: new Set(), ...this.#now(), end });
    await this.#stage.goOn();
    return read ?? this.#stage.broken(`${userId} could not read the list`);
  }

  #sightAtRest(userId: string | undefined, key: string): Sight {
    return sightOf(userId, this.#viewersOf(key), this.#rolesOf(chatOfKey(key).channelId));
  }

  #viewersOf(key: string): View['viewers'] {
    return viewOf(this.#timeline.now, addressOf(key)).viewers;
  }

  #rolesOf(channelId: string): PlayedRole[] {
    const { roles, users } = this.#timeline.now;
    return rolesThatCount(roles.get(channelId) ?? [], (userId) => users.has(userId));
  }

  #unanswered(key: string): number {
    const item = this.#stage.db.items('chats').find(({ c, s }) => c === key && s === '-');
    return (item?.chat as { unansweredCount: number } | undefined)?.unansweredCount ?? 0;
  }

  // Choosing

  #isThere(key: string): boolean {
    return this.#stage.chats().includes(key);
  }

  #anyChat() {
    const chat = this.#stage.anyChat();
    return chat === undefined ? undefined : chatOfKey(chat);
  }

  #anyUser(): string {
    return this.#random.weighted([
      [9, this.#random.pick(USERS)],
      [1, UNKNOWN],
    ]);
  }

  /** Mostly a user of the team, sometimes the CRM itself. */
  #anyReader(): string | undefined {
    return this.#random.chance(0.1) ? undefined : this.#random.pick(USERS);
  }

  #some<T>(among: readonly T[], count: number): T[] {
    const left = [...among];
    const some: T[] = [];
    while (some.length < count && left.length > 0)
      some.push(...left.splice(this.#random.between(0, left.length - 1), 1));
    return some;
  }
}

const isRoles = (part: string) => part.startsWith(parts.roles(''));

function addressOf(key: string): string {
  const { chatType, chatId } = chatOfKey(key);
  return addressKey(ACCOUNT, chatType, chatId);
}

function isOfKind(kind: string, item: Record<string, unknown> | undefined): boolean {
  return item?.p === `${ACCOUNT}#${kind}`;
}

function isWriteOf(kind: string, id: string): Change['took'] {
  return ({ tableId, oldImage, newImage }) => {
    const item = newImage ?? oldImage;
    return tableId === 'directory' && isOfKind(kind, item) && item?.s === id;
  };
}

/** Whether a reply made its user responsible: for a new client (D4), or for one of Konvert's own from the pool (D8). */
function isTaking({ tableId, oldImage, newImage }: WriteRecord): boolean {
  return tableId === 'addresses' && !!newImage?.owner && newImage.owner !== oldImage?.owner;
}

function takeDecision(before: Directory, { newImage }: WriteRecord): Directory {
  const { a, owner } = newImage as { a: string; owner: string };
  return handOver(before, a, owner);
}

/** Whether Konvert makes an own contact, which follows from an earlier decision (D10). */
function isOwnContact({ tableId, oldImage, newImage }: WriteRecord): boolean {
  return tableId === 'directory' && isOfKind('contacts', newImage) && !!newImage?.own && !oldImage?.own;
}

/** Whether Konvert gives a contact that it keeps the client's new name. */
function isNewName({ tableId, oldImage, newImage }: WriteRecord): boolean {
  return tableId === 'directory' && isOfKind('contacts', newImage) && !!newImage?.own && !!oldImage?.own;
}

function renameOwnContact(before: Directory, { newImage }: WriteRecord): Directory {
  const { s, card } = newImage as { s: string; card: Contact };
  const known = before.contacts.get(s);
  return known ? { ...before, contacts: new Map(before.contacts).set(s, { ...known, name: card.name }) } : before;
}

function keepOwnContact(before: Directory, { newImage }: WriteRecord): Directory {
  const { s, own, card } = newImage as { s: string; own: string; card: Contact };
  const [{ chatType, chatId = '' } = { chatType: '' }] = card.contactData;
  return keepContact(before, addressKey(ACCOUNT, chatType, chatId), { contact: s, deal: own, name: card.name });
}

function addressesOfContacts({ addresses }: Directory, contacts: readonly string[]): string[] {
  return [...addresses]
    .filter(([, { contact }]) => contact !== undefined && contacts.includes(contact))
    .map(([key]) => parts.address(key));
}

function foundContact(contact: unknown) {
  const { id, name } = (contact ?? {}) as { id?: string; name?: string };
  return { contactId: id ?? null, name };
}

function sorted(all: readonly unknown[]): string[] {
  return all.map((one) => JSON.stringify(one)).sort();
}

/** A text that is the same for equal directories. */
function describe({ contacts, deals, addresses, users, roles }: Directory): string {
  return JSON.stringify([contacts, deals, addresses, users, roles].map((all) => sorted([...all])));
}
