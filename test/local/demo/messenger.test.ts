import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { DEMO_PATH, openDemoMessenger } from '#local/demo/messenger';
import { createServer } from '#local/server/server';
import { freePort } from '#test/e2e/call-api';
import { requestRaw } from '#test/local/demo/request-raw';

const TOKEN = '7000000001:demo-token';
const JSON_TYPE = { 'content-type': 'application/json' };

/** A demo messenger behind the real server. */
async function openMessenger() {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-demo-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const bot = { file: join(folder, 'state.json'), mediaFolder: folder, path: DEMO_PATH, botToken: TOKEN };
  const messenger = await openDemoMessenger(bot, { now: () => Date.UTC(2026, 0, 1), deadline: AbortSignal.timeout });
  const server = createServer(messenger.answer, () => {});
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  onTestFinished(() => server.stop(0));
  const ask = (method: string, path: string, headers: Record<string, string>, body = '') =>
    requestRaw(port, method, DEMO_PATH + path, { host: `127.0.0.1:${port}`, ...headers }, body);
  return { port, ask };
}

const written = JSON.stringify({ chat_id: 1001, text: 'from the bot' });

describe('the demo messenger refuses what a page of another site can send', () => {
  test.each([
    { name: 'a form', headers: { 'content-type': 'application/x-www-form-urlencoded' }, status: 415 },
    { name: 'plain text', headers: { 'content-type': 'text/plain' }, status: 415 },
    { name: 'plain text that says JSON', headers: { 'content-type': 'text/plain; application/json' }, status: 415 },
    { name: 'no type', headers: {}, status: 415 },
    { name: 'another JSON', headers: { 'content-type': 'application/jsonp' }, status: 415 },
    { name: 'another origin', headers: { ...JSON_TYPE, origin: 'https://evil.example' }, status: 403 },
    { name: 'an origin that begins alike', headers: { ...JSON_TYPE, origin: 'http://127.0.0.1' }, status: 403 },
    { name: 'the origin null', headers: { ...JSON_TYPE, origin: 'null' }, status: 403 },
    { name: 'another port of this machine', headers: { ...JSON_TYPE, origin: 'http://localhost:1' }, status: 403 },
    { name: 'a name that leads here', headers: { ...JSON_TYPE, host: 'evil.example' }, status: 403 },
    {
      name: 'a name that leads here, of its own origin',
      headers: { ...JSON_TYPE, host: 'evil.example:8787', origin: 'http://evil.example:8787' },
      status: 403,
    },
    { name: 'a name like an address', headers: { ...JSON_TYPE, host: '127.0.0.1.evil.example' }, status: 403 },
    { name: 'a name with a user', headers: { ...JSON_TYPE, host: '127.0.0.1:1@evil.example' }, status: 403 },
    { name: 'another machine', headers: { ...JSON_TYPE, host: '192.168.0.5:8787' }, status: 403 },
    { name: 'every address', headers: { ...JSON_TYPE, host: '0.0.0.0:8787' }, status: 403 },
    {
      name: 'another site, as its browser says',
      headers: { ...JSON_TYPE, 'sec-fetch-site': 'cross-site' },
      status: 403,
    },
    {
      name: 'another port, as its browser says',
      headers: { ...JSON_TYPE, 'sec-fetch-site': 'same-site' },
      status: 403,
    },
    { name: 'nobody knows who', headers: { ...JSON_TYPE, 'sec-fetch-site': 'none' }, status: 403 },
    { name: 'a space for a host', headers: { ...JSON_TYPE, host: ' ' }, status: 403 },
  ])('$name: $status', async ({ headers, status }) => {
    const { ask } = await openMessenger();

    for (const path of ['/write', `/bot${TOKEN}/sendMessage`, '/nowhere']) {
      const answer = await ask('POST', path, headers, written);
      expect([path, answer.status, answer.headers['access-control-allow-origin']]).toEqual([path, status, undefined]);
    }
    expect((await ask('GET', '/messages', {})).body).toBe('{"messages":[]}');
  });

  test.each([
    { name: 'of a name that leads here', headers: { host: 'evil.example' } },
    { name: 'of another origin', headers: { origin: 'https://evil.example' } },
    { name: 'of another site, which sends no origin', headers: { 'sec-fetch-site': 'cross-site' } },
    { name: 'of another port, which sends no origin', headers: { 'sec-fetch-site': 'same-site' } },
  ])('the messages, to a page $name', async ({ headers }) => {
    const { ask } = await openMessenger();

    expect(await ask('GET', '/messages', headers)).toMatchObject({ status: 403 });
  });

  test('a method of the bot by GET, as an image or a link does it', async () => {
    const { ask } = await openMessenger();

    expect(await ask('GET', `/bot${TOKEN}/deleteWebhook`, {})).toMatchObject({ status: 404 });
  });
});

test.each([
  { name: 'no origin, as of curl', host: (port: number) => `127.0.0.1:${port}`, type: 'application/json' },
  { name: 'localhost', host: (port: number) => `localhost:${port}`, type: 'application/json; charset=utf-8' },
  { name: 'IPv6', host: (port: number) => `[::1]:${port}`, type: 'Application/JSON' },
  { name: 'no port', host: () => 'LOCALHOST', type: 'application/json' },
])('the demo messenger answers on this machine: $name', async ({ host, type }) => {
  const { ask, port } = await openMessenger();
  const headers = { host: host(port), 'content-type': type };

  expect(await ask('POST', `/bot${TOKEN}/sendMessage`, headers, written)).toMatchObject({ status: 200 });
  const own = { host: host(port), origin: `http://${host(port)}` };
  expect((await ask('GET', '/messages', own)).body).toContain('from the bot');
});

test('the demo messenger takes what Konvert’s own page sends, and shows its messages to who types the address', async () => {
  const { ask, port } = await openMessenger();
  const own = { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, 'sec-fetch-site': 'same-origin' };

  // Taken: it is only that no webhook is registered.
  expect(await ask('POST', '/write', { ...JSON_TYPE, ...own }, written)).toMatchObject({ status: 409 });
  expect(await ask('GET', '/messages', own)).toMatchObject({ status: 200 });
  expect(await ask('GET', '/messages', { 'sec-fetch-site': 'none' })).toMatchObject({ status: 200 });
});
