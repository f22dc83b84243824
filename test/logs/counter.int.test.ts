import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { freePort, until } from '#test/e2e/call-api';
import { makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { listenAt, TRANSPORTS } from '#test/e2e/live-counter';
import { leaksIn, MARK, WRONG_KEY } from '#test/logs/marks';

test('no log of the process holds a key or a user of the live counter', async () => {
  const folder = await makeFolder();
  const konvert = await startKonvert({ folder, port: await freePort(), by: 'node', env: { KONVERT_DEMO: 'on' } });
  const { apiKey } = JSON.parse(await readFile(join(folder, 'demo.json'), 'utf8'));
  const { url } = konvert;

  for (const key of [apiKey, WRONG_KEY]) {
    for (const method of ['GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE']) {
      for (const end of ['', '/', '/more', '?a=1', '%ff', '%zz']) {
        await (await fetch(`${url}/counters/ws_host/api_v3/${key}${end}`, { method })).arrayBuffer();
        await (await fetch(`${url}/ws-counters/${key}${end}`, { method })).arrayBuffer();
      }
    }
  }
  const said = [
    { apiKey, userId: 'ivan' },
    { apiKey, userId: `${MARK} user` },
    { apiKey: WRONG_KEY, userId: 'ivan' },
    { apiKey, userId: { [MARK]: MARK } },
    { apiKey: `${apiKey} `, userId: 'ivan' },
    { apiKey, userId: MARK.repeat(1_000) },
  ];
  const clients = TRANSPORTS.flatMap((transports) =>
    said.map((words) => listenAt(url, { type: 'api_v3', ...words }, transports)),
  );
  await Promise.all(
    clients.map((one) => until('an answer or an end', async () => one.updates[0] ?? one.ends[0] ?? one.errors[0])),
  );
  expect(await konvert.stop()).toBe(0);

  const names = (await readdir(folder)).filter((name) => name.includes('.log'));
  const logs = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const leaks = (text: string) => text.split('\n').filter((line) => leaksIn(line, [apiKey]).length > 0);
  expect(logs.join('\n')).toContain('"counter":"refused"');
  expect(leaks(logs.join('\n'))).toEqual([]);
  expect(leaks(konvert.output())).toEqual([]);
});
