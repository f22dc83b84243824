import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemClock } from '#clock';
import { TOKEN_LEASE_MS } from '#domain/crm-tokens';
import type { FunctionDefinition } from '#lib/function-definition';
import { functions } from '#lib/functions';
import { tables } from '#lib/tables';
import { type Engine, startEngine } from '#local/engine/engine';
import { createKeyCipher, newCipherKey } from '#local/key-cipher';
import { createCrmTokens, sealPair } from '#store/accounts/crm-tokens';
import { createOpenCrms } from '#store/accounts/open-crms';
import { createStoreDeps } from '#store/dynamo/client';
import { createTables } from '#store/dynamo/create-tables';
import { openBothClients } from '#test/local/engine/both-clients';

const names = Object.fromEntries(Object.keys(tables).map((id) => [id, id]));
const PORTAL = { accountId: '1', host: 'demo.amocrm.ru', name: 'Demo', connectedAs: 'Anna', isAdmin: true };
const TOKENS = { accessToken: 'a1', refreshToken: 'r1', goodUntil: 4_000_000_000_000 };

let engine: Engine;
let clients: ReturnType<typeof openBothClients>;

beforeAll(async () => {
  engine = await startEngine();
  clients = openBothClients(engine.endpoint);
  await createTables(clients.database, tables, names);
});

afterAll(async () => {
  clients.destroy();
  await engine.stop();
});

test('the engine takes every write of connections and tokens', async () => {
  const platform = { client: clients.documents, tables: names, clock: systemClock, newId: randomUUID };
  const deps = { ...createStoreDeps(platform), cipher: createKeyCipher(newCipherKey()) };
  const [crms, tokens] = [createOpenCrms(deps), createCrmTokens(deps)];
  const baseUrl = 'https://konvert.example';

  const { connection } = (await crms.connect('a', { crm: 'amocrm', app: {}, baseUrl, tokens: TOKENS }, 'key'))!;
  expect(await crms.connect('a', { crm: 'amocrm', app: {}, baseUrl }, 'key')).toBeUndefined();
  await crms.noteProblems(connection, [{ code: 'STAGE_GONE', about: 'c#1' }, { code: 'PLAN' }]);
  await crms.setPrepared((await crms.now('a'))!, { portal: PORTAL, fields: { key: '7' }, todo: [], problems: [] });
  await crms.noteNews(connection);
  await crms.noteProof(connection, 5);
  await crms.noteBlocked(connection, 6);
  const { connectionId } = connection;
  const first = (await tokens.load(connectionId))!;
  const now = Date.now();
  expect(await tokens.lease(first, 'me', now, now + 1_000)).toBe(true);
  expect(await tokens.lease(first, 'other', now, now + 1_000)).toBe(false);
  await tokens.release(first, 'me', 0);
  const box = await tokens.newBox(connectionId);
  const [second, third] = ['a2', 'a3'].map((accessToken) => sealPair(box, { ...TOKENS, accessToken }, now));
  expect(await tokens.store(first, second!)).toBe('present');
  expect(await tokens.store(first, second!)).toBe('present');
  expect(await tokens.store(first, third!)).toBe('spare');
  expect(await tokens.refuse((await tokens.load(connectionId))!, now, 'Token has been revoked')).toBe(true);
  expect(await tokens.useSpare((await tokens.load(connectionId))!)).toBe(true);
  expect(await tokens.open((await tokens.load(connectionId))!)).toMatchObject({ accessToken: 'a3' });
  expect(await tokens.end((await tokens.load(connectionId))!, now)).toBe(true);
  expect(await tokens.revive((await tokens.load(connectionId))!)).toBe(true);
  await crms.noteEnded((await crms.now('a'))!);
  expect(await tokens.store(first, second!)).toBe('present');
  await crms.install((await crms.now('a'))!, TOKENS, 'of-the-hooks');

  const open = (await crms.openNow('a'))!;
  expect(open).toMatchObject({
    hookSecret: 'of-the-hooks',
    connection: {
      portal: PORTAL,
      fields: { key: '7' },
      problems: [{ code: 'STAGE_GONE', about: 'c#1' }],
      blockedUntil: 6,
    },
  });
  expect(await crms.remove(open, 'key')).toBe(true);
  expect([await crms.now('a'), await crms.listAll(), await tokens.load(connectionId)]).toEqual([
    undefined,
    [],
    undefined,
  ]);
});

test('no function that renews tokens lives as long as their lease', () => {
  const all: readonly FunctionDefinition[] = Object.values(functions);
  const renews = all.filter(({ secrets }) => secrets?.includes('sealCrmTokens'));

  expect(renews.filter(({ timeoutSeconds }) => timeoutSeconds * 1_000 > TOKEN_LEASE_MS - 20_000)).toEqual([]);
});
