import { setTimeout as sleep } from 'node:timers/promises';
import { postText } from './post-text.ts';
import { type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, percentile, type Row } from './table.ts';

const PER_SECOND = 50;
const SECONDS = 20;
/** A process that has just started compiles what it runs. Only the second figure leaves that out. */
const WARM_UP_SECONDS = 5;
const CHATS = 200;
const LOOK_EVERY_MS = 10;
const WITHIN_MS = 10_000;
const BUDGET_MS = 1000;

/**
 * U2: the time from the moment when the messenger begins to post a message until its chat counts it as unanswered, in
 * `npm start` with its own engine and a file. Each message asks for its chat until it is counted, which loads the same
 * machine.
 */
export async function measureDelay(): Promise<Row[]> {
  return withKonvert(async (konvert) => {
    const delays = await writeAll(konvert);
    const p99 = Math.ceil(percentile(delays, 0.99));
    const figures = [
      `p50 ${shownMs(Math.ceil(percentile(delays, 0.5)))}`,
      `p99 ${shownMs(p99)}`,
      `${delays.length} messages`,
    ];
    const warm = Math.ceil(percentile(delays.slice(PER_SECOND * WARM_UP_SECONDS), 0.99));
    return [
      {
        what: `U2: webhook to unanswered, npm start, ${PER_SECOND} messages a second in ${CHATS} chats for ${SECONDS} s`,
        budget: `p99 <= ${BUDGET_MS} ms`,
        figure: `${figures.join(', ')}; without the first ${WARM_UP_SECONDS} s p99 ${shownMs(warm)}`,
        met: p99 <= BUDGET_MS && delays.length === PER_SECOND * SECONDS,
      },
    ];
  });
}

async function writeAll(konvert: StartedKonvert): Promise<number[]> {
  const startedAt = performance.now();
  const messages: Promise<number>[] = [];
  for (let index = 0; index < PER_SECOND * SECONDS; index += 1) {
    await sleep(Math.max(0, startedAt + (index * 1000) / PER_SECOND - performance.now()));
    const message = delayOf(konvert, index);
    // A failure is looked at below. Until then it must not end the process and leave Konvert behind.
    message.catch(() => {});
    messages.push(message);
  }
  return Promise.all(messages);
}

/**
 * The n-th message of a chat has arrived when the chat counts n. An earlier message may be counted later, and the chat
 * never counts more than were sent.
 */
async function delayOf({ url, apiKey, channelId, secret }: StartedKonvert, index: number): Promise<number> {
  const chatId = 1 + (index % CHATS);
  const expected = 1 + Math.floor(index / CHATS);
  const postedAt = performance.now();
  await postText(url, { channelId, secret }, { chatId, id: 1 + index, text: 'Good day! Is the red one in stock?' });
  for (;;) {
    const chat = await get(`${url}/v1/chats/${channelId}/telegram/${chatId}`, apiKey);
    const delay = performance.now() - postedAt;
    if (chat?.unanswered && chat.unansweredCount >= expected) return delay;
    // A machine that is busy with other things shows in the figure; it does not end the bench.
    if (delay > WITHIN_MS) return Number.POSITIVE_INFINITY;
    await sleep(LOOK_EVERY_MS);
  }
}

/** Whole milliseconds, or that it took longer than the bench waits. */
function shownMs(ms: number): string {
  return Number.isFinite(ms) ? `${ms} ms` : `over ${WITHIN_MS} ms`;
}

async function get(url: string, key: string) {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  const chat = (await response.json()) as { unanswered: boolean; unansweredCount: number };
  return response.status === 200 ? chat : undefined;
}

if (import.meta.main) console.log(formatTable(await measureDelay()));
