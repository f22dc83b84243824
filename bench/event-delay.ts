import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { measureCommits } from './commits.ts';
import { putBacklog } from './event-backlog.ts';
import { postText } from './post-text.ts';
import { type StartedAccount, type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, percentile, type Row, rounded } from './table.ts';

const WAITING = 200_000;
const SECONDS = 25;
const PER_SECOND = 50;
/** Of so many messages, one is answered, and one more is written to the account of which the receiver hangs. */
const REPLY_EACH = 10;
const OTHER_EACH = 10;
const CHATS = 200;
const WITHIN_MS = 10_000;
const BUDGET_MS = 2000;

/** Tells how long it took from the post of a text until it came. */
interface Watch {
  readonly posted: Map<string, number>;
  readonly delays: number[];
  came(text: unknown): void;
}

/**
 * The time from the moment when the messenger begins to post a message until the receiver of its account has it,
 * while the receiver of another account hangs for ever and 200,000 events wait for it. Replies leave beside them.
 */
export async function measureEventDelay(): Promise<Row[]> {
  const [quick, hanging] = await Promise.all([startReceiver(), startReceiver()]);
  const [events, replies] = [createWatch(), createWatch()];
  quick.rule = ({ body }) => {
    for (const { text } of body?.messages ?? []) events.came(text);
    return undefined;
  };
  try {
    return await withKonvert(
      (konvert) => measure(konvert, { quick, hanging, events, replies }),
      ({ method, body }) => {
        if (method === 'sendMessage') replies.came((body as { text: unknown }).text);
      },
    );
  } finally {
    await quick.stop();
    await hanging.stop();
  }
}

interface Parts {
  readonly quick: ReceiverDouble;
  readonly hanging: ReceiverDouble;
  readonly events: Watch;
  readonly replies: Watch;
}

async function measure(konvert: StartedKonvert, { quick, hanging, events, replies }: Parts): Promise<Row[]> {
  const subscriptions = { messagesAndStatuses: true };
  await konvert.call('PATCH', '/v3/webhooks', { webhooksUri: quick.url, subscriptions });
  // New clients cost more, which is measured elsewhere.
  await writeOnce(konvert, events);
  const other = await konvert.addAccount();
  const startedAt = performance.now();
  const waiting = await putBacklog(konvert, other, hanging.url, WAITING);
  const putSeconds = (performance.now() - startedAt) / 1000;
  const probes = hanging.calls.length;
  let [most, memory, refused] = [0, 0, 0];
  hanging.rule = () => ({ kind: 'hang' });
  const memoryBefore = megabytesOf(konvert.pids.konvert);
  const looking = setInterval(() => {
    most = Math.max(most, hanging.underWay);
    memory = Math.max(memory, megabytesOf(konvert.pids.konvert));
  }, 50);
  try {
    refused = await writeAll(konvert, other, events, replies);
  } finally {
    clearInterval(looking);
  }
  const beside = `${waiting} events wait for a receiver that hangs`;
  return [
    delayRow(
      `webhook to the receiver of its account, npm start, ${PER_SECOND} messages a second for ${SECONDS} s, while ${beside}`,
      events,
    ),
    delayRow(`API to the messenger meanwhile, ${PER_SECOND / REPLY_EACH} replies a second`, replies),
    {
      what: 'calls of the receiver that hangs, under way at once',
      budget: '<= 1',
      figure: `${most}; ${hanging.calls.length - probes} calls`,
      met: most === 1,
    },
    {
      what: 'memory of Node before and at most meanwhile',
      budget: '',
      figure: Number.isNaN(memory) ? 'not known on this system' : `${memoryBefore} MB, ${memory} MB`,
    },
    { what: 'requests that Konvert refused meanwhile', budget: '0', figure: String(refused), met: refused === 0 },
    { what: `putting ${waiting} events`, budget: '', figure: `${rounded(putSeconds, 0)} s` },
    await measureCommits(konvert),
  ];
}

async function writeAll(
  konvert: StartedKonvert,
  other: StartedAccount,
  events: Watch,
  replies: Watch,
): Promise<number> {
  const startedAt = performance.now();
  const posted: Promise<void>[] = [];
  let refused = 0;
  // A machine that is busy with other things shows in the figures; it does not end the bench.
  const during = (work: Promise<void>) => {
    posted.push(
      work.catch(() => {
        refused += 1;
      }),
    );
  };
  for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
    await sleep(Math.max(0, startedAt + (index * 1000) / PER_SECOND - performance.now()));
    const chatId = 1 + (index % CHATS);
    const text = { chatId, id: 1000 + index, text: `Message ${index}` };
    events.posted.set(text.text, performance.now());
    during(postText(konvert.url, konvert, text));
    if (index % REPLY_EACH === 0) during(reply(konvert, chatId, `Answer ${index}`, replies));
    if (index % OTHER_EACH === 0) during(postText(konvert.url, other, text));
  }
  await Promise.all(posted);
  await untilCame(events, replies);
  return refused;
}

/** Writes the first message of each chat. */
async function writeOnce(konvert: StartedKonvert, events: Watch): Promise<void> {
  for (let chatId = 1; chatId <= CHATS; chatId += 1) {
    const text = `First ${chatId}`;
    events.posted.set(text, performance.now());
    await postText(konvert.url, konvert, { chatId, id: chatId, text });
  }
  await untilCame(events);
  events.posted.clear();
  events.delays.length = 0;
}

async function untilCame(...watches: readonly Watch[]): Promise<void> {
  for (const deadline = Date.now() + WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    if (watches.every(({ posted, delays }) => delays.length === posted.size)) return;
  }
}

async function reply({ call, channelId }: StartedAccount, chatId: number, text: string, replies: Watch) {
  replies.posted.set(text, performance.now());
  await call('POST', '/v3/message', { channelId, chatType: 'telegram', chatId: String(chatId), text });
}

function createWatch(): Watch {
  const posted = new Map<string, number>();
  const delays: number[] = [];
  const seen = new Set<unknown>();
  return {
    posted,
    delays,
    came(text) {
      const at = posted.get(String(text));
      if (at === undefined || seen.has(text)) return;
      seen.add(text);
      delays.push(performance.now() - at);
    },
  };
}

function delayRow(what: string, { posted, delays }: Watch): Row {
  const [p50, p99] = [0.5, 0.99].map((share) => Math.ceil(percentile(delays, share))) as [number, number];
  const late = posted.size - delays.length;
  return {
    what,
    budget: `p99 < ${BUDGET_MS} ms`,
    figure: `p50 ${p50} ms, p99 ${p99} ms, ${posted.size} of them${late > 0 ? `, ${late} not within ${WITHIN_MS} ms` : ''}`,
    met: late === 0 && p99 < BUDGET_MS,
  };
}

/** What the process holds in memory. */
function megabytesOf(pid: number): number {
  if (process.platform !== 'linux') return Number.NaN;
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Math.round(Number(kilobytes) / 1024);
}

if (import.meta.main) console.log(formatTable(await measureEventDelay()));
