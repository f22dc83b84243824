import type { Receipt, Received } from '#channels/inbound';
import type { Outgoing, Sent } from '#channels/outbound';
import type { Refusal } from '#channels/terms';
import { type Fact, idOfKey, type Reply } from '#domain/fact';
import { chatKey, chatOfKey } from '#domain/message';
import { messageIdOf } from '#domain/message-id';
import { readFact } from '#store/chats/fact-item';
import { type Outcome, readOutcome } from '#store/chats/outcome-item';
import { bellsOfWrite } from './bells.ts';
import { playedMessenger, prepareAccount } from './machines.ts';
import type { Command } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Item, Receiver } from './receiver.ts';
import { expectedChat } from './reference.ts';
import { type Faults, NO_FAULTS } from './scheduler.ts';
import { Stage } from './stage.ts';

/** Something that the messenger will tell of a message that it took. */
interface Ahead {
  readonly channelId: string;
  readonly item: Received;
}

/** A message that the messenger took, and what it has told of it. */
interface Taken {
  readonly chat: string;
  readonly text: string;
  readonly told: Set<Receipt['status']>;
}

const CHANNEL = 'channel-1';
const PEOPLE = ['person1', 'person2'];
const WEBHOOKS = '/v3/webhooks';
const AT_MOST_MS = 30 * 3_600_000;
/** Of one attempt, what comes later is never told before what comes earlier. */
const RANKS = ['sent', 'delivered', 'read', 'error'];
const REFUSED: Refusal = { reason: 'BAD_CONTACT', code: '131026', description: 'not there' };

/**
 * One generated history of what becomes of replies. The messenger tells of each that it took, in any order, more than once,
 * before it answers and long after: that it was sent, delivered, read, that it failed, and the message itself as an echo.
 * What failed is sent again by somebody.
 */
export class ReceiptsHistory {
  readonly #random: Random;
  readonly #stage: Stage;
  readonly #receiver: Receiver;
  readonly #faults: Faults;
  /** Whether some bells are lost for good. Only the watchdog makes those good. */
  readonly #losesBells: boolean;
  readonly #dozes: number;
  readonly #ahead: Ahead[] = [];
  readonly #taken = new Map<string, Taken>();
  readonly #upTos: { readonly chat: string; readonly status: Receipt['status']; readonly upTo: number }[] = [];
  /** How often a chat is read up to a time. */
  readonly #watermarks: number;
  /** Everything that the receiver took, in order. */
  readonly #events: Item[] = [];
  #texts = 0;

  constructor(seed: number) {
    this.#random = new Random(seed);
    const random = this.#random;
    const rough = random.chance(0.75) ? 1 : 0;
    this.#losesBells = random.chance(0.25);
    this.#dozes = random.pick([0, 0.1, 0.3]);
    this.#watermarks = random.pick([0, 0, 0.7]);
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.05]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.01, 0.03]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0.01, 0.05]),
      sleep: random.pick([0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    const inbound = { echoesOwn: true, receiptsUpTo: true } as const;
    this.#stage = new Stage({
      seed,
      random,
      skewMs: this.#faults.skewMs,
      messenger: playedMessenger({ send: (_, message, signal) => this.#send(message, signal) }, { inbound }),
      fetch: (...asked) => this.#receiver.fetch(...asked),
      losesMessages: random.pick([0, 0, 0.2]),
    });
    const { scheduler, db } = this.#stage;
    this.#receiver = new Receiver({
      scheduler,
      random,
      knownBy: random.pick(['call', 'item']),
      bad: 0,
      called: (items) => items,
      refused: () => undefined,
      took: (item) => this.#events.push(item),
    });
    scheduler.dozes = (command) => isHalf(command) && random.chance(this.#dozes);
    db.onWrite = (record) => {
      for (const bell of bellsOfWrite(record)) {
        const mayBeLost = this.#losesBells && scheduler.faults !== NO_FAULTS;
        if (!(mayBeLost && random.chance(0.15))) this.#stage.ring(bell);
      }
    };
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    prepareAccount(this.#stage.db, [CHANNEL]);
    const subscriptions = { messagesAndStatuses: true };
    const body = { webhooksUri: 'https://crm.example/hook', subscriptions };
    this.#stage.machines.request('manage-webhooks', 'PATCH', WEBHOOKS, { body });
    await this.#stage.settleDown(4);
    // What a clock that is behind stores at once would count as older than the registration.
    await this.#stage.scheduler.wait(5_000);
    await this.#stage.playActs(this.#faults, this.#random.between(6, 30), () => this.#act());
    await this.#rest();
    this.#check();
  }

  #act(): void {
    const random = this.#random;
    random.weighted<() => void>([
      [3, () => this.#stage.write(CHANNEL, random.pick(PEOPLE), random.pick([1, 2]))],
      [4, () => this.#reply()],
      [1, () => this.#sayStillOwed()],
      [8, () => this.#tellNext()],
      [2, () => this.#stage.deliverAgain()],
      [1, () => this.#echo()],
      [2, () => this.#stage.retryFailed()],
      [1, () => this.#changeMood()],
      [1.5, () => this.#stage.sweep()],
      [0.7, () => void this.#stage.scheduler.wait(random.pick([6_000, 12_000, 65_000]))],
    ])();
  }

  // What happens

  #reply(): void {
    this.#texts += 1;
    const clearUnanswered = this.#random.chance(0.7);
    const body = { ...chatOfKey(chatOf(this.#random.pick(PEOPLE))), text: `answer ${this.#texts}`, clearUnanswered };
    this.#stage.machines.request('record-reply', 'POST', '/v3/message', { body });
  }

  #sayStillOwed(): void {
    const params = chatOfKey(chatOf(this.#random.pick(PEOPLE)));
    const body = { stillOwed: this.#random.chance(0.8) };
    this.#stage.machines.request('set-no-reply-needed', 'PUT', STILL_OWED, { params, body });
  }

  /** Somebody of the team writes on the phone. */
  #echo(): void {
    const { scheduler } = this.#stage;
    this.#texts += 1;
    this.#ahead.push(this.#echoOf(chatOf(this.#random.pick(PEOPLE)), `p${this.#texts}`, `phone ${this.#texts}`));
    scheduler.now += 1;
    this.#tellNext();
  }

  #echoOf(chat: string, providerId: string, text: string): Ahead {
    const { chatId } = chatOfKey(chat);
    const time = this.#stage.scheduler.now - this.#random.between(0, 1_000);
    const content = { type: 'text', text } as const;
    const ids = [{ chatType: 'telegram', chatId }] as const;
    return {
      channelId: CHANNEL,
      item: { kind: 'echo', ids, providerId, time, opens: false, author: { name: 'Shop' }, content },
    };
  }

  #changeMood(): void {
    this.#receiver.mood = this.#receiver.mood === 'well' ? this.#random.pick(['shaky', 'down']) : 'well';
  }

  /** The messenger takes a reply, refuses it, or takes it and does not answer. It may tell of it before it answers. */
  #send({ to: [{ chatId }], content, opaque }: Outgoing, signal: AbortSignal): Promise<Sent> {
    const { scheduler } = this.#stage;
    const random = this.#random;
    const kind = scheduler.faults === NO_FAULTS ? 'sent' : random.weighted(SENDS);
    const text = content.type === 'text' ? content.text : '';
    const take = (): Sent => {
      if (kind === 'refused') return { kind, refusal: REFUSED };
      const providerId = `s${this.#taken.size + 1}`;
      if (kind === 'sent' || random.chance(0.5)) this.#take(chatOf(chatId), providerId, text, opaque);
      return kind === 'sent' ? { kind, providerId } : { kind, reason: 'no answer' };
    };
    // The chat is read from time to time, up to the newest message or one before.
    if (random.chance(this.#watermarks)) this.#ahead.push(this.#upTo(chatOf(chatId)));
    return scheduler.call<Sent>(signal, take, () => ({ kind: 'unreachable', reason: 'aborted' }));
  }

  #upTo(chat: string): Ahead {
    const upTo = this.#stage.scheduler.now + this.#random.between(-2_000, 2_000);
    const status = this.#random.pick(['delivered', 'read'] as const);
    const ids = [{ chatType: 'telegram', chatId: chatOfKey(chat).chatId }] as const;
    return { channelId: CHANNEL, item: { kind: 'receipt', of: { upTo }, ids, time: upTo, status } };
  }

  #take(chat: string, providerId: string, text: string, opaque: string): void {
    const random = this.#random;
    this.#taken.set(providerId, { chat, text, told: new Set() });
    const person = { chatType: 'telegram', chatId: chatOfKey(chat).chatId };
    const read = random.pick(['read', 'played'] as const);
    const statuses = (['sent', 'delivered', read] as const).filter(() => random.chance(0.6));
    const failed = random.chance(0.3) ? (['failed'] as const) : [];
    for (const status of [...statuses, ...failed]) {
      const error = status === 'failed' ? { error: REFUSED } : {};
      const of = { providerId };
      const whose = random.chance(0.5) ? { ids: [person] } : { ids: [], opaque };
      const item: Receipt = { kind: 'receipt', of, ...whose, time: this.#stage.scheduler.now, status, ...error };
      for (let times = random.pick([1, 1, 2]); times > 0; times -= 1) this.#ahead.push({ channelId: CHANNEL, item });
    }
    if (random.chance(0.6)) this.#ahead.push(this.#echoOf(chat, providerId, text));
    if (random.chance(0.4)) for (let early = random.between(1, 3); early > 0; early -= 1) this.#tellNext();
  }

  /** The messenger tells one of the things that it has to tell. */
  #tellNext(): void {
    if (this.#ahead.length === 0) return;
    const [{ channelId, item }] = this.#ahead.splice(this.#random.between(0, this.#ahead.length - 1), 1) as [Ahead];
    if (item.kind === 'receipt') this.#noteTold(item);
    this.#stage.tell(channelId, item, this.#random.pick([1, 1, 2]));
  }

  #noteTold({ of, ids: [person], status }: Receipt): void {
    if ('providerId' in of) this.#taken.get(of.providerId)?.told.add(status);
    else if ('upTo' in of) this.#upTos.push({ chat: chatOf(person?.chatId ?? ''), status, upTo: of.upTo });
  }

  // Coming to rest

  async #rest(): Promise<void> {
    const { scheduler, machines } = this.#stage;
    this.#stage.calmDown();
    await this.#settle();
    if (this.#losesBells) {
      machines.run('watch-chats', (app) => app.listeners['watch-chats']());
      await this.#settle();
    }
    if (scheduler.busy) this.#stage.broken('the history does not come to rest');
  }

  /** Until the messenger has told everything, and nothing waits. */
  async #settle(): Promise<void> {
    const { scheduler, db } = this.#stage;
    const until = scheduler.now + AT_MOST_MS;
    while (scheduler.now < until) {
      await this.#stage.hearAll();
      const waiting = db.items('outbox').filter(({ w }) => w !== undefined);
      if (this.#ahead.length === 0 && waiting.length === 0 && !this.#stage.rings) return;
      while (this.#ahead.length > 0) this.#tellNext();
      await this.#stage.hearAll();
      const nextAt = Math.min(...waiting.map((item) => Number(item.nextAt)));
      await scheduler.wait(Number.isFinite(nextAt) ? Math.max(1_000, nextAt + 2_000 - scheduler.now) : 1_000);
      this.#stage.sweep();
    }
    this.#stage.broken('the history does not come to rest');
  }

  // What has to hold at rest

  #check(): void {
    for (const [id, taken] of this.#taken) this.#checkRank(id, taken);
    for (const person of PEOPLE) {
      const chat = chatOf(person);
      const facts = this.#factsOf(chat);
      this.#checkChat(chat, facts);
      for (const fact of facts) if (fact.kind === 'reply') this.#checkReply(chat, fact);
      for (const fact of facts) if (fact.kind === 'echo') this.#checkEcho(chat, fact.key, fact.by, fact.ours);
    }
    this.#checkTold();
  }

  /** One final state by rank, whatever the order. A failure is for ever. */
  #checkRank(id: string, { chat, told }: Taken): void {
    const { deliveredAt, readAt, failed } = this.#outcomeOf(chat, id) ?? {};
    this.#stage.same(`whether ${id} failed`, failed !== undefined, told.has('failed'));
    if (failed) return;
    const wasRead = told.has('read') || told.has('played') || this.#isBelow(chat, id, 'read');
    this.#stage.same(`whether ${id} was read`, readAt !== undefined, wasRead);
    const wasDelivered = told.has('delivered') || this.#isBelow(chat, id, 'delivered');
    if (!wasRead) this.#stage.same(`whether ${id} was delivered`, deliveredAt !== undefined, wasDelivered);
  }

  /** Whether the messenger said so of all messages up to a time after the call that sent this one. */
  #isBelow(chat: string, id: string, wanted: Receipt['status']): boolean {
    const { reply = '' } = this.#outcomeOf(chat, id) ?? {};
    const { providerId, calledAt = Number.POSITIVE_INFINITY } = this.#outcomeOf(chat, idOfKey(reply)) ?? {};
    if (providerId !== id) return false;
    return this.#upTos.some((one) => one.chat === chat && one.status === wanted && one.upTo >= calledAt);
  }

  /** U4: a reply was sent, or has failed and is listed. It has failed if a receipt said so of what was sent last. */
  #checkReply(chat: string, { key, attempt, refused, content }: Reply): void {
    const ours = this.#outcomeOf(chat, idOfKey(key));
    const row = this.#stage.db.items('outbox').find(({ kind, e }) => kind === 'reply' && e === key);
    const listed = row?.f === undefined ? undefined : row.attempt;
    if (ours?.attempt !== attempt) this.#stage.broken(`${key} waits, and nobody will look there again`);
    const { status, providerId = '', sentAt, error } = ours;
    const expected = status === 'error' ? attempt : undefined;
    this.#stage.same(`the refusal of ${key}`, [refused, listed], [expected, expected]);
    if (status === 'error' && error?.reason !== REFUSED.reason) this.#stage.broken(`${key} failed without a reason`);
    if (status === 'error' && sentAt === undefined) return;
    const taken = this.#taken.get(providerId);
    if (taken?.text !== content.text) this.#stage.broken(`${key} was sent as ${providerId}, which is another message`);
    this.#stage.same(`whether ${key} failed`, status === 'error', taken?.told.has('failed'));
    this.#stage.same(`whose ${providerId} is`, this.#outcomeOf(chat, providerId)?.reply, key);
  }

  /** What is known to be ours is no message of a person. What a person wrote is none of ours. */
  #checkEcho(chat: string, key: string, by: string | undefined, ours: string | undefined): void {
    const reply = this.#outcomeOf(chat, idOfKey(key))?.reply;
    this.#stage.same(`the echo ${key}`, [by, ours], reply === undefined ? [undefined, undefined] : ['us', reply]);
  }

  /** I1: the chat follows from its facts. What is ours changes nothing, also if it counted before. */
  #checkChat(chat: string, facts: readonly Fact[]): void {
    const row = this.#stage.db.items('chats').find(({ c, s }) => c === chat && s === '-');
    if (!row?.chat) {
      this.#stage.same(`what was said in ${chat}, which was never made`, facts.length, 0);
      return;
    }
    const expected = expectedChat(facts, () => ({ deleted: false }));
    const { openKey, unansweredCount, lastMessageAt, lastKey, preview, lastBy } = row.chat as Record<string, unknown>;
    this.#stage.same(
      chat,
      [openKey, unansweredCount, lastMessageAt, lastKey, preview, lastBy],
      [
        expected.openKey,
        expected.unansweredCount,
        expected.lastMessageAt,
        expected.lastKey,
        expected.preview,
        expected.lastBy,
      ],
    );
  }

  /** C2: statuses are told once, in order, and the last one is what became of the reply. */
  #checkTold(): void {
    const messages = this.#events.filter(({ what }) => what === 'message').map(({ key }) => key);
    if (new Set(messages).size < messages.length) this.#stage.broken(`a message was told twice, of ${messages}`);
    const statuses = this.#events.filter(({ what }) => what === 'status');
    const byMessage = Map.groupBy(statuses, ({ fields }) => String(fields.messageId));
    for (const chat of PEOPLE.map(chatOf))
      for (const fact of this.#factsOf(chat)) {
        if (fact.kind !== 'reply') continue;
        const words = (byMessage.get(messageIdOf(chat, fact.key)) ?? []).map(({ fields }) => String(fields.status));
        this.#stage.same(`what is told last of ${fact.key}`, words.at(-1), this.#endOf(chat, fact.key));
        const again = words.filter((word, index) => RANKS.indexOf(word) <= RANKS.indexOf(words[index - 1] ?? ''));
        // Only another attempt begins again.
        if (again.length >= fact.attempt || again.some((word) => word !== 'sent' && word !== 'error'))
          this.#stage.broken(`of ${fact.attempt} attempts of ${fact.key} it was told: ${words}`);
      }
  }

  #endOf(chat: string, key: string): string | undefined {
    const { status, providerId = '' } = this.#outcomeOf(chat, idOfKey(key)) ?? {};
    const { deliveredAt, readAt } = this.#outcomeOf(chat, providerId) ?? {};
    if (status !== 'sent') return status;
    return readAt !== undefined ? 'read' : deliveredAt !== undefined ? 'delivered' : status;
  }

  #factsOf(chat: string): Fact[] {
    const items = this.#stage.db.items('messages').filter(({ c, k }) => c === chat && String(k) < ':');
    return items.map(readFact).sort((one, other) => (one.key < other.key ? -1 : 1));
  }

  #outcomeOf(chat: string, id: string): Outcome | undefined {
    const item = this.#stage.db.items('messages').find(({ c, k }) => c === chat && k === `of#${id}`);
    return item && readOutcome(item);
  }
}

function chatOf(chatId: string): string {
  return chatKey({ channelId: CHANNEL, chatType: 'telegram', chatId });
}

const STILL_OWED = '/v1/chats/{channelId}/{chatType}/{chatId}/still-owed';

const SENDS: readonly (readonly [number, Sent['kind'] & ('sent' | 'refused' | 'unreachable')])[] = [
  [8, 'sent'],
  [1.5, 'refused'],
  [1.5, 'unreachable'],
];

/** Whether the command is one of those between which the other side may come: the record of a send, or of what is heard. */
function isHalf({ constructor: { name }, input }: Command): boolean {
  if (name === 'TransactWriteCommand') return true;
  if (name === 'PutCommand') return input.Item?.kind === 'echo';
  return name === 'UpdateCommand' && String(input.Key?.k).startsWith('of#');
}
