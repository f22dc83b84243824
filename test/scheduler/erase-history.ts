import { addressOfChat } from '#domain/address';
import { timeOfKey } from '#domain/fact';
import { chatKey } from '#domain/message';
import { bellsOfWrite } from './bells.ts';
import { ACCOUNT, prepareAccount } from './machines.ts';
import type { WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import type { Faults, Task } from './scheduler.ts';
import { Stage } from './stage.ts';

/** What a client has written, and when it was first stored (the scheduler's time). */
interface Said {
  readonly chat: string;
  readonly providerId: string;
  readonly time: number;
  readonly word: string;
  storedAt?: number;
}

/** An erasure that was begun: by a request that began then, in a write at that time. Times are the scheduler's. */
interface Begun {
  readonly addresses: readonly string[];
  readonly since: number;
  readonly askedAt: number;
  readonly begunAt: number;
}

const CHANNELS = ['channel-1', 'channel-2'];
const USERS = ['anna', 'boris'];
const PEOPLE = ['person1', 'person2', 'person3'];
const PERSON = '/v1/people/{chatType}/{chatId}';
const MINUTES_TO_REST = 8;
/** An assignment fails if the chat is not stored yet. It is tried again. */
const NOT_YET = /^at draw /;

/**
 * One generated history of people who are erased while they write, while messengers deliver again what they wrote, and while a
 * CRM pushes contacts of them. In the end what was there at a request is nowhere, and what came after it is there.
 */
export class EraseHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #faults: Faults;
  readonly #said: Said[] = [];
  readonly #begun: Begun[] = [];
  readonly #asked = new Map<Task, number>();
  readonly #contacts = new Set<string>();
  #words = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
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
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      mostWrites: random.pick([100, 12]),
      mayThrow,
    });
    this.#stage.db.onWrite = (record) => this.#note(record);
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    const { machines } = this.#stage;
    prepareAccount(this.#stage.db, CHANNELS);
    machines.request('sync-directory', 'POST', '/v3/users', { body: USERS.map((id) => ({ id, name: id })) });
    const body = [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }];
    machines.request('sync-directory', 'POST', '/v3/pipelines', { body });
    await this.#stage.goOn();
    const userRoles = USERS.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    const settings = { newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' }, userRoles };
    const params = { channelId: CHANNELS[0] };
    machines.request('manage-settings', 'PUT', '/v1/settings/channels/{channelId}', { params, body: settings });
    await this.#stage.settleDown(MINUTES_TO_REST);
    await this.#stage.playActs(this.#faults, this.#random.between(8, 26), () => this.#act());
    this.#stage.calmDown();
    await this.#stage.settleDown(MINUTES_TO_REST);
    this.#check();
    for (let again = this.#random.between(0, 6); again > 0; again -= 1) this.#stage.deliverAgain();
    await this.#stage.settleDown(MINUTES_TO_REST);
    await this.#stage.passUntil(this.#stage.scheduler.now + 120_000);
    this.#check();
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [6, () => this.#write()],
      [3, () => this.#stage.deliverAgain()],
      [2, () => this.#erase()],
      [1.5, () => this.#pushContact()],
      [0.5, () => this.#removeContact()],
      [1, () => this.#stage.sweep()],
      [2, () => this.#stage.scheduler.wait(random.pick([1_000, 4_000, 12_000, 60_000, 130_000]))],
    ])();
  }

  #write(): void {
    const random = this.#random;
    const [channelId, chatId] = [random.pick(CHANNELS), random.pick(PEOPLE)];
    this.#words += 1;
    const [word, providerId] = [`word-${this.#words}-`, `p${this.#words}`];
    const time = this.#stage.scheduler.now - random.between(0, 3_000);
    this.#said.push({ chat: chatKey({ channelId, chatType: 'telegram', chatId }), providerId, time, word });
    const author = { name: `Name of ${word}` };
    const content = { type: 'text', text: word } as const;
    const ids = [{ chatType: 'telegram', chatId }] as const;
    this.#stage.tell(
      channelId,
      { kind: 'client', ids, providerId, time, opens: true, author, content },
      random.pick([1, 1, 2]),
    );
  }

  #erase(): void {
    const params = { chatType: 'telegram', chatId: this.#random.pick(PEOPLE) };
    for (let times = this.#random.pick([1, 1, 2]); times > 0; times -= 1) {
      const task = this.#stage.machines.request('manage-people', 'DELETE', PERSON, { params });
      this.#asked.set(task, this.#stage.scheduler.now);
    }
  }

  #pushContact(): void {
    const chatId = this.#random.pick(PEOPLE);
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

  #note(record: WriteRecord): void {
    const { tableId, oldImage, newImage } = record;
    for (const bell of bellsOfWrite(record)) this.#stage.ring(bell);
    const { now, task } = this.#stage.scheduler;
    if (tableId === 'messages' && newImage && !oldImage) {
      const said = this.#said.find(
        (one) => one.chat === newImage.c && String(newImage.k).endsWith(`#${one.providerId}`),
      );
      if (said) said.storedAt ??= now;
    }
    const begun = newImage?.task as { kind: string; since: number; person: { addresses: string[] } } | undefined;
    if (tableId !== 'outbox' || begun?.kind !== 'erase' || oldImage) return;
    const { since, person } = begun;
    const askedAt = (task && this.#asked.get(task)) ?? now;
    this.#begun.push({ addresses: person.addresses, since, askedAt, begunAt: now });
  }

  // What has to hold

  #check(): void {
    const stored = JSON.stringify(
      ['messages', 'chats', 'addresses', 'directory', 'outbox', 'assignments', 'accounts'].map((id) =>
        this.#stage.db.items(id),
      ),
    );
    for (const said of this.#said) {
      const fate = this.#fateOf(said);
      const isThere = stored.includes(said.word);
      if (fate === 'erased' && isThere) this.#stage.broken(`${said.word} is erased, and still stored`);
      if (fate === 'kept' && !isThere) this.#stage.broken(`${said.word} was written after the request, and is lost`);
    }
    this.#checkChats();
  }

  /** What was stored when the request began is erased, and so is what is older. What was stored after it, is not. */
  #fateOf({ chat, time, storedAt }: Said): 'erased' | 'kept' | 'either' {
    const address = addressOfChat(ACCOUNT, chat);
    const ofPerson = this.#begun.filter(({ addresses }) => addresses.includes(address));
    if (storedAt === undefined) return 'either';
    if (ofPerson.some(({ since, askedAt }) => time < since || storedAt < askedAt)) return 'erased';
    return ofPerson.every(({ since, begunAt }) => time >= since && storedAt > begunAt) ? 'kept' : 'either';
  }

  /** Every chat follows from its facts, and its person is known by it. */
  #checkChats(): void {
    const facts = this.#stage.db.items('messages').filter(({ k }) => String(k) < ':');
    const rows = new Map(this.#stage.chatRows().map((row) => [String(row.c), row]));
    const byChat = Map.groupBy(facts, ({ c }) => String(c));
    this.#stage.same('the chats', [...rows.keys()].sort(), [...byChat.keys()].sort());
    for (const [chat, ofChat] of byChat) {
      const { unansweredCount, lastKey } = rows.get(chat)!.chat as { unansweredCount: number; lastKey: string };
      const keys = ofChat.map(({ k }) => String(k)).sort();
      this.#stage.same(`the count of ${chat}`, unansweredCount, ofChat.length);
      this.#stage.same(`the last message of ${chat}`, timeOfKey(lastKey), timeOfKey(keys.at(-1) ?? ''));
      const address = this.#stage.db.items('addresses').find(({ a }) => a === addressOfChat(ACCOUNT, chat));
      this.#stage.same(`whether ${chat} is known`, (address?.chats as Set<string> | undefined)?.has(chat), true);
    }
    const own = this.#stage.db.items('directory').filter(({ own, card }) => own !== undefined && card !== undefined);
    const names = own.map(({ card }) => (card as { contactData: { chatId: string }[] }).contactData[0]?.chatId);
    this.#stage.same('the people with two contacts', names.length, new Set(names).size);
  }
}
