// A stranger's first program: an account, a channel, a client who writes, and the answer to them.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createKonvertClient, dataOf, KonvertError } from '@konvert/client';

const { KONVERT: baseUrl, OPERATOR_KEY, BOT_TOKEN, MESSENGER } = process.env;

const operator = createKonvertClient({ baseUrl, apiKey: OPERATOR_KEY });
const { apiKey } = await dataOf(operator.POST('/v1/accounts', { body: { name: 'Doors & More' } }));

const konvert = createKonvertClient({ baseUrl, apiKey });
const credentials = { botToken: BOT_TOKEN, apiBaseUrl: MESSENGER };
const channel = await dataOf(
  konvert.POST('/v1/channels', { body: { transport: 'telegram', name: 'Our bot', credentials } }),
);
assert.equal(channel.state, 'active');

await fetch(`${MESSENGER}/write`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ client: 'bob', text: 'Is it red?' }),
});
const chat = await until(async () => (await dataOf(konvert.GET('/v1/chats'))).chats[0]);
assert.deepEqual([chat.preview, chat.unanswered], ['Is it red?', true]);

const { channelId, chatType, chatId, seenUpTo } = chat;
const reply = { channelId, chatType, chatId, text: 'It is, from JavaScript.', seenUpTo };
await dataOf(konvert.POST('/v3/message', { body: reply }));
const path = { channelId, chatType, chatId };
const { messages } = await dataOf(
  konvert.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', { params: { path } }),
);
assert.deepEqual(
  messages.map(({ text }) => text),
  ['Is it red?', reply.text],
);
await until(async () => {
  const { messages } = await (await fetch(`${MESSENGER}/messages`)).json();
  return messages.find(({ text }) => text === reply.text);
});

const nowhere = { ...path, chatId: 'nobody' };
await assert.rejects(
  dataOf(konvert.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params: { path: nowhere } })),
  (error) => error instanceof KonvertError && error.status === 404 && error.code === 'CHAT_NOT_FOUND',
);
console.log('done');

async function until(ask) {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(20)) {
    const found = await ask();
    if (found) return found;
  }
  throw new Error('Nothing came');
}
