import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { connectTelegram } from '#test/e2e/played-telegram';
import { postUpdate } from '#test/e2e/telegram-update';
import { calls, sentIn, spoilt } from '#test/logs/calls';
import { CHAT, leaksIn, MARK, markedUpdates, TOKEN } from '#test/logs/marks';

/** Keeps all requests on this machine, whatever address a call names. */
const NO_WAY_OUT = { NODE_USE_ENV_PROXY: '1', HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: '127.0.0.1,localhost' };

test('no log of the process holds a text, a name, a phone or a secret', async () => {
  const konvert = await startKonvert({
    folder: await makeFolder(),
    port: await freePort(),
    by: 'node',
    env: NO_WAY_OUT,
  });
  const { bot, apiKey: key, channelId, webhook } = await connectTelegram(konvert);
  const { url, folder } = konvert;
  const operatorKey = (await readFile(join(folder, 'operator.key'), 'utf8')).trim();
  const chat = `/v1/chats/${channelId}/telegram/${CHAT}`;
  // A request for a file that is on its way would wait.
  for (const id of fileIdsIn(markedUpdates)) bot.files.set(id, Buffer.from(MARK));
  for (const update of markedUpdates) await postUpdate(webhook, update);
  await until('the chat is there', async () =>
    (await callApi(url, 'GET', chat, { key })).status === 200 ? true : undefined,
  );
  const refusal = { ok: false, error_code: 400, description: `Bad Request: ${MARK} ${TOKEN}` };
  for (let left = 3; left > 0; left -= 1) bot.answerNext('sendMessage', { status: 400, body: refusal });
  bot.answerNext('sendMessage', { status: 502, body: `${MARK} ${TOKEN}` });

  const site = {
    key,
    operatorKey,
    channelId,
    secret: webhook.secret,
    apiBaseUrl: bot.baseUrl,
    seenUpTo: async () => (await callApi(url, 'GET', chat, { key })).body.seenUpTo,
    messageId: async () => sentIn((await callApi(url, 'GET', `${chat}/messages`, { key })).body.messages),
    filePath: async () => {
      const { messages } = (await callApi(url, 'GET', `${chat}/messages`, { key })).body;
      const [file] = messages.flatMap(({ contentUri }: { contentUri?: string }) => contentUri ?? []);
      return new URL(file).pathname;
    },
    deliveryId: async () =>
      (await callApi(url, 'GET', '/v1/deliveries', { key })).body.deliveries?.[0]?.deliveryId ?? MARK,
  };
  for (const { method, path } of routes) {
    for (const call of (await calls[`${method} ${path}`]?.(site)) ?? []) {
      for (const one of spoilt(call)) {
        const body = method === 'GET' || method === 'HEAD' || one.body === undefined ? {} : { body: textOf(one.body) };
        const headers = { authorization: `Bearer ${one.key ?? key}`, ...one.headers };
        await (await fetch(url + one.path, { method, headers, ...body })).arrayBuffer();
      }
    }
  }
  expect(await konvert.stop()).toBe(0);

  const secrets = [key, webhook.secret, TOKEN];
  const names = (await readdir(folder)).filter((name) => name.includes('.log'));
  const logs = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const leaks = (text: string, more: string[] = []) =>
    text.split('\n').filter((line) => leaksIn(line, [...secrets, ...more]).length > 0);
  expect(names).toContain('konvert.log');
  expect(logs.join('\n').split('\n').length).toBeGreaterThan(300);
  expect(leaks(logs.join('\n'), [operatorKey])).toEqual([]);
  // The first start prints the operator key, so it is not looked for here.
  expect(leaks(konvert.output())).toEqual([]);
});

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** The ids of all files in the value. */
function fileIdsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'file_id' ? [String(inner)] : fileIdsIn(inner)));
}
