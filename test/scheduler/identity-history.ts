import type { PersonId } from '#domain/message';
import { chatOfKey } from '#domain/message';
import { bellsOfWrite } from './bells.ts';
import { IdentityLedger } from './identity-ledger.ts';
import { ACCOUNT, playedMessenger, prepareAccount } from './machines.ts';
import { Random } from './random.ts';
import type { Faults } from './scheduler.ts';
import { Stage } from './stage.ts';

/** A person, by the ids that they have at present. */
interface Person {
  phone: string;
  user: string;
  /** The numbers that they gave up, and nobody else has. */
  readonly given: string[];
  /** Whether the number was ever given up or taken over. Then it is not said whose the old chats are. */
  changed: boolean;
  /** The channels on which they have written. */
  readonly channels: Set<string>;
}

const CHANNELS = ['channel-1', 'channel-2'];
const BOT = 'channel-3';
const USERS = ['anna', 'boris', 'clara'];
const CONTACTS = ['contact1', 'contact2', 'contact3', 'contact4'];
const NAMES = ['maria', 'olga'];
const CHAT = '/v1/chats/{channelId}/{chatType}/{chatId}';
const MINUTES_TO_REST = 6;
/** After this, with any skew of clocks, what was linked counts for new messages. */
const KNOWN_MS = 20_000;
/** An assignment fails if the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;

/**
 * One generated history of people who have several ids: a phone number and a user's id in WhatsApp, a @name in Telegram.
 * They write by any of them, in any order and on two channels, while a CRM pushes contacts by any of them, users reply
 * and hand over, and numbers change. In the end each is one person with one owner.
 */
export class IdentityHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #ledger: IdentityLedger;
  readonly #people: Person[] = [];
  readonly #dozes: number;
  #ids = 0;
  #bots = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
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
    const outbound = { send: async () => ({ kind: 'unreachable', reason: 'not part of a history' }) as const };
    const messenger = { ...playedMessenger(outbound), chatTypes: ['whatsapp', 'telegram'] };
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      // Small transactions make the parts of a merge of their own.
      mostWrites: random.pick([100, 100, 12]),
      messenger,
      mayThrow: (_name, where) => NOT_YET.test(where),
    });
    this.#ledger = new IdentityLedger(this.#stage, random.chance(0.5));
    this.#stage.scheduler.dozes = ({ input }) =>
      ['addresses', 'dispensers'].includes(String(input.TableName)) && random.chance(this.#dozes);
    this.#stage.scheduler.observe = (task, command, answer) => this.#ledger.observe(task, command, answer);
    this.#stage.db.onWrite = (record) => {
      this.#ledger.note(record);
      for (const bell of bellsOfWrite(record)) {
        if (bell.function === 'fold-chat' || bell.function === 'assign-contact') this.#stage.ring(bell);
      }
    };
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    await this.#stage.playActs(this.#faults, this.#random.between(8, 26), () => this.#act());
    this.#stage.calmDown();
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#ledger.checkRest();
    await this.#writeInTheEnd();
    this.#ledger.checkRest();
  }

  async #prepare(): Promise<void> {
    prepareAccount(this.#stage.db, [...CHANNELS, BOT]);
    const { machines } = this.#stage;
    const body = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
    machines.request('sync-directory', 'POST', '/v3/pipelines', { body });
    const users = USERS.map((id) => ({ id, name: `Name of ${id}` }));
    machines.request('sync-directory', 'POST', '/v3/users', { body: users });
    await this.#stage.goOn();
    const userRoles = USERS.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    for (const channelId of [...CHANNELS, BOT]) {
      const mode = channelId === BOT && !this.#ledger.botRotates ? 'first-reply' : 'round-robin';
      const settings = { newClients: { mode, pipelineId: '1', stageId: '10' }, userRoles };
      const path = '/v1/settings/channels/{channelId}';
      machines.request('manage-settings', 'PUT', path, { params: { channelId }, body: settings });
    }
    await this.#stage.settleDown(MINUTES_TO_REST);
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [5, () => this.#writes(this.#newPerson())],
      [5, () => this.#writes(this.#anybody())],
      [3, () => this.#stage.deliverAgain()],
      [2.5, () => this.#pushContact(this.#anybody())],
      [1, () => this.#removeContact()],
      [2.5, () => this.#reply(this.#anybody())],
      [1, () => this.#handOver()],
      [1, () => this.#changesNumber(this.#anybody())],
      [0.6, () => this.#losesNumber(this.#anybody())],
      [2.5, () => this.#names()],
      [2, () => this.#bot()],
      [1, () => this.#stage.sweep()],
      [1.5, () => this.#stage.scheduler.wait(random.pick([4_000, 12_000, 25_000]))],
    ])();
  }

  // What people do

  #newPerson(): Person {
    const channels = new Set<string>();
    const person = { phone: this.#newPhone(), user: this.#newUser(), given: [], changed: false, channels };
    this.#people.push(person);
    return person;
  }

  #newPhone(): string {
    this.#ids += 1;
    return `4915100${this.#ids}`;
  }

  #newUser(): string {
    this.#ids += 1;
    return `DE.u${this.#ids}`;
  }

  #anybody(): Person {
    return this.#people.length > 0 ? this.#random.pick(this.#people.slice(-3)) : this.#newPerson();
  }

  /** Writes once or several times at once, by different ids, each delivered once or twice. */
  #writes(person: Person): void {
    const random = this.#random;
    for (let messages = random.pick([1, 1, 2, 3]); messages > 0; messages -= 1) this.#write(person);
    if (random.chance(0.15)) this.#pushContact(person);
    if (random.chance(0.1)) this.#reply(person);
  }

  #write(person: Person, channelId = this.#random.pick(CHANNELS)): string {
    const { phone, user } = person;
    const ids = this.#random.pick([[phone, user], [phone, user], [user, phone], [user], [phone]]);
    person.channels.add(channelId);
    return this.#say(channelId, toIds(ids), this.#random.pick([1, 1, 2]));
  }

  #say(channelId: string, ids: [PersonId, ...PersonId[]], times: number, username?: string): string {
    this.#ids += 1;
    const providerId = `p${this.#ids}`;
    const time = this.#stage.scheduler.now - this.#random.between(0, 3_000);
    const author = { name: 'Somebody', ...(username !== undefined && { username }) };
    const content = { type: 'text', text: 'x' } as const;
    this.#ledger.say(channelId, providerId, ids, time);
    this.#stage.tell(channelId, { kind: 'client', ids, providerId, time, opens: true, author, content }, times);
    return providerId;
  }

  /** Gets another number. The messenger says so, on one channel or both, and they may write in that moment. */
  #changesNumber(person: Person): void {
    const random = this.#random;
    const before = person.phone;
    person.phone = this.#newPhone();
    person.given.push(before);
    person.changed = true;
    if (random.chance(0.3)) this.#write(person);
    for (const channelId of random.pick([CHANNELS, [random.pick(CHANNELS)]])) {
      this.#becomes(channelId, [before, person.user], person.phone);
    }
    if (random.chance(0.3)) this.#say(random.pick(CHANNELS), toIds([before]), 1);
  }

  /** The messenger says that the number of those ids became another one. */
  #becomes(channelId: string, ids: readonly string[], phone: string): void {
    this.#ids += 1;
    this.#stage.tell(channelId, {
      kind: 'identity',
      ids: toIds(ids),
      became: toIds([phone]),
      providerId: `i${this.#ids}`,
      time: this.#stage.scheduler.now - this.#random.between(0, 3_000),
      content: { type: 'system', kind: 'changed_number' },
    });
  }

  /** Somebody else holds the number now, or one that they gave up before, and writes with it. */
  #losesNumber(person: Person): void {
    const phone = person.given.length > 0 && this.#random.chance(0.7) ? person.given.pop() : undefined;
    const user = this.#newUser();
    const heir = { ...person, ...(phone && { phone }), user, given: [], changed: true, channels: new Set<string>() };
    person.changed = true;
    if (phone === undefined) person.phone = this.#newPhone();
    this.#people.push(heir);
    const channelId = this.#random.pick(CHANNELS);
    heir.channels.add(channelId);
    this.#say(channelId, toIds([heir.phone, heir.user]), 1);
  }

  // What the CRM and the team do

  #pushContact({ phone, user }: Person): void {
    const random = this.#random;
    const id = random.pick(CONTACTS);
    const chatIds = random.pick([[phone], [phone], [user], [phone, user]]);
    const contactData = chatIds.map((chatId) => ({ chatType: 'whatsapp', chatId }));
    const body = [{ id, name: 'Known', responsibleUserId: random.pick(USERS), contactData }];
    this.#stage.machines.request('sync-directory', 'POST', '/v3/contacts', { body });
  }

  #removeContact(): void {
    const params = { id: this.#random.pick([...CONTACTS, ...NAMES]) };
    this.#ledger.touch(params.id);
    this.#stage.machines.request('sync-directory', 'DELETE', '/v3/contacts/{id}', { params });
  }

  #reply({ phone, user }: Person): void {
    const random = this.#random;
    const channelId = random.pick(CHANNELS);
    const chat = { channelId, chatType: 'whatsapp', chatId: random.pick([phone, phone, user]) };
    const crmUserId = random.pick([undefined, ...USERS]);
    const body = { ...chat, text: 'our answer', ...(crmUserId !== undefined && { crmUserId }) };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
  }

  #handOver(): void {
    const chat = this.#stage.anyChat();
    if (chat === undefined) return;
    const body = { userId: this.#random.pick(USERS) };
    this.#stage.machines.request('hand-over', 'PUT', `${CHAT}/responsible`, { params: chatOfKey(chat), body });
  }

  // People whom the CRM knows by their @names

  /** The CRM pushes a contact by a name alone, with another name than before, or with none. */
  #names(): void {
    const random = this.#random;
    const id = random.pick(NAMES);
    const username = random.pick([id, id, `${id}_new`, undefined]);
    const contactData =
      username === undefined ? [] : [{ chatType: 'telegram', username: random.pick(['', '@']) + username }];
    const body = [{ id, name: 'Known by name', responsibleUserId: random.pick(USERS), contactData }];
    const pushed = this.#ledger.pushName(id, username);
    const done = (status: number) => pushed(status === 200);
    this.#stage.machines.request('sync-directory', 'POST', '/v3/contacts', { body, done });
  }

  /** Somebody writes to the bot, who may have such a name. */
  #bot(): void {
    const random = this.#random;
    if (this.#bots === 0 || random.chance(0.6)) this.#bots += 1;
    const chatId = `bot${random.chance(0.7) ? this.#bots : random.between(1, this.#bots)}`;
    const name = random.pick(NAMES);
    const username = random.pick([name, name.toUpperCase(), `${name}_new`, undefined]);
    this.#ledger.write(`${BOT}#telegram#${chatId}`, username);
    this.#say(BOT, [{ chatType: 'telegram', chatId }], random.pick([1, 2]), username);
  }

  // In the end

  /** Everybody writes by all ids, and then by each. What was linked has to count for it. */
  async #writeInTheEnd(): Promise<void> {
    const there = this.#people.filter(({ changed, channels }) => !changed && channels.size > 0);
    for (const round of [0, 1, 2]) {
      await this.#stage.scheduler.wait(KNOWN_MS);
      const before = new Set(this.#stage.chats());
      for (const { phone, user, channels } of there) {
        const ids = [[phone, user], [user], [phone, user]][round] as string[];
        for (const channelId of channels) this.#say(channelId, toIds(ids), 1);
      }
      await this.#stage.settleDown(MINUTES_TO_REST);
      if (round === 0) continue;
      for (const chat of this.#stage.chats()) {
        if (!before.has(chat) && !this.#ledger.hasTwin(chat))
          this.#stage.broken(`${chat} is a second chat of a person who had one on that channel`);
      }
    }
    for (const { phone, user } of there)
      this.#ledger.checkOne(`${ACCOUNT}#whatsapp#${phone}`, `${ACCOUNT}#whatsapp#${user}`);
    const [person] = there;
    if (person) await this.#passesNumberOn(person);
  }

  /** One of them gets another number, and somebody else the old one, long enough after each other. */
  async #passesNumberOn(person: Person): Promise<void> {
    const before = person.phone;
    const heir = this.#newUser();
    const say = async (ids: readonly string[]) => {
      const told = [...person.channels].map((channelId) => this.#say(channelId, toIds(ids), 1));
      await this.#stage.settleDown(MINUTES_TO_REST);
      await this.#stage.scheduler.wait(KNOWN_MS);
      return told.map((providerId) => String(chatOfKey(this.#ledger.chatOf(providerId)).chatId));
    };
    await this.#stage.scheduler.wait(KNOWN_MS);
    if (this.#random.chance(0.6)) {
      person.phone = this.#newPhone();
      for (const channelId of person.channels) this.#becomes(channelId, [before, person.user], person.phone);
      await this.#stage.settleDown(MINUTES_TO_REST);
      await this.#stage.scheduler.wait(KNOWN_MS);
      if (this.#random.chance(0.5)) await say([person.phone, person.user]);
    }
    await say([before, heir]);
    const ofPerson = [
      ...(person.phone === before ? [] : await say([person.phone, person.user])),
      ...(await say([person.user])),
    ];
    const ofHeir = [...(await say([before])), ...(await say([heir])), ...(await say([before, heir]))];
    const shared = ofPerson.filter((chat) => ofHeir.includes(chat));
    if (shared.length > 0) this.#stage.broken(`${person.user} and ${heir} both write in the chat of ${shared[0]}`);
    this.#ledger.checkRest();
  }
}

function toIds(chatIds: readonly string[]): [PersonId, ...PersonId[]] {
  return chatIds.map((chatId) => ({ chatType: 'whatsapp', chatId })) as [PersonId, ...PersonId[]];
}
