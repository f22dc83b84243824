// What a CRM does: pushes its people, listens to events, and answers as one of its users. Every type is Konvert's own.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKonvertClient, dataOf, type KonvertClient, KonvertError } from '@konvert/client';
import { type KonvertEvent, UnsignedEventError, verifyEvent } from '@konvert/client/events';

const { KONVERT: baseUrl = '', OPERATOR_KEY = '', BOT_TOKEN = '', MESSENGER = '' } = process.env;
/** No header holds such an id as it is. */
const IVAN = 'Иван / 1';

const operator = createKonvertClient({ baseUrl, apiKey: OPERATOR_KEY });
const { apiKey } = await dataOf(operator.POST('/v1/accounts', { body: { name: 'Doors & More' } }));
const crm = createKonvertClient({ baseUrl, apiKey });

const credentials = { botToken: BOT_TOKEN, apiBaseUrl: MESSENGER };
const { channelId } = await dataOf(
  crm.POST('/v1/channels', { body: { transport: 'telegram', name: 'Our bot', credentials } }),
);
await dataOf(crm.POST('/v3/users', { body: [{ id: IVAN, name: 'Ivan' }] }));
await dataOf(
  crm.POST('/v3/contacts', {
    body: [
      {
        id: 'anna',
        name: 'Anna',
        responsibleUserId: IVAN,
        contactData: [{ chatType: 'telegram', chatId: '1001' }],
      },
    ],
  }),
);
const userRoles = [{ userId: IVAN, role: 'seller' as const, allowGetNewClients: true }];
await dataOf(
  crm.PUT('/v1/settings/channels/{channelId}', {
    params: { path: { channelId } },
    body: { newClients: { mode: 'first-reply' }, userRoles },
  }),
);

const events = await listen(crm);
await says('Do you deliver?');
const told = await events.next(({ messages = [] }) => messages.find(({ text }) => text === 'Do you deliver?'));
assert.equal(told.contact.name, 'Anna Demo');
assert.equal(told.status, 'inbound');

const ivan = createKonvertClient({ baseUrl, apiKey, actingAs: IVAN });
const { chats } = await dataOf(ivan.GET('/v1/chats', { params: { query: { view: 'unanswered' } } }));
const [chat] = chats;
assert.ok(chat);
assert.equal(chat.contactId, 'anna');
const path = { channelId, chatType: told.chatType, chatId: told.chatId };
const history = await dataOf(
  ivan.GET('/v1/chats/{channelId}/{chatType}/{chatId}/messages', { params: { path, query: { limit: 5 } } }),
);
assert.equal(history.messages.length, 1);

const reply = { channelId, chatType: 'telegram', chatId: told.chatId, text: 'We do.' } as const;
const sent = await dataOf(ivan.POST('/v3/message', { body: { ...reply, seenUpTo: history.seenUpTo } }));
const status = await events.next(({ statuses = [] }) => statuses.find(({ messageId }) => messageId === sent.messageId));
assert.equal(status.status, 'sent');
const after = await dataOf(ivan.GET('/v1/chats/{channelId}/{chatType}/{chatId}', { params: { path } }));
assert.equal(after.unanswered, false);

// Each shape of an error is the same error here.
await refused(ivan.POST('/v3/message', { body: { ...reply, channelId: 'x' } }), 400, /^[A-Z_]+$/);
await refused(ivan.GET('/v3/users'), 403, /^FORBIDDEN$/);
await refused(crm.GET('/v3/users/{id}', { params: { path: { id: 'nobody' } } }), 404, /^[A-Z_]+$/);
await refused(createKonvertClient({ baseUrl, apiKey: 'wrong' }).GET('/v1/chats'), 401, /^UNAUTHORIZED$/);
await events.stop();
console.log('done');

async function refused(asked: Parameters<typeof dataOf>[0], wanted: number, code: RegExp): Promise<void> {
  await assert.rejects(dataOf(asked), (error) => {
    assert.ok(error instanceof KonvertError, String(error));
    assert.equal(error.status, wanted, error.message);
    assert.match(error.code, code);
    assert.notEqual(error.description, '');
    return true;
  });
}

async function says(text: string): Promise<void> {
  const written = await fetch(`${MESSENGER}/write`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client: 'anna', text }),
  });
  assert.equal(written.status, 200);
}

/** Registers a receiver of this process, and hands out what its calls say. */
async function listen(konvert: KonvertClient) {
  const { secret } = await dataOf(konvert.POST('/v1/webhooks/secret'));
  const came: KonvertEvent[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray());
    assert.throws(() => verifyEvent(secret, request.headers, `${body} `), UnsignedEventError);
    came.push(verifyEvent(secret, request.headers, body));
    response.end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await dataOf(
    konvert.PATCH('/v3/webhooks', {
      body: { webhooksUri: `http://127.0.0.1:${port}/`, subscriptions: { messagesAndStatuses: true } },
    }),
  );
  return {
    async next<T>(find: (event: KonvertEvent) => T | undefined): Promise<T> {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
        for (const event of came) {
          const found = find(event);
          if (found !== undefined) return found;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error(`Not among ${came.length} events`);
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
