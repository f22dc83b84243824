import { deepEqual, equal, ok } from 'node:assert/strict';
import { callApi } from '#test/e2e/call-api';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { playIds } from './crm-pushes.ts';
import { connect, playPublic, type Trial } from './spine.ts';

const CHAT = 501;

/** Tries the requests that the two kinds of gateway could treat differently. */
export async function playRequests(trial: Trial): Promise<void> {
  const { url, report } = trial;
  await playPublic(trial);
  const shop = await connect(trial);
  const { webhook, channelId, key } = shop;
  const path = `/v1/chats/${channelId}/telegram/${CHAT}`;

  await report.check('a message with every kind of character arrives byte for byte', async () => {
    const text = 'Grüße, Привет, 你好, 👋🏽 \u0000\u001f\ufeff "\\';
    equal((await postUpdate(webhook, clientText({ chat: CHAT, id: 1, text }))).status, 200);
    await shop.chatAs(CHAT, { unanswered: true });
    equal((await shop.history(CHAT)).messages[0].text, text);
  });
  await report.check('header names in any case, path parameters and a query are read', async () => {
    const response = await fetch(`${url}/v1/chats?view=unanswered&limit=1`, {
      headers: { AUTHORIZATION: `bearer ${key}` },
    });
    equal(response.status, 200);
    const { chats } = (await response.json()) as { chats: unknown[] };
    equal(chats.length, 1);
    equal((await shop.call('GET', path)).status, 200);
    equal((await shop.call('GET', '/v1/chats?limit=0')).status, 400);
    equal((await shop.call('GET', `${path}/`)).status, 200, 'a slash at the end');
  });
  await report.check('the reply leaves, and the chat is answered', async () => {
    const { seenUpTo } = await shop.history(CHAT);
    const body = { channelId, chatType: 'telegram', chatId: String(CHAT), text: 'good day', seenUpTo };
    equal((await shop.call('POST', '/v3/message', body)).status, 201);
    await shop.chatAs(CHAT, { unanswered: false });
    deepEqual(await shop.sent(CHAT, 'good day'), { chat_id: CHAT, text: 'good day' });
  });
  await playIds(shop, report);
  await report.check('errors have a body', async () => {
    const wrong = await callApi(url, 'POST', '/v1/channels', { key, body: {} });
    equal(wrong.status, 400);
    ok(wrong.body.description);
    equal((await postUpdate({ ...webhook, secret: 'wrong' }, {})).status, 401);
  });
}
