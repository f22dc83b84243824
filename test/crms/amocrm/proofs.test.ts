import { execFileSync } from 'node:child_process';
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import type { CrmRequest, HookSecrets } from '#crms/crm';
import { unasked } from '#test/crms/kit/connected';
import { openAmocrm, uninstallRequest } from '../doubles/amocrm/rig.ts';

// What proves who calls: uninstallations, frames, and the pair of tokens.

const { crm, double, clock, hooks } = openAmocrm();
const redirectUri = double.oauth.app.redirectUri;
const { signal } = new AbortController();
const app = {
  host: 'demo.amocrm.ru',
  clientId: double.oauth.app.clientId,
  clientSecret: double.oauth.app.clientSecret,
};

test('an uninstallation: the signature that was computed by hand', () => {
  const secrets: HookSecrets = {
    ...hooks.secrets,
    app: { clientId: 'client-id', clientSecret: 'client-secret' },
    accountId: '123',
  };
  const signature = '6a7649d3798f8bd42934cbb323fd7966856850324deccd4eb7c2024f9d056b7a';

  expect(crm.hooks.verify(uninstallRequest('123', 'client-id', signature), secrets)).toBe(true);
  expect(crm.hooks.parse(uninstallRequest('123', 'client-id', signature))).toEqual([{ kind: 'uninstalled' }]);
  expect(crm.hooks.verify(uninstallRequest('124', 'client-id', signature), secrets)).toBe(false);
  expect(crm.hooks.verify(uninstallRequest('123', 'client-id', signature), { ...secrets, app: {} })).toBe(false);
});

test('an uninstallation: the signature that openssl computes', () => {
  const { clientId, clientSecret } = app;
  const options = ['dgst', '-sha256', '-hmac', clientSecret, '-r'];
  const [signature = ''] = execFileSync('openssl', options, { input: `${clientId}|31000001` })
    .toString()
    .split(' ');

  const request = uninstallRequest('31000001', clientId, signature);
  expect(crm.hooks.verify(request, hooks.secrets)).toBe(true);
  // Whoever pasted a token has given the secret, and perhaps not the id.
  expect(crm.hooks.verify(request, { ...hooks.secrets, app: { clientSecret } })).toBe(true);
});

interface Claims {
  readonly account_id?: number;
  readonly user_id?: number;
  readonly client_uuid?: string;
  readonly exp?: number;
  readonly secret?: string;
}

async function frameOf(
  { secret = app.clientSecret, ...claims }: Claims,
  place: 'header' | 'form' = 'header',
  given: HookSecrets['app'] = app,
) {
  const now = Math.floor(clock.now() / 1000);
  const all = {
    account_id: 31_000_001,
    user_id: 9002,
    client_uuid: app.clientId,
    iat: now,
    exp: now + 1800,
    ...claims,
  };
  const token = await new SignJWT(all).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret));
  const form = new URLSearchParams({ entity: 'deal', id: '701', ...(place === 'form' && { token }) });
  const request: CrmRequest = {
    method: 'POST',
    url: 'https://konvert.example/webhooks/frame/amocrm/c1',
    headers: place === 'header' ? { 'x-auth-token': token } : {},
    body: Buffer.from(form.toString()),
  };
  return crm.frame?.(request, { ...hooks.secrets, app: given, now: clock.now() }, unasked, signal);
}

test.each(['header', 'form'] as const)('a frame: who looks, and at what, by a token in the %s', async (place) => {
  const once = { id: expect.stringMatching(/^[^.]+\.[^.]+$/), until: clock.now() + 1_860_000 };
  expect(await frameOf({}, place)).toEqual({ userId: '9002', once, ref: { type: 'deal', id: '701' } });
});

test('a frame: the secret proves it without the id of the integration, and nothing does without the secret', async () => {
  const { clientId, clientSecret } = app;

  expect(await frameOf({}, 'header', { clientSecret })).toMatchObject({ userId: '9002' });
  expect(await frameOf({}, 'header', { clientId })).toBe('no-secret');
});

test.each<[string, Claims]>([
  ['signed with another secret', { secret: 'a-secret-of-another-integration' }],
  ['of another account', { account_id: 31_000_002 }],
  ['of another integration', { client_uuid: 'another' }],
  ['that is over', { exp: 1_700_000_000 }],
])('a frame: a token %s proves nothing', async (_name, claims) => {
  expect(await frameOf(claims)).toBeUndefined();
});

test('OAuth: the code is exchanged at the account that was chosen, and each refresh token is good once', async () => {
  const oauth = crm.oauth as NonNullable<typeof crm.oauth>;
  const asked = new URL(oauth.authorizeUrl(app, 'state-1', redirectUri));
  expect([asked.host, asked.searchParams.get('client_id'), asked.searchParams.get('state')]).toEqual([
    'www.amocrm.ru',
    app.clientId,
    'state-1',
  ]);

  const callback = new URLSearchParams({ code: double.oauth.consent(), referer: 'demo.amocrm.ru', state: 'state-1' });
  const first = await oauth.exchange(app, callback, redirectUri, signal);
  expect(first).toMatchObject({ kind: 'ok', value: { host: 'demo.amocrm.ru', goodUntil: clock.now() + 86_400_000 } });
  const pair = first.kind === 'ok' ? first.value : { accessToken: '' };
  const tokens = { ...pair, refreshToken: pair.refreshToken ?? '' };
  expect(await oauth.refresh(app, tokens, 'demo.amocrm.ru', redirectUri, signal)).toMatchObject({ kind: 'ok' });
  expect(await oauth.refresh(app, tokens, 'demo.amocrm.ru', redirectUri, signal)).toMatchObject({
    kind: 'unauthorized',
  });
  expect(await oauth.exchange(app, callback, redirectUri, signal)).toMatchObject({ kind: 'unauthorized' });
});

test('OAuth: the secret goes to no host but those of amoCRM', async () => {
  const before = double.calls.length;
  const callback = new URLSearchParams({ code: double.oauth.consent(), referer: 'evil.example' });

  expect(await crm.oauth?.exchange(app, callback, redirectUri, signal)).toMatchObject({ kind: 'unauthorized' });
  expect(double.calls.length).toBe(before);
});

test('Kommo signs in at its own address', () => {
  const url = crm.oauth?.authorizeUrl({ ...app, host: 'demo.kommo.com' }, 's', redirectUri) ?? '';

  expect(new URL(url).host).toBe('www.kommo.com');
});

test('a long-lived token says itself when it ends', async () => {
  const accessToken = await new SignJWT({ exp: 1_800_000_000 })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.alloc(32));

  expect(crm.tokensOf({ accessToken })).toEqual({ accessToken, goodUntil: 1_800_000_000_000 });
  expect(crm.tokensOf({ accessToken: 'no-jwt' })).toEqual({ accessToken: 'no-jwt' });
  expect(crm.tokensOf(app)).toBeUndefined();
});
