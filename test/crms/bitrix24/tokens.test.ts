import { describe, expect, test } from 'vitest';
import type { Asked, Tokens } from '#crms/crm';
import { type Bitrix24Rig, openBitrix24 } from '../doubles/bitrix24/rig.ts';
import { sessionOf, told } from '../kit/connected.ts';

describe('tokens (K9)', () => {
  const app = (rig: Bitrix24Rig) => rig.credentials;
  const { signal } = new AbortController();

  test('the pair is good for an hour, and is renewed once; the portal may have another name by then', async () => {
    const rig = openBitrix24();
    const { accessToken, refreshToken } = rig.double.oauth.install('1');
    const session = { ...sessionOf(rig), accessToken };
    expect((await rig.crm.identify(session)).kind).toBe('ok');
    rig.clock.pass(3_600_000);
    expect(await rig.crm.identify(session)).toMatchObject({ kind: 'unauthorized', code: 'expired_token' });
    rig.hands.renamePortal('renamed.bitrix24.ru');

    const renew = () => rig.crm.oauth?.refresh(app(rig), { accessToken, refreshToken }, 'demo.bitrix24.ru', '', signal);
    const tokens = told((await renew()) as Asked<Tokens>);

    expect(tokens).toMatchObject({ goodUntil: rig.clock.now() + 3_600_000, host: 'renamed.bitrix24.ru' });
    expect([tokens.accessToken, tokens.refreshToken]).not.toContain(accessToken);
    expect((await rig.crm.identify({ ...session, accessToken: tokens.accessToken })).kind).toBe('ok');
    expect(await renew()).toMatchObject({ kind: 'unauthorized', code: 'invalid_grant' });
  });

  test('a server of authorization that is ill ends no grant, and no secret is quoted', async () => {
    const rig = openBitrix24();
    const pair = rig.double.oauth.install('1');
    const renew = () => rig.crm.oauth?.refresh(app(rig), pair, 'demo.bitrix24.ru', '', signal);
    for (const answer of [
      { status: 502, body: '<html>' },
      { status: 200, body: { access_token: '' } },
      { status: 500, body: { error: 'x' } },
    ]) {
      rig.double.answer(answer);
      expect(await renew(), JSON.stringify(answer)).toMatchObject({ kind: 'unreachable' });
    }
    rig.double.down();
    expect(await renew()).toMatchObject({ kind: 'unreachable' });
    rig.double.up();
    rig.double.answer({
      status: 400,
      body: { error: 'invalid_request', error_description: `no ${pair.refreshToken}` },
    });
    expect(JSON.stringify(await renew())).not.toContain(pair.refreshToken);
    rig.double.answer({ status: 402, body: { error: 'PAYMENT_REQUIRED', error_description: 'Payment required' } });
    expect(await renew()).toMatchObject({ kind: 'refused', code: 'PLAN' });
    expect((await renew())?.kind).toBe('ok');
  });

  test('a code is exchanged within 30 seconds', async () => {
    const rig = openBitrix24();
    const url = new URL(rig.crm.oauth?.authorizeUrl(app(rig), 'state&1', '') ?? '');
    expect([url.host, url.searchParams.get('client_id'), url.searchParams.get('state')]).toEqual([
      'demo.bitrix24.ru',
      rig.credentials.clientId,
      'state&1',
    ]);
    const exchange = (code: string) => rig.crm.oauth?.exchange(app(rig), new URLSearchParams({ code }), '', signal);
    expect((await exchange(rig.double.oauth.code('1')))?.kind).toBe('ok');
    const late = rig.double.oauth.code('1');
    rig.clock.pass(30_000);
    expect(await exchange(late)).toMatchObject({ kind: 'unauthorized' });
  });
});
