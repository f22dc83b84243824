import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { DATA_VERSION } from '#store/accounts/data-version';
import { type BotApiDouble, startBotApi } from '#test/channels/telegram/bot-api-double';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runCommand, runKonvert, startKonvert } from '#test/e2e/konvert-process';
import { makeAccount } from '#test/e2e/played-telegram';
import { clientText } from '#test/e2e/telegram-update';
import { type Answer, askAgain, comparable } from '#test/upgrade/answers';
import type { Company } from '#test/upgrade/make/company';
import { CHATS } from '#test/upgrade/make/cut-short';
import { startEngine } from '#test/upgrade/make/engine';

const PREVIOUS = join(import.meta.dirname, 'v0.1.0');
const repository = join(import.meta.dirname, '../..');

const accounts: Readonly<Record<'demo' | 'shop' | 'cut', Company>> = readJson('accounts.json');
const answers: Readonly<Record<'demo' | 'shop', readonly Answer[]>> = readJson('answers.json');

function readJson(name: string) {
  return JSON.parse(readFileSync(join(PREVIOUS, name), 'utf8'));
}

/** Starts this version on the data folder of the previous one. */
async function startUpgraded() {
  const folder = await makeFolder();
  execFileSync('tar', ['-xzf', join(PREVIOUS, 'data-folder.tar.gz'), '--no-same-owner', '-C', folder]);
  const bot = await startDouble();
  const env = { KONVERT_DEMO: 'on', KONVERT_TELEGRAM_API: bot.baseUrl };
  return { bot, konvert: await startKonvert({ folder, port: await freePort(), env }) };
}

async function startDouble(): Promise<BotApiDouble> {
  const double = await startBotApi();
  onTestFinished(() => double.stop());
  return double;
}

// biome-ignore lint/suspicious/noExplicitAny: tests look into any answer
type Row = Readonly<Record<string, any>>;

/** Calls as the company's CRM. Any answer but 2xx fails the test. */
function callsOf(url: string, { apiKey: key }: Company) {
  return async (method: string, path: string, body?: unknown): Promise<Row> => {
    const answer = await callApi(url, method, path, { key, body });
    expect(answer.status, `${method} ${path}: ${JSON.stringify(answer.body)}`).toBeLessThan(300);
    return answer.body;
  };
}

/** The message that was sent, once there is one. */
function sentBy({ calls }: BotApiDouble) {
  return until('it leaves', async () => calls.find(({ method }) => method === 'sendMessage')?.body);
}

test('every answer of the previous version is still the same', async () => {
  const { konvert } = await startUpgraded();

  for (const company of ['demo', 'shop'] as const) {
    const now = await askAgain(konvert.url, accounts[company].apiKey, answers[company]);
    for (const [index, before] of answers[company].entries()) {
      const { as = 'the CRM', path } = before;
      expect(comparable(now[index]!), `${company}, GET ${path} by ${as}`).toEqual(comparable(before));
    }
  }
});

test('the demo of the previous version goes on, and what had failed can be sent again', async () => {
  const { konvert } = await startUpgraded();
  const { folder, url } = konvert;
  const call = callsOf(url, accounts.demo);
  const failures = async (): Promise<Row[]> => (await call('GET', '/v1/deliveries')).deliveries;
  const command = (...words: string[]) => runCommand({ folder }, 'demo', ...words, '--client', 'carol');

  expect((await command('write', 'Me again')).code).toBe(0);
  expect((await command('reply', 'Good to hear', '--as', 'maria')).output).toContain(
    'The client has it in the messenger.',
  );

  const failed = (await failures()).find(({ lastError }) => lastError.code === '400')!;
  await call('POST', `/v1/deliveries/${failed.deliveryId}/retry`);
  await until('it was sent, and refused, once more', async () =>
    (await failures()).find(
      ({ deliveryId, attempts }) => deliveryId === failed.deliveryId && attempts > failed.attempts,
    ),
  );
});

test('the bot of the previous version is fetched, its keys work, and its seenUpTo has to be read anew', async () => {
  const { bot, konvert } = await startUpgraded();
  const call = callsOf(konvert.url, accounts.shop);
  const path = `/v1/chats/${accounts.shop.channelId}/telegram/7007`;
  const untilWaiting = (count: number) =>
    until(`${count} wait`, async () => (await call('GET', path)).unansweredCount === count || undefined);
  const { seenUpTo: unsigned, messages } = answerOf(`${path}/messages?limit=10`);
  const { seenUpTo } = await call('GET', `${path}/messages?limit=10`);

  bot.push(clientText({ chat: 7007, id: 900, text: 'After the upgrade' }));
  await untilWaiting(messages.length + 1);
  const reply = { channelId: accounts.shop.channelId, chatType: 'telegram', chatId: '7007', text: 'To the older ones' };
  const refused = await callApi(konvert.url, 'POST', '/v3/message', {
    key: accounts.shop.apiKey,
    body: { ...reply, seenUpTo: unsigned },
  });
  expect(refused).toMatchObject({ status: 400, body: { error: 'INVALID_MESSAGE_DATA' } });
  await call('POST', '/v3/message', { ...reply, seenUpTo });
  await untilWaiting(1);
  expect(await sentBy(bot)).toMatchObject({ chat_id: 7007, text: reply.text });

  expect(await makeAccount(konvert)).toMatch(/^\w+$/);
});

/** The answer of the previous version to a GET of the shop. */
function answerOf(wanted: string): Row {
  return answers.shop.find(({ path, as }) => path === wanted && as === undefined)?.body as Row;
}

test('what a kill cut short goes on: bells of each kind are followed; and no older version goes on with it then', async () => {
  const startedAt = Date.now();
  const { konvert } = await startUpgraded();
  const call = callsOf(konvert.url, accounts.cut);
  const { channelId } = accounts.cut;
  const list = async (path: string, name: string): Promise<Row[]> => (await call('GET', path))[name];
  const chats = () => list('/v1/chats', 'chats');

  await until('every chat is there and waits', async () => {
    const found = await chats();
    return (found.length === 5 && found.every(({ unansweredCount }) => unansweredCount === 1)) || undefined;
  });
  await until(
    'the clients are given out',
    async () => (await list('/v1/assignments', 'assignments')).length === 4 || undefined,
  );
  const rules = (await list('/v1/assignments', 'assignments')).map(({ chatId, rule, userId }) => [
    chatId,
    rule,
    userId,
  ]);
  expect(rules.sort()).toEqual([
    [String(CHATS.pooled), 'waiting', 'anna'],
    [String(CHATS.unfolded), 'round-robin', 'anna'],
    [String(CHATS.failedFold), 'round-robin', 'anna'],
    [String(CHATS.unkept), 'round-robin', 'anna'],
  ]);
  for (const chat of await chats()) {
    expect(chat).toMatchObject({ responsibleUserId: 'anna', contactId: expect.any(String) });
  }

  // The reply had waited for more than a day.
  const failed = await until('the reply has failed', async () => (await list('/v1/deliveries', 'deliveries'))[0]);
  const target = `${channelId}#telegram#${CHATS.waitingReply}`;
  expect(failed).toMatchObject({ target, lastError: { code: 'GIVEN_UP' } });
  const double = await startDouble();
  const credentials = { botToken: '6300000001:made-up-token-of-a-bot', apiBaseUrl: double.baseUrl };
  await call('PATCH', `/v1/channels/${channelId}`, { credentials });
  await call('POST', `/v1/deliveries/${failed.deliveryId}/retry`);
  expect(await sentBy(double)).toMatchObject({ chat_id: CHATS.waitingReply, text: 'It is.' });
  await until('its chat is answered', async () => (await chats()).filter(({ unanswered }) => !unanswered)[0]);

  expect(await konvert.stop()).toBe(0);
  const engine = await startEngine(repository, join(konvert.folder, 'konvert.db'));
  onTestFinished(() => engine.stop());
  const bells = await engine.items('konvert-bells');
  expect(bells.filter(({ s }) => Number.parseInt(s!.S!, 10) < startedAt)).toEqual([]);

  // The next one would be an older Konvert than the data.
  const noted = { p: { S: 'installation' }, s: { S: 'data' } };
  expect(await engine.items('konvert-settings')).toContainEqual({ ...noted, v: { N: `${DATA_VERSION}` } });
  await engine.put('konvert-settings', { ...noted, v: { N: `${DATA_VERSION + 1}` } });
  await engine.stop();
  const { code, output } = await runKonvert({ folder: konvert.folder, port: await freePort(), by: 'node' });
  expect(code).toBe(1);
  expect(output).toContain('Konvert did not start. A newer Konvert has written this data (data version');
  expect(output).not.toContain('    at ');
});
