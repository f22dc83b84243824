import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWorld, type World } from '#test/world';

const CHAT = 501;
let world: World;

beforeEach(async () => {
  world = await createWorld();
  await push(
    'users',
    ['anna', 'boris', 'head', 'control'].map((id) => ({ id, name: id })),
  );
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
    { userId: 'head', role: 'manager', allowGetNewClients: false },
    { userId: 'control', role: 'auditor', allowGetNewClients: false },
  ];
  const body = { newClients: { mode: 'first-reply' }, userRoles };
  await ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, body);
  await world.say(CHAT, 'hello');
});

afterEach(() => world.stop());

async function ask(method: string, path: string, body?: unknown, user?: string) {
  const headers = user === undefined ? {} : { 'konvert-user': user };
  return world.call(method, path, { key: world.account.apiKey, body, headers });
}

async function push(kind: string, entities: unknown[]) {
  const { status, text } = await ask('POST', `/v3/${kind}`, entities);
  if (status !== 200) throw new Error(text);
}

async function handOver(userId: unknown, by?: string) {
  const answer = await ask('PUT', `${world.pathOf(CHAT)}/responsible`, { userId }, by);
  await world.drain();
  return answer;
}

async function seenBy(user: string) {
  const { status, body } = await ask('GET', '/v1/chats', undefined, user);
  expect(status).toBe(200);
  return (body as { chats: { chatId: string }[] }).chats.map(({ chatId }) => chatId);
}

describe('an unowned client', () => {
  test('is seen by those who receive new clients, heads and quality control', async () => {
    expect(await seenBy('anna')).toEqual(['501']);
    expect(await seenBy('boris')).toEqual([]);
    expect(await seenBy('head')).toEqual(['501']);
    expect(await seenBy('control')).toEqual(['501']);
  });

  test('moves to the user that the head names, with a contact that Konvert keeps', async () => {
    expect(await handOver('boris', 'head')).toMatchObject({ status: 200, body: { responsibleUserId: 'boris' } });

    expect(await seenBy('boris')).toEqual(['501']);
    expect(await seenBy('anna')).toEqual([]);
    const chat = await world.chat(CHAT);
    expect(chat).toMatchObject({ responsibleUserId: 'boris', name: 'Client 501' });
    const contact = await world.store.contacts.get(world.account.accountId, chat.contactId ?? '');
    expect(contact).toMatchObject({ responsibleUserId: 'boris', name: 'Client 501' });
  });

  test.each([
    ['boris', 'control', 403, 'CHAT_NO_ACCESS'],
    ['boris', 'anna', 403, 'CHAT_NO_ACCESS'],
    ['boris', 'boris', 404, 'CHAT_NOT_FOUND'],
    ['nobody', 'head', 400, 'UNKNOWN_USER'],
    ['control', 'head', 400, 'UNKNOWN_USER'],
  ])('is not given to %s by %s: %i %s', async (userId, by, status, error) => {
    expect(await handOver(userId, by)).toMatchObject({ status, body: { error } });
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: null });
  });
});
