import { expect, test } from 'vitest';
import { newSigningSecret } from '#store/accounts/open-receivers';
import { createWorld, textUpdate, type World } from '#test/world';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const URI = 'https://crm.example/hook';
const CLIENTS = 4;
const STEPS = 30;
const HISTORIES = Number(process.env.HISTORIES ?? 10);

type Random = () => number;

/** Numbers in [0, 1) that follow from the seed (mulberry32). */
function randomBy(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A receiver that knows by ids what it has. It may have what it answers no or nothing to, as behind a proxy. */
class Receiver {
  readonly texts: string[] = [];
  readonly #ids = new Set<string>();
  /** The calls that had no answer and are still at work: they end when the next call comes. */
  readonly #atWork = new Map<string, readonly string[]>();
  isWell = false;
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!request.url.startsWith(URI)) return fetch(input, init);
    const texts = (JSON.parse(await request.text()).messages ?? []).map(({ text }: { text: string }) => text);
    const id = String(request.headers.get('webhook-id'));
    const isAtWork = this.#atWork.has(id);
    for (const [other, late] of this.#atWork) this.#keep(other, late);
    this.#atWork.clear();
    if (isAtWork) return new Response('', { status: 409 });
    const keep = () => this.#keep(id, texts);
    const reset = new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
    const draw = this.isWell ? 0 : this.#random();
    if (!this.isWell && !this.#ids.has(id) && texts.some((text: string) => text.includes('bad')))
      return new Response('', { status: 400 });
    if (draw < 0.55) keep();
    else if (draw < 0.65) {
      keep();
      throw reset;
    } else if (draw < 0.7) throw reset;
    else if (draw < 0.75) {
      if (!this.#ids.has(id)) this.#atWork.set(id, texts);
      throw reset;
    } else if (draw < 0.8) {
      keep();
      return new Response('', { status: 504 });
    } else if (draw < 0.9) return new Response('', { status: 503 });
    // What it has it answers to as before: a receiver that knows ids does so.
    else if (!this.#ids.has(id)) return new Response('', { status: draw < 0.95 ? 500 : 422 });
    return new Response('', { status: 200 });
  };

  #keep(id: string, texts: readonly string[]): void {
    if (!this.#ids.has(id)) this.texts.push(...texts);
    this.#ids.add(id);
  }
}

async function register({ store, account: { accountId } }: World): Promise<void> {
  const subscriptions = {
    messagesAndStatuses: true,
    contactsAndDealsCreation: false,
    channelsUpdates: false,
    templateStatus: false,
  };
  const before = await store.receivers.now(accountId);
  const signing = [{ secret: newSigningSecret() }];
  await store.receivers.save(before, { uri: URI, subscriptions, endedAt: undefined, signing }, 'test');
}

/** Follows the bells of event lanes. The process dies at its command of that number, if it is given. */
async function ringAll(world: World, dieAt?: number): Promise<void> {
  let commands = 0;
  if (dieAt !== undefined) {
    world.failing = () => {
      commands += 1;
      return commands >= dieAt;
    };
  }
  const app = dieAt === undefined ? world.app : world.newProcess();
  for (const queue of ['events', 'slowEvents'] as const) {
    for (const body of world.sent[queue].splice(0))
      await app.listeners['deliver-event']({ Records: [{ body }] }).catch(() => {});
  }
  world.failing = undefined;
}

async function play(seed: number) {
  const random = randomBy(seed);
  const below = (most: number) => Math.floor(random() * most);
  const receiver = new Receiver(random);
  const world = await createWorld({ fetch: receiver.fetch });
  await register(world);
  const said = new Map<number, string[]>();
  let last = 0;

  async function happens(client: number, isBad: boolean): Promise<void> {
    last += 1;
    const text = `${client} ${last}${isBad ? ' bad' : ''}`;
    said.set(client, [...(said.get(client) ?? []), text]);
    world.clock.advance(1);
    await world.webhook(textUpdate(client, text, last, world.clock.now()));
  }

  async function pass(ms: number): Promise<void> {
    world.clock.advance(ms);
    const due = world.later.filter(({ at }) => at <= world.clock.now());
    world.later.splice(0, world.later.length, ...world.later.filter(({ at }) => at > world.clock.now()));
    for (const { queue, body } of due) world.sent[queue].push(body);
    await world.app.listeners['sweep-lanes']();
  }

  for (let step = 0; step < STEPS; step += 1) {
    for (let count = below(4); count > 0; count -= 1) await happens(1 + below(CLIENTS), random() < 0.08);
    await world.drain({ deliver: false });
    await ringAll(world, random() < 0.3 ? 1 + below(40) : undefined);
    await pass([SECOND, 5 * SECOND, MINUTE, 2 * MINUTE, 16 * MINUTE][below(5)]!);
    await ringAll(world, random() < 0.2 ? 1 + below(40) : undefined);
  }
  receiver.isWell = true;
  for (let rounds = 0; rounds < 4; rounds += 1) {
    for (let client = 1; client <= CLIENTS; client += 1) await happens(client, false);
    await world.drain({ deliver: false });
    await ringAll(world);
    for (let minutes = 0; minutes < 20; minutes += 1) {
      await pass(MINUTE);
      await ringAll(world);
    }
  }
  const waiting = world.db.items('outbox').filter(({ kind, ttl }) => kind === 'event' && ttl === undefined);
  const lanes = world.db.items('outbox').filter(({ l, e }) => /^(event|aside)#/.test(String(l)) && e === '-');
  await world.stop();
  return { said, texts: receiver.texts, waiting, lanes };
}

const first = Number(process.env.SEED ?? 1);

test.each(Array.from({ length: HISTORIES }, (_, index) => first + index))(
  'C1 history %s: a receiver that knows ids gets each event once, each client in order',
  async (seed) => {
    const { said, texts, waiting, lanes } = await play(seed);

    for (const [client, own] of said) expect(texts.filter((text) => text.startsWith(`${client} `))).toEqual(own);
    expect(waiting).toEqual([]);
    expect(lanes).toEqual([]);
  },
);
