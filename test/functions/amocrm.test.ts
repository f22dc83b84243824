import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/crm-connection-routes';
import { problem } from '#test/crms/doubles/amocrm/index';
import { type AmoRig, openAmocrm } from '#test/crms/doubles/amocrm/rig';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

// An account of amoCRM that is connected: consent and tokens, and what is wrong with its hooks.

const HOUR = 3_600_000;
const CLIENT = 501;
const TOKENS = 'POST /oauth2/access_token';

let world: World;
let desk: Desk;
let rig: AmoRig;

beforeEach(async () => {
  rig = openAmocrm(createVirtualClock(START));
  world = await createWorld({ crm: rig.crm });
  desk = deskOf(world);
});

afterEach(() => world.stop());

const connection = async () => contract.crmConnection.parse((await desk.ask('GET', '/v1/crm')).body);
const problems = async () => (await connection()).problems.map(({ code }) => code);
const callsOf = (name: string) => rig.double.calls.filter((call) => call.name === name);

/** Hour after hour, with all that is due. */
async function hours(count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 1) {
    rig.clock.pass(HOUR);
    world.clock.advance(HOUR);
    await world.app.listeners['refresh-crm']();
    await world.pass(0);
    for (let second = 0; second < 15; second += 1) await world.pass(1_000);
    rig.clock.pass(15_000);
  }
}

function credentialsOf() {
  const { clientId, clientSecret } = rig.double.oauth.app;
  return { host: rig.hands.portal.host, clientId, clientSecret };
}

/** Asks for a consent, and answers with the address to open. */
async function ask(method: 'POST' | 'PATCH' = 'POST'): Promise<URL> {
  const credentials = credentialsOf();
  const { body } = await desk.ask(method, '/v1/crm', { ...(method === 'POST' && { crm: 'amocrm' }), credentials });
  return new URL(contract.connectedCrm.parse(body).authorizeUrl ?? '');
}

/** A person consents there, for the account of that host. What the settings are told. */
async function consent(authorize: URL, referer = rig.hands.portal.host): Promise<string> {
  const query = { state: authorize.searchParams.get('state') ?? '', code: rig.double.oauth.consent(), referer };
  const { status, headers } = await world.call('GET', `/v1/crm/callback/amocrm?${new URLSearchParams(query)}`);
  expect(status).toBe(302);
  return String(headers.location).replace('https://konvert.example/chat/-#/settings/crm/', '');
}

describe('OAuth', () => {
  test('goes out and back: the code becomes a pair, and everything is there then', async () => {
    const authorize = await ask();
    const { clientId, redirectUri } = rig.double.oauth.app;
    expect(`${authorize.origin}${authorize.pathname}`).toBe('https://www.amocrm.ru/oauth');
    expect(authorize.searchParams.get('client_id')).toBe(clientId);
    expect((await connection()).state).toBe('connecting');

    expect(await consent(authorize)).toBe('connected');

    expect(callsOf(TOKENS).map(({ body }) => body)).toMatchObject([
      { grant_type: 'authorization_code', redirect_uri: redirectUri },
    ]);
    expect(await connection()).toMatchObject({ state: 'active', portal: { host: 'demo.amocrm.ru' } });
    expect(rig.hands.ours().hooks).toBe(1);
    expect((await desk.ask('GET', '/v3/pipelines')).body).not.toEqual([]);
    expect(JSON.stringify(world.db.items('accounts'))).not.toMatch(/access-\d|refresh-\d|a-secret-of/);
  });

  test('gives code and secret to no other host than the account’s', async () => {
    expect(await consent(await ask(), 'evil.example')).toMatch(/^refused/);
    expect(callsOf(TOKENS)).toEqual([]);
  });

  test('is renewed at half of its life, day after day, and a client is made with what is good then', async () => {
    await consent(await ask());
    await hours(50);

    const renewed = callsOf(TOKENS).slice(1);
    expect(renewed.map(({ body }) => (body as { grant_type: string }).grant_type)).toEqual(
      Array.from(renewed, () => 'refresh_token'),
    );
    // Each pair lives for a day: fewer would have let it end, more would be no use.
    expect(renewed.length).toBeGreaterThanOrEqual(3);
    expect(renewed.length).toBeLessThanOrEqual(5);
    expect((await connection()).state).toBe('active');
    await choose();
    await world.say(CLIENT, 'Hello');
    for (let second = 0; second < 15; second += 1) await world.pass(1_000);
    expect(rig.hands.count('contact')).toBe(1);
  });

  test('that ended holds what waits, and a new consent lets it go on', async () => {
    await consent(await ask());
    await choose();
    rig.hands.revoke();
    await world.say(CLIENT, 'Hello');
    await hours(3);
    expect((await connection()).state).toBe('unauthorized');
    expect(rig.hands.count('contact')).toBe(0);

    expect(await consent(await ask('PATCH'))).toBe('connected');
    await hours(1);

    expect((await connection()).state).toBe('active');
    expect(rig.hands.count('contact')).toBe(1);
    expect(rig.hands.count('deal')).toBe(1);
  });

  test('is over at once when amoCRM says that the integration was taken away', async () => {
    await consent(await ask());
    const { clientId, clientSecret } = rig.double.oauth.app;
    const { accountId } = rig.hands.portal;
    const signature = createHmac('sha256', clientSecret).update(`${clientId}|${accountId}`).digest('hex');
    const hook = rig.double.state.hooks[0]?.destination.replace('https://konvert.example', '') ?? '';
    const query = (sign: string) =>
      `${hook}?${new URLSearchParams({ account_id: accountId, client_uuid: clientId, signature: sign })}`;

    expect((await world.call('GET', query('a'.repeat(64)))).status).toBe(401);
    await world.drain();
    expect((await connection()).state).toBe('active');
    expect((await world.call('GET', query(signature))).status).toBe(200);
    await world.drain();

    expect((await connection()).state).toBe('unauthorized');
  });
});

describe('hooks', () => {
  const connect = async () => {
    const answer = await desk.ask('POST', '/v1/crm', { crm: 'amocrm', credentials: rig.credentials });
    expect(answer.status).toBe(201);
  };

  test('that amoCRM switched off are registered again within a day, and that is said until the next time', async () => {
    await connect();
    rig.hands.disableHooks();
    for (let passed = 0; passed < 25 && rig.double.disabled.size > 0; passed += 1) await hours(1);

    expect(await problems()).toEqual(['HOOKS_OFF']);
    expect((await connection()).state).toBe('degraded');
    await desk.ask('POST', '/v1/crm/refresh');
    expect(await problems()).toEqual([]);
  });

  test('that the plan does not have are told of, and the account is connected nevertheless', async () => {
    rig.double.answer(problem(402, 'Payment Required'), 'GET /webhooks');
    await connect();

    expect(await problems()).toEqual(['PLAN']);
    expect((await connection()).state).toBe('degraded');
    await desk.ask('POST', '/v1/crm/refresh');
    expect(await problems()).toEqual([]);
  });
});

async function choose(): Promise<void> {
  const newClients = { mode: 'round-robin', pipelineId: '620011', stageId: '7400102' };
  const userRoles = [{ userId: '9001', role: 'seller', allowGetNewClients: true }];
  const path = `/v1/settings/channels/${world.channel.channelId}`;
  expect((await desk.ask('PUT', path, { newClients, userRoles })).status).toBe(200);
  await world.drain();
}

test('with new credentials it is given the present address, where Konvert has moved to', async () => {
  const { portal } = rig.hands;
  const { longLived: accessToken } = rig.double.oauth;
  const credentials = { host: portal.host, accessToken };
  const given = { crm: 'amocrm' as const, app: credentials, tokens: { accessToken }, portal };
  await world.store.crms.connect(world.account.accountId, { ...given, baseUrl: 'https://old.example' }, 'key-1');
  await desk.ask('POST', '/v1/crm/refresh');
  expect(rig.double.state.hooks).toMatchObject([{ destination: expect.stringContaining('https://old.example/') }]);

  expect((await desk.ask('PATCH', '/v1/crm', { credentials })).status).toBe(200);

  const { hooksUrl } = await connection();
  expect(hooksUrl).toMatch(/^https:\/\/konvert\.example\//);
  expect(rig.double.state.hooks.map(({ destination }) => destination)).toEqual([hooksUrl]);
});
