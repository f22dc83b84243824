import { describe, expect, test } from 'vitest';
import { unasked } from '#test/crms/kit/connected';
import { formRequest, openBitrix24 } from '../doubles/bitrix24/rig.ts';

/** An installation as https://apidocs.bitrix24.com/api-reference/events/index.html shows it, in the form in which it comes. */
const INSTALL = new URLSearchParams({
  event: 'ONAPPINSTALL',
  'data[VERSION]': '1',
  'data[LANGUAGE_ID]': 'de',
  ts: '1466439714',
  'auth[access_token]': 's6p6eclrvim6da22ft9ch94ekreb52lv',
  'auth[expires_in]': '3600',
  'auth[scope]': 'entity,im',
  'auth[domain]': 'portal.bitrix24.com',
  'auth[server_endpoint]': 'https://oauth.bitrix24.tech/rest/',
  'auth[status]': 'F',
  'auth[client_endpoint]': 'https://portal.bitrix24.com/rest/',
  'auth[member_id]': 'a223c6b3710f85df22e9377d6c4f7553',
  'auth[refresh_token]': '4s386p3q0tr8dy89xvmt96234v3dljg8',
  'auth[application_token]': '51856fefc120afa4b628cc82d3935cce',
}).toString();

describe('the installation', () => {
  test('brings the pair, and the portal with its token as the secret of hooks', () => {
    const { crm, clock, hooks } = openBitrix24();
    const { hookSecret: _, ...secrets } = hooks.secrets;
    expect(crm.hooks.verify(formRequest(INSTALL), secrets)).toBe(true);
    expect(crm.hooks.parse(formRequest(INSTALL))).toEqual([
      {
        kind: 'installed',
        tokens: {
          accessToken: 's6p6eclrvim6da22ft9ch94ekreb52lv',
          refreshToken: '4s386p3q0tr8dy89xvmt96234v3dljg8',
          goodUntil: expect.toSatisfy((at: number) => Math.abs(at - clock.now() - 3_600_000) <= 1_000),
          host: 'portal.bitrix24.com',
        },
        hookSecret: 'a223c6b3710f85df22e9377d6c4f7553:51856fefc120afa4b628cc82d3935cce',
      },
    ]);
  });

  test('anew, with a token anew, counts for the same portal only', () => {
    const { crm, hooks } = openBitrix24();
    const known = { ...hooks.secrets, hookSecret: 'a223c6b3710f85df22e9377d6c4f7553:former' };
    expect(crm.hooks.verify(formRequest(INSTALL), known)).toBe(true);
    const other = INSTALL.replace('a223c6b3710f85df22e9377d6c4f7553', 'ffffffffffffffffffffffffffffffff');
    expect(crm.hooks.verify(formRequest(other), known)).toBe(false);
  });

  test('of an application with a page of its own comes as the form of that page', () => {
    const { crm, hooks } = openBitrix24();
    const url = `${hooks.secrets.hooksUrl}?DOMAIN=xxx.bitrix24.com&PROTOCOL=1&LANG=en&APP_SID=32dc7a69`;
    const form = 'AUTH_ID=at-1&AUTH_EXPIRES=3600&REFRESH_ID=rt-1&member_id=da45a03b&status=L&PLACEMENT=DEFAULT';
    const [news] = crm.hooks.parse(formRequest(form, url));
    expect(news).toMatchObject({
      kind: 'installed',
      tokens: { accessToken: 'at-1', refreshToken: 'rt-1', host: 'xxx.bitrix24.com' },
    });
    expect(news).not.toHaveProperty('hookSecret');
  });

  test('without tokens is nothing', () => {
    const { crm } = openBitrix24();
    expect(crm.hooks.parse(formRequest('event=ONAPPINSTALL&auth[member_id]=a'))).toEqual([]);
  });
});

/** Examples of https://apidocs.bitrix24.com, with the id alone. */
test.each([
  ['ONCRMDEALADD', [{ kind: 'changed', ref: { type: 'deal', id: '7405' } }]],
  ['OnCrmDealUpdate', [{ kind: 'changed', ref: { type: 'deal', id: '7405' } }]],
  ['ONCRMDEALMOVETOCATEGORY', [{ kind: 'changed', ref: { type: 'deal', id: '7405' } }]],
  ['ONCRMDEALDELETE', [{ kind: 'deleted', ref: { type: 'deal', id: '7405' } }]],
  ['ONCRMCONTACTADD', [{ kind: 'changed', ref: { type: 'contact', id: '7405' } }]],
  ['ONAPPSUNINSTALL', [{ kind: 'uninstalled' }]],
  ['ONCRMLEADADD', []],
  ['', []],
])('the hook %j', (event, news) => {
  const { crm } = openBitrix24();
  expect(crm.hooks.parse(formRequest(`event=${event}&event_handler_id=975&data[FIELDS][ID]=7405`))).toEqual(news);
  const json = { event, data: { FIELDS: { ID: '7405' } } };
  const request = { ...formRequest(JSON.stringify(json)), headers: { 'content-type': 'application/json' } };
  expect(crm.hooks.parse(request)).toEqual(news);
});

test('an id that is none rings nothing', () => {
  const { crm } = openBitrix24();
  for (const id of ['', '1 OR 1', '1/../2', '9'.repeat(40)]) {
    expect(crm.hooks.parse(formRequest(`event=ONCRMDEALADD&data[FIELDS][ID]=${encodeURIComponent(id)}`))).toEqual([]);
  }
});

describe('our page in a tab', () => {
  const form = (fields: Record<string, string>) =>
    formRequest(
      new URLSearchParams({
        AUTH_EXPIRES: '3600',
        member_id: 'a223c6b3710f85df22e9377d6c4f7553',
        status: 'L',
        PLACEMENT: 'CRM_DEAL_DETAIL_TAB',
        PLACEMENT_OPTIONS: '{"ID":"3473"}',
        ...fields,
      }).toString(),
      'https://konvert.example/webhooks/frame/bitrix24/c1?DOMAIN=evil.example&PROTOCOL=1&LANG=en',
    );
  const { signal } = new AbortController();

  test('the token says who looks, the placement says at what', async () => {
    const { crm, double, hands, hooks } = openBitrix24();
    const userId = hands.addUser({ name: 'Boris' });
    const AUTH_ID = double.oauth.install(userId).accessToken;
    const look = (fields: Record<string, string> = {}) =>
      crm.frame?.(form({ AUTH_ID, ...fields }), hooks.secrets, unasked, signal);

    expect(await look()).toEqual({ userId, ref: { type: 'deal', id: '3473' } });
    expect(await look({ PLACEMENT: 'CRM_CONTACT_DETAIL_TAB' })).toEqual({
      userId,
      ref: { type: 'contact', id: '3473' },
    });
    expect(await look({ PLACEMENT: 'DEFAULT' })).toEqual({ userId });
    expect(await look({ PLACEMENT_OPTIONS: 'no JSON' })).toEqual({ userId, ref: 'nobody' });
    const PLACEMENT = 'CRM_LEAD_DETAIL_TAB';
    expect(await look({ PLACEMENT })).toEqual({ userId, ref: 'nobody' });
    double.state.leads.set('3473', []);
    expect(await look({ PLACEMENT })).toEqual({ userId, ref: 'nobody' });
    double.state.leads.set('3473', [77, 78]);
    expect(await look({ PLACEMENT })).toEqual({ userId, ref: { type: 'contact', id: '77' } });
    // The portal that the request names is not asked.
    expect(new Set(double.calls.map(({ url }) => url.host))).toEqual(new Set(['demo.bitrix24.ru']));
  });

  test('no token, another portal’s, a dead one, and one of another application prove nothing', async () => {
    const { crm, double, hooks, clock } = openBitrix24();
    const AUTH_ID = double.oauth.install('1').accessToken;
    const look = (fields: Record<string, string>, secrets = hooks.secrets) =>
      crm.frame?.(form(fields), secrets, unasked, signal);

    expect(await look({})).toBeUndefined();
    expect(await look({ AUTH_ID: 'of-another-portal' })).toBeUndefined();
    const app = { ...hooks.secrets.app, clientId: 'local.another' };
    expect(await look({ AUTH_ID }, { ...hooks.secrets, app })).toBeUndefined();
    expect(await look({ AUTH_ID })).toBeDefined();
    clock.pass(3_600_000);
    expect(await look({ AUTH_ID })).toBeUndefined();
  });
});

test.each([
  ['Infinity', 'https://demo.bitrix24.ru/rest/', 'demo.bitrix24.ru'],
  ['1e300', 'https://demo.bitrix24.ru/rest/', 'demo.bitrix24.ru'],
  ['soon', 'https://demo.bitrix24.ru;script-src/rest/', undefined],
  ['-5', 'https://u:p@demo.bitrix24.ru/rest/', 'demo.bitrix24.ru'],
  ['', '::::', undefined],
])('an installation for %j seconds at %j', (seconds, at, host) => {
  const { crm, hooks, clock } = openBitrix24();
  const body = new URLSearchParams({
    event: 'ONAPPINSTALL',
    'auth[access_token]': 'token',
    'auth[expires_in]': seconds,
    'auth[client_endpoint]': at,
  });
  const [news] = crm.hooks.parse({
    method: 'POST',
    url: hooks.secrets.hooksUrl,
    headers: {},
    body: Buffer.from(String(body)),
  });

  const tokens = news?.kind === 'installed' ? news.tokens : undefined;
  expect(tokens?.host).toBe(host);
  expect(tokens?.goodUntil).toBe(clock.now() + 3_600_000);
});
