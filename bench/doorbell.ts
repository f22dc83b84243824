import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ChatImage } from '#domain/doorbell';
import { createRingPages } from '#flows/ring-pages';
import { tables } from '#lib/tables';
import { startEngine } from '#local/engine/engine';
import { createLocalClient } from '#local/engine/local-client';
import { createDocumentClient, createStoreDeps } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { createSockets } from '#store/pages/sockets';
import { createMeter, type Usage } from './meter.ts';
import { postText } from './post-text.ts';
import { type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, percentile, type Row, rounded } from './table.ts';

const PER_SECOND = 20;
const SECONDS = 15;
/** A process that has just started compiles what it runs. */
const WARM_UP_SECONDS = 5;
const CHATS = 50;
const LISTENERS = 20;
const WITHIN_MS = 10_000;
const BUDGET = { p50: 50, p99: 150 };

/** What rings cost, and how soon they come in `npm start`. */
export async function measureDoorbell(): Promise<Row[]> {
  return [...(await measureRingUnits()), await measureRingDelay()];
}

/** What a change of a chat costs in AWS beside what it costs anyway. */
async function measureRingUnits(): Promise<Row[]> {
  const engine = await startEngine();
  try {
    const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
    const database = createLocalClient(engine.endpoint);
    await createTables(database, tables, names);
    const { client, measure } = createMeter(createDocumentClient(database));
    let now = Date.now();
    const clock = { now: () => now, deadline: () => new AbortController().signal };
    const deps = createStoreDeps({ client, tables: names, clock, newId: randomUUID });
    const doorbells = { addressFor: () => '', post: async () => 'sent' as const };
    const { ringChats } = createRingPages({ ...deps, doorbells, log: () => {} });
    const sockets = createSockets(deps);
    const ring = () => measure(() => ringChats([IMAGE]));

    const nobody = await ring();
    const opened = await measure(() => sockets.add('first', { account: IMAGE.account, bearer: 'key' }));
    for (let index = 1; index < 3; index += 1) await sockets.add(`${index}`, { account: IMAGE.account, bearer: 'key' });
    await ring();
    now += 2_000;
    const three = await ring();
    const again = await ring();
    return [
      unitsRow('a ring while no page of the account is open, once in 2 s', { write: 0, read: 1 }, nobody),
      unitsRow('a ring to three pages, once in 2 s; roles and account known for 10 s', { write: 0, read: 1 }, three),
      unitsRow('a further ring within 2 s', { write: 0, read: 0 }, again),
      unitsRow('a socket that opens, beside its ticket', { write: 2, read: 0 }, opened),
    ];
  } finally {
    await engine.stop();
  }
}

const IMAGE: ChatImage = {
  key: 'channel#telegram#1',
  channelId: 'channel',
  chatType: 'telegram',
  chatId: '1',
  account: 'account',
  version: 1,
  viewers: [],
  otherIds: [],
};

function unitsRow(what: string, budget: { write: number; read: number }, { writeUnits, readUnits }: Usage): Row {
  return {
    what,
    budget: `${budget.write} write, ${budget.read} read units`,
    figure: `${rounded(writeUnits)} write, ${rounded(readUnits)} read units`,
    met: writeUnits <= budget.write && readUnits <= budget.read,
  };
}

/** The time from the 2xx of a webhook until the last of the open pages is rung, in `npm start`. */
async function measureRingDelay(): Promise<Row> {
  return withKonvert(async (konvert) => {
    const rungAt = new Map<string, number>();
    const pages = await Promise.all(Array.from({ length: LISTENERS }, () => openPage(konvert, rungAt)));
    const delays = await writeAll(konvert, rungAt);
    for (const page of pages) page.terminate();
    const warm = delays.slice(PER_SECOND * WARM_UP_SECONDS);
    const [p50, p99] = [percentile(warm, 0.5), percentile(warm, 0.99)].map(Math.round) as [number, number];
    return {
      what: `webhook 2xx to ring, npm start, ${LISTENERS} pages, ${PER_SECOND} messages a second`,
      budget: `p50 <= ${BUDGET.p50}, p99 <= ${BUDGET.p99} ms`,
      figure: `p50 ${p50} ms, p99 ${p99} ms, ${warm.length} messages`,
      met: p50 <= BUDGET.p50 && p99 <= BUDGET.p99,
    };
  });
}

/** Notes when a page is rung for a chat with a version, or for all. */
async function openPage({ call }: StartedKonvert, rungAt: Map<string, number>): Promise<WebSocket> {
  const { url } = await call('POST', '/v1/doorbells');
  const socket = new WebSocket(url);
  socket.on('message', (data) => {
    const { chats = [] } = JSON.parse(String(data));
    for (const [, , chatId] of chats) rungAt.set(chatId, performance.now());
  });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  return socket;
}

async function writeAll(konvert: StartedKonvert, rungAt: ReadonlyMap<string, number>): Promise<number[]> {
  const startedAt = performance.now();
  const delays: Promise<number>[] = [];
  for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
    await sleep(Math.max(0, startedAt + (index * 1_000) / PER_SECOND - performance.now()));
    const delay = delayOf(konvert, rungAt, index);
    // A failure is looked at below. Until then it must not end the process and leave Konvert behind.
    delay.catch(() => {});
    delays.push(delay);
  }
  return Promise.all(delays);
}

/** A chat is written to again after seconds only, so its next ring is that of the message. */
async function delayOf(konvert: StartedKonvert, rungAt: ReadonlyMap<string, number>, index: number): Promise<number> {
  const chatId = 1 + (index % CHATS);
  const begunAt = performance.now();
  await postText(konvert.url, konvert, { chatId, id: index + 1, text: `Message ${index}` });
  const acceptedAt = performance.now();
  for (;;) {
    const at = rungAt.get(String(chatId));
    if (at !== undefined && at > begunAt) return Math.max(0, at - acceptedAt);
    if (performance.now() > acceptedAt + WITHIN_MS) throw new Error(`No ring within ${WITHIN_MS} ms`);
    await sleep(5);
  }
}

if (import.meta.main) console.log(formatTable(await measureDoorbell()));
