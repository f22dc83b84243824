import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { connectTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate } from '#test/e2e/telegram-update';

/** How often it comes at once. */
const AT_ONCE = Number(process.env.UPDATES_AT_ONCE ?? 50);

test('U1 an update that comes many times at once, and again after the reply, is one message', async () => {
  const konvert = await startKonvert({ folder: await makeFolder(), port: await freePort(), by: 'node' });
  const { apiKey: key, channelId, webhook } = await connectTelegram(konvert);
  const update = clientText({ chat: 7, id: 1, text: 'hello' });
  const path = `/v1/chats/${channelId}/telegram/7`;
  const history = async () => (await callApi(konvert.url, 'GET', `${path}/messages`, { key })).body;
  const chatWhen = (unanswered: boolean) =>
    until(`unanswered is ${unanswered}`, async () => {
      const { status, body } = await callApi(konvert.url, 'GET', path, { key });
      return status === 200 && body.unanswered === unanswered ? body : undefined;
    });

  const answers = await Promise.all(Array.from({ length: AT_ONCE }, () => postUpdate(webhook, update)));

  expect(answers.map(({ status }) => status)).toEqual(Array(AT_ONCE).fill(200));
  expect((await chatWhen(true)).unansweredCount).toBe(1);
  const { messages, seenUpTo } = await history();
  expect(messages).toHaveLength(1);

  const reply = { channelId, chatType: 'telegram', chatId: '7', text: 'good day', seenUpTo };
  expect((await callApi(konvert.url, 'POST', '/v3/message', { key, body: reply })).status).toBe(201);
  await chatWhen(false);
  expect((await postUpdate(webhook, update)).status).toBe(200);
  // When the next message in the chat is counted, the repeated one has been too.
  expect((await postUpdate(webhook, clientText({ chat: 7, id: 2, text: 'and now?' }))).status).toBe(200);

  expect((await chatWhen(true)).unansweredCount).toBe(1);
  // Telegram's times are whole seconds, so the last two messages may have changed places.
  const texts = (await history()).messages.map(({ text }: { text: string }) => text);
  expect(texts.sort()).toEqual(['and now?', 'good day', 'hello']);
});
