import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '#clock';
import { addressKey } from '#domain/address';
import { isOn, NO_TEAM, STATUSES, type Team, withWord } from '#domain/team';
import { createFollowSettings, type FollowSettings } from '#flows/follow-settings';
import { tables } from '#lib/tables';
import { createSettings, type Settings, unsetSettings } from '#store/accounts/channel-settings';
import { channelKey } from '#store/accounts/keys';
import { createTeams, type Teams } from '#store/accounts/teams';
import { type Addresses, createAddresses, UNOWNED } from '#store/clients/addresses';
import { type Claim, createDispensers, type Dispensers } from '#store/clients/dispensers';
import { createStoreDeps, type DocumentClient } from '#store/dynamo/client';
import { transact } from '#store/dynamo/transaction';
import { BrokenRuleError } from './broken-rule.ts';
import type { Item } from './expressions.ts';
import { type Command, MemoryDynamo, type WriteRecord } from './memory-dynamo.ts';
import { Random } from './random.ts';
import { type Faults, NO_FAULTS, Scheduler } from './scheduler.ts';

const ACCOUNT = 'account';
const CHANNEL = 'channel';
const NAMES = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
const USERS = ['anna', 'boris', 'vera', 'gleb', 'dina'];
const FORGET_EVERY = 12;
const LONG_MS = 12_000;
const MOST_SKEW_MS = 1_500;
const CHANNEL_ITEM = {
  channelId: CHANNEL,
  account: ACCOUNT,
  transport: 'telegram',
  name: 'Channel',
  plainId: 'channel',
  state: 'active',
  sealed: '-',
};

interface Machine {
  readonly client: DocumentClient;
  readonly clock: Clock;
  readonly addresses: Addresses;
  readonly dispensers: Dispensers;
  readonly settings: Settings;
  readonly teams: Teams;
  readonly followSettings: FollowSettings;
}

type Drawn = Omit<Claim & { outcome: 'drawn' }, 'outcome' | 'forget'>;

/** One thing that was written into the dispenser. */
type Event =
  | { readonly kind: 'roster'; readonly order: readonly string[] }
  | { readonly kind: 'turn'; readonly address: string; readonly generation: number; readonly drawn: Drawn };

/** One generated history of a channel's rotation: new clients in parallel and repeated, while its users change. */
export class RotationHistory {
  readonly #seed: number;
  readonly #random: Random;
  readonly #db: MemoryDynamo;
  readonly #scheduler: Scheduler;
  readonly #faults: Faults;
  readonly #machines: readonly Machine[];
  /** By how many runs at once a client may be given out. */
  readonly #repeats: readonly number[];
  /** How often a run sleeps before it claims. */
  readonly #claimsLate: number;
  readonly #events: Event[] = [];
  readonly #answers: { readonly address: string; readonly drawn: Drawn }[] = [];
  readonly #addresses = new Map<string, Item>();
  /** The addresses that wrote since they last became unowned. They have to be given out. */
  readonly #waiting = new Set<string>();
  /** What happens before the next step. */
  readonly #soon: (() => void)[] = [];
  /** Who joined the rotation though a word said that they are away. */
  readonly #joinedAway: string[] = [];
  /** Who has the switch on. */
  #receiving: readonly string[] = [];
  #team: { readonly team: Team; readonly since: number } = { team: NO_TEAM, since: 0 };
  #clients = 0;
  #running = 0;

  constructor(seed: number, db = new MemoryDynamo(tables, NAMES)) {
    this.#seed = seed;
    this.#random = new Random(seed);
    this.#db = db;
    const random = this.#random;
    const rough = random.chance(0.8) ? 1 : 0;
    this.#faults = {
      error: rough * random.pick([0, 0.02, 0.08]),
      lostAnswer: rough * random.pick([0, 0.01, 0.04]),
      crash: rough * random.pick([0, 0.005, 0.02]),
      stale: random.pick([0, 0.3, 0.8]),
      longPause: random.pick([0, 0, 0.005, 0.02]),
      sleep: random.pick([0, 0, 0.01, 0.03]),
      skewMs: random.pick([0, 500, 1_500]),
    };
    this.#repeats = random.pick([[1], [1, 1, 2, 3]]);
    this.#claimsLate = random.pick([0.02, 0.1, 0.3]);
    this.#scheduler = new Scheduler(random, db);
    this.#scheduler.dozes = (command) => this.#dozes(command);
    this.#machines = [0, 1, 2].map(() => this.#machine());
    db.onWrite = (record) => this.#note(record);
  }

  /** Plays the history to its end and checks what has to hold. Throws `BrokenRuleError`. */
  async play(): Promise<void> {
    const TableName = NAMES.accounts;
    this.#run('channel', ({ client }) =>
      client.send(new PutCommand({ TableName, Item: { ...channelKey(CHANNEL), ...CHANNEL_ITEM } })),
    );
    await this.#rest();
    this.#changeSettings();
    await this.#rest();
    this.#scheduler.faults = this.#faults;
    for (let acts = this.#random.between(20, 40); acts > 0; acts -= 1) {
      if (this.#random.chance(0.15)) await this.#scheduler.wait(LONG_MS);
      this.#act();
      for (let steps = this.#random.between(5, 50); steps > 0; steps -= 1) {
        for (const act of this.#soon.splice(0)) act();
        await this.#scheduler.step();
      }
    }
    await this.#rest();
    this.#checkTurns();
    this.#checkAnswers();
    await this.#checkEverybodyIsGivenOut();
    await this.#checkRosterAgain();
    await this.#checkForgotten();
  }

  #machine(): Machine {
    const clock = this.#scheduler.clock(this.#random.between(-this.#faults.skewMs, this.#faults.skewMs));
    const client = this.#scheduler.client();
    const deps = createStoreDeps({ client, tables: NAMES, clock, newId: () => 'id' });
    const addresses = createAddresses(deps);
    return {
      ...deps,
      addresses,
      dispensers: createDispensers(deps),
      settings: createSettings(deps),
      teams: createTeams(deps),
      followSettings: createFollowSettings(deps),
    };
  }

  /** Whether a run sleeps before that command. Meanwhile the history tries what must do no harm in between. */
  #dozes(command: Command): boolean {
    const random = this.#random;
    const names = Object.values(namesIn(command));
    if (isForgetting(command) && random.chance(0.5)) {
      if (names.length > 0) this.#soon.push(() => this.#deleteContact(`${ACCOUNT}#${random.pick(names)}`));
      return true;
    }
    if (!isClaim(command) || !random.chance(this.#claimsLate)) return false;
    if (this.#clients < 100 && random.chance(0.2)) {
      this.#soon.push(() => {
        this.#writes(`${ACCOUNT}#${names[0]}`);
        this.#newClients(2 * FORGET_EVERY + 4);
      });
    }
    return true;
  }

  #run(name: string, run: (machine: Machine) => Promise<unknown>): void {
    const machine = this.#random.pick(this.#machines);
    this.#running += 1;
    this.#scheduler.start(
      name,
      () => run(machine),
      () => {
        this.#running -= 1;
      },
    );
  }

  // What happens

  #act(): void {
    const random = this.#random;
    const act = random.weighted<() => void>([
      [8, () => this.#newClients(random.between(1, 4))],
      [3, () => this.#newClients(random.between(5, 30))],
      [0.2, () => this.#newClients(50)],
      [5, () => this.#returns(this.#somebody())],
      [3, () => this.#changeSettings()],
      [3, () => this.#saysStatus()],
      [2, () => this.#shifts()],
      [6, () => this.#deleteContact(this.#somebody())],
      [1, () => this.#pushContact()],
    ]);
    act();
  }

  #newClients(count: number): void {
    for (let left = count; left > 0; left -= 1) {
      this.#clients += 1;
      const address = addressKey(ACCOUNT, 'telegram', String(this.#clients));
      for (let times = this.#random.pick(this.#repeats); times > 0; times -= 1) this.#writes(address);
    }
  }

  /** A known client writes, who may be new again. */
  #returns(address: string): void {
    for (let times = this.#random.between(0, 3); times > 0; times -= 1) this.#writes(address);
  }

  #writes(address: string): void {
    this.#waiting.add(address);
    this.#run('assign', (machine) => this.#assign(machine, address));
  }

  /** Does what assign-contact does for a round-robin channel. */
  async #assign({ clock, addresses, dispensers }: Machine, key: string): Promise<void> {
    for (;;) {
      const deadline = clock.deadline(3_000);
      const address = await addresses.get(key);
      if (!isUnowned(address)) return;
      const claim = await dispensers.claim(CHANNEL, key, deadline);
      if (claim.outcome === 'nobody') return;
      const { outcome, forget, ...drawn } = claim;
      this.#answers.push({ address: key, drawn });
      const { turn, userId, place, passedOver } = drawn;
      const why = { userId, rule: 'round-robin' as const, turn, chatKey: key, place, passedOver: [...passedOver] };
      const { address: after } = await addresses.decide(address, why);
      if (forget) await dispensers.forget(forget, addresses);
      if (!isUnowned(after)) return;
    }
  }

  /** Switches up to three users on or off. Now and then nobody is left. */
  #changeSettings(): void {
    const random = this.#random;
    const receiving = new Set(random.chance(0.05) ? [] : this.#receiving);
    for (let changes = random.between(1, 3); changes > 0; changes -= 1) {
      const user = random.pick(USERS);
      if (!receiving.delete(user)) receiving.add(user);
    }
    this.#receiving = random.chance(0.5) ? [...receiving] : USERS.filter((user) => receiving.has(user));
    this.#saveSettings();
  }

  /** As a save of settings does, which is not told apart from the one before if it was cut short. */
  #saveSettings(): void {
    const receiving = this.#receiving;
    const roles = [...new Set([...receiving, ...USERS])].map((userId) => {
      return { userId, role: 'seller' as const, allowGetNewClients: receiving.includes(userId), gone: false };
    });
    this.#run('settings', async ({ client, settings, followSettings }) => {
      const { version } = await settings.read(CHANNEL);
      const chosen = { ...unsetSettings(CHANNEL), mode: 'round-robin' as const, roles, version };
      await transact(client, [settings.write(chosen)]);
      await followSettings(CHANNEL);
    });
  }

  /** Somebody says that a user is on or away, for a while or until another word (T10). */
  #saysStatus(): void {
    const random = this.#random;
    const [userId, status] = [random.pick(USERS), random.pick(STATUSES)];
    const lasts = random.pick([undefined, random.between(1_000, 30_000)]);
    this.#run('status', async ({ clock, teams, followSettings }) => {
      const now = clock.now();
      const word = { status, by: 'user' as const, ...(lasts !== undefined && { until: now + lasts }) };
      await teams.change(ACCOUNT, (team) => ({ team: withWord(team, userId, word, now), others: [] }));
      await followSettings(CHANNEL);
    });
  }

  /** A word has ended, as the task `shift` finds (T12). */
  #shifts(): void {
    this.#run('shift', ({ followSettings }) => followSettings(CHANNEL));
  }

  #deleteContact(key: string): void {
    this.#run('delete', async ({ client, addresses, dispensers }) => {
      const address = await addresses.get(key);
      if (isUnowned(address)) return;
      await transact(client, [addresses.giving(address, UNOWNED), dispensers.release(CHANNEL, [key])]);
    });
  }

  #pushContact(): void {
    const key = this.#somebody();
    this.#run('push', async ({ client, addresses }) => {
      const next = { viewers: ['crm'], contact: { id: 'contact', name: 'Carl' } };
      await transact(client, [addresses.giving(await addresses.get(key), next)]);
    });
  }

  #somebody(): string {
    const oldest = this.#random.chance(0.8) ? Math.max(1, this.#clients - 30) : 1;
    return addressKey(ACCOUNT, 'telegram', String(this.#random.between(oldest, this.#clients)));
  }

  async #rest(): Promise<void> {
    this.#scheduler.faults = NO_FAULTS;
    while (this.#running > 0 || this.#scheduler.busy) await this.#scheduler.step();
  }

  // What is observed

  #note({ tableId, oldImage = {}, newImage = {} }: WriteRecord): void {
    if (tableId === 'addresses') this.#addresses.set(String(newImage.a), newImage);
    if (tableId === 'addresses' && newImage.gen !== oldImage.gen) {
      const address = String(newImage.a);
      this.#waiting.delete(address);
      this.#soon.push(() => this.#returns(address));
    }
    if (tableId === 'accounts' && newImage.s === 'team') {
      const { schedules, users } = newImage as unknown as Team;
      this.#team = { team: { schedules, users }, since: this.#scheduler.now };
    }
    if (tableId !== 'dispensers' || !newImage.r) return;
    const roster = (newImage.r as { at: number; o: string[]; x: [string, string][] }[])[0]!;
    if (JSON.stringify(roster) !== JSON.stringify((oldImage.r as unknown[] | undefined)?.[0])) {
      this.#noteAway(roster.o);
      this.#events.push({ kind: 'roster', order: roster.o });
    }
    for (const [name, turn] of Object.entries(newImage)) {
      if (!name.includes('#') || typeof turn !== 'number' || oldImage[name] === turn) continue;
      const index = (turn - roster.at) % roster.o.length;
      const passedOver = roster.x.map(([userId, reason]) => ({ userId, reason }));
      const address = `${ACCOUNT}#${name}`;
      const generation = Number(this.#addresses.get(address)?.gen ?? 0);
      const drawn = { turn, userId: roster.o[index]!, place: index + 1, passedOver };
      this.#events.push({ kind: 'turn', address, generation, drawn });
    }
  }

  /** Notes who joins the rotation and is away by the team as it is now. A word may have begun or ended meanwhile. */
  #noteAway(order: readonly string[]): void {
    const { team, since } = this.#team;
    const now = this.#scheduler.now;
    const times = [since, now - MOST_SKEW_MS, now, now + MOST_SKEW_MS];
    this.#joinedAway.push(...order.filter((userId) => !times.some((at) => isOn(team, userId, at))));
  }

  #turns() {
    return this.#events.filter((event) => event.kind === 'turn');
  }

  // What has to hold

  /** I5: any two users who are eligible take turns. No client has two turns. */
  #checkTurns(): void {
    if (this.#joinedAway.length > 0) this.#broken(`${this.#joinedAway[0]} joined the rotation, and was away`);
    const seen = new Set<string>();
    let eligible: readonly string[] = [];
    let turns = 0;
    /** For each two users, the one who may not be next. */
    let notNext = new Map<string, string>();
    for (const event of this.#events) {
      if (event.kind === 'roster') {
        notNext = afterChange(notNext, eligible, event.order);
        eligible = event.order;
        continue;
      }
      const { address, generation, drawn } = event;
      const { turn, userId } = drawn;
      turns += 1;
      if (turn !== turns) this.#broken(`turn ${turn} came after turn ${turns - 1}`);
      if (seen.has(`${address} ${generation}`)) this.#broken(`${address} has a second turn, ${turn}`);
      seen.add(`${address} ${generation}`);
      if (!eligible.includes(userId)) this.#broken(`turn ${turn} went to ${userId}, who receives no clients`);
      for (const other of eligible.filter((one) => one !== userId)) {
        if (notNext.get(pairOf(userId, other)) === userId) {
          this.#broken(`turn ${turn} went to ${userId}, and ${other} waited longer`);
        }
        notNext.set(pairOf(userId, other), userId);
      }
    }
  }

  /** Checks that every claim was answered with the turn as it was drawn. */
  #checkAnswers(): void {
    const drawn = new Map(this.#turns().map((event) => [event.drawn.turn, event]));
    for (const answer of this.#answers) {
      const event = drawn.get(answer.drawn.turn);
      const was = event && { address: event.address, drawn: event.drawn };
      if (JSON.stringify(answer) !== JSON.stringify(was)) {
        this.#broken(`${JSON.stringify(answer)} was answered, and ${JSON.stringify(was)} was drawn`);
      }
    }
  }

  async #checkEverybodyIsGivenOut(): Promise<void> {
    this.#receiving = USERS;
    this.#saveSettings();
    await this.#rest();
    await this.#checkPresence();
    // Then nobody is away any more, so that there is somebody for each client.
    for (const userId of USERS) {
      this.#run('status', ({ clock, teams }) =>
        teams.change(ACCOUNT, (team) => {
          return { team: withWord(team, userId, { status: 'on', by: 'head' }, clock.now()), others: [] };
        }),
      );
    }
    await this.#rest();
    this.#shifts();
    await this.#rest();
    // Failed and late runs are tried again.
    for (let tries = 0; tries < 100; tries += 1) {
      const left = [...this.#waiting].filter((address) => isUnowned(this.#addresses.get(address)));
      if (left.length === 0) break;
      for (const address of left.slice(0, 20)) this.#writes(address);
      await this.#rest();
    }
    for (const address of this.#waiting) {
      const item = this.#addresses.get(address);
      const { owner, contact, gen = 0 } = item ?? {};
      if (isUnowned(item)) this.#broken(`${address} has no owner`);
      if (contact !== undefined) continue;
      const turn = this.#turns().find((event) => event.address === address && event.generation === gen);
      if (turn?.drawn.userId !== owner) this.#broken(`${address} went to ${owner}, not to ${turn?.drawn.userId}`);
    }
    this.#checkTurns();
  }

  /** T12: checks that the rotation has exactly those who are on. */
  async #checkPresence(): Promise<void> {
    const order = this.#events.findLast((event) => event.kind === 'roster')?.order ?? [];
    const away = USERS.filter((user) => !isOn(this.#team.team, user, this.#scheduler.now));
    const wrong = USERS.filter((user) => order.includes(user) === away.includes(user));
    if (wrong.length > 0) this.#broken(`the rotation is ${order}, and ${away} are away`);
  }

  /** Checks that the same roster again writes nothing. */
  async #checkRosterAgain(): Promise<void> {
    const { sequence } = this.#db;
    this.#shifts();
    await this.#rest();
    if (this.#db.sequence !== sequence) this.#broken('the same roster again was written');
  }

  /** Checks that claims are forgotten and do not pile up. */
  async #checkForgotten(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      await this.#scheduler.wait(LONG_MS);
      this.#newClients(FORGET_EVERY);
      await this.#rest();
    }
    const [item = {}] = this.#db.items('dispensers');
    const claims = Object.keys(item).filter((name) => name.includes('#'));
    if (claims.length > 3 * FORGET_EVERY) this.#broken(`${claims.length} turns are still kept`);
    this.#checkTurns();
  }

  #broken(what: string): never {
    throw new BrokenRuleError(this.#seed, what);
  }
}

/** Who may not be next after a change of the roster: a newcomer comes after all who were there. */
function afterChange(notNext: ReadonlyMap<string, string>, before: readonly string[], after: readonly string[]) {
  const next = new Map<string, string>();
  for (const one of after) {
    for (const other of after.filter((user) => user !== one && before.includes(user))) {
      const last = before.includes(one) ? notNext.get(pairOf(one, other)) : one;
      if (last !== undefined) next.set(pairOf(one, other), last);
    }
  }
  return next;
}

function pairOf(one: string, other: string): string {
  return [one, other].sort().join(' ');
}

function isUnowned(item: { readonly contact?: unknown; readonly owner?: unknown } | undefined): boolean {
  return item?.contact === undefined && item?.owner === undefined;
}

function namesIn({ input }: Command): Readonly<Record<string, string>> {
  return input.TableName === 'dispensers' ? (input.ExpressionAttributeNames ?? {}) : {};
}

function isClaim(command: Command): boolean {
  return namesIn(command)['#claim'] !== undefined;
}

function isForgetting({ input }: Command): boolean {
  return input.TableName === 'dispensers' && input.ExpressionAttributeValues?.[':done'] !== undefined;
}
