import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callApi, until } from '#test/e2e/call-api';
import { needsThisMachine } from '#test/e2e/place';
import { useKonvert } from '#test/page/konvert';

// What somebody on a page can make this machine do.

const konvert = useKonvert();

test('a user’s push service is called at no address of this machine, and its subscription ends', async (context) => {
  needsThisMachine('the log of npm start');
  const asked: string[] = [];
  const inside = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  inside.listen(0, '127.0.0.1');
  await once(inside, 'listening');
  context.onTestFinished(() => void inside.close());
  const { port } = inside.address() as AddressInfo;
  const link = new URL(await konvert.link('olga')).hash.slice('#k='.length);
  const key = (await callApi(konvert.url, 'POST', '/v1/page-tokens', { body: { link } })).body.token;
  const subscribe = (id: string, endpoint: string) =>
    callApi(konvert.url, 'PUT', `/v1/push-subscriptions/${id}`, { key, body: { endpoint } });
  expect((await subscribe('a', `http://127.0.0.1:${port}/shutdown`)).status).toBe(200);
  expect((await subscribe('b', `http://localhost:${port}/shutdown`)).status).toBe(200);
  for (const [id, endpoint] of [
    ['c', `http://10.0.0.1/`],
    ['d', `http://127.0.0.1:${port}@evil.example/`],
    ['e', 'file:///etc/passwd'],
    ['f', 'gopher://127.0.0.1/'],
    ['g', `https://user:password@push.example/`],
    ['h', 'http://localhost.evil.example/'],
  ] as const) {
    expect([endpoint, (await subscribe(id, endpoint)).status]).toEqual([endpoint, 400]);
  }

  await konvert.says('anna', 'Is anybody there?');

  const log = () => readFile(join(konvert.process.folder, 'konvert.log'), 'utf8');
  await until('both are refused', async () => ((await log()).match(/"push":"gone"/g)?.length ?? 0) >= 2 || undefined);
  expect(asked).toEqual([]);
  expect(await log()).not.toContain('shutdown');
});
