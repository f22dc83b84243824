import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Crm } from '#crms/crm';
import type { Portal } from '#domain/crm';
import { CRM_HOST, CRM_PATH, CRM_TOKEN } from '#local/demo/stand-in/places';
import { openStandIn } from '#local/demo/stand-in/stand-in';
import { throughStandIn, withStandInLinks } from '#local/demo/stand-in/through';
import { createServer } from '#local/server/server';
import { freePort } from '#test/e2e/call-api';
import { requestRaw } from '#test/local/demo/request-raw';

const TOKEN = `${CRM_TOKEN}1`;
const JSON_TYPE = { 'content-type': 'application/json' };

/** The stand-in CRM behind the real server. */
async function open() {
  const folder = await mkdtemp(join(tmpdir(), 'konvert-stand-in-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const files = { books: join(folder, 'books.json'), company: join(folder, 'company.json') };
  const standIn = await openStandIn(files, TOKEN, { now: () => Date.UTC(2026, 0, 1), deadline: AbortSignal.timeout });
  const server = createServer(standIn.answer, () => {});
  const port = await freePort();
  await server.listen(port, '127.0.0.1');
  onTestFinished(() => server.stop(0));
  const ask = (method: string, path: string, headers: Record<string, string> = {}, body = '') =>
    requestRaw(port, method, CRM_PATH + path, { host: `127.0.0.1:${port}`, ...headers }, body);
  return { ask, url: `http://127.0.0.1:${port}` };
}

test('what the connector calls by the name of the stand-in never leaves this machine', async () => {
  const { url } = await open();
  const through = throughStandIn(fetch, url);

  const answer = await through(`https://${CRM_HOST}/api/v4/users?limit=1`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });

  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/hal+json']);
  expect(await answer.json()).toMatchObject({ _embedded: { users: [{ name: 'Olga' }] } });
  expect((await through(`https://${CRM_HOST}/api/v4/users`)).status).toBe(401);
  // The connector asks there whether an account that refuses a token was renamed.
  const asked = { headers: { authorization: `Bearer ${CRM_TOKEN}of-an-earlier-run` } };
  expect((await through('https://www.amocrm.ru/oauth2/account/subdomain', asked)).status).toBe(404);
});

test('its page comes with a policy, and only the page itself may work in the books', async () => {
  const { ask } = await open();
  const foreign = { origin: 'https://evil.example', ...JSON_TYPE };

  expect((await ask('GET', '')).status).toBe(200);
  expect((await ask('GET', '/page.js')).status).toBe(200);
  expect((await ask('GET', '/state')).status).toBe(200);
  expect((await ask('GET', '/state', { host: 'evil.example' })).status).toBe(403);
  for (const path of ['/change', '/connect', '/write', '/link']) {
    expect([path, (await ask('POST', path, foreign, '{}')).status]).toEqual([path, 403]);
    expect([path, (await ask('POST', path, {}, '{}')).status]).toEqual([path, 415]);
  }
  expect((await ask('POST', '/change', JSON_TYPE, '{"type":"deal","id":1,"userId":9001}')).status).toBe(400);
});

test('links into the stand-in open its page, and those of every other account stay as they are', async () => {
  const links = {
    contact: ({ host }: Portal, id: string) => `https://${host}/contacts/detail/${id}`,
    deal: ({ host }: Portal, id: string) => `https://${host}/leads/detail/${id}`,
    newDeal: ({ host }: Portal) => `https://${host}/leads/add`,
  };
  const { crmFor } = withStandInLinks({ crmFor: () => ({ links }) as unknown as Crm }, 'http://127.0.0.1:1');
  const at = (host: string) => ({ accountId: '1', host, name: '', connectedAs: '', isAdmin: true });

  expect(crmFor('amocrm')?.links.deal(at(CRM_HOST), '7')).toBe(`http://127.0.0.1:1${CRM_PATH}/leads/detail/7`);
  expect(crmFor('amocrm')?.links.deal(at('oak.amocrm.ru'), '7')).toBe('https://oak.amocrm.ru/leads/detail/7');
  const { ask } = await open();
  expect((await ask('GET', '/leads/detail/7')).headers.location).toBe(`${CRM_PATH}#deal-7`);
});
