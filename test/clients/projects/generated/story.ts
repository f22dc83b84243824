// What somebody does who has nothing of ours but the served description: types by openapi-typescript, calls by
// openapi-fetch. Without a cast: what does not follow from the types is a fault of the description.
import assert from 'node:assert/strict';
import createClient from 'openapi-fetch';
import type { paths } from './schema.js';

const { KONVERT: baseUrl = '', OPERATOR_KEY = '', BOT_TOKEN = '', MESSENGER = '' } = process.env;
const clientOf = (key: string, more: Record<string, string> = {}) =>
  createClient<paths>({ baseUrl, headers: { authorization: `Bearer ${key}`, ...more } });

const account = await clientOf(OPERATOR_KEY).POST('/v1/accounts', { body: { name: 'Doors & More' } });
assert.ok(account.data, JSON.stringify(account.error));
const crm = clientOf(account.data.apiKey);

const channel = await crm.POST('/v1/channels', {
  body: {
    transport: 'telegram',
    name: 'Our bot',
    credentials: { botToken: BOT_TOKEN, apiBaseUrl: MESSENGER },
  },
});
assert.ok(channel.data, JSON.stringify(channel.error));
const { channelId } = channel.data;

const users = await crm.POST('/v3/users', { body: [{ id: '17', name: 'Ivan' }] });
assert.equal(users.response.status, 200);
const contact = {
  id: 'carol',
  name: 'Carol',
  responsibleUserId: '17',
  contactData: [{ chatType: 'telegram' as const, chatId: '1003' }],
};
assert.equal((await crm.POST('/v3/contacts', { body: [contact] })).response.status, 200);
const settings = await crm.PUT('/v1/settings/channels/{channelId}', {
  params: { path: { channelId } },
  body: { newClients: { mode: 'first-reply' }, userRoles: [{ userId: '17', role: 'manager' }] },
});
assert.equal(settings.data?.userRoles[0]?.allowGetNewClients, false, JSON.stringify(settings.error));

await fetch(`${MESSENGER}/write`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ client: 'carol', text: 'Is it blue?' }),
});
const ivan = clientOf(account.data.apiKey, { 'Konvert-User': '17' });
const chat = await until(async () => (await ivan.GET('/v1/chats')).data?.chats[0]);
assert.equal(chat.contactId, 'carol');
// What may be null is compared before it is used, or this does not compile.
assert.equal(chat.responsibleUserId?.toUpperCase(), '17');
assert.equal(chat.unansweredCount.toFixed(), '1');

const { chatType, chatId } = chat;
const path = { channelId, chatType, chatId };
const address = { params: { path } };
const history = await ivan.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', address);
assert.ok(history.data);
assert.deepEqual(
  history.data.messages.map(({ text, isEcho, status }) => [text, isEcho, status]),
  [['Is it blue?', false, 'inbound']],
);
const { seenUpTo } = history.data;
const sent = await ivan.POST('/v3/message', { body: { ...path, text: 'It is, with types.', seenUpTo } });
assert.ok(sent.data, JSON.stringify(sent.error));
const { messageId } = sent.data;
const line = await until(async () => {
  const { data } = await ivan.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', address);
  return data?.messages.find((one) => one.messageId === messageId && one.status === 'sent');
});
assert.equal(line.authorId, '17');
assert.equal((await crm.GET('/v1/chats/{channelId}/{chatType}/{chatId}', address)).data?.unanswered, false);

const refused = await ivan.POST('/v3/message', { body: { ...path, channelId: 'x', text: 'Lost' } });
assert.equal(refused.response.status, 400);
// The errors of this route have two shapes, so the one that is meant is asked for.
assert.ok(refused.error && 'requestId' in refused.error);
assert.deepEqual([refused.error.status, refused.error.error], [400, 'CHANNEL_NOT_FOUND']);
assert.match(refused.error.requestId, /^[0-9a-f]{32}$/);
const unknown = await crm.GET('/v3/users/{id}', { params: { path: { id: 'nobody' } } });
assert.equal(unknown.response.status, 404);
assert.equal(unknown.error?.error, 'USER_NOT_FOUND');
console.log('done');

async function until<T>(ask: () => Promise<T | undefined>): Promise<T> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
    const found = await ask();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('Nothing came');
}
