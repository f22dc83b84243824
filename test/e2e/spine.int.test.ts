import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { routes } from '#lib/routes';
import { startEngine } from '#local/engine/engine';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runKonvert, startKonvert } from '#test/e2e/konvert-process';
import { deployed, needsThisMachine } from '#test/e2e/place';
import { connectTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate } from '#test/e2e/telegram-update';

async function startFresh() {
  const options = { folder: await makeFolder(), port: await freePort() };
  return { options, konvert: await startKonvert(options) };
}

test('a message comes in and waits, its reply leaves, and a restart keeps everything', async () => {
  const { options, konvert } = await startFresh();
  const { bot, apiKey: key, channelId, webhook } = await connectTelegram(konvert);
  const { url } = konvert;
  const path = `/v1/chats/${channelId}/telegram/501`;
  const chatAs = (unanswered: boolean) =>
    until(`the chat is ${unanswered ? '' : 'not '}unanswered`, async () => {
      const { body } = await callApi(url, 'GET', '/v1/chats', { key });
      return body.chats.find((chat: { unanswered: boolean }) => chat.unanswered === unanswered);
    });
  const history = async () => (await callApi(url, 'GET', `${path}/messages`, { key })).body;
  const answerWith = (body: object) => callApi(url, 'PUT', `${path}/no-reply-needed`, { key, body });

  expect(webhook.url).toBe(`${url}/webhooks/telegram/${channelId}`);
  expect(await postUpdate({ ...webhook, secret: 'wrong' }, clientText({ chat: 501, id: 1, text: 'hello' }))).toEqual({
    status: 401,
  });
  const elsewhere = { ...webhook, url: `${url}/webhooks/telegram/00000000-0000-4000-8000-000000000000` };
  expect((await postUpdate(elsewhere, clientText({ chat: 501, id: 1, text: 'hello' }))).status).toBe(404);
  expect((await callApi(url, 'GET', '/v1/chats', { key })).body.chats).toEqual([]);

  const postedAt = performance.now();
  expect((await postUpdate(webhook, clientText({ chat: 501, id: 1, text: 'hello' }))).status).toBe(200);
  const waiting = await chatAs(true);
  console.log(
    `ready in ${konvert.readyMs.toFixed(0)} ms, unanswered ${(performance.now() - postedAt).toFixed(0)} ms after the post`,
  );
  expect(waiting).toMatchObject({ channelId, chatId: '501', name: 'Client 501', unansweredCount: 1, preview: 'hello' });

  const { seenUpTo } = await history();
  const reply = { channelId, chatType: 'telegram', chatId: '501', text: 'good day', seenUpTo };
  expect((await callApi(url, 'POST', '/v3/message', { key, body: reply })).status).toBe(201);
  await chatAs(false);
  const sent = await until('the messenger got it', async () =>
    bot.calls.find(({ method }) => method === 'sendMessage'),
  );
  expect(sent.body).toEqual({ chat_id: 501, text: 'good day' });
  await until('the reply is sent', async () => (await history()).messages.at(-1).status === 'sent' || undefined);

  await postUpdate(webhook, clientText({ chat: 501, id: 2, text: 'thanks' }));
  await chatAs(true);
  const quiet = await answerWith({ noReplyNeeded: true, seenUpTo: (await history()).seenUpTo, reason: 'only thanks' });
  expect(quiet.body).toMatchObject({ unanswered: false, noReplyNeeded: { reason: 'only thanks' } });
  const again = await answerWith({ noReplyNeeded: false });
  expect(again.body).toMatchObject({ unanswered: true, unansweredCount: 1, noReplyNeeded: null });

  // A deployed Konvert is not restarted.
  if (deployed) return;
  const before = (await callApi(url, 'GET', '/v1/chats', { key })).body.chats;
  const historyBefore = (await history()).messages;
  expect(await konvert.stop()).toBe(0);
  await startKonvert(options);
  const after = (await callApi(url, 'GET', '/v1/chats', { key })).body.chats;
  // Looking at it once more is a version more.
  const withoutToken = ({ seenUpTo: _, version: _version, ...chat }: Record<string, unknown>) => chat;
  expect(after.map(withoutToken)).toEqual(before.map(withoutToken));
  expect((await history()).messages).toEqual(historyBefore);
  expect((await postUpdate(webhook, clientText({ chat: 501, id: 3, text: 'still there?' }))).status).toBe(200);
  await until('the second waits too', async () => (await chatAs(true)).unansweredCount === 2 || undefined);
  expect(bot.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
});

test('public routes need no key, and unknown routes are a 404', async () => {
  needsThisMachine('a gateway answers unknown routes and large bodies itself');
  const { konvert } = await startFresh();
  const { url } = konvert;

  const { paths } = (await callApi(url, 'GET', '/openapi.json')).body;
  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(named.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  expect((await callApi(url, 'GET', '/healthz/')).status).toBe(200);
  const nothing = { status: 404, body: { error: 'NOT_FOUND', description: 'There is no such route' } };
  expect(await callApi(url, 'POST', '/healthz')).toEqual(nothing);
  expect(await callApi(url, 'GET', '/v3/message')).toEqual(nothing);
  expect(await callApi(url, 'GET', '/nowhere')).toEqual(nothing);
  expect(await callApi(url, 'GET', '/v1/chats//telegram/1')).toEqual(nothing);
  expect((await callApi(url, 'GET', '/v1/chats/%E0%A4%A/telegram/1')).body.error).toBe('INVALID_REQUEST');
  expect((await callApi(url, 'GET', '/v1/chats')).status).toBe(401);
  const large = await callApi(url, 'POST', '/v3/message', { body: { text: 'x'.repeat(11 * 1024 * 1024) } });
  expect(large).toMatchObject({ status: 413, body: { error: 'TOO_LARGE' } });
  expect((await callApi(url, 'GET', '/healthz')).status).toBe(200);
  expect(konvert.output()).toContain(url);
  expect(konvert.output()).not.toContain('demo write');
});

test('a port in use, a folder in use and a wrong setting are each an error of one line', async () => {
  needsThisMachine('ports and folders');
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  const { options } = await startFresh();

  const taken = await runKonvert({ folder: await makeFolder(), port });
  const held = await runKonvert({ ...options, port: await freePort() });
  const wrong = await runKonvert({ ...options, env: { KONVERT_PUBLIC_URL: 'konvert.example.com' } });

  expect(taken.code).toBe(1);
  expect(taken.output).toContain(`Port ${port} on 127.0.0.1 is taken; set PORT`);
  expect(held.code).toBe(1);
  expect(held.output).toContain(`${options.folder} is in use by process`);
  expect(wrong.code).toBe(1);
  expect(wrong.output).toContain('KONVERT_PUBLIC_URL has to be an address');
  expect(taken.output + held.output + wrong.output).not.toContain('    at ');
});

test('Konvert ends when its database dies, and says so', async () => {
  needsThisMachine('its database is killed');
  const { konvert } = await startFresh();
  process.kill(Number(await readFile(join(konvert.folder, 'engine.pid'), 'utf8')), 'SIGKILL');

  expect(await konvert.exited).toBe(1);
  expect(konvert.output()).toContain('The database ended (SIGKILL');
});

test('another engine can be used, and is left running', async () => {
  needsThisMachine('an engine beside it');
  const engine = await startEngine();
  onTestFinished(() => engine.stop());
  const env = { DYNAMODB_ENDPOINT: engine.endpoint };
  const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort(), env });
  const { apiKey: key, webhook } = await connectTelegram(konvert);

  expect((await postUpdate(webhook, clientText({ chat: 1, id: 1, text: 'hello' }))).status).toBe(200);
  await until('the chat is listed', async () => {
    return (await callApi(konvert.url, 'GET', '/v1/chats', { key })).body.chats[0];
  });

  expect(await konvert.stop()).toBe(0);
  expect((await fetch(engine.endpoint)).status).toBe(200);
});
