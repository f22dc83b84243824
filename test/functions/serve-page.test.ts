import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { acceptedEncodings } from '#functions/serve-page/accepted-encodings';
import { ancestorsOf, contentPolicy } from '#functions/serve-page/policy';
import { PAGE_FILE } from '#test/doubles/page';
import { createWorld, OPERATOR_KEY, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

/** The directives of a document's policy by their names. */
async function policyOf(account: string): Promise<Record<string, string>> {
  const { status, headers } = await world.call('GET', `/chat/${account}`);
  expect(status).toBe(200);
  const directives = String(headers['content-security-policy']).split('; ');
  return Object.fromEntries(
    directives.map((directive) => [directive.split(' ', 1)[0]!, directive.replace(/^\S+ /, '')]),
  );
}

function disable(accountId: string) {
  return world.call('PATCH', `/v1/accounts/${accountId}`, { key: OPERATOR_KEY, body: { enabled: false } });
}

test('the root leads to the document of who is not signed in', async () => {
  expect(await world.call('GET', '/')).toMatchObject({ status: 302, headers: { location: '/chat/-' } });
});

test('the document lets nothing in but its own scripts and styles, and goes nowhere but home', async () => {
  const { headers, text } = await world.call('GET', `/chat/${world.account.accountId}`);

  expect(text).toContain(`src="../page/${PAGE_FILE}"`);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'microphone=(self), clipboard-write=(self)',
  });
  const { 'frame-ancestors': _, ...policy } = await policyOf(world.account.accountId);
  expect(policy).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' blob: data: https://files.example",
    'media-src': "'self' blob: https://files.example",
    'connect-src': "'self' wss://doorbell.example https://files.example",
    'worker-src': "'self'",
    'manifest-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'require-trusted-types-for': "'script'",
    'trusted-types': 'konvert',
  });
});

test('an account’s document stands in its own frames, those of the CRMs, that of its receiver and those that it names', async () => {
  const { apiKey, accountId } = world.account;
  const body = { webhooksUri: 'https://crm.example:8443/konvert?secret=1', subscriptions: {} };
  await world.store.receivers.save(await world.store.receivers.now(accountId), registration(body.webhooksUri), 'test');

  await world.store.options.patchOptions(accountId, { frameAncestors: ['https://*.shop.example'] }, 'test');

  const ancestors = (await policyOf(accountId))['frame-ancestors']!.split(' ');

  expect(ancestors).toContain('https://*.shop.example');
  expect(ancestors).toEqual(expect.arrayContaining(["'self'", 'https://*.amocrm.ru', 'https://*.bitrix24.ru']));
  expect(ancestors).toEqual(expect.arrayContaining(['https://app.hubspot.com', 'https://crm.example:8443']));
  expect(ancestors.join()).not.toContain('secret');
  expect(apiKey).toBeDefined();
});

test.each([
  ['who is not signed in', async () => '-'],
  ['an account that is not there', async () => 'nobody'],
  [
    'a disabled account',
    async () => {
      await disable(world.account.accountId);
      world.clock.advance(10_000);
      return world.account.accountId;
    },
  ],
])('the document of %s stands in no frame, and is the same', async (_who, account) => {
  const own = await world.call('GET', `/chat/${world.account.accountId}`);
  const id = await account();

  expect((await policyOf(id))['frame-ancestors']).toBe("'none'");
  expect((await world.call('GET', `/chat/${id}`)).text).toBe(own.text);
});

test('a file may be kept for ever, and one that is not there is told with 404', async () => {
  const { status, headers } = await world.call('GET', `/page/${PAGE_FILE}`);

  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  for (const name of ['main.js', 'index.html', 'manifest.json', '..', '__proto__', '%2e%2e%2findex.js']) {
    expect(await world.call('GET', `/page/${name}`)).toMatchObject({ status: 404, body: { error: 'FILE_NOT_FOUND' } });
  }
});

test('the worker is asked for each time, and serves the pages beside its own folder', async () => {
  const { status, headers } = await world.call('GET', '/page/sw.js');

  expect(status).toBe(200);
  expect(headers).toMatchObject({ 'service-worker-allowed': '../chat/', 'cache-control': 'no-cache' });
});

test.each([
  [undefined, []],
  ['', []],
  ['gzip, deflate, br, zstd', ['br', 'gzip']],
  ['GZIP', ['gzip']],
  ['br;q=0.5, gzip;q=0', ['br']],
  ['br; q=0.000,gzip ; q=0.1', ['gzip']],
  ['identity, *;q=0', []],
])('of Accept-Encoding %j, %j are taken', (given, accepted) => {
  expect(acceptedEncodings({ 'accept-encoding': given })).toEqual(accepted);
});

describe('hosts of frames', () => {
  const nobody = { webhooksUri: undefined, portalHost: undefined, frameAncestors: [] };

  test.each([
    ['demo.amocrm.ru', ['https://demo.amocrm.ru']],
    ['demo.kommo.com', ['https://demo.kommo.com', 'https://demo.amocrm.com']],
    ['portal.oak.example', ['https://portal.oak.example']],
    ['app-eu1.hubspot.com', ['https://app-eu1.hubspot.com']],
    ["a;script-src 'self'", []],
  ])('a CRM that is connected at %s has the page there and nowhere else', (portalHost, hosts) => {
    const named = ancestorsOf({ ...nobody, portalHost, frameAncestors: ['https://crm.example'] });

    expect(named).toEqual(["'self'", ...hosts, 'https://crm.example']);
  });

  test.each([
    ['https://crm.example/', 'https://crm.example'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['HTTPS://CRM.Example', 'https://crm.example'],
    ['https://бюро.рф', 'https://xn--90a0af9c.xn--p1ai'],
  ])('%s is told as %s', (given, told) => {
    expect(ancestorsOf({ ...nobody, frameAncestors: [given] })).toContain(told);
    expect(ancestorsOf({ ...nobody, webhooksUri: given })).toContain(told);
  });

  test('the address of a receiver may have a path', () => {
    expect(ancestorsOf({ ...nobody, webhooksUri: 'https://crm.example/path' })).toContain('https://crm.example');
  });

  test.each([
    'https://a;script-src *',
    'https://a;b.example',
    "https://a'b.example",
    'https://a,b',
    'javascript:1',
    '*',
    '',
  ])('%s is left out', (given) => {
    const around = { webhooksUri: given, portalHost: undefined, frameAncestors: [given] };
    expect(ancestorsOf(around)).toEqual(ancestorsOf(nobody));
  });

  test('without any, the document stands in no frame', () => {
    expect(contentPolicy({ files: [], doorbell: [] }, [])).toContain("; frame-ancestors 'none'; ");
  });
});

function registration(uri: string) {
  return { uri, subscriptions: NO_SUBSCRIPTIONS, endedAt: undefined, signing: [] };
}
