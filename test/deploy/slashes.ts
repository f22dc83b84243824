import { deepEqual, equal } from 'node:assert/strict';
import { clientText, postUpdate } from '#test/e2e/telegram-update';
import { connect, type Trial } from './spine.ts';

/** Tries paths as clients write them that end every one with a slash. Wazzup answers without a redirect. */
export async function playSlashes(trial: Trial): Promise<void> {
  const { url, report } = trial;
  const shop = await connect(trial);
  const { call, channelId, key } = shop;
  const chat = 1000 + Math.floor(Math.random() * 1e9);

  await report.check('a list is the same with a slash behind it', async () => {
    equal((await call('POST', '/v3/users/', [{ id: '17', name: 'Anna' }])).status, 200);
    equal((await call('POST', '/v3/pipelines/', [{ id: '1', name: 'Sales' }])).status, 200);
    for (const list of ['channels', 'users', 'contacts', 'deals', 'pipelines', 'webhooks']) {
      const usual = await call('GET', `/v3/${list}`);
      equal(usual.status, 200, list);
      deepEqual(await call('GET', `/v3/${list}/`), usual, list);
    }
    equal((await call('GET', '/v3/contacts/?offset=-1')).status, 400, 'the query is read');
    deepEqual((await call('GET', '/v3/users/17/')).body.id, '17');
    deepEqual((await call('PATCH', '/v3/users/bulk_delete/', ['17'])).body, []);
  });
  await report.check('a message is sent and changed with a slash behind the path', async () => {
    equal((await postUpdate(shop.webhook, clientText({ chat, id: 1, text: 'hello' }))).status, 200);
    await shop.chatAs(chat, { unanswered: true });
    const text = `good day, ${chat}`;
    const message = { channelId, chatType: 'telegram', chatId: String(chat), text };
    const { status, body } = await call('POST', '/v3/message/', message);
    equal(status, 201, JSON.stringify(body));
    deepEqual(await shop.sent(chat, text), { chat_id: chat, text });
    equal((await call('PATCH', `/v3/message/${body.messageId}/`, { text: 'good evening' })).status, 200);
    const unknown = await call('DELETE', '/v3/message/00000000-0000-4000-8000-000000000000/');
    deepEqual([unknown.status, unknown.body.error], [400, 'MESSAGES_NOT_FOUND']);
  });
  await report.check('a slash is no way round a key, and none makes a route', async () => {
    const asked = (method: string, path: string, bearer = key) =>
      fetch(url + path, { method, redirect: 'error', headers: { authorization: `Bearer ${bearer}` } });
    equal((await asked('GET', '/v3/contacts/', 'another')).status, 401);
    equal((await asked('POST', '/v3/message/', 'another')).status, 401);
    for (const path of ['/v3/nothing', '/v3/nothing/', '/v3/message/a/b/', '/v3/']) {
      const answer = await asked('POST', path);
      equal(answer.status, 404, path);
      deepEqual(await answer.json(), { message: 'Not Found' });
    }
  });
}
