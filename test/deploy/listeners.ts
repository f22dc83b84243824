import { deepEqual, equal, ok } from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { END_OF_KEYS, FIRST_KEY, factKey, idOfKey } from '#domain/fact';
import { chatKey } from '#domain/message';
import { createFacts } from '#store/chats/facts';
import { outcomeKey } from '#store/chats/outcome-item';
import { replyLane } from '#store/outbox/lane-names';
import { until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Hands } from './hands.ts';
import { type Connected, connect, type Trial } from './spine.ts';

/** Hands, with the channel and the trial. */
interface Played extends Hands {
  readonly trial: Trial;
  readonly shop: Connected;
}

const ASKED_TO_WAIT = {
  status: 429,
  body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } },
};

/** Tries listeners that run only after failures or once a day. They are called as their queue or timer would. */
export async function playListeners(hands: Hands, trial: Trial): Promise<void> {
  const { report } = trial;
  const startedAt = Date.now();
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const address = { channelId: shop.channelId, chatType: 'telegram', chatId: String(chat) };
  const key = chatKey(address);

  const { invoke, dynamodb } = hands;
  const forget = () => dynamodb('delete_item', 'chats', { Key: { c: { S: key }, s: { S: '-' } } });
  const isBack = () => shop.chatAs(chat, { unanswered: true });
  const all = { ...hands, trial, shop };

  await report.check('a reply leaves later if the messenger asks to wait', () => replyLater(trial, shop, chat));
  await report.check('deliver-message sends nothing twice that an earlier holder has sent', () => arrived(all, key));
  await report.check('deliver-message succeeds when it is asked to wait, and rings later', () => ringLater(all, key));
  await playLowering(all, { ...address, chatId: String(chat + 1) });
  await report.check('retry-fold folds a chat that was not folded', async () => {
    await postUpdate(shop.webhook, clientText({ chat, id: 2, text: 'again' }));
    await isBack();
    await forget();
    await invoke('retry-fold', { Records: [{ body: JSON.stringify({ chatKey: key, rung: FIRST_KEY }) }] });
    await isBack();
  });
  await report.check('watch-chats finds a chat that was not folded, and remembers that it ran', async () => {
    const lastRun = async () => {
      const Key = { p: { S: 'watchdog' }, s: { S: '-' } };
      return Number((await dynamodb('get_item', 'accounts', { Key })).Item?.lastGoodRun?.N ?? 0);
    };
    const before = await lastRun();
    await forget();
    // It reads from an hour before the given time on.
    await invoke('watch-chats', { since: new Date(startedAt + 3_600_000 - 5_000).toISOString() });
    await isBack();
    // A run that was told to begin later proves nothing about what lies before.
    await invoke('watch-chats', {});
    ok((await lastRun()) > before, 'the run was no good one');
  });
  await report.check('sweep-lanes rings a lane that is due', async () => {
    const lane = `reply#${key}`;
    const Item = { l: { S: lane }, e: { S: '-' }, w: { S: 'work' }, nextAt: { N: '1' } };
    await dynamodb('put_item', 'outbox', { Item });
    await invoke('sweep-lanes', {});
  });
  await report.check('fold-chat puts a chat that it cannot fold on the queue', async () => {
    const Key = { c: { S: `${key}-unreadable` }, k: { S: '0000000000001#1' } };
    await dynamodb('put_item', 'messages', { Item: { ...Key, kind: { S: 'unreadable' } } });
    try {
      await invoke('fold-chat', { Records: [{ eventName: 'INSERT', dynamodb: { Keys: Key } }] });
    } finally {
      // This fact could never be folded.
      await dynamodb('delete_item', 'messages', { Key });
    }
  });
}

async function replyLater({ bot }: Trial, shop: Connected, chat: number): Promise<void> {
  equal((await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'hello' }))).status, 200);
  await shop.chatAs(chat, { unanswered: true });
  bot.answerNext('sendMessage', ASKED_TO_WAIT);
  const text = `later, ${chat}`;
  const body = { channelId: shop.channelId, chatType: 'telegram', chatId: String(chat), text };
  equal((await shop.call('POST', '/v3/message', body)).status, 201);
  await shop.sent(chat, text);
  equal(bot.calls.filter((one) => (one.body as { text?: string }).text === text).length, 2, 'it was asked to wait');
}

/** Checks a lane with a holder that died between the record of a success and letting the lane go. */
async function arrived(hands: Played, key: string): Promise<void> {
  const { bot } = hands.trial;
  const sends = () => bot.calls.filter(({ method }) => method === 'sendMessage').length;
  await sentReply(hands, key);
  const before = sends();
  await putLane(hands, key, { token: { S: 'dead' }, leaseUntil: { N: '1' } });
  await hands.invoke('deliver-message', { Records: [{ body: replyLane(key) }] });
  equal((await hands.dynamodb('get_item', 'outbox', { Key: laneOf(key) })).Item, undefined, 'the lane was not let go');
  equal(sends(), before, 'it was sent again');
}

/** Calls the function directly, because after a failure SQS would ring again, and the reply would leave anyway. */
async function ringLater(hands: Played, key: string): Promise<void> {
  const { bot } = hands.trial;
  const reply = await sentReply(hands, key);
  const before = bot.calls.length;
  bot.answerNext('sendMessage', ASKED_TO_WAIT);
  // A reply without an outcome has to leave. A removal rings nothing.
  await hands.dynamodb('delete_item', 'messages', { Key: { c: { S: key }, k: { S: outcomeKey(idOfKey(reply)) } } });
  await putLane(hands, key);
  await hands.invoke('deliver-message', { Records: [{ body: replyLane(key) }] });
  equal(await sentReply(hands, key), reply);
  deepEqual(
    bot.calls.slice(before).map(({ method }) => method),
    ['sendMessage', 'sendMessage'],
  );
}

/** The key of the chat's only reply, once it is known what became of it. */
function sentReply({ trial, dynamodb }: Played, key: string): Promise<string> {
  const asked = { KeyConditionExpression: 'c = :chat', ExpressionAttributeValues: { ':chat': { S: key } } };
  return until(
    'the reply was sent',
    async () => {
      const { Items } = await dynamodb('query', 'messages', { ...asked, ConsistentRead: true });
      const [reply, ...others] = Items.filter(({ kind }: { kind?: { S: string } }) => kind?.S === 'reply');
      equal(others.length, 0, 'the chat has other replies');
      const sort = reply?.k.S as string | undefined;
      const outcome = sort && outcomeKey(idOfKey(sort));
      return Items.some(({ k, status }: Record<string, { S: string }>) => k?.S === outcome && status?.S === 'sent')
        ? sort
        : undefined;
    },
    trial.withinMs,
  );
}

function laneOf(key: string) {
  return { l: { S: replyLane(key) }, e: { S: '-' } };
}

/** Puts a lane that is due, as if something waited in it. */
async function putLane({ dynamodb }: Played, key: string, held: Record<string, unknown> = {}): Promise<void> {
  const due = { w: { S: 'work' }, nextAt: { N: '1' }, from: { S: FIRST_KEY } };
  await dynamodb('put_item', 'outbox', { Item: { ...laneOf(key), ...due, ...held } });
}

/**
 * Checks a reply to a chat that was shown as answered. It covers a message that is open again since, because the answer
 * to that was refused. A fold that reads both stores in the reply from where to read if the reply is refused too.
 */
async function playLowering(hands: Played, address: { channelId: string; chatType: string; chatId: string }) {
  const { shop, trial, invoke, dynamodb } = hands;
  const { report } = trial;
  const key = chatKey(address);
  await report.check('fold-chat lowers the place from where a reply covers', async () => {
    await replyUnaware(hands, address);
    await shop.chatAs(Number(address.chatId), { unanswered: false });
    await lowered(hands, key);
  });
  await report.check('retry-fold lowers it too', async () => {
    const { reply } = await lowered(hands, key);
    await dynamodb('update_item', 'messages', {
      Key: { c: { S: key }, k: { S: reply } },
      // This rings fold-chat, which reads the answered chat from the reply on and does not meet the message.
      UpdateExpression: 'SET covers.#from = :end',
      ExpressionAttributeNames: { '#from': 'from' },
      ExpressionAttributeValues: { ':end': { S: END_OF_KEYS } },
    });
    await invoke('retry-fold', { Records: [{ body: JSON.stringify({ chatKey: key, rung: FIRST_KEY }) }] });
    await lowered(hands, key);
  });
}

/** Stores the reply as a request would. No caller can make a `seenUpTo` that begins at the end. */
async function replyUnaware({ shop, store }: Played, address: { channelId: string; chatType: string; chatId: string }) {
  const chat = Number(address.chatId);
  equal((await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'hello' }))).status, 200);
  await shop.chatAs(chat, { unanswered: true });
  const key = factKey(Date.now(), randomUUID());
  const outcome = await createFacts(store).put(chatKey(address), {
    kind: 'reply',
    key,
    author: {},
    content: { type: 'text', text: `unaware, ${chat}` },
    attempt: 1,
    covers: { from: END_OF_KEYS, low: FIRST_KEY, upTo: key, at: Date.now(), ids: [] },
  });
  equal(outcome, 'stored');
}

/** The reply of the chat, once it covers from the only message on. */
function lowered({ trial, dynamodb }: Played, key: string): Promise<{ reply: string }> {
  return until(
    'the reply covers from the message on',
    async () => {
      const { Items } = await dynamodb('query', 'messages', {
        KeyConditionExpression: 'c = :chat AND k < :end',
        ExpressionAttributeValues: { ':chat': { S: key }, ':end': { S: END_OF_KEYS } },
        ConsistentRead: true,
      });
      const [message, reply] = Items;
      return reply?.covers.M.from.S === message.k.S ? { reply: reply.k.S as string } : undefined;
    },
    trial.withinMs,
  );
}
