import { setTimeout as sleep } from 'node:timers/promises';
import { answer, startReceiver } from '#test/calls/receiver-double';
import { putBacklog } from './event-backlog.ts';
import { postText } from './post-text.ts';
import { type StartedKonvert, withKonvert } from './started-konvert.ts';
import { formatTable, type Row, rounded } from './table.ts';

const EVENTS = 2_000;
const ROUND_TRIPS_MS = [0, 50];
/** So soon after its announcement, a lane counts as rung. */
const RUNG_WITHIN_MS = 1_000;
const WITHIN_MS = 60_000;

/** How fast what waited for hours leaves through one lane, when its receiver is back. */
export async function measureEventDrain(): Promise<Row[]> {
  return withKonvert(async (konvert) => {
    const rows: Row[] = [];
    for (const ms of ROUND_TRIPS_MS) rows.push(await drain(konvert, ms));
    return rows;
  });
}

async function drain(konvert: StartedKonvert, delayMs: number): Promise<Row> {
  const receiver = await startReceiver();
  try {
    const account = await konvert.addAccount();
    receiver.rule = () => ({ ...answer(200), delayMs });
    const waiting = await putBacklog(konvert, account, receiver.url, EVENTS);
    const probes = receiver.calls.length;
    const left = () => waiting - receiver.calls.slice(probes).reduce((sum, { body }) => sum + body.messages.length, 0);
    await sleep(RUNG_WITHIN_MS);
    const startedAt = performance.now();
    // Its event rings the lane, and waits behind all others.
    await postText(konvert.url, account, { chatId: 1, id: EVENTS, text: 'Are you there again?' });
    while (left() > 0 && performance.now() - startedAt < WITHIN_MS) await sleep(10);
    const seconds = (performance.now() - startedAt) / 1000;
    const events = waiting - Math.max(0, left());
    return {
      what: `a receiver is back after hours: events of one lane, npm start, its answer takes ${delayMs} ms`,
      budget: '',
      figure: `${rounded(events / seconds, 0)} a second, ${events} events in ${receiver.calls.length - probes} calls`,
    };
  } finally {
    await receiver.stop();
  }
}

if (import.meta.main) console.log(formatTable(await measureEventDrain()));
