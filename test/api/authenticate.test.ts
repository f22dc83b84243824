import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { createGateway } from '#local/server/gateway';
import { createServer } from '#local/server/server';
import { freePort } from '#test/e2e/call-api';
import { createWorld, type World } from '#test/world';

const CHAT = 501;

let world: World;

beforeEach(async () => {
  world = await createWorld();
});
afterEach(() => world.stop());

/** Makes the ids users who may write. The history then shows who wrote. */
async function employ(...ids: string[]): Promise<void> {
  const { apiKey: key } = world.account;
  await world.call('POST', '/v3/users', { key, body: ids.map((id) => ({ id, name: `Name of ${id}` })) });
  const userRoles = ids.map((userId) => ({ userId, role: 'manager' }));
  const path = `/v1/settings/channels/${world.channel.channelId}`;
  const answer = await world.call('PUT', path, { key, body: { newClients: { mode: 'first-reply' }, userRoles } });
  expect(answer.status).toBe(200);
}

function write(header: string) {
  const { channelId } = world.channel;
  const body = { channelId, chatType: 'telegram', chatId: CHAT, text: 'hello' };
  return world.call('POST', '/v3/message', { key: world.account.apiKey, headers: { 'Konvert-User': header }, body });
}

async function author(): Promise<unknown> {
  const { messages } = await world.history(CHAT);
  return messages.at(-1)?.authorId;
}

/** The text as a server reads it from the bytes of a header. */
const latin1 = (text: string) => Buffer.from(text).toString('latin1');

describe('the header Konvert-User means', () => {
  test.each<[what: string, id: string, header: string]>([
    ['a plain id', '17', '17'],
    ['UTF-8', 'Анна', latin1('Анна')],
    ['UTF-8 of four bytes', 'a👋', latin1('a👋')],
    ['UTF-8 that a gateway has read', 'Анна', 'Анна'],
    ['Latin-1', 'é', 'é'],
    ['Latin-1 letters that a client sent in UTF-8', 'é', latin1('é')],
    ['percent-encoding', 'Анна', encodeURIComponent('Анна')],
    ['percent-encoding of a space', ' a b ', '%20a%20b%20'],
    ['percent-encoding of a line', 'a\nb', 'a%0Ab'],
    ['an id that looks encoded, as it is', '%41', '%41'],
    ['an id that looks encoded, encoded once', '%41', '%2541'],
    ['a percent sign that begins no code', '100%', '100%'],
    ['a plus sign, which is no space', 'a+b', 'a+b'],
    ['a comma', 'a,b', 'a,b'],
    ['an address', 'anna@crm.example', 'anna@crm.example'],
    ['the name of a field that all objects have', '__proto__', '__proto__'],
  ])('%s', async (_, id, header) => {
    await employ(id);

    expect(await write(header)).toMatchObject({ status: 201 });
    await world.drain();
    expect(await author()).toBe(id);
  });

  test('what was sent before what it means decoded', async () => {
    await employ('%41', 'A');

    await write('%41');
    await world.drain();

    expect(await author()).toBe('%41');
  });

  test.each(['', '%', '%zz', '%ff', '%2541', latin1('Анна').slice(0, -1), 'x'.repeat(3_000), '%25%34%31', '\0'])(
    'nobody: %j is a 401',
    async (header) => {
      await employ('A');

      expect(await write(header)).toMatchObject({ status: 401, body: { error: 'UNKNOWN_USER' } });
    },
  );

  test('the same over the wire', async () => {
    await employ('Анна');
    await world.say(CHAT, 'hello');
    const server = createServer(createGateway(routes, world.app.routes), () => {});
    const port = await freePort();
    await server.listen(port, '127.0.0.1');

    const statusFor = (header: string) =>
      new Promise((resolve, reject) => {
        const headers = { authorization: `Bearer ${world.account.apiKey}`, 'Konvert-User': header };
        request({ port, path: '/v1/chats', headers }, (response) => {
          resolve(response.resume().statusCode);
        })
          .on('error', reject)
          .end();
      });
    const statuses = [await statusFor(latin1('Анна')), await statusFor(latin1('Борис'))];
    await server.stop(1_000);

    expect(statuses).toEqual([200, 401]);
  });
});
