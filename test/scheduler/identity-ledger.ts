import { addressKey } from '#domain/address';
import { chatOfKey, type PersonId } from '#domain/message';
import { ACCOUNT } from './machines.ts';
import type { Command, WriteRecord } from './memory-dynamo.ts';
import type { Task } from './scheduler.ts';
import type { Stage } from './stage.ts';

/** The attributes of an address that are read here. */
interface AddressItem {
  readonly a: string;
  readonly viewers: readonly string[];
  readonly root?: string;
  readonly aliases?: ReadonlySet<string>;
  readonly twins?: ReadonlySet<string>;
  readonly contact?: { readonly id: string; readonly name: string };
  readonly owner?: string;
  readonly why?: { readonly userId: string };
  readonly decidedAt?: number;
  readonly chats?: ReadonlySet<string>;
  readonly wrote?: ReadonlySet<string>;
}

/** A message as it was said. */
interface Said {
  readonly channelId: string;
  readonly ids: readonly PersonId[];
  readonly time: number;
}

/** What a CRM said last of a contact that it knows by a name. `version` grows with each thing that it says. */
interface NamedContact {
  readonly name: string | undefined;
  readonly version: number;
  readonly isKnown: boolean;
}

/** Somebody who wrote for the first time with the name of a contact. */
interface Expected {
  readonly person: string;
  readonly name: string;
  readonly contactId: string;
  readonly version: number;
}

/** What follows for good from a link: a person has these only at their root. */
const OF_ROOTS = ['contact', 'owner', 'why', 'chats', 'wrote', 'aliases', 'dispenser'] as const;

/** Follows every write about who people are, and says at once or in the end what is wrong. */
export class IdentityLedger {
  readonly #stage: Stage;
  readonly #said = new Map<string, Said>();
  /** The ids that came with the facts that each run has read. */
  readonly #read = new Map<Task, Map<string, readonly PersonId[]>>();
  readonly #decisions: { readonly address: string; readonly at: number; readonly userId: string }[] = [];
  readonly #contacts = new Map<string, NamedContact>();
  #expected: Expected[] = [];
  readonly #wrote = new Set<string>();

  /** The chats of people who wrote with a name, in the order in which they did, the last once. */
  readonly #named = new Map<string, string[]>();

  /** Whether the bot gives its new clients out in turn. Otherwise they are nobody's until somebody replies. */
  readonly botRotates: boolean;

  constructor(stage: Stage, botRotates: boolean) {
    this.#stage = stage;
    this.botRotates = botRotates;
  }

  // What is told

  say(channelId: string, providerId: string, ids: readonly PersonId[], time: number): void {
    this.#said.set(providerId, { channelId, ids, time });
  }

  /** The CRM pushes a contact by that name. The result is told whether it was acknowledged. */
  pushName(id: string, name: string | undefined): (isKnown: boolean) => void {
    const version = this.touch(id);
    return (isKnown) => {
      const now = this.#contacts.get(id);
      if (now?.version === version) this.#contacts.set(id, { name, version, isKnown });
    };
  }

  /** The CRM says something of the contact. Until it is acknowledged nothing is expected of it. */
  touch(id: string): number {
    const version = (this.#contacts.get(id)?.version ?? 0) + 1;
    this.#contacts.set(id, { name: undefined, version, isKnown: false });
    return version;
  }

  /** Somebody writes to a bot, with a name or without one. */
  write(chat: string, username: string | undefined): void {
    const { chatType, chatId } = chatOfKey(chat);
    const person = addressKey(ACCOUNT, chatType, chatId);
    const isFirst = !this.#wrote.has(person);
    this.#wrote.add(person);
    const name = username?.toLowerCase();
    const rows = this.#stage.chats();
    // Somebody else with the name may still be on their way.
    const isAlone = (this.#named.get(name ?? '') ?? []).every((one) => rows.includes(one));
    if (name !== undefined && isFirst) this.#named.set(name, [...(this.#named.get(name) ?? []), chat]);
    const [contactId, contact] = [...this.#contacts].find(([, one]) => one.name === name && one.isKnown) ?? [];
    // Then either may be the first whose message comes.
    if (!isAlone) this.#expected = this.#expected.filter((one) => one.contactId !== contactId);
    // Which of two messages is folded first is open, and so whether the name is known in time.
    const index = rows.includes(chat) ? -1 : this.#expected.findIndex((one) => one.person === person);
    if (index >= 0 && this.#expected[index]?.name !== name) this.#expected.splice(index, 1);
    if (!isFirst || !isAlone || name === undefined || contactId === undefined || !contact) return;
    const handle = this.#stage.db.items('directory').find(({ s }) => s === `telegram#@${name}`);
    if (handle?.contact !== contactId || handle.used !== undefined) return;
    this.#expected.push({ person, name, contactId, version: contact.version });
  }

  // What is observed

  /** Notes the ids of the facts that a run has read. */
  observe(task: Task, { constructor: { name }, input }: Command, answer: unknown): void {
    if (name !== 'QueryCommand' || input.TableName !== 'messages') return;
    const read = this.#read.get(task) ?? new Map<string, readonly PersonId[]>();
    this.#read.set(task, read);
    for (const item of (answer as { Items?: Record<string, unknown>[] }).Items ?? []) {
      const ids = [...((item.ids ?? []) as PersonId[]), ...((item.became ?? []) as PersonId[])];
      if (ids.length > 0) read.set(String(item.c), [...(read.get(String(item.c)) ?? []), ...ids]);
    }
  }

  note({ tableId, oldImage, newImage }: WriteRecord): void {
    if (tableId === 'messages' && newImage?.kind === 'client')
      this.#noteMessage(String(newImage.c), String(newImage.k));
    if (tableId === 'addresses' && newImage) {
      this.#noteAddress(oldImage as unknown as AddressItem | undefined, newImage as unknown as AddressItem);
    }
    if (tableId === 'dispensers' && newImage) this.#noteTurns(oldImage ?? {}, newImage);
  }

  /** I3: no message is stored in two chats. */
  #noteMessage(chat: string, key: string): void {
    const id = key.slice(14);
    if (!this.#said.has(id)) return;
    const there = this.#stage.db.items('messages').filter(({ k }) => String(k).slice(14) === id && String(k) < ':');
    const other = there.find(({ c }) => c !== chat);
    if (other) this.#stage.notice(`${id} stands in ${other.c} and in ${chat} (I3)`);
  }

  #noteAddress(before: AddressItem | undefined, address: AddressItem): void {
    if (address.root !== undefined) {
      const has = OF_ROOTS.find((part) => address[part as keyof AddressItem] !== undefined);
      if (has || address.viewers.length > 0)
        this.#stage.notice(`${address.a} is an alias, and has ${has ?? 'viewers'}`);
    }
    const { why, decidedAt = 0 } = address;
    if (why && before?.why === undefined) {
      this.#decisions.push({ address: address.a, at: decidedAt, userId: why.userId });
    }
    for (const chat of address.chats ?? []) {
      const isAdded = !before?.chats?.has(chat) && (before?.aliases?.size ?? 0) === (address.aliases?.size ?? 0);
      // One that has just left its root has taken its chats along.
      if (isAdded && address.root === undefined && before?.root === undefined) this.#checkLinked(chat, address.a);
    }
  }

  /** A chat is added to its person after everything that its facts tell was linked. */
  #checkLinked(chat: string, root: string): void {
    const { task } = this.#stage.scheduler;
    if (this.#changesHands(chat) || this.#isWaiting(chat)) return;
    for (const id of (task && this.#read.get(task)?.get(chat)) ?? []) {
      // Somebody whose old number has another holder leaves it with all that they have written by since.
      if (this.#toldIn(id).some((one) => this.#changesHands(one))) continue;
      const other = this.#rootOf(addressKey(ACCOUNT, id.chatType, id.chatId));
      if (other?.a !== root && !this.#mayBeApart(this.#item(root), other)) {
        this.#stage.notice(`${chat} was added to ${root} before ${id.chatId} was linked to it (D7)`);
      }
    }
  }

  /** The chats with messages that came with that id. */
  #toldIn({ chatId }: PersonId): string[] {
    const told = this.#stage.db
      .items('messages')
      .filter(({ ids = [] }) => (ids as PersonId[]).some((id) => id.chatId === chatId));
    return [...new Set(told.map(({ c }) => String(c)))];
  }

  /** Whether a link waits for a contact that is being made. */
  #isWaiting(chat: string): boolean {
    return this.#stage.db.items('outbox').some(({ l }) => String(l).startsWith(`task#link#${chat}#`));
  }

  /** Whether the number of the chat came with several user ids, on any channel: then some of them have left it. */
  #changesHands(chat: string): boolean {
    const { chatId: number } = chatOfKey(chat);
    const ofNumber = this.#stage.db.items('messages').filter(({ c }) => chatOfKey(String(c)).chatId === number);
    const told = ofNumber.flatMap(({ ids = [] }) => ids as PersonId[]);
    return new Set(told.map(({ chatId }) => chatId).filter((id) => !/^\d+$/.test(id))).size > 1;
  }

  /** D7, D8: somebody whom the CRM knows by a name draws no turn. */
  #noteTurns(before: Readonly<Record<string, unknown>>, item: Readonly<Record<string, unknown>>): void {
    for (const [name, turn] of Object.entries(item)) {
      if (typeof turn !== 'number' || before[name] !== undefined || !name.includes('#')) continue;
      const known = this.#expected.find(({ person }) => person === `${ACCOUNT}#${name}`);
      if (known && this.#isAlone(known)) this.#stage.notice(`${name} drew a turn, and is known by name (D8)`);
    }
  }

  #isAlone({ contactId, version }: Expected): boolean {
    const now = this.#contacts.get(contactId);
    const alike = this.#expected.filter((one) => one.contactId === contactId && one.version === version);
    return alike.length === 1 && now?.version === version;
  }

  // What has to hold at rest

  checkRest(): void {
    for (const address of this.#addresses()) this.#checkAddress(address);
    for (const row of this.#stage.db.items('chats')) {
      if (row.s === '-' && !String(row.c).startsWith('m#')) this.#checkChat(row);
    }
    this.#checkContacts();
    this.#checkRecords();
    for (const expected of this.#expected) this.#checkExpected(expected);
  }

  /** The ids of one person lead to one address, except if two contacts of the CRM have them. */
  checkOne(one: string, other: string): void {
    const [root, otherRoot] = [this.#rootOf(one), this.#rootOf(other)];
    if (!root || !otherRoot) this.#stage.broken(`${one} and ${other} wrote, and are not known`);
    if (root.a === otherRoot.a) return;
    const [of, ofOther] = [root, otherRoot].map(({ contact }) => contact?.id);
    const areTwins = of !== undefined && ofOther !== undefined && of !== ofOther;
    if (!areTwins) this.#stage.broken(`${one} and ${other} are one person, and stay ${root.a} and ${otherRoot.a} (D7)`);
  }

  /** Whether two contacts of the CRM have the person of the chat. Then each has chats of its own. */
  hasTwin(chat: string): boolean {
    const { chatType, chatId } = chatOfKey(chat);
    return (this.#rootOf(addressKey(ACCOUNT, chatType, chatId))?.twins?.size ?? 0) > 0;
  }

  /** The chat in which a message stands. */
  chatOf(providerId: string): string {
    const found = this.#stage.db.items('messages').find(({ k }) => String(k).slice(14) === providerId);
    return found ? String(found.c) : this.#stage.broken(`${providerId} is stored nowhere`);
  }

  #checkAddress({ a, root, aliases = new Set(), owner, contact, viewers, wrote }: AddressItem): void {
    if (root !== undefined) {
      const named = this.#item(root);
      if (!named) this.#stage.broken(`${a} is an alias of ${root}, which is not there`);
      if (named.root !== undefined) this.#stage.broken(`${a} is an alias of ${root}, which is one of ${named.root}`);
      if (!named.aliases?.has(a)) this.#stage.broken(`${a} is an alias of ${root}, which does not know it`);
      return;
    }
    for (const alias of aliases) {
      if (this.#item(alias)?.root !== a) this.#stage.broken(`${a} has the alias ${alias}, which is none of its`);
    }
    if (owner !== undefined && !contact) this.#stage.broken(`${a} belongs to ${owner}, and has no contact (I4)`);
    const isUnowned = owner === undefined && !contact;
    if (isUnowned && viewers.length > 0) this.#stage.broken(`${a} has no owner, and ${viewers} see it`);
    const isGivenOut = this.botRotates || !a.includes('#telegram#');
    if (isUnowned && isGivenOut && (wrote?.size ?? 0) > 0)
      this.#stage.broken(`${a} wrote, and nobody is responsible (D2)`);
  }

  /** R2: a chat is seen by those who see its person. Each chat belongs to one person. */
  #checkChat(row: Readonly<Record<string, unknown>>): void {
    const chat = String(row.c);
    const { chatType, chatId } = chatOfKey(chat);
    const of = this.#addresses().filter(({ chats }) => chats?.has(chat));
    if (of.length !== 1) this.#stage.broken(`${chat} belongs to ${of.map(({ a }) => a).join(' and ') || 'nobody'}`);
    const [address] = of as [AddressItem];
    const own = this.#rootOf(addressKey(ACCOUNT, chatType, chatId));
    const known = [address.contact, address.viewers];
    this.#stage.same(`contact and viewers of ${chat}, of ${address.a}`, [row.contact, row.viewers], known);
    if (own?.a !== address.a) this.#stage.broken(`${chat} belongs to ${address.a}, and its id to ${own?.a}`);
  }

  /** I4: a contact that Konvert keeps has a person, and each has one deal. */
  #checkContacts(): void {
    const all = this.#stage.db.items('directory');
    const kept = all.filter(({ p, own }) => p === `${ACCOUNT}#contacts` && own !== undefined);
    const deals = all.filter(({ p }) => p === `${ACCOUNT}#deals`);
    this.#stage.same('the deals', deals.map(({ s }) => String(s)).sort(), kept.map(({ own }) => String(own)).sort());
    for (const { s, card } of kept) {
      const [{ chatType = '', chatId = '' } = {}] = (card as { contactData: PersonId[] }).contactData;
      const address = this.#rootOf(addressKey(ACCOUNT, chatType, chatId));
      if (address?.contact?.id !== s)
        this.#stage.broken(`${s} is kept, and ${chatId} belongs to ${address?.contact?.id} (I4)`);
    }
  }

  /** D9: each decision has its record. */
  #checkRecords(): void {
    const records = this.#stage.db.items('assignments');
    for (const { address, at, userId } of this.#decisions) {
      const of = records.filter((one) => one.at === at && one.userId === userId);
      if (of.length === 0) this.#stage.broken(`${address} was given to ${userId}, without a record (D9)`);
    }
  }

  /** One person who wrote with the name of a contact belongs to it, if the CRM has said nothing else since. */
  #checkExpected({ contactId, version }: Expected): void {
    if (this.#contacts.get(contactId)?.version !== version) return;
    const alike = this.#expected.filter((one) => one.contactId === contactId && one.version === version);
    const found = alike.filter(({ person }) => this.#item(person)?.contact?.id === contactId);
    if (found.length !== 1) {
      const people = alike.map(({ person }) => person).join(' and ');
      this.#stage.broken(`${found.length} of ${people} belong to ${contactId}, whose name they have (D8)`);
    }
  }

  // Reading

  /** Two contacts of a CRM are never merged, what is being made is waited for, and numbers go from hand to hand. */
  #mayBeApart(one: AddressItem | undefined, other: AddressItem | undefined): boolean {
    if (!one || !other) return false;
    const phones = [one, other].map(({ a, aliases = [] }) => [a, ...aliases].filter((key) => /#\d+$/.test(key)).length);
    if (phones.every((count) => count > 0)) return true;
    if (one.contact && other.contact && one.contact.id !== other.contact.id) return true;
    // They were two contacts of the CRM when they were looked at. One may have been deleted a moment ago.
    if (one.twins?.has(other.a)) return true;
    return [one, other].some(({ owner, contact }) => owner !== undefined && !contact);
  }

  #rootOf(key: string): AddressItem | undefined {
    const item = this.#item(key);
    return item?.root === undefined ? item : this.#item(item.root);
  }

  #item(key: string): AddressItem | undefined {
    return this.#addresses().find(({ a }) => a === key);
  }

  #addresses(): AddressItem[] {
    return this.#stage.db.items('addresses') as unknown as AddressItem[];
  }
}
