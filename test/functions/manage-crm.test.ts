import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import * as contract from '#api/crm-connection-routes';
import { type HubspotRig, openHubspot } from '#test/crms/doubles/hubspot/rig';
import { PATIENCE_MS } from '#test/patience';
import { type Answer, createWorld, type World } from '#test/world';

let world: World;
let rig: HubspotRig;

beforeEach(async () => {
  rig = await openHubspot();
  world = await createWorld({ crms: { hubspot: rig.double.baseUrl } });
});

afterEach(async () => {
  await rig.stop();
  await world.stop();
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  world.call(method, path, { key: world.account.apiKey, body });
const connect = (credentials: object = rig.credentials) => call('POST', '/v1/crm', { crm: 'hubspot', credentials });
const read = async () => contract.crmConnection.parse((await call('GET', '/v1/crm')).body);
const usersOf = async () => ((await call('GET', '/v3/users')).body as { id: string }[]).map(({ id }) => id).sort();

describe('connecting by a token', () => {
  test('is tried by use: who we are, our fields, users and open stages are there with the answer', async () => {
    const own = rig.hands.addUser({ name: 'Ivan Sokolov' });

    const { status, body } = await connect();

    expect({ status, ...contract.connectedCrm.parse(body) }).toMatchObject({ status: 201, crm: 'hubspot' });
    expect(await usersOf()).toContain(own);
    expect(rig.hands.ours().fields).toBeGreaterThan(0);
    const pipelines = (await call('GET', '/v3/pipelines')).body as { stages?: { id: string }[] }[];
    const stages = pipelines.flatMap((one) => one.stages ?? []).map(({ id }) => id);
    expect(stages).toContain('appointmentscheduled');
    expect(stages.filter((id) => id.startsWith('closed'))).toEqual([]);
    expect(await read()).toMatchObject({ portal: { host: rig.hands.portal.host }, waiting: 0, failed: 0 });
  });

  test('takes users away whom the CRM does not have, and is in the audit', async () => {
    await call('POST', '/v3/users', [{ id: 'stranger', name: 'Stranger' }]);
    rig.hands.addUser({ name: 'Ivan Sokolov' });

    await connect();

    expect(await usersOf()).not.toContain('stranger');
    const { entries } = (await call('GET', '/v1/audit')).body as { entries: { act: string }[] };
    expect(entries[0]).toMatchObject({ act: 'crm-connected', subject: (await read()).connectionId });
  });

  test('shows no secret', async () => {
    await connect();

    const shown = [(await call('GET', '/v1/crm')).text, JSON.stringify(world.logs)].join();
    for (const secret of Object.values(rig.credentials)) expect(shown).not.toContain(secret);
  });

  test('without a field names it, and stores nothing', async () => {
    expect(await connect({})).toMatchObject({
      status: 400,
      body: { error: 'INVALID_CREDENTIALS', data: { fields: ['credentials.accessToken'] } },
    });
    expect((await call('GET', '/v1/crm')).status).toBe(404);
  });

  test.each([
    { name: 'that is refused', spoil: () => rig.hands.revoke(), status: 400, error: 'CRM_REFUSED' },
    { name: 'while the CRM is down', spoil: () => rig.double.down(), status: 503, error: 'CRM_UNREACHABLE' },
  ])('$name stores nothing', async ({ spoil, status, error }) => {
    spoil();

    expect(await connect()).toMatchObject({ status, body: { error } });
    expect((await call('GET', '/v1/crm')).status).toBe(404);
    expect((await call('POST', '/v3/users', [{ id: 'own', name: 'Own' }])).status).toBe(200);
  });

  test('that does not get through all of it leaves nothing behind', async () => {
    const refused = { status: 403, body: { status: 'error', message: 'Scopes', category: 'MISSING_SCOPES' } };
    await connect();
    const owners = rig.double.calls.find(({ url }) => url.pathname.includes('owners'))!.name;
    await call('DELETE', '/v1/crm');
    rig.double.answer(refused, owners);

    expect(await connect()).toMatchObject({ status: 400, body: { error: 'CRM_REFUSED', data: { code: 'NOT_ADMIN' } } });
    expect((await call('GET', '/v1/crm')).status).toBe(404);
    expect((await connect()).status).toBe(201);
  });

  test('a second time is 409', async () => {
    await connect();

    expect(await connect()).toMatchObject({ status: 409, body: { error: 'CRM_CONNECTED' } });
  });
});

describe('while a CRM is connected', () => {
  const card = { id: 'x', name: 'X', responsibleUserId: 'x', contactData: [{ chatType: 'telegram', chatId: '1' }] };

  test.each([
    ['POST', '/v3/users', [{ id: 'x', name: 'X' }]],
    ['DELETE', '/v3/users/x', undefined],
    ['PATCH', '/v3/users/bulk_delete', ['x']],
    ['POST', '/v3/contacts', [card]],
    ['PUT', '/v3/contacts/x', { name: 'Y' }],
    ['DELETE', '/v3/contacts/x', undefined],
    ['PATCH', '/v3/contacts/bulk_delete', ['x']],
    ['POST', '/v3/deals', [{ id: 'd', name: 'D', responsibleUserId: 'x', contacts: ['x'], closed: false }]],
    ['DELETE', '/v3/deals/d', undefined],
    ['PATCH', '/v3/deals/bulk_delete', ['d']],
    ['POST', '/v3/pipelines', []],
    ['PUT', '/v1/pipelines', []],
  ])('%s %s is refused, switched off too, and taken again after it was left', async (method, path, body) => {
    await connect();
    const kept = { status: 409, body: { error: 'DIRECTORY_KEPT_BY_CONNECTOR' } };

    expect(await call(method, path, body)).toMatchObject(kept);
    await call('PATCH', '/v1/crm', { enabled: false });
    expect(await call(method, path, body)).toMatchObject(kept);
    await call('DELETE', '/v1/crm');
    expect((await call(method, path, body)).status).not.toBe(409);
  });

  test('the directory is read as ever', async () => {
    await connect();

    for (const path of ['/v3/users', '/v3/contacts', '/v3/deals', '/v3/pipelines']) {
      expect((await call('GET', path)).status).toBe(200);
    }
  });

  test('a mode that the CRM does not have is refused; without a CRM it is taken', async () => {
    const path = `/v1/settings/channels/${world.channel.channelId}`;
    const unsorted = { newClients: { mode: 'unsorted' }, userRoles: [] };
    expect((await call('PUT', path, unsorted)).status).toBe(200);

    await connect();

    expect(await call('PUT', path, unsorted)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_SETTINGS', data: { fields: ['newClients.mode'] } },
    });
  });

  test('deals cannot begin in a stage that is closed', async () => {
    await connect();
    const path = `/v1/settings/channels/${world.channel.channelId}`;
    const inStage = (stageId: string) => ({
      newClients: { mode: 'round-robin', pipelineId: 'default', stageId },
      userRoles: [],
    });

    expect((await call('PUT', path, inStage('closedwon'))).status).toBe(400);
    expect((await call('PUT', path, inStage('appointmentscheduled'))).status).toBe(200);
  });
});

describe('a refresh (C3)', () => {
  test('brings who is new and takes away who was dismissed', async () => {
    const first = rig.hands.addUser({ name: 'Ivan Sokolov' });
    for (const name of ['Olga Petrova', 'Anna Ivanova', 'Petr Ivanov']) rig.hands.addUser({ name });
    await connect();
    rig.hands.dismissUser(first);
    const second = rig.hands.addUser({ name: 'Maria Orlova' });

    const { status, body } = await call('POST', '/v1/crm/refresh');

    expect(status).toBe(200);
    expect(contract.refreshedCrm.parse(body)).toMatchObject({ users: { added: 1, changed: 0, gone: 1 } });
    const there = await usersOf();
    expect([there.includes(first), there.includes(second)]).toEqual([false, true]);
  });

  test('removes nobody if it would be more than half, and says so until it is mended', async () => {
    const ids = ['Ivan Sokolov', 'Olga Petrova', 'Anna Ivanova'].map((name) => rig.hands.addUser({ name }));
    await connect();
    const before = await usersOf();
    const owners = rig.world.owners.splice(0);

    const { body } = await call('POST', '/v1/crm/refresh');

    expect(body).toMatchObject({ users: { gone: 0 } });
    expect(await usersOf()).toEqual(before);
    expect((await read()).problems.map(({ code }) => code)).toContain('USERS_SHRANK');
    rig.world.owners.push(...owners);
    await call('POST', '/v1/crm/refresh');
    expect((await read()).problems.map(({ code }) => code)).not.toContain('USERS_SHRANK');
    expect(ids.every((id) => before.includes(id))).toBe(true);
  });

  test('of a CRM that is down changes nothing', async () => {
    await connect();
    const before = await usersOf();
    rig.double.down();

    expect(await call('POST', '/v1/crm/refresh')).toMatchObject({ status: 503, body: { error: 'CRM_UNREACHABLE' } });
    expect(await usersOf()).toEqual(before);
    expect(await read()).toMatchObject({ refreshing: false });
  });

  test('of a CRM that takes longer than 25 s goes on by itself, and is seen until it is done', async () => {
    await connect();
    const added = rig.hands.addUser({ name: 'Maria Orlova' });
    const owners = rig.double.calls.find(({ url }) => url.pathname.includes('owners'))!.name;
    const asked = () => rig.double.calls.filter(({ name }) => name === owners).length;
    const before = asked();
    rig.double.late(owners);

    const answer = call('POST', '/v1/crm/refresh');
    await vi.waitUntil(() => asked() > before, PATIENCE_MS);
    world.clock.advance(25_000);

    expect(await answer).toMatchObject({ status: 202, body: { refreshing: true } });
    expect(await read()).toMatchObject({ refreshing: true });
    expect(await usersOf()).not.toContain(added);
    await world.drain();
    expect(await read()).toMatchObject({ refreshing: false, state: 'active' });
    expect(await usersOf()).toContain(added);
  });
});

test('a CRM that is down can be left', async () => {
  await connect();
  const { connectionId } = await read();
  rig.double.down();

  expect(await call('DELETE', '/v1/crm')).toMatchObject({ status: 200, body: { connectionId } });
  expect((await call('GET', '/v1/crm')).status).toBe(404);
});

test('every problem is told in words', async () => {
  const { PROBLEM_WORDS } = await import('#domain/crm-problem-words');
  const { CRM_PROBLEMS } = await import('#domain/crm');

  for (const code of CRM_PROBLEMS) expect(PROBLEM_WORDS[code], code).toMatch(/^[A-Z].+\. [A-Z].+\.$/);
});

describe('two administrators at once', () => {
  test('all of their changes are made', async () => {
    await connect();
    const { credentials } = rig;

    const answers = await Promise.all([
      call('PATCH', '/v1/crm', { credentials }),
      call('PATCH', '/v1/crm', { enabled: false }),
      call('PATCH', '/v1/crm', { credentials }),
    ]);

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await read()).state).toBe('disabled');
  });

  test('who ends it ends it, and who changes it meanwhile is told', async () => {
    await connect();
    const { credentials } = rig;

    const [ended, ...changed] = await Promise.all([
      call('DELETE', '/v1/crm'),
      call('PATCH', '/v1/crm', { credentials }),
      call('PATCH', '/v1/crm', { enabled: true }),
    ]);

    expect(ended.status).toBe(200);
    for (const { status } of changed) expect([200, 404]).toContain(status);
    expect((await call('GET', '/v1/crm')).status).toBe(404);
  });
});
