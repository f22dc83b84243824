import { equal, ok } from 'node:assert/strict';
import { FIRST_KEY } from '#domain/fact';
import { chatKey } from '#domain/message';
import { until } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import type { Engine } from './engine.ts';
import { resourcesOf } from './iam.ts';
import { type Connected, connect, type Trial } from './spine.ts';

/** What runs only when something went wrong, or once a day: called by hand, as its queue or timer would. */
export async function playListeners(engine: Engine, trial: Trial): Promise<void> {
  const { report } = trial;
  const startedAt = Date.now();
  const resources = await resourcesOf(engine);
  const shop = await connect(trial);
  const chat = 1000 + Math.floor(Math.random() * 1e9);
  const address = { channelId: shop.channelId, chatType: 'telegram', chatId: String(chat) };
  const key = chatKey(address);

  const physical = (id: RegExp) => {
    const found = resources.find(({ LogicalResourceId }) => id.test(LogicalResourceId));
    return found?.PhysicalResourceId ?? '';
  };
  const table = (name: string) => physical(new RegExp(`^tables${name}[0-9A-F]{8}$`));
  const invoke = async (name: string, event: object) => {
    const FunctionName = physical(new RegExp(`^${name.replaceAll('-', '')}[0-9A-F]{8}$`));
    const { FunctionError, Payload } = await engine.call('lambda', 'invoke', {
      FunctionName,
      Payload: JSON.stringify(event),
    });
    equal(FunctionError, undefined, String(Payload));
  };
  const forget = () =>
    engine.call('dynamodb', 'delete_item', { TableName: table('chats'), Key: { c: { S: key }, s: { S: '-' } } });
  const isBack = () => shop.chatAs(chat, { unanswered: true });

  await report.check('the messenger asks to wait: the reply leaves later', () => replyLater(trial, shop, chat));
  await report.check('retry-fold folds a chat that was not folded', async () => {
    await postUpdate(shop.webhook, clientText({ chat, id: 2, text: 'again' }));
    await isBack();
    await forget();
    await invoke('retry-fold', { Records: [{ body: JSON.stringify({ chatKey: key, rung: FIRST_KEY }) }] });
    await isBack();
  });
  await report.check('watch-chats finds a chat that nobody folded, and remembers that it ran', async () => {
    const lastRun = async () => {
      const asked = { TableName: table('settings'), Key: { p: { S: 'watchdog' }, s: { S: '-' } } };
      return Number((await engine.call('dynamodb', 'get_item', asked)).Item?.lastGoodRun?.N ?? 0);
    };
    const before = await lastRun();
    await forget();
    // It looks back an hour further than it is told.
    await invoke('watch-chats', { since: new Date(startedAt + 3_600_000 - 5_000).toISOString() });
    await isBack();
    ok((await lastRun()) > before, 'the run was no good one');
  });
  await report.check('sweep-lanes rings a lane that is due', async () => {
    const lane = `reply#${key}`;
    const Item = { l: { S: lane }, e: { S: '-' }, w: { S: 'work' }, nextAt: { N: '1' } };
    await engine.call('dynamodb', 'put_item', { TableName: table('outbox'), Item });
    await invoke('sweep-lanes', {});
  });
  await report.check('fold-chat puts a chat that it cannot fold on the queue', async () => {
    const Key = { c: { S: `${key}-unreadable` }, k: { S: '0000000000001#1' } };
    const TableName = table('messages');
    await engine.call('dynamodb', 'put_item', { TableName, Item: { ...Key, kind: { S: 'unreadable' } } });
    try {
      await invoke('fold-chat', { Records: [{ eventName: 'INSERT', dynamodb: { Keys: Key } }] });
    } finally {
      // Nobody could fold it ever.
      await engine.call('dynamodb', 'delete_item', { TableName, Key });
    }
  });
}

async function replyLater({ bot, withinMs }: Trial, shop: Connected, chat: number): Promise<void> {
  equal((await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'hello' }))).status, 200);
  await shop.chatAs(chat, { unanswered: true });
  const refusal = { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } };
  bot.answerNext('sendMessage', { status: 429, body: refusal });
  const text = `later, ${chat}`;
  const body = { channelId: shop.channelId, chatType: 'telegram', chatId: String(chat), text };
  equal((await shop.call('POST', '/v3/message', body)).status, 201);
  await until(
    'the delivery waits',
    async () => (await shop.call('GET', '/v1/deliveries?state=pending')).body.deliveries?.[0],
    withinMs,
  );
  await shop.sent(chat, text);
}
