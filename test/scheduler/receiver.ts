import type { Random } from './random.ts';
import { NO_FAULTS, type Scheduler, type Task } from './scheduler.ts';

/** How a receiver is for a while. What is not well may have taken a call or not. */
export type Mood = (typeof MOODS)[number];

export const MOODS = ['well', 'down', 'ill', 'shaky', 'hanging'] as const;

/** What a receiver knows a repeated event by: the `webhook-id` of its call, or the item's own id. */
export type KnownBy = 'call' | 'item';

/** A contact or deal that the receiver made. */
export interface Made {
  readonly id: string;
  readonly responsibleUserId: string;
  readonly contactData?: readonly { readonly chatType: string; readonly chatId: string }[];
  readonly contacts?: readonly string[];
}

/** One thing that a call told: what the receiver knows it by, and the words of it. */
export interface Item {
  readonly key: string;
  readonly what: 'message' | 'status' | 'creation';
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ReceiverDeps {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly knownBy: KnownBy;
  /** The share of events that it refuses whenever they come. */
  readonly bad: number;
  /** Told before a call is answered. Answers with the items in the order of their events, over both arrays. */
  readonly called: (items: readonly Item[], task: Task) => readonly Item[];
  /** Told of each item that it refuses whenever it comes. */
  readonly refused: (item: Item) => void;
  /** Told of each item that is taken, in order. */
  readonly took: (item: Item) => void;
}

/** How a call ended: with an answer, or with the code of a failed `fetch`. */
type End =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'failed'; readonly code: string };

type Body = Readonly<Record<string, unknown>>;

const REFUSALS = [400, 409, 413, 422, 500];
const ILLNESSES = [302, 401, 403, 404, 429, 502, 503, 504];

/** A CRM that is called, in the scheduler's own time. It takes, refuses, hangs, is slow, or takes half of a call. */
export class Receiver {
  mood: Mood = 'well';
  /** What it made, by the `webhook-id` that asked for it. */
  readonly contacts = new Map<string, Made>();
  readonly deals = new Map<string, Made>();
  readonly #deps: ReceiverDeps;
  readonly #calls = new Set<string>();
  readonly #items = new Set<string>();
  readonly #bad = new Map<string, boolean>();

  constructor(deps: ReceiverDeps) {
    this.#deps = deps;
  }

  #isBad(item: Item): boolean {
    const isBad = this.#bad.get(item.key) ?? this.#deps.random.chance(this.#deps.bad);
    this.#bad.set(item.key, isBad);
    if (isBad) this.#deps.refused(item);
    return isBad;
  }

  /** The `fetch` by which it is called. */
  readonly fetch: typeof globalThis.fetch = async (input, init) => {
    const request = input instanceof Request ? input : undefined;
    const id = new Headers(request?.headers ?? init?.headers).get('webhook-id') ?? '';
    const sent = request ? await request.text() : String(init?.body);
    const end = await this.#answer(id, JSON.parse(sent) as Body, init?.signal as AbortSignal);
    if (end.kind === 'answered') return new Response(end.body, { status: end.status });
    throw new TypeError('fetch failed', { cause: Object.assign(new Error(end.code), { code: end.code }) });
  };

  async #answer(id: string, body: Body, signal: AbortSignal): Promise<End> {
    const { scheduler, random } = this.#deps;
    const arrive = (perform: () => End) => scheduler.call(signal, perform, aborted);
    if (body.test === true) return arrive(() => answered(200));
    const items = this.#deps.called(itemsOf(id, body), scheduler.task as Task);
    const take = () => this.#take(id, body, items);
    const mood = scheduler.faults === NO_FAULTS ? 'well' : this.mood;
    const how = mood === 'shaky' ? random.weighted(SHAKY) : HOW[mood];
    switch (how) {
      case 'take':
        return arrive(take);
      case 'refuse':
        return arrive(() => this.#refuse(items));
      case 'down':
        return arrive(() => failed('ECONNREFUSED'));
      case 'be ill':
        return arrive(() => this.#beIll(take));
      case 'reset':
        return arrive(() => {
          if (random.chance(0.5)) take();
          return failed('ECONNRESET');
        });
      case 'linger':
      case 'hang': {
        const isEarly = random.chance(0.5);
        if (isEarly && (await arrive(take)).kind === 'failed') return aborted();
        for (let left = how === 'hang' ? 2_000 : random.between(5, 60); left > 0; left -= 1) {
          if (scheduler.faults === NO_FAULTS) break;
          if (
            !(await scheduler.call(
              signal,
              () => true,
              () => false,
            ))
          )
            return aborted();
        }
        return arrive(take);
      }
      default:
        return how satisfies never;
    }
  }

  #beIll(take: () => unknown): End {
    const status = this.#deps.random.pick(ILLNESSES);
    // A proxy in front of a receiver may give up although the receiver took the call.
    if (status >= 502 && this.#deps.random.chance(0.5)) take();
    return answered(status);
  }

  /** Refuses the call. One that knows events by themselves may have taken some of them. */
  #refuse(items: readonly Item[]): End {
    const { random, knownBy } = this.#deps;
    if (knownBy === 'item' && items[0]?.what !== 'creation' && random.chance(0.5)) {
      const bad = items.findIndex((item) => this.#isBad(item));
      const half = random.between(0, items.length);
      this.#takeEach(items.slice(0, bad < 0 ? half : Math.min(bad, half)));
    }
    return answered(random.pick(REFUSALS));
  }

  #take(id: string, body: Body, items: readonly Item[]): End {
    const isCreation = items[0]?.what === 'creation';
    if (this.#deps.knownBy === 'call' && this.#calls.has(id) && !isCreation) return answered(200);
    if (items.some((item) => this.#isBad(item))) return this.#refuse(items);
    this.#calls.add(id);
    this.#takeEach(items);
    return isCreation ? answered(200, this.#make(id, body)) : answered(200);
  }

  #takeEach(items: readonly Item[]): void {
    for (const item of items) {
      const isKnown = this.#deps.knownBy === 'item' || item.what === 'creation';
      if (isKnown && this.#items.has(item.key)) continue;
      this.#items.add(item.key);
      this.#deps.took(item);
    }
  }

  /** Makes a contact or deal, once for each `webhook-id`. */
  #make(id: string, { createContact, createDeal }: Body): Made {
    const [kind, made, wanted] = createContact
      ? (['contact', this.contacts, createContact] as const)
      : (['deal', this.deals, createDeal] as const);
    const known = made.get(id);
    if (known) return known;
    const one = { ...(wanted as Made), id: `crm-${kind}-${made.size + 1}` };
    made.set(id, one);
    return one;
  }
}

/** What a receiver may know each part of a call by. */
function itemsOf(id: string, { messages = [], statuses = [], ...others }: Body): Item[] {
  const [creation] = Object.keys(others);
  if (creation !== undefined)
    return [{ key: `${creation} ${id}`, what: 'creation', fields: others[creation] as Item['fields'] }];
  return [
    ...(messages as Item['fields'][]).map(
      (fields): Item => ({
        key: `message ${fields.messageId}${fields.isDeleted ? ' deleted' : ''}`,
        what: 'message',
        fields,
      }),
    ),
    ...(statuses as Item['fields'][]).map(
      (fields): Item => ({
        key: `status ${fields.messageId} ${fields.status} ${fields.timestamp}`,
        what: 'status',
        fields,
      }),
    ),
  ];
}

function answered(status: number, body: object = {}): End {
  return { kind: 'answered', status, body: JSON.stringify(body) };
}

function failed(code: string): End {
  return { kind: 'failed', code };
}

function aborted(): End {
  return failed('TimeoutError');
}

const HOW = { well: 'take', down: 'down', ill: 'be ill', hanging: 'hang' } as const;
const SHAKY = [
  [5, 'take'],
  [2, 'refuse'],
  [2, 'reset'],
  [2, 'linger'],
  [1, 'hang'],
] as const;
