import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { routes } from '#lib/routes';
import { dereferenced } from '#test/described';
import { DOCS_FILE } from '#test/doubles/page';
import { createWorld, type World } from '#test/world';

interface OpenApi {
  openapi: string;
  paths: Record<string, Record<string, { parameters: { name: string; in: string }[]; security: object[] }>>;
}

const SAFE = { 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' };

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function openApi(): Promise<OpenApi> {
  return (await world.call('GET', '/openapi.json')).body as OpenApi;
}

/** What is described, with all that is shared in its place. */
const whole = dereferenced() as unknown as OpenApi;

test('healthz answers without a key', async () => {
  expect(await world.call('GET', '/healthz')).toMatchObject({ status: 200, body: { status: 'ok' } });
});

test('openapi.json names every route, and no other', async () => {
  const { openapi, paths } = await openApi();

  const named = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(openapi).toBe('3.1.0');
  expect(named.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

test('every parameter of a path is described, and every query that is read', () => {
  const { paths } = whole;

  for (const { method, path } of routes) {
    const { parameters } = paths[path]![method.toLowerCase()]!;
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((one) => one.in === 'path').map(({ name }) => name)).toEqual(inPath);
  }
  const queries = (path: string) =>
    paths[path]!.get!.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  expect(queries('/v1/chats')).toEqual(['find', 'view', 'limit', 'cursor']);
  expect(queries('/v1/chats/{channelId}/{chatType}/{chatId}/messages')).toEqual(['limit', 'before']);
  expect(queries('/v1/assignments')).toEqual(['channelId', 'chatType', 'chatId', 'userId', 'rule', 'cursor']);
  expect(queries('/v1/deliveries')).toEqual(['state', 'kind', 'target', 'cursor']);
});

test('the audit is described for both kinds of key, and for a page of settings', async () => {
  const { paths } = await openApi();

  expect(paths['/v1/audit']!.get!.security).toEqual([{ apiKey: [] }, { operatorKey: [] }, { pageToken: [] }]);
});

test('a route is described as public exactly if it needs no key', async () => {
  const { paths } = await openApi();

  for (const { method, path } of routes) {
    const { security } = paths[path]![method.toLowerCase()]!;
    // The cookie of a device is good for a page of our own only, so any other caller is 403.
    if (security.some((one) => 'device' in one)) continue;
    const filled = path.replaceAll(/\{\w+\}/g, 'x');
    const { status } = await world.call(method, filled, { body: {} });
    expect(`${method} ${path}: ${security.length > 0}`).toBe(`${method} ${path}: ${status === 401}`);
  }
});

test('openapi.json is the same in gzip', async () => {
  const answer = await world.call('GET', '/openapi.json', { headers: { 'accept-encoding': 'br, gzip' } });

  expect(answer.headers).toMatchObject({
    ...SAFE,
    'content-type': 'application/json; charset=utf-8',
    'content-encoding': 'gzip',
    vary: 'accept-encoding',
  });
  expect(JSON.parse(gunzipSync(answer.bytes).toString())).toEqual(await openApi());
});

test('docs is a document that runs its own files only, and is kept by nobody', async () => {
  const { status, headers, text } = await world.call('GET', '/docs');

  expect([status, text]).toEqual([200, expect.stringContaining(`src="docs/${DOCS_FILE}"`)]);
  expect(headers).toMatchObject({
    ...SAFE,
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    vary: 'accept-encoding',
  });
  expect(String(headers['content-security-policy']).split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ]);
});

test('docs with a slash at the end leads to docs, from which the document names its files', async () => {
  const { status, headers } = await world.call('GET', '/docs/');

  expect([status, headers]).toEqual([302, expect.objectContaining({ ...SAFE, location: '../docs' })]);
});

test('a file of docs may be kept for ever, and one that is not there is told with 404', async () => {
  const { status, headers } = await world.call('GET', `/docs/${DOCS_FILE}`);

  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  for (const name of ['main.js', 'index.html', 'manifest.json', '..', '__proto__', '%2e%2e%2findex.js']) {
    expect(await world.call('GET', `/docs/${name}`)).toMatchObject({ status: 404, body: { error: 'FILE_NOT_FOUND' } });
  }
});

test('every route answers with nosniff and no-store, errors too', async () => {
  const key = world.account.apiKey;
  for (const { method, path } of routes) {
    for (const options of [{}, { key, body: {} }, { key, body: '[' }]) {
      const { status, headers } = await world.call(method, path.replaceAll(/\{\w+\}/g, 'x'), options);
      expect([path, status, headers]).toEqual([path, status, expect.objectContaining(SAFE)]);
    }
  }
});

test('an error of ours, and the text of a webhook, have them too', async () => {
  const webhook = await world.webhook({ update_id: 1 });
  world.failing = () => true;
  const failed = await world.call('GET', '/v3/users', { key: world.account.apiKey });

  expect([webhook.status, failed.status]).toEqual([200, 500]);
  expect(webhook.headers).toMatchObject({ ...SAFE, 'content-type': 'text/plain' });
  expect(failed.headers).toMatchObject(SAFE);
});
