import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CONTACTS, DEALS, PEOPLE } from '#local/demo/company';
import { DEMO_CLIENTS, type DemoClient } from '#local/demo/kit/clients';
import { callApi, freePort } from '#test/e2e/call-api';
import { type KonvertProcess, makeFolder, startKonvert } from '#test/e2e/konvert-process';
import { deployed } from '#test/e2e/place';
import { connectTelegram } from '#test/e2e/played-telegram';
import { clientText, postUpdate } from '#test/e2e/telegram-update';

/** The demo company, with a channel of a bot to which its clients write. */
export interface Company {
  readonly konvert: KonvertProcess;
  readonly accountId: string;
  readonly apiKey: string;
  readonly channelId: string;
  /** Lets that client write. */
  write(client: DemoClient, text: string): Promise<void>;
}

/** Starts a Konvert with its demo company. On a deployed one, which has none, it makes the same company by the API. */
export async function openCompany(given?: { folder?: string; port?: number }): Promise<Company> {
  const folder = given?.folder ?? (await makeFolder());
  const port = given?.port ?? (await freePort());
  const env = deployed ? {} : { KONVERT_DEMO: 'on' };
  const konvert = await startKonvert({ folder, port, by: 'node', env });
  return deployed ? madeByApi(konvert) : demoOf(konvert);
}

async function demoOf(konvert: KonvertProcess): Promise<Company> {
  const { accountId, apiKey, channelId } = JSON.parse(await readFile(join(konvert.folder, 'demo.json'), 'utf8'));
  return {
    konvert,
    accountId,
    apiKey,
    channelId,
    async write(client, text) {
      const written = await callApi(konvert.url, 'POST', '/demo-messenger/write', { body: { client, text } });
      expect(written.status).toBe(200);
    },
  };
}

async function madeByApi(konvert: KonvertProcess): Promise<Company> {
  const { accountId, apiKey, channelId, webhook } = await connectTelegram(konvert);
  const done = async (method: string, path: string, body: unknown) =>
    expect(await callApi(konvert.url, method, path, { key: apiKey, body })).toMatchObject({ status: 200 });
  const users = PEOPLE.map(({ id, name }) => ({ id, name }));
  const userRoles = PEOPLE.map(({ id: userId, role, allowGetNewClients }) => ({ userId, role, allowGetNewClients }));
  await done('POST', '/v3/users', users);
  await done('POST', '/v3/contacts', CONTACTS);
  await done('POST', '/v3/deals', DEALS);
  await done('PUT', `/v1/settings/channels/${channelId}`, { newClients: { mode: 'first-reply' }, userRoles });
  let said = 0;
  return {
    konvert,
    accountId,
    apiKey,
    channelId,
    async write(client, text) {
      said += 1;
      const update = clientText({ chat: DEMO_CLIENTS[client].id, id: said, text });
      expect(await postUpdate(webhook, update)).toEqual({ status: 200 });
    },
  };
}
