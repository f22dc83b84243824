import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { described } from '#api/described';
import { routes } from '#lib/routes';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import { OPERATOR_KEY } from '#test/world';

/**
 * Who may call which route: `k` an API key, `K` an API key as a user only, `u` a user's page, `s` the page of settings, `o` the operator's key. `-`:
 * the route looks at none of them.
 */
const WHO: Readonly<Record<string, string>> = {
  'GET /': '-',
  'GET /chat/{accountId}': '-',
  'GET /page/{file}': '-',
  'GET /healthz': '-',
  'GET /openapi.json': '-',
  'GET /docs': '-',
  'GET /docs/{file}': '-',
  'GET /files/{file}/{name}': '-',
  'HEAD /files/{file}/{name}': '-',
  'GET /webhooks/{transport}/{channelId}': '-',
  'POST /webhooks/{transport}/{channelId}': '-',
  'GET /v1/crm/callback/{crm}': '-',
  'GET /webhooks/crm/{crm}/{connectionId}/{secret}': '-',
  'POST /webhooks/crm/{crm}/{connectionId}/{secret}': '-',
  'GET /webhooks/frame/{crm}/{connectionId}': '-',
  'POST /webhooks/frame/{crm}/{connectionId}': '-',
  'OPTIONS /webhooks/frame/{crm}/{connectionId}': '-',
  'POST /v1/page-tokens': '-',
  'POST /v1/page-tokens/renew': '-',

  'POST /v1/accounts': 'o',
  'PATCH /v1/accounts/{accountId}': 'o',
  'DELETE /v1/accounts/{accountId}': 'o',
  'POST /v1/accounts/{accountId}/keys': 'o',
  'GET /v1/audit': 'kos',
  'GET /v1/people/{chatType}/{chatId}': 'ks',
  'DELETE /v1/people/{chatType}/{chatId}': 'ks',
  'GET /v1/erasures': 'kos',
  'GET /v1/erasures/{erasureId}': 'kos',
  'POST /v1/checks': 'o',
  'GET /v1/checks/{checkId}': 'o',

  'GET /v1/me': 'kus',
  'GET /v1/me/notices': 'Ku',
  'POST /v1/page-links': 'kus',
  'DELETE /v1/page-tokens': 'us',
  'GET /v1/devices': 'kus',
  'DELETE /v1/devices/{deviceId}': 'kus',
  'POST /v3/iframe': 'k',
  'POST /v1/doorbells': 'ku',

  'GET /v1/chats': 'ku',
  'GET /v1/chats/{channelId}/{chatType}/{chatId}': 'ku',
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/messages': 'ku',
  'GET /v1/chats/{channelId}/{chatType}/{chatId}/deals': 'ku',
  'POST /v1/chats/{channelId}/{chatType}/{chatId}/deals': 'Ku',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/no-reply-needed': 'ku',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/still-owed': 'ku',
  'PUT /v1/chats/{channelId}/{chatType}/{chatId}/responsible': 'ku',
  'GET /v3/unanswered/{id}': 'ku',
  'POST /v3/message': 'ku',
  'PATCH /v3/message/{messageId}': 'ku',
  'DELETE /v3/message/{messageId}': 'ku',
  'GET /v3/templates/whatsapp': 'ku',
  'POST /v1/files': 'ku',
  'GET /v1/drafts/{channelId}/{chatType}/{chatId}': 'Ku',
  'PUT /v1/drafts/{channelId}/{chatType}/{chatId}': 'Ku',
  'DELETE /v1/drafts/{channelId}/{chatType}/{chatId}': 'Ku',
  'GET /v1/quick-replies': 'ku',
  'PUT /v1/quick-replies': 'ku',
  'PUT /v1/push-subscriptions/{id}': 'Ku',
  'DELETE /v1/push-subscriptions/{id}': 'Ku',
  'GET /v1/users': 'kus',
  'PUT /v1/users/{userId}/status': 'kus',
  // A head's page may, and a seller's may not.
  'PUT /v1/users/{userId}/schedule': 'ks',
  'GET /v1/assignments': 'kus',
  'GET /v1/statistics': 'kus',
  'GET /v1/settings/channels/{channelId}/would-return': 'ks',

  'GET /v1/deliveries': 'ks',
  'POST /v1/deliveries/retry': 'ks',
  'POST /v1/deliveries/replay': 'ks',
  'POST /v1/deliveries/{deliveryId}/retry': 'kus',
  'GET /v1/settings': 'ks',
  'GET /v1/health': 'ks',
  'GET /v1/crm': 'ks',
  'POST /v1/crm': 'ks',
  'PATCH /v1/crm': 'ks',
  'DELETE /v1/crm': 'ks',
  'POST /v1/crm/refresh': 'ks',
  'PATCH /v1/settings': 'ks',
  'PUT /v1/settings/channels/{channelId}': 'ks',
  'POST /v1/settings/channels/{channelId}/preview': 'ks',
  'GET /v3/channels': 'ks',
  'POST /v1/channels': 'ks',
  'PATCH /v1/channels/{channelId}': 'ks',
  'POST /v1/channels/{channelId}/webhook-secret': 'ks',
  'GET /v1/channels/{channelId}/qr': 'ks',
  'DELETE /v1/channels/{channelId}': 'ks',
  'GET /v1/channels/{channelId}/newest-message': 'ks',
  'GET /v1/account/keys': 'ks',
  'POST /v1/account/keys': 'ks',
  'DELETE /v1/account/keys/{keyId}': 'ks',

  'GET /v3/users': 'ks',
  'POST /v3/users': 'ks',
  'GET /v3/users/{id}': 'ks',
  'DELETE /v3/users/{id}': 'ks',
  'PATCH /v3/users/bulk_delete': 'k',
  'GET /v3/contacts': 'k',
  'POST /v3/contacts': 'k',
  'GET /v3/contacts/{id}': 'k',
  'PUT /v3/contacts/{id}': 'k',
  'DELETE /v3/contacts/{id}': 'k',
  'PATCH /v3/contacts/bulk_delete': 'k',
  'GET /v3/deals': 'k',
  'POST /v3/deals': 'k',
  'GET /v3/deals/{id}': 'k',
  'DELETE /v3/deals/{id}': 'k',
  'PATCH /v3/deals/bulk_delete': 'k',
  'GET /v3/pipelines': 'ks',
  'POST /v3/pipelines': 'k',
  'PUT /v1/pipelines': 'ks',
  'GET /v3/webhooks': 'ks',
  'PATCH /v3/webhooks': 'ks',
  'POST /v3/webhooks': 'k',
  'POST /v1/webhooks/secret': 'ks',
  'POST /v1/webhooks/test': 'ks',
  'GET /v1/webhooks/answers': 'ks',
};

let world: PageWorld;
let bearers: Readonly<Record<'k' | 'u' | 's' | 'o', string>>;

beforeAll(async () => {
  world = await createPageWorld();
  bearers = {
    k: world.account.apiKey,
    u: await world.tokenOf('seller'),
    s: await world.tokenOf(undefined),
    o: OPERATOR_KEY,
  };
});

afterAll(() => world.stop());

/** Routes that a user may call for themselves, or for a chat. */
const NAMED: Readonly<Record<string, string>> = {
  '/v3/unanswered/{id}': '/v3/unanswered/seller',
  '/v1/users/{userId}/status': '/v1/users/seller/status',
  '/v1/assignments': '/v1/assignments?channelId=none&chatType=telegram&chatId=1',
};

type Outcome = 'passes' | 401 | 403;

/** What becomes of a request with that bearer. A request that is refused for what it asks for has passed. */
async function outcomeOf(route: string, key: string | undefined): Promise<Outcome> {
  const [method = '', template = ''] = route.split(' ');
  const path = (NAMED[template] ?? template).replaceAll(/\{\w+\}/g, 'none');
  const { status, body } = await world.call(method, path, { key, body: method === 'GET' ? undefined : '{' });
  const { error } = (body ?? {}) as { error?: string | { code: string } };
  const code = typeof error === 'object' ? error.code : error;
  if (status === 401) return 401;
  return status === 403 && code === 'FORBIDDEN' ? 403 : 'passes';
}

test('every route has a row', () => {
  const missing = routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !(route in WHO));
  expect(missing).toEqual([]);
});

describe('who may call', () => {
  const looking = routes.map(({ method, path }) => `${method} ${path}`).filter((route) => WHO[route] !== '-');
  // A page that signs out has no token for the rest.
  test.each(looking.filter((route) => route !== 'DELETE /v1/page-tokens'))('%s', async (route) => {
    const who = WHO[route] ?? '';
    const expected = {
      nobody: 401,
      k: who.includes('k') ? 'passes' : who.includes('K') ? 403 : 401,
      u: who.includes('u') ? 'passes' : 403,
      s: who.includes('s') ? 'passes' : 403,
      o: who.includes('o') ? 'passes' : 401,
    };
    // The operator's routes know no pages: to them it is one more wrong key.
    if (who === 'o') Object.assign(expected, { u: 401, s: 401 });

    const found: Record<string, Outcome> = { nobody: await outcomeOf(route, undefined) };
    for (const [name, key] of Object.entries(bearers)) found[name] = await outcomeOf(route, key);

    expect(found).toEqual(expected);
  });

  test('DELETE /v1/page-tokens', async () => {
    const route = 'DELETE /v1/page-tokens';
    expect(await outcomeOf(route, undefined)).toBe(401);
    expect(await outcomeOf(route, bearers.o)).toBe(401);
    expect(await outcomeOf(route, bearers.k)).toBe(403);
    for (const user of ['seller', undefined]) expect(await outcomeOf(route, await world.tokenOf(user))).toBe('passes');
  });

  test.each(Object.keys(described).filter((route) => !'-'.includes(WHO[route] ?? '')))(
    '%s: nobody with a token that nobody was given',
    async (route) => {
      if (!routes.some(({ method, path }) => `${method} ${path}` === route)) return;
      const unknown = `kp_${'k'.repeat(43)}`;
      expect([401, 403]).toContain(await outcomeOf(route, unknown));
    },
  );
});
