import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, freePort, until } from '#test/e2e/call-api';
import { makeFolder, runCommand, startKonvert } from '#test/e2e/konvert-process';
import { needsThisMachine } from '#test/e2e/place';

test('the steps of the demo work one after the other, also after a restart on another port', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const demo = (...words: string[]) => runCommand({ folder }, 'demo', ...words);

  const tooEarly = await demo('list');
  expect(tooEarly).toEqual({ code: 1, output: expect.stringContaining('Start Konvert first: npm start') });

  const first = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  await until(
    'the welcome is printed',
    async () => first.output().includes('npm run konvert -- demo write') || undefined,
  );
  expect((await demo('list')).output).toContain('Nobody has written yet');
  expect((await demo('reply')).code).toBe(1);

  const written = await demo('write', 'Is the red one', 'in stock?');
  expect(written.code).toBe(0);
  expect(written.output).toContain(`curl -X POST`);
  expect(written.output).toContain(`'${first.url}/demo-messenger/write'`);
  expect(written.output).toContain('The chat is unanswered, 1 message waits');
  expect((await demo('list')).output).toMatch(/unanswered {2}Anna Demo: Is the red one in stock\?/);

  const replied = await demo('reply', 'Yes, three.');
  expect(replied.code).toBe(0);
  expect(replied.output).toContain(`'${first.url}/v3/message'`);
  expect(replied.output).toContain('"seenUpTo"');
  expect(replied.output).toContain('The chat is answered');
  expect(replied.output).toContain('The client has it in the messenger.');

  expect(await first.stop()).toBe(0);
  expect(await demo('list')).toEqual({ code: 1, output: expect.stringContaining('Start it first: npm start') });
  const second = await startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });

  expect((await demo('write', 'Thanks!')).output).toContain('The chat is unanswered, 1 message waits');
  expect((await demo('no-reply')).output).toContain('The chat is off the unanswered list');
  expect((await demo('write', 'One more question')).code).toBe(0);
  expect((await demo('reply', '*Sure*')).output).toContain('The client has it in the messenger.');
  const { messages } = (await callApi(second.url, 'GET', '/demo-messenger/messages')).body;
  expect(messages.map(({ from, text }: Record<string, string>) => `${from}: ${text}`)).toEqual([
    'client: Is the red one in stock?',
    'bot: Yes, three.',
    'client: Thanks!',
    'client: One more question',
    'bot: Sure',
  ]);
  expect(new Set(messages.map(({ message_id }: Record<string, number>) => message_id)).size).toBe(5);

  const unknown = await demo('dance');
  expect(unknown).toEqual({ code: 2, output: expect.stringContaining("unknown command 'dance'") });
});

test('each user of the demo sees their own chats, also after a restart that has to make the users again', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const demo = (...words: string[]) => runCommand({ folder }, 'demo', ...words);
  const namesAs = async (...as: string[]) => {
    const { code, output } = await demo('list', ...as);
    expect(code).toBe(0);
    return [...output.matchAll(/^(?:un)?answered +(.*?): /gm)].map(([, name]) => name).sort();
  };
  const start = async () => startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });

  const first = await start();
  const { output: people } = await demo('people');
  expect(people).toContain('Olga is the head');
  expect(people).toContain('Ivan sells, sees and writes to clients of their own, receives new clients.');
  expect(people).toContain('Maria sells, sees and writes to clients of their own.');
  expect(people).toContain('Pavel is quality control');
  for (const client of ['anna', 'bob', 'carol']) {
    expect((await demo('write', '--client', client, `It is ${client}.`)).code).toBe(0);
  }

  const [anna, bob, carol] = ['Anna Demo', 'Bob of the CRM', 'Carol of the CRM'];
  const listed = await demo('list', '--as', 'maria');
  expect(listed.output).toContain(`-H 'Konvert-User: maria' '${first.url}/v1/chats'`);
  expect(listed.output).toContain('unanswered  Carol of the CRM: It is carol. (1 message waits, maria is responsible)');
  expect(await namesAs('--as', 'maria')).toEqual([carol]);
  expect(await namesAs('--as', 'ivan')).toEqual([anna, bob]);
  expect(await namesAs('--as', 'olga')).toEqual([anna, bob, carol]);
  expect(await namesAs('--as', 'pavel')).toEqual([anna, bob, carol]);
  expect(await namesAs()).toEqual([anna, bob, carol]);

  const unseen = await demo('reply', '--as', 'maria', 'Hello, Anna!');
  expect(unseen).toEqual({ code: 1, output: expect.stringContaining('or maria may not see it') });
  const refused = await demo('reply', '--as', 'pavel', 'Hello, Anna!');
  expect(refused).toEqual({ code: 1, output: expect.stringContaining('pavel may not write to this client') });
  const stranger = await demo('list', '--as', 'peter');
  expect(stranger).toEqual({ code: 1, output: expect.stringContaining('Nobody there is called peter') });
  expect((await demo('write', '--client', 'peter', 'hello')).code).toBe(2);

  const taken = await demo('reply', '--as', 'ivan', 'Hello, Anna!');
  expect(taken.output).toContain('The client has it in the messenger.');
  expect((await demo('list')).output).toMatch(
    /answered {4}Anna Demo: Hello, Anna! \(0 messages wait, ivan is responsible\)/,
  );

  const { apiKey, channelId } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  const asCrm = (method: string, path: string, body?: unknown) =>
    callApi(first.url, method, path, { key: apiKey, body });
  const settings = { newClients: { mode: 'first-reply' }, userRoles: [] };
  expect((await asCrm('PUT', `/v1/settings/channels/${channelId}`, settings)).status).toBe(200);
  const everybody = ['olga', 'ivan', 'maria', 'pavel'];
  expect((await asCrm('PATCH', '/v3/users/bulk_delete', everybody)).status).toBe(200);
  expect((await demo('list', '--as', 'maria')).code).toBe(1);
  expect(await first.stop()).toBe(0);

  await start();
  expect(await namesAs('--as', 'maria')).toEqual([carol]);
});

test('new clients of the second channel are given out in turn, with the reasons, and keep their users', async () => {
  needsThisMachine('the commands of the demo');
  const folder = await makeFolder();
  const start = async () => startKonvert({ folder, port: await freePort(), env: { KONVERT_DEMO: 'on' } });
  const passedOver = 'olga does not receive new clients; pavel may not write';
  const given = [
    `Dan was given to ivan: round-robin, place 1 of the order; ${passedOver}`,
    `Eva was given to maria: round-robin, place 2 of the order; ${passedOver}`,
    `Frank was given to ivan: round-robin, place 1 of the order; ${passedOver}`,
  ].join('\n');
  const first = await start();

  const { code, output } = await runCommand({ folder }, 'demo', 'new-clients');

  expect(code).toBe(0);
  expect(output).toContain(`'${first.url}/v1/assignments?channelId=`);
  expect(output.trimEnd().endsWith(given)).toBe(true);
  expect(await first.stop()).toBe(0);
  await start();
  const { output: again } = await runCommand({ folder }, 'demo', 'new-clients');
  expect(again.trimEnd().endsWith(given)).toBe(true);
  const { output: seen } = await runCommand({ folder }, 'demo', 'list', '--as', 'maria');
  expect([...seen.matchAll(/^unanswered +(.*?): /gm)].map(([, name]) => name)).toEqual(['Eva Demo']);
});
