import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { compareRanks, rankOf } from '../../web/core/order.ts';
import { Lines } from '../../web/core/threads.ts';
import { createApi } from '../../web/data/api.ts';
import type { Context } from '../../web/data/context.ts';
import { createList } from '../../web/data/list.ts';
import { RowStore } from '../../web/data/row-store.ts';
import type { Wire } from '../../web/data/socket.ts';
import { shelfOf } from '../../web/data/storage.ts';
import { startSync } from '../../web/data/sync.ts';
import { type Chat, keyOf, type Me } from '../../web/models.ts';
import { chatOf } from './chats.ts';
import { randomOf } from './random.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** How long the server remembers who listens. */
const CACHED_MS = 2_000;

/**
 * A server that does what ours does: a ring goes to the sockets that were known up to two seconds ago, late, twice or not
 * at all if the line is dead; each answer is of some moment between the request and its arrival.
 */
class FakeServer {
  readonly chats = new Map<string, { row: Chat; isSeen: boolean }>();
  readonly #random: () => number;
  #sockets: FakeWire[] = [];
  #known: FakeWire[] = [];
  #readAt = Number.NEGATIVE_INFINITY;
  /** Whether sockets can be had. */
  isOpen = true;

  constructor(random: () => number) {
    this.#random = random;
  }

  fetch = async (input: RequestInfo | URL): Promise<Response> => {
    const { url, method } = input as Request;
    await this.#pass();
    const answer = this.#answer(method, new URL(url));
    await this.#pass();
    return answer;
  };

  connect(): FakeWire {
    const wire = new FakeWire();
    setTimeout(() => {
      if (!this.isOpen) return wire.onclose?.();
      this.#sockets.push(wire);
      wire.onopen?.();
    }, this.#random() * 200);
    return wire;
  }

  ring(said: object): void {
    if (Date.now() - this.#readAt > CACHED_MS) {
      this.#known = [...this.#sockets];
      this.#readAt = Date.now();
    }
    for (const wire of this.#known) {
      for (let times = this.#random() < 0.1 ? 2 : 1; times > 0; times--) {
        setTimeout(() => wire.hear(said), this.#random() ** 4 * 1_000);
      }
    }
  }

  change(row: Chat, isSeen: boolean): void {
    const before = this.chats.get(keyOf(row));
    this.chats.set(keyOf(row), { row, isSeen });
    // Nobody is rung of a chat that they neither saw nor see.
    if (!isSeen && !before?.isSeen) return;
    this.ring({ t: 'ring', chats: [[row.channelId, row.chatType, row.chatId, row.version]] });
  }

  /** The roles of the user are different, which changes no chat. */
  changeRoles(isSeen: (chat: Chat) => boolean): void {
    for (const there of this.chats.values()) there.isSeen = isSeen(there.row);
    this.ring({ t: 'ring', all: true });
    setTimeout(() => this.ring({ t: 'ring', all: true }), 10_000);
  }

  /** The sockets are gone; those in front of them may not have noticed. */
  cut(isNoticed: boolean): void {
    for (const wire of this.#sockets) {
      wire.isDead = true;
      if (isNoticed) wire.onclose?.();
    }
    this.#sockets = [];
  }

  seen(): Chat[] {
    return [...this.chats.values()].filter(({ isSeen }) => isSeen).map(({ row }) => row);
  }

  #pass(): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, this.#random() ** 2 * (this.#random() < 0.1 ? 3_000 : 300)));
  }

  #answer(method: string, { pathname }: URL): Response {
    if (method === 'POST') return Response.json({ url: 'wss://doorbell' }, { status: 201 });
    if (pathname === '/v1/chats') {
      const chats = this.seen().sort((one, other) => compareRanks(rankOf(one), rankOf(other)));
      return Response.json({ chats });
    }
    if (pathname.startsWith('/v3/unanswered')) {
      return Response.json({ counterV2: this.seen().filter(({ unanswered }) => unanswered).length, type: null });
    }
    const there = this.chats.get(pathname.slice('/v1/chats/'.length));
    if (!there?.isSeen) return Response.json({ error: 'CHAT_NOT_FOUND', description: '' }, { status: 404 });
    return Response.json(there.row);
  }
}

class FakeWire {
  onopen: (() => void) | null = null;
  onmessage: ((event: { readonly data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  isDead = false;

  hear(said: object): void {
    if (!this.isDead) this.onmessage?.({ data: JSON.stringify(said) });
  }

  send(): void {
    setTimeout(() => this.hear({ t: 'pong' }), 50);
  }

  close(): void {
    this.isDead = true;
  }
}

function pageOf(server: FakeServer, me: Partial<Me> = {}) {
  const api = createApi('http://konvert.test', { token: () => 'kp_1', renew: async () => false }, (request) =>
    server.fetch(request),
  );
  const rows = new RowStore(api);
  const lines = new Lines();
  const now = () => Date.now();
  const shelf = shelfOf(() => undefined as never);
  const context: Context = {
    api,
    me: { doorbell: true, ...me } as Me,
    userId: 'olga',
    rows,
    drafts: {} as Context['drafts'],
    files: {} as Context['files'],
    tabs: { living: async () => undefined },
    tab: '',
    shelf,
    prefix: '',
    now,
    newId: () => '1',
  };
  const list = createList(context, lines, { answered: () => {}, refused: () => {} });
  rows.onRow((key, row) => {
    if (row) lines.put(row);
    else lines.remove(key);
    list.changed();
    sync.count();
  });
  const sync = startSync(context, list, {
    attention: () => ({ isVisible: true, lastInputAt: now() }),
    openChat: () => undefined,
    connected: () => {},
    gone: () => {},
    heardWriting: () => {},
    isPhone: false,
    connect: () => server.connect() as unknown as Wire as WebSocket,
  });
  return { list, sync };
}

test.each([
  ['with sockets that close', false, 250],
  ['with sockets that die unnoticed, after a waking', true, 60],
])(
  'any order of rings, answers and changes of sight, %s: the list is that of the server',
  async (_, isDying, count) => {
    for (let seed = 1; seed <= count; seed++) {
      const random = randomOf(seed);
      const server = new FakeServer(random);
      const change = () => {
        const id = `${Math.floor(random() * 3)}`;
        const before = server.chats.get(keyOf(chatOf(id, 0)));
        const version = (before?.row.version ?? 0) + 1;
        server.change(chatOf(id, random() * 60, { unanswered: random() < 0.5, version }), random() < 0.8);
      };
      for (let i = 0; i < 4; i++) change();
      const { list, sync } = pageOf(server);

      // Each hides the faults of the others, because everything is looked at again after it.
      const [changes, roles] = random() < 0.7 ? [0.9, 1] : [0.7, 0.6];
      if (random() < 0.7) await vi.advanceTimersByTimeAsync(6_000);
      for (let i = 0; i < 25; i++) {
        const drawn = random();
        if (drawn < changes) change();
        else if (drawn < 0.95) sync.wake();
        else if (random() < roles) server.changeRoles(() => random() < 0.7);
        else server.cut(!isDying || random() < 0.5);
        await vi.advanceTimersByTimeAsync(random() ** 2 * 600);
      }
      if (isDying) {
        await vi.advanceTimersByTimeAsync(1_000);
        sync.wake();
      }
      await vi.advanceTimersByTimeAsync(20_000);

      const expected = server.seen().sort((one, other) => compareRanks(rankOf(one), rankOf(other)));
      expect(
        list.lines.value.map(({ chats }) => chats[0]),
        `history ${seed}`,
      ).toEqual(expected);
      expect(sync.counter.value?.counterV2, `history ${seed}`).toBe(expected.filter((chat) => chat.unanswered).length);
      vi.clearAllTimers();
    }
  },
);

test('where no socket is to be had, the list is polled, and the socket is tried again', async () => {
  const server = new FakeServer(randomOf(1));
  server.isOpen = false;
  const { list, sync } = pageOf(server);
  await vi.advanceTimersByTimeAsync(30_000);

  expect(sync.connection.value.state).toBe('polling');
  server.change(chatOf('1', 0), true);
  await vi.advanceTimersByTimeAsync(6_000);
  expect(list.lines.value.length).toBe(1);

  server.isOpen = true;
  await vi.advanceTimersByTimeAsync(300_000);
  expect(sync.connection.value).toEqual({ state: 'socket' });
});

test('ten seconds without a connection are told with the time of what is shown', async () => {
  const server = new FakeServer(randomOf(1));
  const { sync } = pageOf(server);
  await vi.advanceTimersByTimeAsync(5_000);
  const asOf = Date.now();
  server.isOpen = false;

  server.cut(true);
  server.fetch = () => Promise.reject(new TypeError('offline'));
  await vi.advanceTimersByTimeAsync(9_900);
  expect(sync.connection.value.asOf).toBeUndefined();
  await vi.advanceTimersByTimeAsync(200);

  expect(sync.connection.value.state).toBe('connecting');
  expect(sync.connection.value.asOf).toBeLessThanOrEqual(asOf);
});

test.each([60_000, 61_500, 63_000, 64_500])(
  'a server that was away for %i ms is noticed two seconds after its return, by a new socket too',
  async (away) => {
    const server = new FakeServer(randomOf(1));
    const { list, sync } = pageOf(server);
    await vi.advanceTimersByTimeAsync(5_000);
    const { fetch } = server;
    server.isOpen = false;
    server.fetch = () => Promise.reject(new TypeError('offline'));
    server.cut(true);
    await vi.advanceTimersByTimeAsync(away);
    server.change(chatOf('1', 0), true);

    server.isOpen = true;
    server.fetch = fetch;
    await vi.advanceTimersByTimeAsync(2_800);

    expect(list.lines.value.length).toBe(1);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sync.connection.value).toEqual({ state: 'socket' });
  },
);

test('an idle page asks for nothing but pings between the slow looks', async () => {
  const server = new FakeServer(randomOf(1));
  const { sync } = pageOf(server);
  await vi.advanceTimersByTimeAsync(10_000);
  const asked = vi.fn(server.fetch);
  server.fetch = asked;

  await vi.advanceTimersByTimeAsync(270_000);

  expect(asked).not.toHaveBeenCalled();
  expect(sync.connection.value).toEqual({ state: 'socket' });
});
