import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/crm-connection-routes';
import { type Bitrix24Rig, openBitrix24 } from '#test/crms/doubles/bitrix24/rig';
import { type Answer, createWorld, type World } from '#test/world';

let world: World;
let rig: Bitrix24Rig;

beforeEach(async () => {
  rig = openBitrix24();
  await rig.double.listen();
  world = await createWorld({ crms: { bitrix24: rig.double.baseUrl } });
});

afterEach(async () => {
  await rig.stop();
  await world.stop();
});

const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
  world.call(method, path, { key: world.account.apiKey, body });
const stateNow = async () => contract.crmConnection.parse((await call('GET', '/v1/crm')).body).state;

/** Connects, and answers with the `state` that the CRM sends back. */
async function ask(method = 'POST'): Promise<string> {
  const { credentials } = rig;
  const body = method === 'POST' ? { crm: 'bitrix24', credentials } : { credentials };
  const { authorizeUrl = '' } = contract.connectedCrm.parse((await call(method, '/v1/crm', body)).body);
  return new URL(authorizeUrl).searchParams.get('state') ?? '';
}

/** The browser comes back from the CRM. What the settings are told. */
async function comeBack(query: Readonly<Record<string, string>>, crm = 'bitrix24'): Promise<string> {
  const { status, headers } = await world.call('GET', `/v1/crm/callback/${crm}?${new URLSearchParams(query)}`);
  expect(status).toBe(302);
  return String(headers.location).replace('https://konvert.example/chat/-#/settings/crm/', '');
}

describe('the consent of a person', () => {
  test('connects: the code is exchanged in the request that brings it, and everything is there then', async () => {
    const user = rig.hands.addUser({ name: 'Ivan Sokolov' });
    const state = await ask();
    expect(await stateNow()).toBe('connecting');

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('connected');

    const { state: now, portal } = contract.crmConnection.parse((await call('GET', '/v1/crm')).body);
    expect(now).not.toBe('connecting');
    expect(portal).toMatchObject({ host: rig.double.state.host });
    expect((await call('GET', `/v3/users/${user}`)).status).toBe(200);
    expect(JSON.stringify(world.logs)).not.toContain(state);
  });

  test('lets the page stand in frames of that portal, and says so of no other account', async () => {
    rig.double.state.host = 'crm.doors.example';
    await comeBack({ state: await ask(), code: rig.double.oauth.code('1') });
    const policyOf = async (account: string) =>
      String((await world.call('GET', `/chat/${account}`)).headers['content-security-policy']);
    const other = await world.addAccount();

    expect(await policyOf(world.account.accountId)).toContain('https://crm.doors.example');
    expect(await policyOf(other.accountId)).not.toContain('crm.doors.example');
  });

  test('counts once', async () => {
    const state = await ask();
    await comeBack({ state, code: rig.double.oauth.code('1') });

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('refused/STATE_ENDED');
  });

  test('counts for ten minutes', async () => {
    const state = await ask();
    world.clock.advance(10 * 60_000);

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('refused/STATE_ENDED');
    expect(await stateNow()).toBe('connecting');
  });

  test.each([
    ['of nobody', { state: 'x'.repeat(43), code: 'c' }],
    ['that is missing', { code: 'c' }],
  ])('with a state %s counts for nothing', async (_, query) => {
    await ask();

    expect(await comeBack(query)).toBe('refused/STATE_ENDED');
  });

  test('for another CRM counts for nothing', async () => {
    const state = await ask();

    expect(await comeBack({ state, code: rig.double.oauth.code('1') }, 'hubspot')).toBe('refused/STATE_ENDED');
  });

  test('for a connection that was left counts for nothing', async () => {
    const state = await ask();
    await call('DELETE', '/v1/crm');

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('refused/STATE_ENDED');
    expect((await call('GET', '/v1/crm')).status).toBe(404);
  });

  test('for a connection that was made anew counts for nothing', async () => {
    const state = await ask();
    await call('DELETE', '/v1/crm');
    await ask();

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('refused/STATE_ENDED');
    expect(await stateNow()).toBe('connecting');
  });

  test.each([
    ['DENIED', async (state: string) => ({ state, error: 'access_denied' })],
    ['CRM_REFUSED', async (state: string) => ({ state, code: 'a-code-of-nobody' })],
    [
      'CRM_UNREACHABLE',
      async (state: string) => {
        rig.double.down();
        return { state, code: 'c' };
      },
    ],
  ])('that comes to nothing is told: %s', async (code, query) => {
    const state = await ask();

    expect(await comeBack(await query(state))).toBe(`refused/${code}`);
    expect(await stateNow()).toBe('connecting');
  });

  test('until it is given, the directory is the account’s own', async () => {
    await ask();

    expect((await call('POST', '/v3/users', [{ id: 'own', name: 'Own' }])).status).toBe(200);
  });

  test('may be asked for anew', async () => {
    await comeBack({ state: await ask(), code: rig.double.oauth.code('1') });
    rig.double.oauth.revoke();

    const state = await ask('PATCH');

    expect(await comeBack({ state, code: rig.double.oauth.code('1') })).toBe('connected');
    expect((await call('POST', '/v1/crm/refresh')).status).toBe(200);
  });
});
