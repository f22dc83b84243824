import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { CrmCredentials } from '#crms/crm';
import { signatureOf } from '#crms/hubspot/signature';
import type { CrmName } from '#domain/crm';
import type { Bitrix24Rig } from './doubles/bitrix24/rig.ts';
import { hookBody } from './doubles/bitrix24/state.ts';
import { type Hook, type HookedWorld, openHookedWorld } from './kit/hooked-world.ts';

let at: HookedWorld;

afterEach(() => at.stop());

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const open = async (vendor: CrmName, credentials?: CrmCredentials) => {
  at = await openHookedWorld(vendor, credentials);
};
const taken = async (hook: Hook) => {
  const status = await at.hook(hook);
  await at.world.drain();
  return status;
};

describe('the hook of amoCRM that says that the integration was taken away', () => {
  function left({ accountId = at.rig.hands.portal.accountId, secret = at.rig.credentials.clientSecret } = {}): Hook {
    const { clientId = '' } = at.rig.credentials;
    const signature = createHmac('sha256', String(secret)).update(`${clientId}|${accountId}`).digest('hex');
    const query = new URLSearchParams({ account_id: accountId, client_uuid: clientId, signature });
    return { method: 'GET', query: `?${query}` };
  }

  test('ends the grant at once', async () => {
    await open('amocrm');

    expect(await taken(left())).toBe(200);

    expect(await at.connection()).toMatchObject({ state: 'unauthorized' });
  });

  test.each([
    ['signed with another secret', { secret: 'another' }],
    ['of another account', { accountId: '31000002' }],
  ])('is refused %s', async (_how, forged) => {
    await open('amocrm');

    expect(await taken(left(forged))).toBe(401);
    expect(await at.connection()).toMatchObject({ state: 'active' });
  });
});

describe('Bitrix24', () => {
  const portal = () => (at.rig as unknown as Bitrix24Rig).double.state;
  const event = (name: string): Hook => ({ headers: FORM, body: hookBody(portal(), name, {}) });
  const install = (): Hook => {
    if (!at.rig.install) throw new Error('There is no installation');
    return at.rig.install();
  };

  test('is connected by its installation: users, pipelines and hooks are there with it', async () => {
    await open('bitrix24');

    expect(await at.connection()).toMatchObject({ state: 'active', portal: { host: portal().host }, problems: [] });
    expect((await at.desk.ask('GET', '/v3/users')).body).toHaveLength(3);
    expect(portal().handlers.length).toBeGreaterThan(0);
  });

  test('that takes the application away ends the grant; an installation anew goes on, and its token alone counts', async () => {
    await open('bitrix24');
    const former = event('ONUSERADD');
    expect(await taken(event('ONAPPUNINSTALL'))).toBe(200);
    expect(await at.connection()).toMatchObject({ state: 'unauthorized' });

    portal().app.token = 'another-token';
    expect(await taken(install())).toBe(200);

    expect(await at.connection()).toMatchObject({ state: 'active' });
    expect([await taken(former), await taken(event('ONUSERADD'))]).toEqual([401, 200]);
  });

  test.each([
    { last: 'an installation', state: 'active', hooks: () => [event('ONAPPUNINSTALL'), install()] },
    { last: 'an uninstallation', state: 'unauthorized', hooks: () => [install(), event('ONAPPUNINSTALL')] },
  ])('$last that came last counts, if both wait', async ({ state, hooks }) => {
    await open('bitrix24');

    for (const one of hooks()) expect(await at.hook(one)).toBe(200);
    await at.world.drain();

    expect(await at.connection()).toMatchObject({ state });
  });

  test('is not believed an installation in another portal', async () => {
    await open('bitrix24');
    const form = new URLSearchParams(String(install().body));
    form.set('auth[member_id]', 'of-another-portal');

    expect(await taken({ headers: FORM, body: form.toString() })).toBe(401);
  });

  test('tells of a new user', async () => {
    await open('bitrix24');
    const id = at.rig.hands.addUser({ name: 'Clara Wu' });

    expect(await taken(event('ONUSERADD'))).toBe(200);

    expect((await at.desk.ask('GET', '/v3/users')).text).toContain(`"${id}"`);
  });
});

describe('HubSpot', () => {
  const clientSecret = () => String(at.rig.credentials.clientSecret);

  /** A hook that is signed for that address. */
  function signed(uri: string, body = '[]'): Hook {
    const timestamp = String(at.world.clock.now());
    const signature = signatureOf('POST', uri, Buffer.from(body), timestamp, clientSecret());
    return { headers: { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': timestamp }, body };
  }

  test('signs the address that it was given, whatever host the request came to (K29)', async () => {
    await open('hubspot');
    const { hooksUrl } = at;

    expect(await taken(signed(hooksUrl))).toBe(200);
    expect(await taken(signed(hooksUrl.replace('konvert.example', 'abc.execute-api.eu-west-1.amazonaws.com')))).toBe(
      401,
    );
  });

  test('without hooks, by a service key, is told so, and proved every five minutes', async () => {
    await open('hubspot', { accessToken: 'pat-eu1-double-token' });
    const client = await at.client(501);
    expect(await at.connection()).toMatchObject({ state: 'degraded', problems: [{ code: 'HOOKS_MISSING' }] });
    await at.refresh();
    await at.wait(300_000);
    for (const [type, id] of [
      ['contact', client.contactId],
      ['deal', client.dealId],
    ] as const)
      at.rig.hands.setResponsible({ type, id }, at.boris);

    await at.wait(15_000);
    await at.refresh();

    expect(await at.desk.seenBy(at.boris)).toEqual(['501']);
    expect(await at.desk.seenBy(at.anna)).toEqual([]);
  });
});
