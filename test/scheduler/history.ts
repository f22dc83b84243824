import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Messenger, Setup } from '#channels/channel';
import { CredentialsRefusedError, MessengerUnreachableError } from '#channels/errors';
import type { Received } from '#channels/inbound';
import type { Acknowledged, Outbound, Outgoing, Sent } from '#channels/outbound';
import type { PersonIds, Refusal } from '#channels/terms';
import type { Chat } from '#domain/chat';
import type { Connection } from '#domain/connection';
import { type Fact, factKey, idOfKey, type Reply } from '#domain/fact';
import { shortHash } from '#domain/hash';
import { chatKey } from '#domain/message';
import type { Pace } from '#domain/pace';
import { writeSeenUpTo } from '#domain/seen';
import type { SlotLimits } from '#domain/slots';
import { waitsOf } from '#domain/waits';
import type { App } from '#functions/app';
import type { RoutedName } from '#lib/routes';
import { tables } from '#lib/tables';
import { readFact } from '#store/chats/fact-item';
import type { Outcome } from '#store/chats/outcome-item';
import { lengthenKeys } from '#store/chats/short-keys';
import { waitPlace } from '#store/waits/wait-item';
import { type Bell, bellOfMessage, bellsOfWrite } from './bells.ts';
import { BrokenRuleError } from './broken-rule.ts';
import { Calls } from './calls.ts';
import { Gates, latest, type StoredChannel } from './gates.ts';
import { type Asked, Machines, NAMES, playedMessenger, prepareAccount, SECRET } from './machines.ts';
import { type Command, MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type ChangeOf, expectedChat, isImported, PROFILES, tokenCovers } from './reference.ts';
import { type Faults, NO_FAULTS, Scheduler, type Task } from './scheduler.ts';

/** A webhook that is delivered until it is acknowledged, and sometimes once more. */
interface Delivery {
  readonly channelId: string;
  readonly item: Exclude<Received, { kind: 'ignored' }>;
  acknowledged: boolean;
  underWay: number;
}

/** What an edit tells of its message. */
type Told = NonNullable<Extract<Received, { kind: 'edit' }>['message']>;

/** The client messages that a user was shown, by their keys. */
interface Sight {
  readonly seen: ReadonlySet<string>;
  /** Messages that were not shown, but counted in the chat that was shown. */
  readonly counted: ReadonlySet<string>;
  /** Whether the token could name everything that was seen. */
  readonly complete: boolean;
  readonly what: string;
}

/** An answer, with what its writer had seen. */
interface Writer extends Sight {
  readonly task: Task;
}

/** A page or list row that a user sees and can answer. */
interface Shown extends Sight {
  readonly chat: string;
  readonly token: string;
}

/** A user who reads a list page by page. */
interface Reader {
  readonly begunAt: number;
  readonly seen: Set<string>;
  cursor?: string;
}

const NAMES_IN_TOKEN = 20;
const FLOOD = 200;

/** One generated history of some chats. The seed chooses what happens, and in which order. */
export class History {
  readonly #seed: number;
  readonly #random: Random;
  readonly #db: MemoryDynamo;
  readonly #scheduler: Scheduler;
  readonly #machines: Machines;
  readonly #faults: Faults;
  /** Whether some bells are lost for good. Only the watchdog makes those good. */
  readonly #losesBells: boolean;
  readonly #flood: boolean;
  /** Whether many replies are refused and tried again, with long pauses in between. */
  readonly #refusals: boolean;
  /** Whether tokens are revoked and replaced later. */
  readonly #revokesTokens: boolean;
  /** Whether clients write to a person by a connection that comes and goes. */
  readonly #hasConnections: boolean;
  /** Whether somebody says that an answer is still owed. */
  readonly #owes: boolean;

  readonly #channels: string[];
  readonly #deliveries: Delivery[] = [];
  readonly #bells: Bell[] = [];
  readonly #writers: Writer[] = [];
  readonly #screens: Shown[] = [];
  readonly #readers: Reader[] = [];
  readonly #heldByToken = new Map<string, ReadonlySet<string>>();
  readonly #readByTask = new Map<Task, Map<string, Set<string>>>();
  readonly #openKeyByTask = new Map<Task, string>();
  readonly #storedAtRead = new Map<Task, Set<string>>();
  readonly #blockLog: {
    readonly at: number;
    readonly chat: string;
    readonly unanswered: boolean;
    readonly moved: boolean;
  }[] = [];
  readonly #recordedSent = new Set<string>();
  readonly #repliesAccepted = new Set<string>();
  readonly #gates = new Gates();
  readonly #calls: Calls;
  readonly #lookedAt = new Map<Task, number>();
  readonly #taken = new Set<string>();
  readonly #acknowledged = new Set<string>();
  #dozer: Task | undefined;
  #rule: BrokenRuleError | undefined;
  #providerIds = 0;
  #changes = 0;
  #texts = 0;

  constructor(seed: number, db = new MemoryDynamo(tables, NAMES)) {
    this.#seed = seed;
    this.#db = db;
    this.#random = new Random(seed);
    const random = this.#random;
    this.#losesBells = random.chance(0.25);
    this.#flood = random.chance(0.03);
    this.#refusals = random.chance(0.2);
    // Not with many refusals: what those histories look for is rare enough without this.
    this.#revokesTokens = !this.#refusals && random.chance(0.3);
    this.#hasConnections = !this.#refusals && random.chance(0.4);
    // By the seed, so that the histories without it are what they were.
    this.#owes = seed % 2 === 0;
    // Not with many refusals, either. A lane that waits for a slot sends less.
    const slotLimits = !this.#refusals && random.chance(0.5) ? random.pick(FEW_SLOTS) : undefined;
    this.#calls = new Calls(slotLimits);
    const rough = random.chance(0.8) ? 1 : 0;
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.08]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick(this.#refusals ? [0, 0, 0.005] : [0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: this.#refusals ? 0.1 : random.pick([0, 0.01, 0.04, 0.1]),
      sleep: this.#refusals ? 0.03 : random.pick([0, 0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    this.#scheduler = new Scheduler(random, this.#db);
    this.#channels = random.chance(0.3) ? ['channel-1', 'channel-2'] : ['channel-1'];
    this.#db.onWrite = (record) => this.#ring(record);
    if (this.#refusals) this.#scheduler.dozes = (command) => isRefusal(command) && this.#dozes();
    if (slotLimits) this.#scheduler.dozes = (command) => isBeforeCall(command) && random.chance(0.3) && this.#dozes();
    this.#scheduler.observe = (task, command, answer) => this.#observe(task, command, answer);
    this.#machines = new Machines({
      scheduler: this.#scheduler,
      skewMs: this.#faults.skewMs,
      slotLimits,
      messenger: this.#messenger(),
      ring: ({ at: _, ...message }) => this.#bells.push(bellOfMessage(message)),
    });
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    await this.#prepare();
    this.#scheduler.faults = this.#faults;
    for (let acts = this.#random.between(6, this.#refusals ? 60 : 26); acts > 0; acts -= 1) {
      this.#act();
      for (let steps = this.#random.between(0, 30); steps > 0; steps -= 1) await this.#step();
    }
    await this.#rest();
    this.#check();
  }

  /**
   * Lets one run at a time sleep, so that another run refuses the reply meanwhile and a later attempt is made, or so that
   * its slot is taken.
   */
  #dozes(): boolean {
    if (this.#dozer?.over === false) return false;
    this.#dozer = this.#scheduler.task;
    return true;
  }

  #messenger(): Messenger {
    const withinTime = () => this.#scheduler.clock(0).deadline(10_000);
    const setup: Partial<Setup> = {
      readCredentials: (credentials) => ({ credentials: credentials as { token: string } }),
      connect: async ({ token = '' }) => {
        const ask = () => this.#gates.takes(token);
        if (!(await this.#scheduler.call(withinTime(), ask, noAnswer)))
          throw new CredentialsRefusedError('Unauthorized');
        return { id: token.split(':')[0] as string, plainId: 'bot', name: 'Bot' };
      },
      register: () => this.#scheduler.call(withinTime(), () => undefined, noAnswer),
    };
    const outbound: Pick<Outbound, 'send' | 'acknowledge' | 'pace'> = {
      // By the seed, so that the histories without a pace are what they were.
      ...(this.#seed % 3 === 0 && { pace: PACES[this.#seed % PACES.length] as Pace }),
      send: ({ token = '' }, message, signal) => {
        const outcome =
          this.#scheduler.faults === NO_FAULTS ? SENT : this.#random.weighted(this.#refusals ? REFUSALS : OUTCOMES);
        return this.#call(token, signal, () => this.#take(outcome, token, message));
      },
      acknowledge: async ({ token = '' }, providerId, signal) => {
        const outcome = this.#scheduler.faults === NO_FAULTS ? 'done' : this.#random.weighted(ACKNOWLEDGED);
        const press = `${token.split(':')[0]} ${providerId}`;
        if (this.#acknowledged.has(press)) this.#broken(`${press} was acknowledged twice`);
        this.#acknowledged.add(press);
        return this.#call<Acknowledged>(token, signal, () =>
          outcome === 'throttled'
            ? { kind: outcome, retryAfterSeconds: 3, scope: this.#random.pick(['chat', 'channel']) }
            : { kind: outcome },
        );
      },
    };
    return playedMessenger(outbound, { setup });
  }

  /** A call of the messenger with that token. */
  async #call<T>(
    token: string,
    signal: AbortSignal,
    take: () => T,
  ): Promise<T | { readonly kind: 'unreachable'; readonly reason: string }> {
    const task = this.#scheduler.task as Task;
    const end = this.#calls.begin({ task, channelId: token.split(':')[0] as string, begunAt: this.#scheduler.now });
    const fault = this.#calls.faultAt(this.#scheduler.now);
    if (fault) this.#broken(fault);
    try {
      const aborted = () => ({ kind: 'unreachable', reason: 'aborted' }) as const;
      return await this.#scheduler.call<T | ReturnType<typeof aborted>>(signal, take, aborted);
    } finally {
      end();
    }
  }

  #take(outcome: Sent['kind'], token: string, { via, content }: Outgoing): Sent {
    this.#checkHolder();
    this.#checkOpen(token, via);
    if (!this.#gates.takes(token)) return { kind: 'unauthorized', refusal: UNAUTHORIZED };
    switch (outcome) {
      case 'sent':
        if (content.type === 'text') this.#taken.add(content.text);
        this.#providerIds += 1;
        return { kind: 'sent', providerId: `sent${this.#providerIds}` };
      case 'refused':
        return { kind: 'refused', refusal: BLOCKED };
      case 'throttled':
        return { kind: 'throttled', retryAfterSeconds: 3, scope: this.#random.pick(['chat', 'channel']) };
      default:
        return { kind: 'unreachable', reason: 'no answer' };
    }
  }

  /** Checks that the run that calls the messenger still has the lease of its lane. */
  #checkHolder(): void {
    const task = this.#scheduler.task as Task;
    const held = this.#db.items('outbox').some(({ e, token }) => e === '-' && task.ids.includes(String(token)));
    if (!held) this.#broken('a message was sent by a run that no longer held its lane');
  }

  /** Checks that no run makes a call that it could know to be useless. What it knows may be ten seconds old. */
  #checkOpen(token: string, via: string | undefined): void {
    const fault = this.#gates.faultOf({ token, via }, this.#lookedAt.get(this.#scheduler.task as Task) ?? 0);
    if (fault) this.#broken(fault);
  }

  async #prepare(): Promise<void> {
    prepareAccount(this.#db, this.#channels);
    if (this.#flood) await this.#prepareFlood();
  }

  /** Makes a chat with so many open messages that folds no longer read all of them. */
  async #prepareFlood(): Promise<void> {
    const channelId = this.#channels[0] as string;
    const c = chatKey({ channelId, chatType: 'telegram', chatId: 'person1' });
    const begun = this.#scheduler.now - 600_000;
    for (let index = 0; index < FLOOD; index += 1) {
      const time = begun + index;
      const item = {
        kind: 'client',
        opens: true,
        author: {},
        content: { type: 'text', text: 'x' },
        storedAt: time + 1,
        changedAt: time + 1,
      };
      const Item = { c, k: factKey(time, `flood${index}`), ...item };
      this.#db.apply(new PutCommand({ TableName: 'messages', Item }));
    }
    await this.#rest();
  }

  async #step(): Promise<void> {
    const random = this.#random;
    if (this.#bells.length > 0 && random.chance(0.25)) this.#ringOne();
    else if (this.#readers.length > 0 && random.chance(0.1)) this.#readOn(random.pick(this.#readers));
    await this.#scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  #act(): void {
    const act = this.#random.weighted<() => void>([
      [this.#refusals ? 3 : 8, () => this.#clientWrites()],
      [this.#refusals ? 0.5 : 2, () => this.#echo()],
      [this.#refusals ? 0 : 1.5, () => this.#import()],
      [this.#refusals ? 0.5 : 2, () => this.#deliverAgain()],
      [this.#refusals ? 0 : 2, () => this.#change()],
      [this.#refusals ? 0 : 0.5, () => this.#delete()],
      [this.#hasConnections ? 3 : 0, () => this.#connect()],
      [this.#revokesTokens ? 1 : 0, () => this.#revokeToken()],
      [this.#revokesTokens ? 2 : 0, () => this.#renewToken()],
      [this.#refusals ? 1 : 4, () => this.#look()],
      [this.#refusals ? 1 : 4, () => this.#lookAtList()],
      [6, () => this.#reply()],
      [this.#refusals ? 1 : 3, () => this.#sayNoReplyNeeded()],
      [this.#owes ? 3 : 0, () => this.#sayStillOwed()],
      [this.#owes ? 1 : 0, () => this.#takeBackOwed()],
      [1.5, () => this.#takeBack()],
      [this.#refusals ? 12 : 2.5, () => this.#retryFailed()],
      [this.#refusals ? 14 : 1, () => this.#sweep()],
      [this.#refusals ? 0 : 1, () => this.#beginReading()],
    ]);
    act();
  }

  // What happens

  #clientWrites(): void {
    const random = this.#random;
    const late = random.weighted<() => number>([
      [6, () => random.between(0, 3_000)],
      [2, () => random.between(0, 60_000)],
      [1, () => -random.between(0, 5_000)],
    ])();
    const timeless = random.chance(0.1);
    this.#deliver('client', timeless ? undefined : this.#scheduler.now - late, !random.chance(0.1));
    if (random.chance(0.2)) this.#deliverAgain();
  }

  #echo(): void {
    const at = this.#scheduler.now - this.#random.between(-2_000, 6_000);
    this.#deliver('echo', at, false);
    // The message that it answers is delivered after it, because a messenger may deliver in any order. Those of 5 s
    // before it and a little later are what U3 is about.
    if (this.#random.chance(0.3)) this.#deliver('client', at - this.#random.between(0, 8_000), true);
    if (this.#random.chance(0.2)) this.#deliver('client', at - 5_000 + this.#random.pick([-100, 0, 100]), true);
  }

  /**
   * An import brings lines from before, between and after what was said. Some are of messages that come by themselves as
   * well, before or after it.
   */
  #import(): void {
    const random = this.#random;
    for (let lines = random.between(1, 3); lines > 0; lines -= 1) {
      const at = this.#scheduler.now - random.pick([600_000, 20_000, 3_000, 0, -5_000]) - random.between(0, 5_000);
      this.#deliver(random.pick(['client', 'echo']), at, true, { history: true });
      if (random.chance(0.3)) this.#tellAlso();
      // An echo that covered would cover this one.
      if (random.chance(0.3)) this.#deliver('client', at - random.between(4_000, 9_000), true);
    }
    if (random.chance(0.3)) this.#tellAlso();
  }

  /** What an import brought comes by itself, or the other way round. */
  #tellAlso(): void {
    const told = this.#deliveries.flatMap(({ channelId, item }) =>
      (item.kind === 'client' || item.kind === 'echo') && item.time !== undefined ? [{ channelId, item }] : [],
    );
    if (told.length === 0) return;
    const { channelId, item } = this.#random.pick(told);
    const { history, ...message } = item;
    this.#postNew({ channelId, item: history ? message : { ...message, history: true } });
  }

  /** Deletes a message that was delivered, or the next one that will be. */
  #delete(): void {
    const { channelId, ids, providerId } = this.#anyMessage() ?? {};
    if (channelId === undefined || ids === undefined || providerId === undefined) return;
    this.#postNew({ channelId, item: { kind: 'deletion', ids, providerId } });
  }

  /** The owner begins, changes or ends a connection, or comes back by the same one or by another. */
  #connect(): void {
    const connectionId = this.#random.pick(CONNECTIONS);
    this.#changes += 1;
    const connection: Connection = {
      connectionId,
      ownerId: 'owner',
      madeAt: this.#scheduler.epoch + CONNECTIONS.indexOf(connectionId) * 1_000,
      sequence: this.#changes,
      state: this.#random.weighted([
        [3, 'active'],
        [2, 'revoked'],
        [1, 'read-only'],
      ]),
    };
    this.#postNew({ channelId: this.#random.pick(this.#channels), item: { kind: 'connection', connection } });
    if (this.#random.chance(0.3)) this.#deliverAgain();
  }

  /** Revokes a token. A call on its way with it may be refused after the channel got the new one. */
  #revokeToken(): void {
    this.#gates.replaceToken(this.#random.pick(this.#channels));
    if (this.#random.chance(0.5)) this.#renewToken();
  }

  /** Gives the channel new credentials: mostly the token that the messenger takes, sometimes another. */
  #renewToken(): void {
    const channelId = this.#random.pick(this.#channels);
    const token = this.#random.chance(0.9) ? this.#gates.tokenOf(channelId) : `${channelId}:0`;
    const body = { credentials: { token } };
    this.#request('manage-channels', 'PATCH', '/v1/channels/{channelId}', { params: { channelId }, body });
  }

  /** Edits or reacts to a message that was delivered or will be. Times are whole seconds, so that ties happen. */
  #change(): void {
    const random = this.#random;
    const message = this.#anyMessage();
    if (!message) return;
    const { channelId, ids, providerId, told } = message;
    this.#changes += 1;
    const about = {
      ids,
      providerId,
      time: Math.floor((this.#scheduler.now - random.between(0, 4_000)) / 1_000) * 1_000,
      sequence: this.#changes,
    };
    const text = `change ${this.#changes}`;
    const change = random.chance(0.5)
      ? ({ kind: 'edit', ...about, content: { type: 'text', text }, ...(told && { message: told }) } as const)
      : ({ kind: 'reaction', ...about, emojis: [text] } as const);
    this.#postNew({ channelId, item: change });
  }

  /** A message that was delivered, or the next one that will be, in a chat that exists. */
  #anyMessage(): { channelId: string; ids: PersonIds; providerId: string; told?: Told } | undefined {
    const said = this.#deliveries.flatMap(({ channelId, item }) =>
      item.kind === 'client' || item.kind === 'echo' ? [{ channelId, ...item }] : [],
    );
    if (said.length === 0) return undefined;
    const { channelId, ids, providerId, kind, time, author, via } = this.#random.pick(said);
    const where = { channelId, ids };
    const told = time === undefined ? {} : { told: { kind, time, author, ...(via !== undefined && { via }) } };
    return this.#random.weighted([
      [7, { ...where, providerId, ...told }],
      [2, { ...where, providerId: `p${this.#providerIds + 1}` }],
      [1, { ...where, providerId: `lost${this.#changes}`, ...told }],
    ]);
  }

  #postNew(delivery: Pick<Delivery, 'channelId' | 'item'>): void {
    const posted = { ...delivery, acknowledged: false, underWay: 0 };
    this.#deliveries.push(posted);
    this.#post(posted);
  }

  #deliver(
    kind: 'client' | 'echo',
    time: number | undefined,
    opens: boolean,
    more: { readonly history?: true } = {},
  ): void {
    this.#providerIds += 1;
    const via = this.#hasConnections && this.#random.chance(0.8) ? this.#random.pick(CONNECTIONS) : undefined;
    const person = this.#random.pick(PROFILES);
    const channelId = this.#random.pick(this.#channels);
    const chatId = this.#random.weighted([
      [3, 'person1'],
      [1, 'person2'],
    ] as const);
    this.#postNew({
      channelId,
      item: {
        kind,
        ids: [{ chatType: 'telegram', chatId }],
        providerId: `p${this.#providerIds}`,
        ...(time !== undefined && { time: Math.floor(time / 100) * 100 }),
        opens,
        author: kind === 'client' ? person : { name: 'Owner' },
        content: {
          type: 'text',
          text: `text ${this.#providerIds}`,
          // Only a pressed button has no time of its own.
          ...(time === undefined && { kind: 'button' }),
        },
        ...(via !== undefined && { via }),
        // Without a draw of its own: the numbered histories stay what they were.
        ...(kind === 'client' && this.#providerIds % 3 > 0 && { topic: `topic${this.#providerIds % 3}` }),
        ...(kind === 'echo' && { client: person, ...(this.#random.chance(0.3) && { by: 'automatic' }) }),
        ...more,
      },
    });
    // An edit may overtake its message.
    if (this.#random.chance(0.1)) this.#change();
  }

  #deliverAgain(): void {
    if (this.#deliveries.length > 0) this.#post(this.#random.pick(this.#deliveries));
  }

  #post(delivery: Delivery): void {
    delivery.underWay += 1;
    this.#request('receive-message', 'POST', '/webhooks/{transport}/{channelId}', {
      params: { transport: 'telegram', channelId: delivery.channelId },
      body: [delivery.item],
      done: (status) => {
        delivery.underWay -= 1;
        if (status === 200) delivery.acknowledged = true;
      },
    });
  }

  #look(): void {
    const params = this.#anyChat();
    if (!params) return;
    const chat = chatKey(params);
    const task = this.#request('read-chats', 'GET', '/v1/chats/{channelId}/{chatType}/{chatId}/messages', {
      params,
      query: { limit: '100' },
      done: (status, body) => {
        if (status !== 200) return;
        const seen = this.#readByTask.get(task)?.get(chat) ?? new Set();
        const openKey = this.#openKeyByTask.get(task) ?? ':';
        const counted = new Set([...(this.#storedAtRead.get(task) ?? [])].filter((key) => key >= openKey));
        const complete = seen.size <= NAMES_IN_TOKEN;
        this.#screens.push({ chat, token: body.seenUpTo, seen, counted, complete, what: 'page' });
      },
    });
  }

  #lookAtList(): void {
    this.#request('read-chats', 'GET', '/v1/chats', {
      query: { limit: '100' },
      done: (status, body) => {
        if (status !== 200) return;
        for (const row of body.chats) {
          const chat = chatKey(row);
          const seen = this.#heldByToken.get(`${chat} ${row.seenUpTo}`) ?? new Set();
          const complete = seen.size <= NAMES_IN_TOKEN;
          this.#screens.push({ chat, token: row.seenUpTo, seen, counted: new Set(), complete, what: 'row' });
        }
      },
    });
  }

  #reply(): void {
    const random = this.#random;
    const screen = this.#screens.length > 0 && random.chance(0.7) ? random.pick(this.#screens) : undefined;
    const params = screen ? this.#paramsOf(screen.chat) : this.#anyChat();
    if (!params) return;
    const clears = !random.chance(0.1);
    this.#texts += 1;
    const body = {
      ...params,
      text: `our answer ${this.#texts}`,
      ...(screen && { seenUpTo: screen.token }),
      ...(!clears && { clearUnanswered: false }),
      ...(random.chance(0.2) && { crmMessageId: `crm${random.between(1, 3)}` }),
    };
    const task = this.#request('record-reply', 'POST', '/v3/message', {
      body,
      done: (status) => {
        const id = task.ids[0];
        if (status === 201 && id !== undefined) this.#repliesAccepted.add(id);
        if (!screen) {
          const seen = this.#storedAtRead.get(task) ?? new Set();
          this.#writers.push({ task, seen, counted: new Set(), complete: true, what: 'reply without a token' });
        }
      },
    });
    if (screen) this.#writers.push({ ...screen, task, what: `reply to a ${screen.what}` });
  }

  #sayNoReplyNeeded(): void {
    if (this.#screens.length === 0) return;
    const screen = this.#random.pick(this.#screens);
    const task = this.#request('set-no-reply-needed', 'PUT', NO_REPLY_NEEDED, {
      params: this.#paramsOf(screen.chat),
      body: { noReplyNeeded: true, seenUpTo: screen.token },
    });
    this.#writers.push({ ...screen, task, what: `no reply needed to a ${screen.what}` });
  }

  #takeBack(): void {
    const params = this.#anyChat();
    if (params)
      this.#request('set-no-reply-needed', 'PUT', NO_REPLY_NEEDED, { params, body: { noReplyNeeded: false } });
  }

  /** Mostly once, sometimes by two people or a double click. */
  #sayStillOwed(): void {
    const params = this.#anyChat();
    if (!params) return;
    const chat = chatKey(params);
    for (
      let times = this.#random.weighted([
        [4, 1],
        [1, 2],
      ] as const);
      times > 0;
      times -= 1
    ) {
      const stored = this.#messagesOf(chat).filter(({ opens }) => opens);
      const newest = stored
        .map(({ key }) => key)
        .sort()
        .at(-1);
      const task = this.#request('set-no-reply-needed', 'PUT', STILL_OWED, {
        params,
        body: { stillOwed: true },
        done: (status) => {
          if (newest === undefined) return;
          if (status === 400) this.#broken(`nobody may owe an answer to ${newest}, which had been stored before`);
          const said = this.#factsOf(chat).find(({ key }) => task.ids.includes(idOfKey(key)));
          if (said?.kind === 'still-owed' && said.of < newest)
            this.#broken(`an answer is owed to ${said.of}, and ${newest} had been stored before`);
        },
      });
    }
  }

  #takeBackOwed(): void {
    const params = this.#anyChat();
    if (params) this.#request('set-no-reply-needed', 'PUT', STILL_OWED, { params, body: { stillOwed: false } });
  }

  #retryFailed(): void {
    const rows = this.#db.items('outbox').filter(({ e, kind }) => e !== '-' && kind === 'reply');
    const failed = rows.filter(({ f }) => f !== undefined);
    const among = failed.length > 0 ? failed : rows;
    if (among.length === 0) return;
    const { l, e } = this.#random.pick(among);
    const deliveryId = Buffer.from(JSON.stringify([l, e])).toString('base64url');
    this.#request('manage-deliveries', 'POST', '/v1/deliveries/{deliveryId}/retry', { params: { deliveryId } });
  }

  #sweep(): void {
    this.#run('sweep-lanes', (app) => app.listeners['sweep-lanes']());
  }

  #beginReading(): void {
    this.#readers.push({ begunAt: this.#scheduler.now, seen: new Set() });
  }

  #readOn(reader: Reader): void {
    this.#readers.splice(this.#readers.indexOf(reader), 1);
    const query = {
      limit: String(this.#random.between(1, 2)),
      ...(reader.cursor !== undefined && { cursor: reader.cursor }),
    };
    this.#request('read-chats', 'GET', '/v1/chats', {
      query,
      done: (status, body) => {
        if (status !== 200) return;
        for (const row of body.chats) reader.seen.add(chatKey(row));
        if (body.nextCursor === undefined) this.#checkReader(reader);
        else this.#readers.push({ ...reader, cursor: body.nextCursor });
      },
    });
  }

  // Bells

  #ring(record: WriteRecord): void {
    if (record.tableId === 'chats') this.#noteBlock(record);
    this.#gates.note(record, this.#scheduler.now);
    if (record.tableId !== 'messages') return;
    const { c, k, status, attempt } = record.newImage ?? {};
    if (status === 'sent') this.#recordedSent.add(`${c} ${k} ${attempt}`);
    for (const bell of bellsOfWrite(record)) {
      // At rest no bell is lost, because nothing would find it after the watchdog's run.
      const mayBeLost = this.#losesBells && this.#scheduler.faults !== NO_FAULTS;
      if (!(mayBeLost && this.#random.chance(0.15))) this.#bells.push(bell);
    }
  }

  #ringOne(): void {
    const random = this.#random;
    const bell = random.pick(this.#bells);
    const alike = (other: Bell) => other.function === bell.function;
    const together = this.#bells.filter((other) => other === bell || (alike(other) && random.chance(0.3)));
    // A bell that stays is delivered twice. `#hear` puts one back if its function fails.
    if (!random.chance(0.1)) this.#silence(together);
    this.#hear(together);
  }

  #silence(bells: readonly Bell[]): void {
    for (const bell of bells) this.#bells.splice(this.#bells.indexOf(bell), 1);
  }

  #hear(bells: readonly Bell[]): void {
    const [first, ...others] = bells;
    if (!first) return;
    this.#machines.hear([first, ...others], (end) => {
      if (end !== 'ok') this.#bells.push(...bells);
    });
  }

  // Running

  #run(
    name: string,
    run: (app: App) => Promise<unknown>,
    done: (end: string, value?: unknown) => void = () => undefined,
  ): Task {
    return this.#machines.run(name, run, done);
  }

  #request(name: RoutedName, method: string, path: string, asked: Asked): Task {
    return this.#machines.request(name, method, path, asked);
  }

  /** Lets everything come to rest without further faults, until everything is delivered and no bell is left. */
  async #rest(): Promise<void> {
    this.#scheduler.faults = NO_FAULTS;
    for (let round = 0; ; round += 1) {
      if (round > 400) this.#broken('the history does not come to rest');
      await this.#goOn();
      const waiting = this.#deliveries.filter(({ acknowledged, underWay }) => !acknowledged && underWay === 0);
      for (const delivery of waiting) this.#post(delivery);
      while (this.#bells.length > 0) this.#ringForGood();
      if (this.#machines.running > 0) continue;
      if (await this.#sweepAway()) break;
    }
    if (!this.#losesBells) return;
    this.#run('watch-chats', (app) => app.listeners['watch-chats']());
    await this.#goOn();
    for (let round = 0; round < 50; round += 1) {
      while (this.#bells.length > 0) this.#ringForGood();
      await this.#goOn();
      if (await this.#sweepAway()) break;
    }
  }

  #ringForGood(): void {
    const [first] = this.#bells;
    const alike = this.#bells.filter((bell) => bell.function === first?.function);
    this.#silence(alike);
    this.#hear(alike);
  }

  async #goOn(): Promise<void> {
    while (this.#scheduler.busy) await this.#scheduler.step();
    if (this.#rule) throw this.#rule;
  }

  /** Lets a minute pass and sweeps if a lane still waits. True if nothing is left to do. */
  async #sweepAway(): Promise<boolean> {
    const waiting = this.#db.items('outbox').some(({ e, w }) => e === '-' && w !== undefined);
    if (!waiting) return this.#bells.length === 0;
    await this.#scheduler.wait(61_000);
    this.#sweep();
    await this.#goOn();
    return false;
  }

  // What a run can know

  #observe(task: Task, command: Command, answer: unknown): void {
    const { input } = command;
    const name = command.constructor.name;
    if (name === 'QueryCommand' && input.TableName === 'messages' && !input.ProjectionExpression) {
      const chat = input.ExpressionAttributeValues[':chat'];
      const readOf = this.#readByTask.get(task) ?? new Map<string, Set<string>>();
      const read = readOf.get(chat) ?? new Set<string>();
      for (const { k, kind } of (answer as { Items: { k: string; kind: string }[] }).Items)
        if (kind === 'client') read.add(k);
      this.#readByTask.set(task, readOf.set(chat, read));
      this.#storedAtRead.set(task, new Set(this.#messagesOf(chat).map(({ key }) => key)));
    }
    // A fold that starts again reads everything anew.
    if (name === 'GetCommand' && input.TableName === 'chats') {
      this.#readByTask.get(task)?.delete(input.Key.c);
      this.#openKeyByTask.set(task, (answer as { Item?: { chat: { openKey?: string } } }).Item?.chat.openKey ?? ':');
    }
    if (name === 'UpdateCommand' && input.TableName === 'chats') this.#noteHeld(task, input);
    // A run that sends reads the next row first, and then the settings.
    if (name === 'QueryCommand' && input.FilterExpression) this.#lookedAt.set(task, this.#scheduler.now);
  }

  #noteHeld(task: Task, input: { Key: { c: string }; ExpressionAttributeValues: Record<string, unknown> }): void {
    const chat = input.Key.c;
    const { seen } = lengthenKeys(input.ExpressionAttributeValues[':chat'] as Chat);
    const payload = `${chat} ${writeSeenUpTo(SECRET, chat, seen)}`;
    if (this.#heldByToken.has(payload)) return;
    this.#heldByToken.set(payload, new Set(this.#readByTask.get(task)?.get(chat) ?? []));
  }

  #noteBlock({ oldImage, newImage }: WriteRecord): void {
    if (newImage?.s !== '-') return;
    const unanswered = newImage.u !== undefined;
    const moved = oldImage !== undefined && oldImage.r !== newImage.r;
    if (oldImage && (oldImage.u !== undefined) === unanswered && !moved) return;
    this.#blockLog.push({ at: this.#scheduler.now, chat: String(newImage.c), unanswered, moved });
  }

  #messagesOf(chat: string): { key: string; storedAt: number; opens: boolean }[] {
    return this.#factsOf(chat).flatMap((fact) =>
      fact.kind === 'client' ? [{ key: fact.key, storedAt: fact.storedAt, opens: fact.opens }] : [],
    );
  }

  #factsOf(chat: string): Fact[] {
    return this.#db
      .items('messages')
      .filter(({ c, k }) => c === chat && String(k) < ':')
      .map(readFact);
  }

  #chatsOf(): string[] {
    return [...new Set(this.#db.items('messages').map(({ c }) => String(c)))];
  }

  #anyChat() {
    const chats = this.#chatsOf();
    return chats.length === 0 ? undefined : this.#paramsOf(this.#random.pick(chats));
  }

  #paramsOf(key: string) {
    const [channelId = '', chatType = '', chatId = ''] = key.split('#');
    return { channelId, chatType, chatId };
  }

  // What has to hold

  #check(): void {
    for (const chat of this.#chatsOf()) {
      this.#checkChat(chat);
      this.#checkAnswers(chat);
    }
    if (this.#losesBells) this.#checkWaits();
    this.#checkStoredOnce();
    this.#checkChanges();
    this.#checkConnections();
    this.#checkChannels();
    this.#checkDelivered();
  }

  /** I1: the chat and its places follow from its facts. */
  #checkChat(chat: string): void {
    const expected = expectedChat(this.#factsOf(chat), (id) => this.#changeOf(chat, id));
    const item = this.#db.items('chats').find(({ c, s }) => c === chat && s === '-');
    if (!item) {
      if (this.#factsOf(chat).length > 0) this.#broken(`the chat ${chat} was never made`);
      return;
    }
    const {
      openKey,
      unansweredCount,
      unansweredSince,
      lastMessageAt,
      lastKey,
      noReplyNeeded,
      stillOwed,
      preview,
      lastBy,
      client,
      profile,
    } = item.chat as Record<string, never>;
    const { name, username } = (profile ?? {}) as { name?: string; username?: string };
    const found = {
      unansweredCount,
      openKey,
      unansweredSince,
      lastMessageAt,
      lastKey,
      noReplyNeeded: (noReplyNeeded as { key: string } | undefined)?.key,
      owedAt: (stillOwed as { at: number } | undefined)?.at,
      preview,
      lastBy,
      topic: (client as { topic?: string } | undefined)?.topic,
      name,
      username,
    };
    if (JSON.stringify(found) !== JSON.stringify({ ...expected })) {
      this.#broken(`the chat ${chat} is ${JSON.stringify(found)} and should be ${JSON.stringify(expected)}`);
    }
    const place = expected.unansweredSince === undefined ? undefined : `${expected.unansweredSince}#${shortHash(chat)}`;
    if (item.u !== place) this.#broken(`the chat ${chat} has the place ${item.u} among the unanswered, not ${place}`);
  }

  /** I13: after the night the rows of waits are those that the facts tell of. */
  #checkWaits(): void {
    const told = this.#chatsOf().flatMap((chat) =>
      waitsOf(this.#factsOf(chat)).flatMap(({ key, startedAt, end, isFirst }) =>
        end
          ? [`${waitPlace(chat, key, startedAt)} ${end.at} ${end.outcome} ${end.author.by}${isFirst ? ' first' : ''}`]
          : [],
      ),
    );
    const stored = this.#db
      .items('waits')
      .filter(({ ch }) => !String(ch).startsWith('days#'))
      .map(({ s, end, how, by, first }) => `${s} ${end} ${how} ${by}${first ? ' first' : ''}`);
    const [expected, found] = [told, stored].map((all) => all.sort().join('; '));
    if (found !== expected) this.#broken(`the waits are ${found} and should be ${expected}`);
  }

  #changeOf(chat: string, id: string): ReturnType<ChangeOf> {
    const became: Outcome | undefined = this.#db.items('messages').find(({ c, k }) => c === chat && k === `of#${id}`);
    const told = became?.providerId === undefined ? undefined : this.#changeOf(chat, became.providerId);
    return {
      edited: became?.edit?.content.text ?? told?.edited,
      deleted: became?.deletedAt !== undefined || told?.deleted === true,
    };
  }

  /** I1: no answer covers a message that its writer had not seen, and none that they had seen stays open. */
  #checkAnswers(chat: string): void {
    const messages = this.#messagesOf(chat);
    for (const fact of this.#factsOf(chat)) {
      if (!('covers' in fact) || !fact.covers) continue;
      const writer = this.#writers.find(({ task }) => task.ids.includes(idOfKey(fact.key)));
      if (!writer) continue;
      for (const message of messages) {
        const covered = tokenCovers(fact.covers, message);
        const seen = writer.seen.has(message.key);
        if (covered && !seen && !writer.counted.has(message.key))
          this.#broken(`${writer.what} covers ${message.key}, which its writer had not seen`);
        if (seen && !covered && writer.complete)
          this.#broken(`${writer.what} leaves ${message.key} open, which its writer had seen`);
      }
    }
  }

  /** I3, I7: every acknowledged message is stored, and none more than once. */
  #checkStoredOnce(): void {
    const stored = this.#chatsOf().flatMap((chat) => this.#factsOf(chat).map(({ key }) => `${chat} ${idOfKey(key)}`));
    const imported = this.#chatsOf().flatMap((chat) =>
      this.#factsOf(chat)
        .filter(isImported)
        .map(({ key }) => `${chat} ${idOfKey(key)}`),
    );
    const fromEdits = this.#db.items('messages').filter(({ fromEdit }) => fromEdit === true);
    for (const { acknowledged, item, channelId } of this.#deliveries) {
      if (item.kind !== 'client' && item.kind !== 'echo') continue;
      const chat = chatKey({ channelId, ...item.ids[0] });
      const isFromEdit = fromEdits.some(({ c, k }) => c === chat && idOfKey(String(k)) === item.providerId);
      if (acknowledged && !item.history && isFromEdit)
        this.#broken(`the line of an edit stands for ${item.providerId}, which came`);
      const name = `${chat} ${item.providerId}`;
      const times = stored.filter((other) => other === name).length;
      if (times > 1) this.#broken(`${name} is stored ${times} times`);
      if (acknowledged && times === 0) this.#broken(`${name} was acknowledged and is not stored`);
      if (acknowledged && !item.history && imported.includes(name))
        this.#broken(`the line of an import stands for ${name}, which came`);
    }
  }

  /** I7: of the edits and reactions of a message the latest is kept, in whatever order they came. */
  #checkChanges(): void {
    const kept = this.#db.items('messages');
    for (const { acknowledged, item, channelId } of this.#deliveries) {
      if (!acknowledged || (item.kind !== 'edit' && item.kind !== 'reaction' && item.kind !== 'deletion')) continue;
      const chat = chatKey({ channelId, ...item.ids[0] });
      const became: Outcome | undefined = kept.find(({ c, k }) => c === chat && k === `of#${item.providerId}`);
      if (item.kind === 'deletion') {
        if (became?.deletedAt === undefined) this.#broken(`the deletion of ${item.providerId} is not kept`);
        continue;
      }
      const latest = became?.[item.kind];
      const place = (at: number, sequence = 0) => at * 1_000 + sequence;
      if (!latest || place(latest.at, latest.sequence) < place(item.time ?? 0, item.sequence))
        this.#broken(`${item.kind} ${item.sequence} of ${item.providerId} is not kept, nor a later one`);
    }
  }

  /** The last update of a connection is what is stored of it, in whatever order updates came. */
  #checkConnections(): void {
    const told = this.#deliveries.flatMap(({ acknowledged, channelId, item }) =>
      acknowledged && item.kind === 'connection' ? [{ channelId, ...item.connection }] : [],
    );
    for (const ofOne of Map.groupBy(told, ({ channelId, connectionId }) => `${channelId} ${connectionId}`).values()) {
      const { channelId, connectionId, state } = latest(ofOne) as (typeof told)[number];
      const stored = this.#db
        .items('accounts')
        .find(({ p, s }) => p === `channel#${channelId}` && s === `connection#${connectionId}`);
      if (stored?.state !== state)
        this.#broken(`${connectionId} is stored as ${stored?.state}, and its last state was ${state}`);
    }
  }

  #checkChannels(): void {
    const channels = this.#db.items('accounts').filter(({ p, s }) => s === '-' && String(p).startsWith('channel#'));
    for (const channel of channels) {
      const fault = this.#gates.faultOfChannel(channel as unknown as StoredChannel);
      if (fault) this.#broken(fault);
    }
  }

  /** C1: every accepted reply was sent, or is listed as failed; a press is neither. Nothing waits. */
  #checkDelivered(): void {
    const rows = this.#db.items('outbox').filter(({ kind }) => kind !== undefined);
    const press = rows.find(({ kind, ttl, f }) => kind === 'press' && (ttl === undefined || f !== undefined));
    if (press) this.#broken(`${press.e} is a press, and waits or is listed as failed`);
    const replies = this.#chatsOf().flatMap((chat) =>
      this.#factsOf(chat).flatMap((fact) => (fact.kind === 'reply' ? [{ chat, reply: fact }] : [])),
    );
    for (const { chat, reply } of replies) {
      const row = rows.find(({ kind, chat: of, e }) => kind === 'reply' && of === chat && e === reply.key);
      this.#checkEnded(chat, reply, row?.f === undefined ? undefined : row);
    }
    for (const id of this.#repliesAccepted) {
      if (!replies.some(({ reply }) => idOfKey(reply.key) === id))
        this.#broken(`the reply ${id} was accepted and lost`);
    }
  }

  /**
   * A reply that is no longer tried was taken by the messenger, or has failed with a reason. U4: it counts as refused
   * exactly if its last attempt was refused.
   */
  #checkEnded(chat: string, { key, attempt, refused, content }: Reply, failed: Record<string, unknown> | undefined) {
    const outcome = this.#db.items('messages').find(({ c, k }) => c === chat && k === `of#${idOfKey(key)}`);
    if (!outcome || outcome.attempt !== attempt)
      return this.#broken(`${key} waits in its lane, and no run will look there again`);
    if (outcome.status === 'sent' && !this.#taken.has(content.text ?? ''))
      this.#broken(`${key} is sent, and the messenger never took it`);
    const expected = outcome.status === 'error' ? attempt : undefined;
    if (refused !== expected || failed?.attempt !== expected)
      this.#broken(
        `${key} is refused at ${refused}, listed as failed at ${failed?.attempt}, and failed at ${expected}`,
      );
    if (failed && !(failed.lastError as { code?: string } | undefined)?.code)
      this.#broken(`${key} failed without a reason`);
  }

  /** U7: a reader of the whole list meets every chat that is unanswered all the time, or became so meanwhile. */
  #checkReader({ begunAt, seen }: Reader): void {
    const since = begunAt - 10_000;
    for (const chat of this.#chatsOf()) {
      const log = this.#blockLog.filter((entry) => entry.chat === chat);
      const existed = log.some(({ at }) => at < since);
      // A chat that moves to the top of the rest behind the reader is like a new chat: only the next reader meets it.
      const left = log.some(({ at, unanswered, moved }) => at >= since && (!unanswered || moved));
      const waits = log.at(-1)?.unanswered === true;
      if (existed && waits && !left && !seen.has(chat)) {
        this.#rule ??= new BrokenRuleError(this.#seed, `a reader of the whole list never met ${chat}`);
      }
    }
  }

  /** Notes the broken rule before it throws, because a handler may swallow the error. */
  #broken(what: string): never {
    this.#rule ??= new BrokenRuleError(this.#seed, what);
    throw this.#rule;
  }
}

const UNAUTHORIZED: Refusal = {
  reason: 'CHANNEL_REJECTED',
  code: '401',
  description: 'Unauthorized',
};
const BLOCKED: Refusal = { reason: 'BAD_CONTACT', code: '403', description: 'blocked' };
const NO_REPLY_NEEDED = '/v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed';
const STILL_OWED = '/v1/chats/{channelId}/{chatType}/{chatId}/still-owed';
/** Two connections of one person, who has one at a time. The second was made later. */
const CONNECTIONS = ['bc1', 'bc2'] as const;
/** So few that lanes of a history have to wait for each other. */
/** The last one lets a chat wait longer than most histories last. */
const PACES: readonly Pace[] = [
  { perSecond: 30, chatMs: 1_000, chatBurst: 2 },
  { perSecond: 1, chatMs: 100, chatBurst: 5 },
  { perSecond: 80, chatMs: 60_000, chatBurst: 1 },
  { perSecond: 2, chatMs: 5_000, chatBurst: 3 },
];

const FEW_SLOTS: readonly SlotLimits[] = [
  { perAccount: 1, perReceiver: 1 },
  { perAccount: 2, perReceiver: 1 },
  { perAccount: 3, perReceiver: 2 },
];
const SENT = 'sent';
const OUTCOMES: readonly (readonly [number, Sent['kind']])[] = [
  [10, 'sent'],
  [5, 'refused'],
  [2, 'unreachable'],
  [1, 'throttled'],
];

const ACKNOWLEDGED: readonly (readonly [number, Acknowledged['kind']])[] = [
  [5, 'done'],
  [2, 'refused'],
  [2, 'unreachable'],
  [1, 'throttled'],
];

const REFUSALS: readonly (readonly [number, Sent['kind']])[] = [
  [4, 'sent'],
  [6, 'refused'],
  [1, 'unreachable'],
];

/** Whether the command records that a messenger refused a reply. */
function isRefusal(command: Command): boolean {
  if (command.constructor.name !== 'TransactWriteCommand') return false;
  const writes: { Update?: { UpdateExpression: string } }[] = command.input.TransactItems;
  return writes.some(({ Update }) => Update?.UpdateExpression.includes('refused = '));
}

/** Whether the command takes a slot, or marks that a press is about to be acknowledged. */
function isBeforeCall({ constructor: { name }, input }: Command): boolean {
  if (name === 'PutCommand') return String(input.Item.l).startsWith('slots#');
  return name === 'UpdateCommand' && input.UpdateExpression.startsWith('SET sendingAt');
}

function noAnswer(): never {
  throw new MessengerUnreachableError('aborted');
}
