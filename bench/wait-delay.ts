import { setTimeout as sleep } from 'node:timers/promises';
import { postText } from './post-text.ts';
import { type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, type Row, rounded } from './table.ts';

const MINUTES = 2;
const CLIENTS = 20;
const EACH_MS = 1_000;
/** A mark comes 30 s before a client leaves. */
const MARKED_MS = 100_000;
const LOOK_EVERY_MS = 500;
const WITHIN_MS = 5 * 60_000;
const BUDGET_S = 5;
const CRASH_BUDGET_S = 120;
const SELLERS = ['anna', 'boris'];

interface Assignment {
  readonly rule: string;
  readonly at: string;
}

/**
 * How late clients leave who were not answered in two minutes (T3), in `npm start`: while it runs, and if it is ended by
 * `kill -9` after they were marked and started again.
 */
export async function measureWaitDelay(): Promise<Row[]> {
  return withKonvert(async (konvert) => {
    await setUp(konvert);
    const first = await write(konvert, 1);
    const running = await latenessOf(konvert, first);
    const second = await write(konvert, 1 + CLIENTS);
    await sleep(Math.max(0, MARKED_MS - CLIENTS * EACH_MS));
    await konvert.crash();
    const crashed = await latenessOf(konvert, second);
    return [
      row(`a return, ${CLIENTS} clients in as many seconds, npm start`, running, BUDGET_S),
      row('the same, `kill -9` after the warning and a start', crashed, CRASH_BUDGET_S),
    ];
  });
}

async function setUp({ call, channelId }: StartedKonvert): Promise<void> {
  await call(
    'POST',
    '/v3/users',
    SELLERS.map((id) => ({ id, name: id })),
  );
  await call('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
  await call('PUT', `/v1/settings/channels/${channelId}`, {
    newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
    userRoles: SELLERS.map((userId) => ({ userId, role: 'seller', allowGetNewClients: true })),
    // Nobody is set away, so that all clients leave.
    waiting: { returnAfterMinutes: MINUTES, tellHeadsAfterMinutes: null, awayAfterReturns: 0 },
  });
}

/** New clients write, one after the other. */
async function write(konvert: StartedKonvert, from: number): Promise<readonly string[]> {
  const ids = Array.from({ length: CLIENTS }, (_, index) => from + index);
  for (const chatId of ids) {
    await postText(konvert.url, konvert, { chatId, id: chatId, text: 'Is anybody there?' });
    await sleep(EACH_MS);
  }
  return ids.map(String);
}

/** How long after its time each of the clients has left for the next user (ms). */
async function latenessOf({ call, channelId }: StartedKonvert, chatIds: readonly string[]): Promise<readonly number[]> {
  const gone = new Map<string, number>();
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(LOOK_EVERY_MS)) {
    for (const chatId of chatIds.filter((id) => !gone.has(id))) {
      const query = new URLSearchParams({ channelId, chatType: 'telegram', chatId });
      const { assignments } = (await call('GET', `/v1/assignments?${query}`)) as { assignments: Assignment[] };
      const [given, returned] = ['round-robin', 'returned'].map((rule) => firstOf(assignments, rule));
      if (given !== undefined && returned !== undefined) gone.set(chatId, returned - given - MINUTES * 60_000);
    }
    if (gone.size === chatIds.length) break;
  }
  return [...gone.values()].sort((a, b) => a - b);
}

/** When the first of the assignments with that rule was made (epoch ms). */
function firstOf(assignments: readonly Assignment[], rule: string): number | undefined {
  const times = assignments.filter((one) => one.rule === rule).map(({ at }) => Date.parse(at));
  return times.length > 0 ? Math.min(...times) : undefined;
}

function row(what: string, lateness: readonly number[], budget: number): Row {
  const [least = Number.NaN, most = Number.NaN] = [lateness[0], lateness.at(-1)].map(
    (ms) => (ms ?? Number.NaN) / 1_000,
  );
  const missing = CLIENTS - lateness.length;
  return {
    what,
    budget: `0 to ${budget} s late`,
    figure: `${rounded(least, 1)} to ${rounded(most, 1)} s${missing > 0 ? `, ${missing} did not leave` : ''}`,
    met: missing === 0 && least >= 0 && most <= budget,
  };
}

if (import.meta.main) console.log(formatTable(await measureWaitDelay()));
