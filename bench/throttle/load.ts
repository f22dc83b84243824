import { setTimeout as sleep } from 'node:timers/promises';
import { COUNTED_MESSAGES } from '#domain/chat';
import { chatKey } from '#domain/message';
import { startEngine } from '#local/engine/engine';
import { isChat, readRow } from '#store/chats/chat-row';
import { queryAll } from '#store/dynamo/pages';
import { type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { tables } from '../../bin/start/create-konvert.ts';
import { record } from '../scale/record.ts';
import { type StartedAccount, type StartedKonvert, withKonvert } from '../started-konvert.ts';
import { formatTable, type Row, rounded } from '../table.ts';
import { SECRET_HEADER, textUpdate } from '../telegram.ts';
import { giveOutInTurn } from '../throughput.ts';
import { LIMITS_OF_A_KEY, type PartitionUse } from './buckets.ts';
import { startProxy, type ThrottlingProxy } from './proxy.ts';

/** The limits are a fiftieth of DynamoDB's, because one machine can do no more: AWS takes fifty times what is seen. */
export const SCALE = 50;
const SECONDS = 10;
const CONNECTIONS = 32;
const RESTS_WITHIN_MS = 240_000;
const LOOK_EVERY_MS = 500;
/** A messenger comes again with what was refused. */
const COMES_AGAIN_MS = 300;

/** What was posted, and how it was answered. */
interface Posted {
  /** The ids of the messages that were taken, by chat. */
  readonly taken: ReadonlyMap<number, readonly number[]>;
  readonly tookMs: readonly number[];
  readonly refused: number;
  readonly seconds: number;
}

/** Posts messages as fast as they are taken. What is refused comes again until it is taken. */
async function post({ url }: StartedKonvert, account: StartedAccount, chatOf: (id: number) => number): Promise<Posted> {
  const taken = new Map<number, number[]>();
  const tookMs: number[] = [];
  let [refused, last] = [0, 0];
  const startedAt = performance.now();
  const endsAt = startedAt + SECONDS * 1000;

  async function connection(): Promise<void> {
    while (performance.now() < endsAt) {
      const id = ++last;
      const chatId = chatOf(id);
      const update = textUpdate({ chatId, id, text: textOf(id), at: Date.now() });
      for (;;) {
        const postedAt = performance.now();
        const { status } = await fetch(`${url}/webhooks/telegram/${account.channelId}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', [SECRET_HEADER]: account.secret },
          body: JSON.stringify(update),
        });
        if (status === 200) {
          tookMs.push(performance.now() - postedAt);
          break;
        }
        if (status < 500) throw new Error(`A webhook was answered with ${status}`);
        refused += 1;
        await sleep(COMES_AGAIN_MS);
      }
      taken.set(chatId, [...(taken.get(chatId) ?? []), id]);
    }
  }

  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return { taken, tookMs, refused, seconds: (performance.now() - startedAt) / 1000 };
}

/** What is played: who writes, and what else has to follow. */
interface Play {
  readonly what: string;
  readonly chatOf: (id: number) => number;
  /** Whether new clients are given out, and so have a contact in the end. */
  readonly givesOut?: boolean;
  /** The receiver of the account's events. */
  readonly receiver?: ReceiverDouble;
}

/** What is wrong: empty once every message is there once, counted in its chat, and all that follows from it is done. */
async function faultsOf(
  { database }: StartedKonvert,
  { channelId }: StartedAccount,
  { taken }: Posted,
  { givesOut, receiver }: Play,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [chatId, ids] of taken) {
    const c = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
    const asked = { KeyConditionExpression: 'c = :c', ExpressionAttributeValues: { ':c': c } };
    const facts = await queryAll(database, { TableName: tables.messages!, ...asked });
    const texts = facts.flatMap(({ content }) => (content as { text?: string } | undefined)?.text ?? []).sort();
    const wanted = ids.map(textOf).sort();
    if (JSON.stringify(texts) !== JSON.stringify(wanted)) faults.push(`${chatId} has ${texts.length}/${wanted.length}`);
    const [item] = (await queryAll(database, { TableName: tables.chats!, ...asked })).filter(({ s }) => s === '-');
    const row = item && readRow(item);
    const count = row && isChat(row) ? row.chat.unansweredCount : 0;
    if (count !== Math.min(ids.length, COUNTED_MESSAGES)) faults.push(`${chatId} counts ${count}/${ids.length}`);
    if (givesOut && !row?.contact) faults.push(`${chatId} has no contact`);
  }
  const told = new Set(receiver?.calls.flatMap(({ body }) => body.messages ?? []).map(({ text }) => text));
  const untold = receiver ? [...taken.values()].flat().filter((id) => !told.has(textOf(id))) : [];
  return [...faults, ...untold.map((id) => `${id} was not told`)];
}

async function untilAtRest(...given: Parameters<typeof faultsOf>): Promise<number> {
  const startedAt = performance.now();
  for (;;) {
    const faults = await faultsOf(...given);
    const ms = performance.now() - startedAt;
    if (faults.length === 0) return ms / 1000;
    if (ms > RESTS_WITHIN_MS) throw new Error(`${faults.length} faults: ${faults.slice(0, 3).join('; ')}`);
    await sleep(LOOK_EVERY_MS);
  }
}

async function play(konvert: StartedKonvert, proxy: ThrottlingProxy, asked: Play): Promise<Row> {
  const account = await konvert.addAccount();
  if (asked.givesOut) await giveOutInTurn(account);
  if (asked.receiver) {
    const subscriptions = { messagesAndStatuses: true };
    await account.call('PATCH', '/v3/webhooks', { webhooksUri: asked.receiver.url, subscriptions });
  }
  proxy.clear();
  const posted = await post(konvert, account, asked.chatOf);
  const rest = await untilAtRest(konvert, account, posted, asked);
  const refusing = proxy.uses().filter(({ refused }) => refused > 0);
  const perSecond = posted.tookMs.length / posted.seconds;
  return {
    what: `${asked.what}, DynamoDB at 1/${SCALE} of its limits, ${SECONDS} s of load`,
    budget: 'nothing lost, nothing double',
    figure: [
      `${posted.tookMs.length} taken, ${rounded(perSecond, 1)} a second (x ${SCALE} = ${rounded(perSecond * SCALE, 0)})`,
      `${posted.refused} answered with 5xx and brought again`,
      `throttled ${placesOf(refusing)}`,
      `every chat right ${rounded(rest, 1)} s later`,
    ].join('; '),
    met: true,
  };
}

/** How often each place refused. */
function placesOf(refusing: readonly PartitionUse[]): string {
  const refusals = new Map<string, number>();
  for (const { place, kind, refused } of refusing) {
    const name = `${place} (${kind})`;
    refusals.set(name, (refusals.get(name) ?? 0) + refused);
  }
  const sorted = [...refusals].toSorted(([, one], [, other]) => other - one).slice(0, 4);
  return sorted.map(([name, times]) => `${times} x ${name}`).join(', ') || 'nothing';
}

function textOf(id: number): string {
  return `Message ${id}`;
}

/** What Konvert takes, and what becomes of it, while DynamoDB throttles. */
export async function measureThrottled(): Promise<Row[]> {
  const engine = await startEngine();
  const limits = {
    writesPerSecond: LIMITS_OF_A_KEY.writesPerSecond / SCALE,
    readsPerSecond: LIMITS_OF_A_KEY.readsPerSecond / SCALE,
  };
  const proxy = await startProxy(engine.endpoint, limits);
  const receiver = await startReceiver();
  const plays: readonly Play[] = [
    { what: 'one chat', chatOf: () => 1 },
    { what: 'one channel, each message a new chat in its pool', chatOf: (id) => id },
    { what: 'one dispenser, each message a new client', chatOf: (id) => id, givesOut: true },
    { what: 'one receiver, 50 chats', chatOf: (id) => 1 + (id % 50), receiver },
  ];
  const rows: Row[] = [];
  try {
    await withKonvert(
      async (konvert) => {
        for (const one of plays) {
          rows.push(await play(konvert, proxy, one));
          console.log(rows.at(-1)?.figure);
        }
      },
      undefined,
      { endpoint: proxy.endpoint, direct: engine.endpoint },
    );
    return rows;
  } finally {
    await receiver.stop();
    await proxy.stop();
    await engine.stop();
  }
}

if (import.meta.main) {
  const throttled = await measureThrottled();
  record({ throttled });
  console.log(formatTable(throttled));
}
