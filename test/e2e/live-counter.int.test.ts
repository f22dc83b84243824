import { describe, expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { openCompany } from '#test/e2e/company';
import { makeFolder } from '#test/e2e/konvert-process';
import { listenAt, listenTo, TRANSPORTS } from '#test/e2e/live-counter';
import { needsThisMachine } from '#test/e2e/place';

/** The demo clients, by their chats. Bob is a client of Ivan's; Anna is new. */
const ANNA = '1001';
const BOB = '1002';

describe.each(TRANSPORTS.map((all) => ({ by: all.join(' and '), transports: all })))('by $by', ({ transports }) => {
  test('a counter goes up when clients write, and down by a reply and by "no reply needed"', async () => {
    needsThisMachine('socket.io is no part of a deployment');
    const { konvert, apiKey: key, channelId, write } = await openCompany();
    const [ivan, olga, pavel] = await Promise.all(
      ['ivan', 'olga', 'pavel'].map((id) => listenTo(konvert.url, key, id, transports)),
    );
    await Promise.all([ivan!, olga!, pavel!].map((one) => one.says(0, null)));
    expect(ivan!.events).toEqual(['counterConnected', 'counterUpdate']);
    expect(ivan!.updates).toEqual([{ counter: 0, counterV2: 0, type: null }]);

    await write('bob', 'It is Bob.');
    await Promise.all([ivan!.says(1, 'red'), olga!.says(1, 'grey'), pavel!.says(1, 'grey')]);
    await write('anna', 'Good day!');
    await Promise.all([ivan!.says(2, 'red'), olga!.says(2, 'grey'), pavel!.says(2, 'grey')]);

    const reply = { channelId, chatType: 'telegram', chatId: BOB, text: 'Hello, Bob!', crmUserId: 'ivan' };
    expect((await callApi(konvert.url, 'POST', '/v3/message', { key, body: reply })).status).toBe(201);
    await Promise.all([ivan!.says(1, 'red'), olga!.says(1, 'grey')]);

    const chat = `/v1/chats/${channelId}/telegram/${ANNA}`;
    const { seenUpTo } = (await callApi(konvert.url, 'GET', chat, { key })).body;
    const body = { noReplyNeeded: true, seenUpTo };
    expect((await callApi(konvert.url, 'PUT', `${chat}/no-reply-needed`, { key, body })).status).toBe(200);
    await Promise.all([ivan!, olga!, pavel!].map((one) => one.says(0, null)));
    const rest = await callApi(konvert.url, 'GET', '/v3/unanswered/ivan', { key });
    expect(rest.body).toMatchObject({ counterV2: 0, type: null });
  });
});

test('who listens is told again after the server was killed', async () => {
  needsThisMachine('socket.io is no part of a deployment');
  const folder = await makeFolder();
  const port = await freePort();
  const first = await openCompany({ folder, port });
  const clients = TRANSPORTS.map((transports) => listenTo(first.konvert.url, first.apiKey, 'olga', transports));
  const all = await Promise.all(clients);
  await Promise.all(all.map((one) => one.says(0, null)));

  await first.konvert.kill();
  const { write } = await openCompany({ folder, port });
  await write('anna', 'Do you deliver on Sundays?');

  await Promise.all(all.map((one) => one.says(1, 'grey')));
});

test('a client that no role sees is in nobody else’s counter, and an id may be a number', async () => {
  needsThisMachine('socket.io is no part of a deployment');
  const { konvert, apiKey: key, write } = await openCompany();
  await callApi(konvert.url, 'POST', '/v3/users', { key, body: [{ id: 17, name: 'No role' }] });
  const [maria, none] = await Promise.all([listenTo(konvert.url, key, 'maria'), listenTo(konvert.url, key, 17)]);
  await Promise.all([maria.says(0, null), none.says(0, null)]);

  await write('bob', 'It is Bob.');
  const olga = await listenTo(konvert.url, key, 'olga');
  await olga.says(1, 'grey');
  await write('carol', 'It is Carol.');

  await maria.says(1, 'red');
  expect(maria.updates.map(({ counterV2 }) => counterV2)).toEqual([0, 1]);
  expect(none.updates).toEqual([{ counter: 0, counterV2: 0, type: null }]);
});

test('a wrong key, an unknown user and what is no question are refused, and do not come again', async () => {
  needsThisMachine('socket.io is no part of a deployment');
  const { konvert, apiKey } = await openCompany();
  const { url } = konvert;
  const good = { type: 'api_v3', apiKey: apiKey, userId: 'ivan' };
  const refused: [unknown, string][] = [
    [{ ...good, apiKey: 'wrong' }, 'UNAUTHORIZED'],
    [{ ...good, apiKey: await konvert.operatorKey() }, 'UNAUTHORIZED'],
    [{ ...good, userId: 'nobody' }, 'USER_NOT_FOUND'],
    [{ ...good, userId: '..' }, 'INVALID_REQUEST'],
    [{ ...good, type: 'api_v2' }, 'INVALID_REQUEST'],
    [{ ...good, apiKey: `${apiKey}\r\nKonvert-User: olga` }, 'INVALID_REQUEST'],
    [{ ...good, apiKey: { length: 5 } }, 'INVALID_REQUEST'],
    [{ ...good, userId: ['ivan'] }, 'INVALID_REQUEST'],
    [{ ...good, userId: '\ud800' }, 'INVALID_REQUEST'],
    [{ ...good, userId: '' }, 'INVALID_REQUEST'],
    [null, 'INVALID_REQUEST'],
    ['api_v3', 'INVALID_REQUEST'],
    [undefined, 'INVALID_REQUEST'],
  ];
  for (const transports of TRANSPORTS) {
    const clients = refused.map(([said, error]) => ({ said, error, client: listenAt(url, said, transports) }));
    for (const { said, error, client } of clients) {
      await until(`the end of ${JSON.stringify(said)}`, async () => client.ends[0]);
      expect([client.errors.map((one) => one.error), client.ends], JSON.stringify(said)).toEqual([
        [error],
        ['io server disconnect'],
      ]);
      expect(client.updates).toEqual([]);
    }
  }
});

test('a key that is revoked ends who listens by it, and nobody else', async () => {
  needsThisMachine('socket.io is no part of a deployment');
  const { konvert, apiKey, write } = await openCompany();
  const { url } = konvert;
  const made = (await callApi(url, 'POST', '/v1/account/keys', { key: apiKey })).body;
  const [ended, other] = await Promise.all([listenTo(url, made.apiKey, 'olga'), listenTo(url, apiKey, 'olga')]);
  await Promise.all([ended.says(0, null), other.says(0, null)]);

  expect((await callApi(url, 'DELETE', `/v1/account/keys/${made.keyId}`, { key: apiKey })).status).toBe(200);
  // A function that has just read the key may accept it for ten seconds more.
  await until('the end', async () => ended.ends[0]);
  await write('anna', 'Good day!');
  await other.says(1, 'grey');

  expect(ended.errors).toMatchObject([{ error: 'UNAUTHORIZED' }]);
  expect(ended.updates.map(({ counterV2 }) => counterV2)).toEqual([0]);
});
