import { afterAll, beforeAll, expect, test } from 'vitest';
import { callApi, until } from '#test/e2e/call-api';
import { OPERATOR_KEY, openShop, type Shop } from '#test/wazzup/shop';
import { BOT_TOKEN, textUpdate } from '#test/world';

const MINUTE_MS = 60_000;
let shop: Shop;
let url: string;
let key: string;
let channelId: string;

beforeAll(async () => {
  shop = await openShop();
  url = `http://127.0.0.1:${shop.port}`;
  const account = await callApi(url, 'POST', '/v1/accounts', { key: OPERATOR_KEY, body: { name: 'Shop' } });
  key = account.body.apiKey;
  const body = {
    transport: 'telegram',
    name: 'Bot',
    credentials: { botToken: BOT_TOKEN, apiBaseUrl: shop.bot.baseUrl },
  };
  channelId = (await call('POST', '/v1/channels', body)).channelId;
  await call(
    'POST',
    '/v3/users',
    ['anna', 'boris'].map((id) => ({ id, name: id })),
  );
  await call('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
  const waiting = {
    returnAfterMinutes: 2,
    returnsAtMost: 3,
    then: 'pool',
    tellHeadsAfterMinutes: null,
    awayAfterReturns: 0,
    outsideHours: 'give',
  };
  await call('PUT', `/v1/settings/channels/${channelId}`, {
    newClients: { mode: 'round-robin', pipelineId: '1', stageId: '10' },
    userRoles: ['anna', 'boris'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true })),
    waiting,
  });
});

afterAll(() => shop?.stop());

async function call(method: string, path: string, body?: unknown, userId?: string) {
  const answer = await callApi(url, method, path, { key, body, userId });
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function write(chatId: number) {
  const { body } = shop.bot.calls.findLast(({ method }) => method === 'setWebhook')!;
  const { secret_token: secret } = body as { secret_token: string };
  const { status } = await fetch(`${url}/webhooks/telegram/${channelId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': secret },
    body: JSON.stringify(textUpdate(chatId, 'Is anybody there?', chatId, Date.now())),
  });
  expect(status).toBe(200);
}

const chatOf = (chatId: number) => callApi(url, 'GET', `/v1/chats/${channelId}/telegram/${chatId}`, { key });

/** Waits until the chat is so. Sweeps run as the minutes pass. */
function untilChat(chatId: number, what: string, is: (chat: Record<string, unknown>) => boolean) {
  return until(what, async () => {
    const { status, body } = await chatOf(chatId);
    return status === 200 && is(body) ? body : undefined;
  });
}

test('npm start: who is responsible is warned, then the next has the client; a reply in the last second stops it', async () => {
  await write(1);
  await untilChat(1, 'anna has the client', ({ responsibleUserId }) => responsibleUserId === 'anna');
  await shop.pass(1.5 * MINUTE_MS);
  await untilChat(1, 'anna is warned', ({ leavesAt }) => leavesAt !== undefined);
  await shop.pass(MINUTE_MS);
  await untilChat(1, 'boris has the client', ({ responsibleUserId }) => responsibleUserId === 'boris');
  const { assignments } = await call('GET', `/v1/assignments?channelId=${channelId}&chatType=telegram&chatId=1`);
  expect(assignments.map(({ userId, rule }: Record<string, unknown>) => [userId, rule])).toEqual([
    ['boris', 'returned'],
    ['anna', 'round-robin'],
  ]);

  await shop.pass(1.5 * MINUTE_MS);
  await untilChat(1, 'boris is warned', ({ leavesAt }) => leavesAt !== undefined);
  await call('POST', '/v3/message', { channelId, chatType: 'telegram', chatId: '1', text: 'Here I am' }, 'boris');
  await untilChat(1, 'the client is answered', ({ unanswered }) => unanswered === false);
  for (let minute = 0; minute < 4; minute += 1) await shop.pass(MINUTE_MS);
  expect((await chatOf(1)).body).toMatchObject({ responsibleUserId: 'boris', unanswered: false });
});
