import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type StartedAccount, type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, percentile, type Row, rounded } from './table.ts';
import type { Load, LoadReport } from './throughput-load.ts';

const LOAD = { connections: 16, clients: 300, seconds: 30 };
const SELLERS = ['anna', 'boris', 'vera', 'gleb'];
const BUDGET_PER_SECOND = 400;
const FOLLOWED_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 100;
/** Linux tells the CPU of a process in hundredths of a second, whatever its kernel counts in. */
const TICKS_PER_SECOND = 100;

/**
 * How many messages a second `npm start` takes with its own engine and a file, in a channel that gives new clients out
 * in turn. The load comes from a process of its own. A message is followed to its end when its chat counts it and its
 * client has a responsible user.
 */
export async function measureThroughput(): Promise<Row[]> {
  return withKonvert(async (konvert) => {
    await giveOutInTurn(konvert);
    const before = cpuOf(konvert);
    const report = await load(konvert);
    const after = cpuOf(konvert);
    const { left, seconds } = await follow(konvert, report.taken.length);
    return [...rowsOf(report, left, seconds), cpuRow(report, before, after)];
  });
}

/** Lets the channel give new clients out to four sellers in turn. */
export async function giveOutInTurn({ call, channelId }: StartedAccount): Promise<void> {
  const users = [...SELLERS, 'head'];
  await call(
    'POST',
    '/v3/users',
    users.map((id) => ({ id, name: id })),
  );
  await call('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
  const userRoles = users.map((userId) =>
    userId === 'head'
      ? { userId, role: 'manager', allowGetNewClients: false }
      : { userId, role: 'seller', allowGetNewClients: true },
  );
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
  await call('PUT', `/v1/settings/channels/${channelId}`, { newClients, userRoles });
}

async function load({ url, channelId, secret }: StartedKonvert): Promise<LoadReport> {
  const child = fork(join(import.meta.dirname, 'throughput-load.ts'));
  const wanted: Load = { url: `${url}/webhooks/telegram/${channelId}`, secret, ...LOAD };
  child.send(wanted);
  const [report] = await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('The load ended without a report'))),
  ]);
  return report as LoadReport;
}

/** Waits until every message is followed to its end. Tells how many were left at first, and how long it took. */
async function follow({ call }: StartedKonvert, taken: number): Promise<{ left: number; seconds: number }> {
  const startedAt = performance.now();
  let atEnd: number | undefined;
  for (;;) {
    const left = taken - (await followed(call));
    atEnd ??= left;
    const seconds = (performance.now() - startedAt) / 1000;
    if (left === 0) return { left: atEnd, seconds };
    if (seconds * 1000 > FOLLOWED_WITHIN_MS) throw new Error(`${left} messages are still not followed to their end`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** How many messages are counted in chats that have a responsible user. */
async function followed(call: StartedKonvert['call']): Promise<number> {
  // A chat that moves meanwhile may be on two pages.
  const counts = new Map<string, number>();
  let cursor = '';
  do {
    const page = await call('GET', `/v1/chats?view=unanswered&limit=100${cursor && `&cursor=${cursor}`}`);
    for (const { chatId, unansweredCount, responsibleUserId } of page.chats) {
      counts.set(chatId, responsibleUserId ? unansweredCount : 0);
    }
    cursor = page.nextCursor ?? '';
  } while (cursor !== '');
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

function rowsOf({ taken, refused, seconds }: LoadReport, left: number, more: number): Row[] {
  const what = `npm start at load: ${LOAD.connections} connections, ${LOAD.clients} clients, round-robin, ${LOAD.seconds} s`;
  const answered = rounded(taken.length / seconds, 0);
  const ended = rounded(taken.length / (seconds + more), 0);
  const figures = [
    `${answered} a second`,
    `p50 ${Math.ceil(percentile(taken, 0.5))} ms`,
    `p99 ${Math.ceil(percentile(taken, 0.99))} ms`,
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return [
    {
      what: `${what}; webhooks answered`,
      budget: `>= ${BUDGET_PER_SECOND} a second`,
      figure: figures.join(', '),
      met: answered >= BUDGET_PER_SECOND && refused === 0,
    },
    {
      what: 'of which followed to their end: counted in their chat, and the client given out',
      budget: `>= ${BUDGET_PER_SECOND} a second`,
      figure: `${ended} a second; ${left} left when the load ended, done ${rounded(more, 1)} s later`,
      met: ended >= BUDGET_PER_SECOND,
    },
  ];
}

interface Cpu {
  readonly konvert: number;
  readonly engine: number;
}

function cpuRow({ taken, seconds, cpuSeconds }: LoadReport, before: Cpu, after: Cpu): Row {
  const shown = (name: string, used: number) => `${name} ${rounded((100 * used) / seconds, 0)} %`;
  const konvert = after.konvert - before.konvert;
  const figures = [
    shown('Node', konvert),
    shown('engine', after.engine - before.engine),
    shown('the load', cpuSeconds),
    `Node ${rounded((1000 * konvert) / taken.length, 2)} ms a message`,
  ];
  const figure = Number.isNaN(konvert) ? 'not known on this system' : figures.join(', ');
  return { what: 'CPU of one core meanwhile', budget: '', figure };
}

/** The CPU seconds that the two processes have used so far. */
function cpuOf({ pids }: StartedKonvert): Cpu {
  return { konvert: cpuSecondsOf(pids.konvert), engine: cpuSecondsOf(pids.engine) };
}

function cpuSecondsOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  // The name of the program, in parentheses, may contain anything. User and system time are 12th and 13th behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

if (import.meta.main) console.log(formatTable(await measureThroughput()));
