import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createPublicFetch } from '#calls/public-fetch';
import type { Crm, CrmCredentials } from '#crms/crm';
import { createCrms } from '#crms/registry/crms';

const SECRETS = { accessToken: 'a-token-of-the-crm', clientSecret: 'a-secret-of-the-app' };

/** A server in the private network that counts who comes. */
async function openPrivate(): Promise<{ readonly host: string; readonly came: () => number }> {
  let came = 0;
  const server = createServer((socket) => {
    came += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void server.close(() => resolve())));
  return { host: `127.0.0.1:${(server.address() as AddressInfo).port}`, came: () => came };
}

function crmOf(name: string, fetch = createPublicFetch()): Crm {
  const crm = createCrms({ fetch }).crmFor(name);
  if (!crm) throw new Error(`There is no connector for ${name}`);
  return crm;
}

function sessionAt(host: string) {
  const app: CrmCredentials = { clientId: 'app', clientSecret: SECRETS.clientSecret };
  return { host, accessToken: SECRETS.accessToken, app, fields: {}, signal: AbortSignal.timeout(5_000) };
}

test.each(['amocrm', 'bitrix24'])('%s: a stored host in a private network is not called', async (name) => {
  const { host, came } = await openPrivate();

  expect(await crmOf(name).identify(sessionAt(host))).toMatchObject({ kind: 'unreachable' });

  expect(came()).toBe(0);
});

test.each([
  ['demo.amocrm.ru', true],
  ['127.0.0.1', false],
  ['169.254.169.254', false],
  ['[::1]', false],
  ['localhost', false],
  ['10.0.0.1:8080', false],
  ['evil.example', false],
  ['demo.amocrm.ru.evil.example', false],
])('amoCRM: whether the host %s is one of its accounts: %s', (host, isOne) => {
  const read = crmOf('amocrm').readCredentials({ host });

  expect('fields' in read && !read.fields.includes('host')).toBe(isOne);
});

test('amoCRM: who comes back from a consent cannot send code and secret to a host of their own', async () => {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (url) => {
    asked.push(String(url));
    return new Response('{}');
  };
  const app = { host: 'demo.amocrm.ru', clientId: 'app', clientSecret: SECRETS.clientSecret };
  for (const referer of ['evil.example', '127.0.0.1', 'demo.amocrm.ru@evil.example', 'demo.amocrm.ru.evil.example']) {
    const callback = new URLSearchParams({ code: 'code', referer });
    await crmOf('amocrm', fetch).oauth?.exchange(app, callback, 'https://k.example/back', AbortSignal.timeout(5_000));
  }

  expect(asked.filter((url) => !new URL(url).host.endsWith('.amocrm.ru'))).toEqual([]);
});

test.each([
  'https://169.254.169.254/rest/app.info',
  'http://portal.example/rest/app.info',
  'https://portal.example/steal',
])('Bitrix24: a redirect to %s takes no token along', async (location) => {
  const asked: string[] = [];
  const outside = createPublicFetch();
  const fetch: typeof globalThis.fetch = async (url, init) => {
    asked.push(String(url));
    if (asked.length > 1) return outside(url, init);
    return new Response(null, { status: 302, headers: { location } });
  };

  const answer = await crmOf('bitrix24', fetch).identify(sessionAt('demo.bitrix24.ru'));

  expect(answer).toMatchObject({ kind: 'unreachable' });
  expect(JSON.stringify(answer)).not.toContain(SECRETS.accessToken);
  expect(asked.slice(1).filter((url) => !url.startsWith('https://169.254.169.254/rest/'))).toEqual([]);
});
