import { randomUUID } from 'node:crypto';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { eachAtOnce } from '#at-once';
import { systemClock } from '#clock';
import { subjectOfChat } from '#domain/event';
import { FIRST_KEY } from '#domain/fact';
import { chatKey } from '#domain/message';
import { timeKey } from '#domain/time-key';
import { createFacts } from '#store/chats/facts';
import { createStoreDeps, tableName } from '#store/dynamo/client';
import { eventLane } from '#store/outbox/lane-names';
import { createLanes } from '#store/outbox/lanes';
import { addition, type NewRow } from '#store/outbox/rows';
import { tables } from '../bin/start/create-konvert.ts';
import { postText } from './post-text.ts';
import type { StartedAccount, StartedKonvert } from './started-konvert.ts';

const HOURS_AGO_MS = 3 * 3_600_000;
const CHATS = 200;
/** The engine commits a transaction once, and each item of a batch by itself. */
const ROWS_AT_ONCE = 100;
const WRITES_AT_ONCE = 2;
const MOST_MS = 60_000;
const MEMO = 50;
const POSTS_AT_ONCE = 8;

/** An event about a message that is stored. */
type Told = Pick<NewRow & { kind: 'event'; what: 'message' }, 'chat' | 'fact' | 'subject'>;

/**
 * Puts events that have been waiting for hours into the lane of an account, as `publish-events` would have put them, and
 * announces the lane. They tell of messages in 200 chats, which are written before the account has a receiver. Answers
 * with how many it put: a slow machine stops after a minute.
 */
export async function putBacklog(
  konvert: StartedKonvert,
  account: StartedAccount,
  uri: string,
  events: number,
): Promise<number> {
  const deps = createStoreDeps({ client: konvert.database, tables, clock: systemClock, newId: randomUUID });
  const facts = createFacts(deps);
  const { accountId, channelId } = account;
  const told: Told[] = [];
  await eachAtOnce(
    Array.from({ length: CHATS }, (_, index) => index + 1),
    POSTS_AT_ONCE,
    async (chatId) => {
      await postText(konvert.url, account, { chatId, id: chatId, text: `Text ${chatId}` });
      const chat = chatKey({ channelId, chatType: 'telegram', chatId: String(chatId) });
      const [fact] = await facts.readFrom(chat, FIRST_KEY);
      told.push({ chat, fact: fact!.key, subject: subjectOfChat(accountId, chat) });
    },
  );
  await account.call('PATCH', '/v3/webhooks', { webhooksUri: uri, subscriptions: { messagesAndStatuses: true } });

  const outbox = tableName(deps, 'outbox');
  const lane = eventLane(accountId);
  const from = Date.now() - HOURS_AGO_MS;
  const eventOf = (index: number): NewRow => ({
    kind: 'event',
    what: 'message',
    lane,
    account: accountId,
    event: timeKey(from + index, `message#${randomUUID()}`),
    storedAt: from + index,
    ...told[index % told.length]!,
  });
  const batches = Array.from({ length: Math.ceil(events / ROWS_AT_ONCE) }, (_, batch) => batch * ROWS_AT_ONCE);
  const memo: string[] = [];
  const until = performance.now() + MOST_MS;
  let put = 0;
  await eachAtOnce(batches, WRITES_AT_ONCE, async (first) => {
    if (performance.now() > until) return;
    const rows = Array.from({ length: Math.min(ROWS_AT_ONCE, events - first) }, (_, index) => eventOf(first + index));
    if (first === 0) memo.push(...rows.slice(0, MEMO).map(({ event }) => event));
    const puts = rows.map((row) => ({ Put: addition(outbox, row, Date.now()) }));
    await konvert.database.send(new TransactWriteCommand({ TransactItems: puts }));
    put += rows.length;
  });
  const [oldest, ...more] = memo as [string, ...string[]];
  await createLanes(deps).announce(lane, [oldest, ...more]);
  return put;
}
