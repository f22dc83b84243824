import { addressOfChat } from '#domain/address';
import type { Chat } from '#domain/chat';
import type { Fact } from '#domain/fact';
import { chatKey, chatOfKey } from '#domain/message';
import { readFact } from '#store/chats/fact-item';
import { lengthenKeys } from '#store/chats/short-keys';
import { ACCOUNT } from './machines.ts';
import type { WriteRecord } from './memory-dynamo.ts';
import { isSpoken, openFacts } from './reference.ts';
import { ReturnsQueue } from './returns-queue.ts';
import type { Task } from './scheduler.ts';
import { push, type Since, since } from './since.ts';
import { PhoneAnswers } from './waits-by-phone.ts';
import { isOnAt, isOpenAt, NOBODY_KNOWN, type StoredHours, type StoredTeam } from './waits-hours.ts';
import { SilentUsers } from './waits-silent.ts';
import { Stretches } from './waits-unmanned.ts';

/** What a channel's settings say of waiting clients. */
export interface Waiting {
  readonly returnAfterMinutes: number | null;
  readonly returnsAtMost: number;
  readonly then: 'pool' | 'keep';
  readonly tellHeadsAfterMinutes: number | null;
  readonly awayAfterReturns: number;
  readonly outsideHours: 'give' | 'hold';
}

/** The settings of a channel as they are stored. */
export interface StoredSettings {
  readonly mode: string;
  readonly roles: readonly {
    readonly userId: string;
    readonly role: string;
    readonly allowGetNewClients: boolean;
    readonly gone: boolean;
  }[];
  readonly schedule?: string;
  readonly waiting?: Waiting;
}

/** The attributes of an address that are read here. */
export interface AddressItem {
  readonly a: string;
  readonly viewers: readonly string[];
  readonly contact?: { readonly id: string };
  readonly owner?: string;
  readonly why?: { readonly userId: string; readonly rule: string };
  readonly gen?: number;
  readonly since?: number;
  readonly chats?: ReadonlySet<string>;
}

/** The marks of a chat whose client is late. They count only while `of` is when the chat entered the unanswered block. */
export interface Marks {
  readonly of: number;
  readonly leavesAt?: number;
  readonly liftedAt?: number;
  /** The user gave the client back. */
  readonly back?: unknown;
  readonly told?: unknown;
  readonly reminded?: unknown;
}

interface ChatItem {
  readonly c: string;
  readonly s: string;
  readonly e?: number;
  readonly u?: string;
  readonly t?: Marks;
  readonly chat?: Chat;
}

interface RecordItem {
  readonly assignmentId: string;
  readonly channelId: string;
  readonly chatType: string;
  readonly chatId: string;
  readonly userId: string | null;
  readonly from?: string | null;
  readonly rule: string;
  readonly waitedMinutes?: number;
  readonly passedOver: readonly { readonly userId: string; readonly reason: string }[];
}

/** A fact as it was written by the write of that number. */
interface Written {
  readonly number: number;
  readonly fact: Fact;
}

/** How the responsible user of an address came to be it. */
interface Got {
  readonly at: number;
  readonly by: 'turn' | 'return' | 'else';
  readonly userId: string | undefined;
}

/** A return, or the fall into the pool (`to` undefined). */
interface Moved {
  readonly at: number;
  readonly chat: string;
  readonly from: string;
  readonly to: string | undefined;
}

const MINUTE_MS = 60_000;
/** For so long a process may go by what it has read of a receiver or of a channel. */
const CACHED_MS = 10_000;
/** The same of whether phones answer a channel, and what it read may have been some seconds old. */
const PHONES_MS = MINUTE_MS + 10_000;
/** The ids of contacts that the CRM pushed by itself begin so. */
const PUSHED = 'contact-';
const MARK_MS = 20_000;
const CLOSED_STATES = ['disabled', 'unauthorized', 'blocked'];

/**
 * Knows everything that was said and when, who had which client since when, and every act for a waiting client; judges
 * each act when it is written, and at rest what should have been done (I8–I12). Times are the scheduler's, so what
 * machines say by their clocks may differ by twice the skew.
 */
export class WaitsLedger {
  readonly #broken: (what: string) => void;
  readonly #now: () => number;
  readonly #slack: number;
  readonly #facts = new Map<string, Map<string, Written[]>>();
  /** The open messages of each chat, with when they became open. */
  readonly #open = new Map<string, Map<string, number>>();
  /** Of messages that were closed: since when they had been open, and of which wait their chat was then. */
  readonly #closed = new Map<string, { readonly at: number; readonly e: number | undefined }>();
  /** How many waits of the chat have ended. */
  readonly #ended = new Map<string, number>();
  readonly #settings = new Map<string, Since<StoredSettings>[]>();
  readonly #states = new Map<string, Since<string>[]>();
  readonly #team: Since<StoredTeam>[] = [{ at: 0, value: NOBODY_KNOWN }];
  readonly #addresses = new Map<string, AddressItem>();
  readonly #chats = new Map<string, ChatItem>();
  readonly #got = new Map<string, Got>();
  /** The same time, as it was stored. */
  readonly #gotAt = new Map<string, number>();
  /** When the address became nobody's for the last time. */
  readonly #nobodysAt = new Map<string, number>();
  readonly #moved: Moved[] = [];
  /** Whether the CRM hears of assignments. */
  readonly #hearing: Since<boolean>[] = [{ at: 0, value: false }];
  #subscribed = false;
  #connected: boolean | undefined;
  /** The creations of addresses that are under way, by their rows, and when one ended last. */
  readonly #creating = new Map<string, Map<string, number>>();
  readonly #createdAt = new Map<string, number>();
  readonly #ownContacts = new Set<string>();
  readonly #rosters = new Map<string, readonly string[]>();
  /** How long the users of each channel have waited for a return. */
  readonly #queues = new Map<string, ReturnsQueue>();
  readonly #silent = new SilentUsers();
  readonly #phones = new PhoneAnswers();
  readonly #stretches = new Stretches();
  readonly #hadTurn = new Map<string, Map<string, string>>();
  readonly #markedAt = new Map<string, number>();
  /** The chats of which the last mark says that their user gave them back. */
  readonly #givenBack = new Set<string>();
  readonly #liftedAt = new Map<string, number>();
  readonly #told = new Map<string, { readonly wait: number; readonly open: readonly string[] }>();
  /** When heads of each channel were told of anybody. */
  readonly #toldAt = new Map<string, number>();
  readonly #reads = new Map<Task, Map<string, number>>();
  readonly #answeredAt = new Map<string, number>();
  #group: WriteRecord[] = [];
  #number = 0;
  /** How many acts there were, by kind. */
  readonly counts = {
    warn: 0,
    return: 0,
    pool: 0,
    tell: 0,
    remind: 0,
    lift: 0,
    away: 0,
    silent: 0,
    byPhone: 0,
    unmanned: 0,
    heard: 0,
  };

  constructor(deps: { broken: (what: string) => void; now: () => number; skewMs: number }) {
    this.#broken = deps.broken;
    this.#now = deps.now;
    this.#slack = 2 * deps.skewMs + 1_000;
  }

  // What is known

  address(key: string): AddressItem | undefined {
    return this.#addresses.get(key);
  }

  chat(key: string): ChatItem | undefined {
    return this.#chats.get(key);
  }

  /** The chats in which somebody waits. */
  waiting(): string[] {
    return [...this.#open].filter(([, open]) => open.size > 0).map(([chat]) => chat);
  }

  settingsOf(channelId: string): StoredSettings | undefined {
    return this.#settings.get(channelId)?.at(-1)?.value;
  }

  get team(): StoredTeam {
    return this.#team.at(-1)?.value ?? NOBODY_KNOWN;
  }

  factsOf(chat: string): Fact[] {
    return [...(this.#facts.get(chat)?.values() ?? [])].flatMap((written) => written.at(-1)?.fact ?? []);
  }

  // What is noted

  /** Notes a write. What is written together is judged together, by `judge`. */
  note(record: WriteRecord): void {
    this.#number += 1;
    this.#group.push(record);
    const { tableId, newImage } = record;
    if (tableId === 'messages') this.#noteFact(record);
    if (tableId === 'accounts') this.#noteAccount(newImage);
    if (tableId === 'waits') this.#phones.note(record, this.#now());
    if (tableId === 'directory') this.#noteContact(record);
    if (tableId === 'outbox' && newImage?.kind === 'creation') this.#noteCreation(newImage);
    if (tableId === 'chats' && newImage?.s === '-')
      this.#chats.set(String(newImage.c), newImage as unknown as ChatItem);
    if (tableId === 'addresses' && newImage)
      this.#addresses.set(String(newImage.a), newImage as unknown as AddressItem);
  }

  /** Notes that the run read the chat's row: a fold begins anew. */
  noteRow(task: Task, chat: string): void {
    this.#reads.get(task)?.delete(chat);
  }

  /** Notes that the run read facts of the chat. */
  noteRead(task: Task, chat: string): void {
    const reads = this.#reads.get(task) ?? new Map<string, number>();
    if (!reads.has(chat)) reads.set(chat, this.#number);
    this.#reads.set(task, reads);
  }

  #noteFact({ newImage, oldImage }: WriteRecord): void {
    const { c, k } = (newImage ?? oldImage) as { c: string; k: string };
    if (k >= ':' || !newImage) return;
    const ofChat = this.#facts.get(c) ?? new Map<string, Written[]>();
    this.#facts.set(c, ofChat);
    ofChat.set(k, [...(ofChat.get(k) ?? []), { number: this.#number, fact: readFact(newImage) }]);
    this.#followOpen(c);
  }

  #followOpen(chat: string): void {
    const before = this.#open.get(chat) ?? new Map<string, number>();
    const open = openFacts(this.factsOf(chat));
    const keys = open.map(({ key }) => key);
    const e = this.#chats.get(chat)?.e;
    for (const [key, at] of before) if (!keys.includes(key)) this.#closed.set(`${chat} ${key}`, { at, e });
    this.#open.set(chat, new Map(open.map((fact) => [fact.key, before.get(fact.key) ?? this.#openAt(chat, fact)])));
    const [first] = [...before.keys()].sort();
    if (first !== undefined && !keys.includes(first)) this.#ended.set(chat, this.#waitOf(chat) + 1);
  }

  /** Since when a message is open that was not before: since it was stored, or was opened again. */
  #openAt(chat: string, { key, storedAt }: Fact): number {
    const [first, ...others] = this.#facts.get(chat)?.get(key) ?? [];
    if (first?.number === this.#number && others.length === 0) return Math.min(storedAt, this.#now());
    // An answer that was refused before the chat knew of it began no other wait.
    const closed = this.#closed.get(`${chat} ${key}`);
    const isUnknown = closed?.e !== undefined && closed.e === this.#chats.get(chat)?.e;
    return isUnknown ? closed.at : this.#now();
  }

  #noteAccount(newImage: WriteRecord['newImage']): void {
    if (!newImage) return;
    const [p, s, at] = [String(newImage.p), String(newImage.s), this.#now()];
    const channelId = p.startsWith('channel#') ? p.slice('channel#'.length) : undefined;
    if (channelId !== undefined && s === 'settings') {
      const value = newImage as unknown as StoredSettings;
      push(this.#settings, channelId, { at, value });
      this.#queueOf(channelId).keepOnly((userId) => receives(value, userId));
      this.#stretches.restart(channelId, at);
    }
    if (channelId !== undefined && s === '-') push(this.#states, channelId, { at, value: String(newImage.state) });
    if (p === `account#${ACCOUNT}`) this.#noteHearing(s, newImage);
    if (p === `account#${ACCOUNT}` && s === 'team') this.#team.push({ at, value: newImage as unknown as StoredTeam });
  }

  #noteHearing(s: string, item: Record<string, unknown>): void {
    const { assignments = false } = (item.subscriptions ?? {}) as { assignments?: boolean };
    if (s === 'receiver') this.#subscribed = assignments;
    if (s === 'crm') this.#connected = item.isDisabled !== true;
    if (s === 'receiver' || s === 'crm')
      this.#hearing.push({ at: this.#now(), value: this.#connected ?? this.#subscribed });
  }

  #noteCreation({ l, e, address, doneAt, failedAt }: Record<string, unknown>): void {
    const rows = this.#creating.get(String(address)) ?? new Map<string, number>();
    this.#creating.set(String(address), rows);
    const name = `${l} ${e}`;
    const isOver = doneAt !== undefined || failedAt !== undefined;
    if (isOver && rows.delete(name)) this.#createdAt.set(String(address), this.#now());
    if (!isOver && !rows.has(name)) rows.set(name, this.#now());
  }

  /** Whether the CRM hears of assignments now. */
  get hears(): boolean {
    return this.#hearing.at(-1)?.value ?? false;
  }

  /** The contacts of the CRM that were returned last, each with the user who has the client. */
  returnedOfCrm(): [string, string][] {
    return [...this.#addresses.values()].flatMap((address) => {
      const { contact, owner } = address;
      const isReturned = this.#got.get(address.a)?.by === 'return' && owner !== undefined;
      return isReturned && contact && this.#isOfCreation(address) ? [[contact.id, owner]] : [];
    });
  }

  /** Whether the CRM made the contact because it was asked to. Histories push others by names of their own. */
  #isOfCreation({ contact }: AddressItem): boolean {
    return contact !== undefined && !this.#ownContacts.has(contact.id) && !contact.id.startsWith(PUSHED);
  }

  #noteContact({ newImage, oldImage }: WriteRecord): void {
    const { p, s } = (newImage ?? oldImage) as { p: string; s: string };
    if (p !== `${ACCOUNT}#contacts`) return;
    if (newImage?.own !== undefined) this.#ownContacts.add(s);
    else this.#ownContacts.delete(s);
  }

  // What is judged at once

  /** Judges what one command of that run has written. */
  judge(task: Task): void {
    const group = this.#group;
    this.#group = [];
    const record = group.find(({ tableId, newImage }) => tableId === 'assignments' && newImage?.a === ACCOUNT);
    const returned = record?.newImage?.rule === 'returned' ? (record.newImage as unknown as RecordItem) : undefined;
    if (returned) this.#judgeReturn(task, returned, group);
    for (const one of group) {
      if (one.tableId === 'dispensers') this.#judgeDispenser(task, one);
      if (one.tableId === 'messages') this.#judgeReply(one);
      if (one.tableId === 'chats') this.#judgeMarks(task, one);
      if (one.tableId === 'accounts') this.#judgeAway(one);
    }
    for (const one of group) if (one.tableId === 'addresses') this.#noteOwner(one, returned);
  }

  #noteOwner({ oldImage, newImage }: WriteRecord, returned: RecordItem | undefined): void {
    const [before, after] = [oldImage, newImage] as unknown as (AddressItem | undefined)[];
    if (!after) return;
    if ((after.gen ?? 0) !== (before?.gen ?? 0)) this.#nobodysAt.set(after.a, this.#now());
    const isDecided = after.why !== undefined && JSON.stringify(after.why) !== JSON.stringify(before?.why);
    const isSame = String(after.viewers) === String(before?.viewers) && after.owner === before?.owner;
    if (isSame && !isDecided && !returned && after.contact?.id === before?.contact?.id) return;
    // The contact that Konvert makes, or has made, after its decision changes nothing about who decided; nor does the word of
    // the CRM that it has heard of a return.
    const isTheirs = this.#isOfCreation(after) && userOf(before) === userOf(after);
    const isKept = isTheirs || (isSame && this.#isKonverts(after));
    if (isKept && !isDecided && !returned) return;
    const byTurn = isDecided && ['round-robin', 'waiting'].includes(after.why?.rule ?? '');
    const by = returned ? 'return' : byTurn ? 'turn' : 'else';
    this.#gotAt.set(after.a, after.since ?? this.#now());
    this.#got.set(after.a, { at: this.#now(), by, userId: userOf(after) });
  }

  /** Whether no contact of the CRM has the address. */
  #isKonverts({ contact }: AddressItem): boolean {
    return contact === undefined || this.#ownContacts.has(contact.id);
  }

  #judgeReturn(task: Task, record: RecordItem, group: readonly WriteRecord[]): void {
    const chat = chatKey(record);
    const key = addressOfChat(ACCOUNT, chat);
    const before = group.find(({ tableId, newImage }) => tableId === 'addresses' && newImage?.a === key)?.oldImage as
      | AddressItem
      | undefined;
    const what = `the return of ${chat} from ${before?.owner} to ${record.userId}`;
    if (!before) this.#broken(`${what} moved nobody`);
    if (!before) return;
    this.counts[record.userId === null ? 'pool' : 'return'] += 1;
    const from = before.owner ?? before.viewers[0] ?? '';
    if (record.from !== from) this.#broken(`${what} says that it is from ${record.from} (T14)`);
    this.#judgeWhat(what, task, chat, before);
    if (!this.#isKonverts(before)) this.#judgeHeard(what, task, before, record.userId);
    const begun = [...(this.#creating.get(key)?.values() ?? [])];
    if (begun.some((at) => at < task.begunAt)) this.#broken(`${what}: the CRM is just making the client (T4)`);
    this.#judgeWhen(what, task, chat, record);
    this.#judgeWho(what, task, chat, before, record.userId ?? undefined);
    this.#moved.push({ at: this.#now(), chat, from, to: record.userId ?? undefined });
    const awayAfter = this.#settingsSince(record.channelId, task.begunAt - this.#slack).map(
      ({ waiting }) => waiting?.awayAfterReturns ?? 0,
    );
    const surely = awayAfter.includes(0) ? 0 : Math.max(...awayAfter);
    this.#silent.returned(record.channelId, from, this.#now(), surely);
    if (record.userId !== null) this.#queueOf(record.channelId).returned(record.userId, this.#number);
  }

  /** I8 and D8: the client waits, nobody has answered, and Konvert's turn is still what made the user responsible. */
  #judgeWhat(what: string, task: Task, chat: string, before: AddressItem): void {
    const facts = this.#factsFor(task, chat);
    if (openFacts(facts).length === 0) this.#broken(`${what} overtook an answer (I8)`);
    const nobodysAt = this.#nobodysAt.get(before.a) ?? 0;
    const later = facts.filter(({ kind, storedAt }) => kind === 'client' || storedAt > nobodysAt + this.#slack);
    if (isSpoken(later)) this.#broken(`${what}: somebody had answered the client (T3)`);
    const got = this.#got.get(before.a);
    if (got?.by === 'else') this.#broken(`${what}: no turn gave them the client (T3)`);
    if (this.#wereClosed(chatOfKey(chat).channelId, task)) this.#broken(`${what}: the channel was not active (T13)`);
  }

  /** T4, D8: a contact of the CRM is returned only if the CRM was asked to make it and hears of it, and never to nobody. */
  #judgeHeard(what: string, task: Task, before: AddressItem, to: string | null): void {
    if (!this.#isOfCreation(before)) this.#broken(`${what}: the CRM has the contact (D8)`);
    // A receiver is cached for ten seconds.
    if (!since(this.#hearing, task.begunAt - this.#slack - CACHED_MS).includes(true))
      this.#broken(`${what}: the CRM has the contact, and does not hear of it (T4)`);
    if (to === null) this.#broken(`${what}: the CRM has the contact, and it is in the pool (T4)`);
    this.counts.heard += 1;
  }

  /** The facts as the run knew them, and every reply that is stored by now. */
  #factsFor(task: Task, chat: string): Fact[] {
    const read = this.#reads.get(task)?.get(chat) ?? 0;
    return [...(this.#facts.get(chat)?.values() ?? [])].flatMap((written) => {
      const known = written.findLast(({ number }) => number <= read)?.fact;
      const now = written.at(-1)?.fact;
      return known ?? (now?.kind === 'reply' ? now : []) ?? [];
    });
  }

  /** I11: not before N working minutes, nor outside hours; T8: warned before. */
  #judgeWhen(what: string, task: Task, chat: string, record: RecordItem): void {
    const { channelId } = chatOfKey(chat);
    const now = this.#now();
    const possible = this.#settingsSince(channelId, task.begunAt - this.#slack);
    // An answer that crosses the return ended the wait at this moment, or even was taken back again.
    if (this.#openSince(chat) > task.begunAt) return;
    const start = this.#startOf(chat, addressOfChat(ACCOUNT, chat));
    const isDue = possible.some((settings) =>
      this.#isDueFor(task, settings, settings.waiting?.returnAfterMinutes, start, channelId),
    );
    if (!isDue && !this.#givenBack.has(chat))
      this.#broken(`${what} came ${(now - start) / 1000} s after its beginning (I11)`);
    const isWorking = possible.some((settings) => this.#isWorking(settings, now, task));
    if (!isWorking) this.#broken(`${what} came outside hours (T9)`);
    // The chat names its wait by when it heard of it, which may be some time after the message was stored.
    const heardAt = Math.max(this.#openSince(chat), this.#chats.get(chat)?.e ?? 0);
    // A setting counts from when it was made, and its write may be under way for a while.
    if (this.#enabledAt(channelId, task) > heardAt + this.#slack + LATE_MS)
      this.#broken(`${what}: the client waited before the setting was made (T13)`);
    const marked = this.#markedAt.get(chat);
    if (marked === undefined || now - marked < MARK_MS - this.#slack)
      this.#broken(`${what} was marked ${marked === undefined ? 'never' : now - marked} ms before (T8)`);
    if (typeof record.waitedMinutes !== 'number') this.#broken(`${what} does not say how long it was waited (T14)`);
  }

  /** I9, I10: who gets it had waited longest since their last return, and never had this client in this wait. */
  #judgeWho(what: string, task: Task, chat: string, before: AddressItem, to: string | undefined): void {
    const { channelId } = chatOfKey(chat);
    const most = Math.max(
      ...this.#settingsSince(channelId, task.begunAt - this.#slack).map(({ waiting }) => waiting?.returnsAtMost ?? 0),
    );
    const had = this.#hadOf(before.a);
    const returns = had.length;
    const sure = this.#candidates(channelId, task, 'every').filter((userId) => this.#mayHave(userId, before, had));
    if (to === undefined) {
      const least = Math.min(
        ...this.#settingsSince(channelId, task.begunAt - this.#slack).map(({ waiting }) => waiting?.returnsAtMost ?? 0),
      );
      if (sure.length > 0 && returns < least) this.#broken(`${what}: ${sure} could have got the client (T6)`);
      return;
    }
    if (returns >= most) this.#broken(`${what} is return ${returns + 1} of ${most} (I10)`);
    if (had.some(({ from, at }) => from === to && at > this.#openSinceOf(before.a) + this.#slack))
      this.#broken(`${what}: they had the client in this wait (I10)`);
    if (!this.#candidates(channelId, task, 'some').includes(to)) this.#broken(`${what}: they receive nobody (T5)`);
    const queue = this.#queueOf(channelId);
    const longer = sure.filter((userId) => userId !== to && queue.isLonger(userId, to));
    if (longer.length > 0) this.#broken(`${what}: ${longer} have waited longer for a return (I9)`);
  }

  #mayHave(userId: string, before: AddressItem, had: readonly Moved[]): boolean {
    const isTheirs = (before.owner ?? before.viewers[0]) === userId;
    return !isTheirs && !had.some(({ from }) => from === userId);
  }

  /**
   * The returns of an address in the present wait. One at its very beginning may count or not. If the client became nobody's
   * meanwhile, who gets them then begins anew.
   */
  #hadOf(address: string): Moved[] {
    const since = Math.max(this.#openSinceOf(address) - this.#slack, this.#nobodysAt.get(address) ?? 0);
    return this.#moved.filter(({ chat, at }) => addressOfChat(ACCOUNT, chat) === address && at >= since);
  }

  /** The users who receive returns by every state, or by some state, that the run may have read. */
  #candidates(channelId: string, task: Task, how: 'every' | 'some'): string[] {
    const [from, to] = [task.begunAt - this.#slack, this.#now() + this.#slack];
    const settings = this.#settingsSince(channelId, from);
    const teams = since(this.#team, from);
    const times = [from, task.begunAt, this.#now(), to];
    const users = new Set(settings.flatMap(({ roles }) => roles.map(({ userId }) => userId)));
    return [...users].filter((userId) =>
      settings[how](
        (one) => receives(one, userId) && teams[how]((team) => times[how]((at) => isOnAt(team, userId, at))),
      ),
    );
  }

  /** D3, I5: turns alternate between users who were in the rotation all along, whatever is returned. */
  #judgeDispenser(task: Task, { oldImage = {}, newImage = {} }: WriteRecord): void {
    const channelId = String(newImage.ch);
    const [roster] = (newImage.r ?? []) as { at: number; o: readonly string[] }[];
    const order = roster?.o ?? [];
    const before = this.#rosters.get(channelId) ?? [];
    this.#judgeRoster(task, channelId, before, order);
    const had = this.#hadTurn.get(channelId) ?? new Map<string, string>();
    this.#hadTurn.set(channelId, had);
    const settings = this.settingsOf(channelId);
    this.#queueOf(channelId).changed(before, order, this.#number, (userId) => !!settings && receives(settings, userId));
    for (const pair of had.keys()) if (!pair.split(' ').every((userId) => order.includes(userId))) had.delete(pair);
    this.#rosters.set(channelId, order);
    for (const [name, turn] of Object.entries(newImage)) {
      if (!name.includes('#') || typeof turn !== 'number' || oldImage[name] !== undefined || !roster) continue;
      this.#judgeTurn(channelId, order[(turn - roster.at) % order.length] ?? '', order);
    }
  }

  #queueOf(channelId: string): ReturnsQueue {
    const queue = this.#queues.get(channelId) ?? new ReturnsQueue();
    this.#queues.set(channelId, queue);
    return queue;
  }

  /** T10, T12: who joins a rotation is on by what is known of the team when it is written, and who leaves it is not. */
  #judgeRoster(task: Task, channelId: string, before: readonly string[], now: readonly string[]): void {
    this.#stretches.changed(channelId, now, this.#now());
    const users = new Set([...before, ...now]);
    for (const userId of users) {
      const joins = now.includes(userId);
      if (joins !== before.includes(userId)) this.#silent.changed(channelId, userId);
      if (joins === before.includes(userId) || this.#receivesAt(channelId, userId, task).includes(joins)) continue;
      const what = joins ? 'joined the rotation, and is away' : 'left the rotation, and is on';
      this.#broken(`${userId} ${what} by settings and team of ${channelId} (T12)`);
    }
  }

  /** Whether the user receives clients by the settings and the team that are stored now, at any time since the run began. */
  #receivesAt(channelId: string, userId: string, task: Task): boolean[] {
    const [from, to] = [task.begunAt - this.#slack, this.#now() + this.#slack];
    const times = new Set([from, to]);
    for (let at = from; at < to; at += 500) times.add(at);
    return [...times].map((at) => this.eligibleIn(channelId, at).includes(userId));
  }

  #judgeTurn(channelId: string, userId: string, order: readonly string[]): void {
    const had = this.#hadTurn.get(channelId) as Map<string, string>;
    for (const other of order.filter((one) => one !== userId)) {
      const pair = [userId, other].sort().join(' ');
      if (had.get(pair) === userId) this.#broken(`${userId} got two new clients in a row, and ${other} none (I5)`);
      had.set(pair, userId);
    }
  }

  /** I8: nobody from whom the client was returned is let in any more. */
  #judgeReply({ oldImage, newImage }: WriteRecord): void {
    if (oldImage || newImage?.kind !== 'reply') return;
    const chat = String(newImage.c);
    const { author, covers } = readFact(newImage) as Extract<Fact, { kind: 'reply' }>;
    if (author.id === undefined) return;
    this.#silent.replied(author.id, this.#now());
    // The CRM may have deleted the user, and still reply by that id. Nobody has a sign of life of who is no user: Konvert does
    // not know their name then.
    if (covers && author.name !== undefined) this.#answeredAt.set(author.id, this.#now());
    const address = addressOfChat(ACCOUNT, chat);
    const lost = this.#moved.findLast((one) => addressOfChat(ACCOUNT, one.chat) === address && one.from === author.id);
    if (!lost || !covers) return;
    const viewers = this.#addresses.get(address)?.viewers ?? [];
    const settings = this.settingsOf(chatOfKey(chat).channelId);
    const role = settings?.roles.find(({ userId, gone }) => userId === author.id && !gone);
    const isAllowed = viewers.includes(author.id) || role?.role === 'manager' || lost.to === undefined;
    if (!isAllowed && this.#got.get(address)?.by === 'return')
      this.#broken(`a reply of ${author.id} to ${chat} was accepted ${this.#now() - lost.at} ms after its return (I8)`);
  }

  /** I12 and T8: each warning and each notice once in a wait. */
  #judgeMarks(task: Task, { oldImage, newImage }: WriteRecord): void {
    if (newImage?.s !== '-') return;
    const [before, after] = [oldImage, newImage] as unknown as (ChatItem | undefined)[];
    if (!after) return;
    const { c: chat, t: marks } = after;
    const was = before?.t?.of === marks?.of ? before?.t : undefined;
    if (marks?.leavesAt !== undefined && marks.leavesAt !== was?.leavesAt) this.#judgeWarning(chat, was, marks);
    if (marks?.leavesAt === undefined && before?.t?.leavesAt !== undefined) this.#markedAt.delete(chat);
    if (marks?.liftedAt !== undefined && marks.liftedAt !== was?.liftedAt) {
      this.counts.lift += 1;
      this.#liftedAt.set(chat, this.#now());
    }
    for (const kind of ['told', 'reminded'] as const) {
      if (marks?.[kind] === undefined || marks[kind] === was?.[kind]) continue;
      this.counts[kind === 'told' ? 'tell' : 'remind'] += 1;
      this.#judgeOnce(kind, chat);
      if (kind === 'told') this.#toldAt.set(chatOfKey(chat).channelId, this.#now());
      if (kind === 'told') this.#judgeTold(task, chat);
    }
  }

  #judgeOnce(kind: string, chat: string): void {
    const wait = this.#waitOf(chat);
    const name = `${kind} ${chat}`;
    // A notice of a wait that has ended, and whose chat does not know yet, is not one of the next wait.
    const row = this.#chats.get(chat)?.chat;
    const open = [...(this.#open.get(chat)?.keys() ?? [])].sort();
    if (row && lengthenKeys(row).openKey !== open[0]) return;
    const told = this.#told.get(name);
    // If all that was told of is answered, what came meanwhile, though it is older, is of a wait that the chat had not begun.
    const isSame = told?.wait === wait && told.open.some((key) => open.includes(key));
    if (isSame) this.#broken(`the heads were ${kind} twice of ${chat} in one wait (I12)`);
    this.#told.set(name, { wait, open });
  }

  #judgeWarning(chat: string, was: Marks | undefined, { leavesAt = 0, back }: Marks): void {
    this.counts.warn += 1;
    if (was?.leavesAt !== undefined) this.#broken(`${chat} was marked again while it was marked (I12)`);
    this.#markedAt.set(chat, this.#now());
    if (back) this.#givenBack.add(chat);
    else this.#givenBack.delete(chat);
    if (leavesAt < this.#now() + MARK_MS - this.#slack - LATE_MS)
      this.#broken(`${chat} was marked ${leavesAt - this.#now()} ms before it leaves (T8)`);
    const lifted = this.#liftedAt.get(chat);
    if (lifted !== undefined && this.#now() - lifted < MINUTE_MS - this.#slack - LATE_MS)
      this.#broken(`${chat} was marked ${this.#now() - lifted} ms after a reply lifted the mark (T8)`);
  }

  /** T7: after M working minutes, at once in the pool, or if nobody is on. */
  #judgeTold(task: Task, chat: string): void {
    const { channelId } = chatOfKey(chat);
    // An answer that was stored at this moment and crosses the notice does no harm.
    if (!this.waiting().includes(chat)) return;
    const address = this.#addresses.get(addressOfChat(ACCOUNT, chat));
    // The notice follows from the chat, which may not know yet what was said.
    const began = Math.min(this.#openSince(chat), this.#chats.get(chat)?.e ?? Number.POSITIVE_INFINITY);
    const isPooled = this.#moved.some(({ chat: of, to }) => to === undefined && of === chat);
    const settings = this.#settingsSince(channelId, this.#now() - MINUTE_MS);
    // The heads' clock does not stand in an outage: they would be told of it at once.
    const isDue = settings.some((one) => this.#isDueFor(task, one, one.waiting?.tellHeadsAfterMinutes, began));
    const isPool = !this.#mayAnyWrite(channelId, address?.viewers ?? []);
    const least = Math.min(...settings.map(({ waiting }) => waiting?.returnsAtMost ?? 0));
    const mayLeave =
      address !== undefined && this.#hadOf(address.a).length < least && this.#freeUsers(channelId, address).length > 0;
    if (!isDue && !isPooled && !isPool && mayLeave && !this.#mayBeClosed(channelId, task))
      this.#broken(`the heads were told of ${chat} after ${(this.#now() - this.#openSince(chat)) / 1000} s (T7)`);
    if (!settings.some((one) => this.#isWorking(one, this.#now(), task)))
      this.#broken(`the heads were told of ${chat} outside hours (T9)`);
    const start = address ? this.#startOf(chat, address.a) : began;
    const isReturnDue = settings.some((one) =>
      this.#isDueFor(task, one, one.waiting?.returnAfterMinutes, start, channelId),
    );
    const isLost = isPool && address !== undefined && this.#hadOf(address.a).length > 0;
    const isForAnother = isDue || isPooled || isLost || isReturnDue || this.#mayBeClosed(channelId, task);
    if (!isForAnother) this.#judgeUnmanned(task, chat, channelId);
  }

  /** T7: before its time the heads are told only that nobody is on, once in a stretch. */
  #judgeUnmanned(task: Task, chat: string, channelId: string): void {
    this.counts.unmanned += 1;
    const on = this.#candidates(channelId, task, 'every');
    if (on.length > 0) this.#broken(`the heads were told of ${chat} before its time, and ${on} are on (T7)`);
    if (this.#stretches.told(channelId) > 1)
      this.#broken(`the heads of ${channelId} were told twice in one stretch that nobody is on, now of ${chat} (T7)`);
  }

  /** The users who could get the client, and could for the last minutes. */
  #freeUsers(channelId: string, address: AddressItem): string[] {
    const settings = this.settingsOf(channelId);
    const had = this.#hadOf(address.a);
    const users = settings?.roles.map(({ userId }) => userId) ?? [];
    return users.filter(
      (userId) => settings && this.#isOnForMinutes(settings, userId) && this.#mayHave(userId, address, had),
    );
  }

  /** T11: nobody is set away who has answered since, from whom fewer clients were returned, or where phones answer. */
  #judgeAway({ oldImage, newImage }: WriteRecord): void {
    if (newImage?.s !== 'team') return;
    const [before, after] = [oldImage, newImage] as unknown as (StoredTeam | undefined)[];
    for (const [userId, { away, by }] of Object.entries(after?.users ?? {})) {
      const was = before?.users[userId];
      if (!away || by !== 'konvert' || (was?.away && was.by === 'konvert')) continue;
      this.counts.away += 1;
      const answeredAt = this.#answeredAt.get(userId) ?? 0;
      const inRow = this.#moved.filter(({ from, at }) => from === userId && at > answeredAt);
      if (inRow.length < this.#leastReturns())
        this.#broken(`${userId} was set away after ${inRow.length} returns since they answered (T11)`);
      const isByPhone = ({ chat, at }: Moved) => !this.#phonesSince(chatOfKey(chat).channelId, at).includes(false);
      if (inRow.every(isByPhone)) this.#broken(`${userId} was set away, and phones answer (T11)`);
    }
  }

  /** Whether phones gave more than a third of the answers, each answer by which the return of that time may have gone. */
  #phonesSince(channelId: string, at: number): readonly boolean[] {
    return this.#phones.since(channelId, at - PHONES_MS - this.#slack);
  }

  /** The least number of returns in a row after which any setting sets a user away. */
  #leastReturns(): number {
    const all = [...this.#settings.values()].flat().map(({ value }) => value.waiting?.awayAfterReturns ?? 0);
    return Math.min(...all.filter((returns) => returns > 0));
  }

  // Times

  #waitOf(chat: string): number {
    return this.#ended.get(chat) ?? 0;
  }

  /** Since when the client waits: the earliest time at which Konvert had a message that is open. */
  #openSince(chat: string): number {
    return Math.min(...(this.#open.get(chat)?.values() ?? []), Number.POSITIVE_INFINITY);
  }

  #openSinceOf(address: string): number {
    const chats = [...this.#open.keys()].filter((chat) => addressOfChat(ACCOUNT, chat) === address);
    return Math.min(...chats.map((chat) => this.#openSince(chat)));
  }

  /** T1: when the timer began at the earliest. */
  #startOf(chat: string, address: string): number {
    const { at = 0 } = this.#got.get(address) ?? {};
    // A write may be under way for a while, with the time at which it was made.
    return Math.max(this.#openSince(chat), Math.min(at, this.#gotAt.get(address) ?? at));
  }

  #settingsSince(channelId: string, from: number): StoredSettings[] {
    return since(this.#settings.get(channelId) ?? [], from);
  }

  /** Since when the channel has a time after which clients are returned, by a setting that the run may have read. */
  #enabledAt(channelId: string, task: Task): number {
    const all = this.#settings.get(channelId) ?? [];
    const isOff = ({ value }: Since<StoredSettings>) => (value.waiting?.returnAfterMinutes ?? null) === null;
    const read = all.slice(
      Math.max(
        0,
        all.findLastIndex(({ at }) => at <= task.begunAt - this.#slack),
      ),
    );
    const last = all.indexOf(read.find((one) => !isOff(one)) ?? (all.at(-1) as Since<StoredSettings>));
    const off = all.slice(0, last).findLastIndex(isOff);
    return all[off + 1]?.at ?? Number.POSITIVE_INFINITY;
  }

  #wereClosed(channelId: string, task: Task): boolean {
    return this.#statesFor(channelId, task).every((state) => CLOSED_STATES.includes(state));
  }

  #mayBeClosed(channelId: string, task: Task): boolean {
    return this.#statesFor(channelId, task).some((state) => CLOSED_STATES.includes(state));
  }

  /** The states of the channel that the run may have read, or a run before it: a channel is cached for ten seconds. */
  #statesFor(channelId: string, task: Task): string[] {
    return since(this.#states.get(channelId) ?? [], task.begunAt - this.#slack - CACHED_MS);
  }

  #hoursOf({ schedule }: StoredSettings, team = this.team): readonly StoredHours[] | undefined {
    return schedule === undefined ? undefined : team.schedules[schedule];
  }

  /** The hours that the run may have read. A change of them may cross what it does: it goes by what it has read. */
  #hoursFor(settings: StoredSettings, task: Task): (readonly StoredHours[] | undefined)[] {
    return since(this.#team, task.begunAt - this.#slack).map((team) => this.#hoursOf(settings, team));
  }

  #isWorking(settings: StoredSettings, at: number, task: Task): boolean {
    const times = [at - this.#slack, at, at + this.#slack];
    return this.#hoursFor(settings, task).some((versions) => times.some((time) => isOpenAt(versions, time)));
  }

  /** Whether so many working minutes have passed since that time, by hours that the run may have read. */
  #isDueFor(
    task: Task,
    settings: StoredSettings,
    minutes: number | null | undefined,
    from: number,
    channelId?: string,
  ) {
    // Without a channel it does not stand in an outage.
    const states = channelId === undefined ? [] : (this.#states.get(channelId) ?? []);
    const least = (minutes ?? Number.POSITIVE_INFINITY) * MINUTE_MS - this.#slack;
    return this.#hoursFor(settings, task).some((versions) => worked(versions, states, from, this.#now()) >= least);
  }

  /** The working milliseconds of the channel between two times. */
  #worked(channelId: string, { schedule }: StoredSettings, from: number, to: number): number {
    const versions = schedule === undefined ? undefined : this.team.schedules[schedule];
    const states = this.#states.get(channelId) ?? [];
    return worked(versions, states, from, to);
  }

  // What is judged at rest

  /** I11: what should have been done by now, two minutes after it was due and after the last fault. */
  judgeLate(calmSince: number): void {
    for (const chat of this.waiting()) this.#judgeLateChat(chat, calmSince);
    for (const channelId of this.#settings.keys()) this.#judgeNobodyOn(channelId, calmSince);
    this.#judgeSilent(calmSince);
  }

  /** T11: who let go so many clients in a row without a sign of life is away, unless phones may answer there. */
  #judgeSilent(calmSince: number): void {
    for (const { channelId, userId, at, returns } of this.#silent.between(calmSince, this.#now() - MINUTE_MS)) {
      const byPhone = this.#phonesSince(channelId, at).includes(true);
      this.counts[byPhone ? 'byPhone' : 'silent'] += 1;
      if (byPhone) continue;
      const wasOn = since(this.#team, at).every((team) => isOnAt(team, userId, at));
      if (wasOn) this.#broken(`${userId} is not away, after ${returns} returns in a row (T11)`);
    }
  }

  /** T7: the heads know if somebody waits and nobody is on. */
  #judgeNobodyOn(channelId: string, calmSince: number): void {
    const settings = this.settingsOf(channelId);
    const nobodySince = this.#stretches.sinceOf(channelId);
    const { returnAfterMinutes = null, tellHeadsAfterMinutes = null } = settings?.waiting ?? {};
    // Without a time after which anything is due no clock runs.
    if (returnAfterMinutes === null && tellHeadsAfterMinutes === null) return;
    if (!settings || nobodySince === undefined || this.#isClosed(channelId)) return;
    if (!settings.roles.some(({ userId }) => receives(settings, userId))) return;
    const chats = this.waiting().filter((chat) => chatOfKey(chat).channelId === channelId);
    const waitsSince = Math.min(...chats.map((chat) => this.#chats.get(chat)?.e ?? Number.POSITIVE_INFINITY));
    const quietSince = Math.max(calmSince, this.#changedAt(channelId), nobodySince, waitsSince);
    if (this.#worked(channelId, settings, quietSince, this.#now()) < 4 * MINUTE_MS + this.#slack) return;
    const isTold = chats.some((chat) => {
      const { t, e } = this.#chats.get(chat) ?? {};
      return t?.told !== undefined && t.of === e;
    });
    const wasTold = (this.#toldAt.get(channelId) ?? 0) >= nobodySince;
    if (!isTold && !wasTold) this.#broken(`nobody is on in ${channelId}, ${chats} wait, and no head was told (T7)`);
  }

  #judgeLateChat(chat: string, calmSince: number): void {
    const { channelId } = chatOfKey(chat);
    const now = this.#now();
    const address = this.#addresses.get(addressOfChat(ACCOUNT, chat));
    const settings = this.settingsOf(channelId);
    const { waiting } = settings ?? {};
    const grace = 2 * MINUTE_MS + this.#slack;
    if (!address || !settings || !waiting || this.#isClosed(channelId)) return;
    const quietSince = Math.max(calmSince, this.#changedAt(channelId));
    if (this.#worked(channelId, settings, quietSince, now) < grace) return;
    // A fold that came late began the timer late.
    const start = Math.max(this.#startOf(chat, address.a), this.#chats.get(chat)?.e ?? 0);
    const isDue = (minutes: number | null) =>
      minutes !== null && this.#worked(channelId, settings, start, now) >= minutes * MINUTE_MS + grace;
    const marks = this.#chats.get(chat)?.t;
    const isTold = marks?.told !== undefined && marks.of === this.#chats.get(chat)?.e;
    if (isDue(waiting.tellHeadsAfterMinutes) && !isTold)
      this.#broken(`the heads were not told that ${chat} waits since ${(now - start) / 1000} s (I11)`);
    if (isDue(waiting.returnAfterMinutes) && this.#isReturnable(chat, address))
      this.#judgeStaying(chat, address, settings);
  }

  #judgeStaying(chat: string, address: AddressItem, settings: StoredSettings): void {
    const { channelId } = chatOfKey(chat);
    const { returnsAtMost = 0, then } = settings.waiting ?? {};
    const had = this.#hadOf(address.a);
    const receiving = settings.roles.map(({ userId }) => userId).filter((userId) => receives(settings, userId));
    const isAnybodyLeft = receiving.some((userId) => this.#mayHave(userId, address, had));
    const free = this.#freeUsers(channelId, address);
    const owner = address.owner ?? address.viewers[0];
    const waits = `${chat} still waits for ${owner} since ${(this.#now() - this.#startOf(chat, address.a)) / 1000} s`;
    if (free.length > 0 && had.length < returnsAtMost) this.#broken(`${waits}, and ${free} could answer (I11)`);
    // No CRM's contact falls into the pool.
    else if (!this.#isKonverts(address)) return;
    else if (then === 'pool' && settings.mode === 'round-robin' && (had.length >= returnsAtMost || !isAnybodyLeft))
      this.#broken(`${waits}, and nobody is left: it is not in the pool of ${channelId} (I11)`);
  }

  /** Whether the client is one that a clock takes from its user (T3), without any doubt. */
  #isReturnable(chat: string, address: AddressItem): boolean {
    const { channelId } = chatOfKey(chat);
    const got = this.#got.get(address.a);
    const owner = address.owner ?? address.viewers[0];
    if (owner === undefined || got?.userId !== owner || got.by === 'else') return false;
    if (!this.#isKonverts(address) && !this.#surelyHeard(address)) return false;
    if ((this.#creating.get(address.a)?.size ?? 0) > 0) return false;
    if ((this.#createdAt.get(address.a) ?? 0) > this.#now() - 3 * MINUTE_MS) return false;
    // Where the user may not write, the client is in the pool (R3).
    if (!this.#mayAnyWrite(channelId, [owner])) return false;
    const chats = [...this.#facts.keys()].filter((key) => addressOfChat(ACCOUNT, key) === address.a);
    if (chats.some((key) => this.#wasSpoken(key, address))) return false;
    // Settings that changed while the client waited may or may not count for them (T13).
    return this.#changedAt(channelId) + this.#slack < this.#openSinceOf(address.a);
  }

  /** Whether the CRM hears of what becomes of the contact that it was asked to make, and did for the last minutes. */
  #surelyHeard(address: AddressItem): boolean {
    // It is asked when the client is due. A CRM that begins to hear while they wait may or may not count for them.
    const from = Math.min(this.#now() - 5 * MINUTE_MS, this.#openSinceOf(address.a));
    return this.#isOfCreation(address) && !since(this.#hearing, from).includes(false);
  }

  #mayAnyWrite(channelId: string, userIds: readonly string[]): boolean {
    const roles = this.settingsOf(channelId)?.roles ?? [];
    return roles.some(({ userId, role, gone }) => userIds.includes(userId) && role !== 'auditor' && !gone);
  }

  /** Whether anybody answered in the chat since its client became nobody's, also if the answer was refused later. */
  #wasSpoken(chat: string, { a }: AddressItem): boolean {
    const nobodysAt = this.#nobodysAt.get(a) ?? 0;
    return [...(this.#facts.get(chat)?.values() ?? [])].some(([first]) => {
      if (!first || first.fact.storedAt < nobodysAt - this.#slack) return false;
      return first.fact.kind === 'echo' || (first.fact.kind === 'reply' && first.fact.covers !== undefined);
    });
  }

  #isOnForMinutes(settings: StoredSettings, userId: string): boolean {
    const from = this.#now() - 2 * MINUTE_MS - this.#slack;
    const times = [from, from + MINUTE_MS, this.#now()];
    return (
      receives(settings, userId) &&
      since(this.#team, from).every((team) => times.every((at) => isOnAt(team, userId, at)))
    );
  }

  #isClosed(channelId: string): boolean {
    return CLOSED_STATES.includes(this.#states.get(channelId)?.at(-1)?.value ?? 'active');
  }

  /** When the settings or the state of the channel were changed last. */
  #changedAt(channelId: string): number {
    return Math.max(this.#settings.get(channelId)?.at(-1)?.at ?? 0, this.#states.get(channelId)?.at(-1)?.at ?? 0);
  }

  /** The users who should be in the rotation of the channel at that time, by what is known now. */
  eligibleIn(channelId: string, at = this.#now()): string[] {
    const settings = this.settingsOf(channelId);
    if (!settings) return [];
    const { schedule, waiting } = settings;
    const hours = schedule === undefined ? undefined : this.team.schedules[schedule];
    const held = waiting?.outsideHours === 'hold' && !isOpenAt(hours, at);
    const all = held ? [] : settings.roles.filter(({ userId }) => receives(settings, userId));
    return all
      .map(({ userId }) => userId)
      .filter((userId) => isOnAt(this.team, userId, at))
      .sort();
  }
}

/** The responsible user of an address. Konvert's own word stands beside the contact's, until the contact has it too. */
function userOf(address: AddressItem | undefined): string | undefined {
  return address?.owner ?? address?.viewers[0];
}

/** How long a write may be under way, with what it says computed before (ms). */
const LATE_MS = 6_000;

function receives({ mode, roles }: StoredSettings, userId: string): boolean {
  return (
    mode === 'round-robin' &&
    roles.some((one) => one.userId === userId && one.allowGetNewClients && one.role !== 'auditor' && !one.gone)
  );
}

/** The values that stood at that time or later. */
function worked(
  versions: readonly StoredHours[] | undefined,
  states: readonly Since<string>[],
  from: number,
  to: number,
): number {
  const cuts = [...states.map(({ at }) => at), ...(versions ?? []).map((one) => one.from)];
  let sum = 0;
  for (let at = from; at < to; ) {
    const minute = (Math.floor(at / MINUTE_MS) + 1) * MINUTE_MS;
    const next = Math.min(to, minute, ...cuts.filter((cut) => cut > at));
    const state = states.findLast((one) => one.at <= at)?.value ?? 'active';
    if (isOpenAt(versions, at) && !CLOSED_STATES.includes(state)) sum += next - at;
    at = next;
  }
  return sum;
}
