import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/page-routes';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import type { Answer } from '#test/world';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const OWN = { origin: 'https://konvert.example', 'sec-fetch-site': 'same-origin', 'user-agent': 'Browser 1' };

let world: PageWorld;

beforeEach(async () => {
  world = await createPageWorld();
});

afterEach(() => world.stop());

/** A browser: it keeps the cookie that an answer sets, and shows it. */
class Browser {
  cookie: string | undefined;

  async send(method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer> {
    const cookie = this.cookie === undefined ? {} : { cookie: `other=1; ${this.cookie}` };
    const answer = await world.call(method, path, { headers: { ...OWN, ...cookie, ...more }, body });
    this.take(answer);
    return answer;
  }

  take({ headers }: Answer): void {
    const [set] = String(headers['set-cookie'] ?? '').split('; ');
    if (set) this.cookie = set.endsWith('=') ? undefined : set;
  }

  /** Signs in outside a frame, and answers with the token. */
  async signIn(body: unknown = { userId: 'seller' }): Promise<string> {
    return tokenIn(await this.send('POST', '/v1/page-tokens', { link: await world.link(body), device: true }));
  }

  renew(body?: unknown): Promise<Answer> {
    return this.send('POST', '/v1/page-tokens/renew', body);
  }
}

function tokenIn({ status, body }: Answer): string {
  expect(status).toBe(201);
  return (body as { token: string }).token;
}

async function statusOf(token: string): Promise<number> {
  return (await world.as(token, 'GET', '/v1/me')).status;
}

async function devicesOf(token: string): Promise<{ deviceId: string; userId: string; isThis?: true }[]> {
  const { body } = await world.as(token, 'GET', '/v1/devices');
  expect(contract.deviceList.parse(body)).toEqual(body);
  return (body as { devices: { deviceId: string; userId: string }[] }).devices;
}

const ENDED = { status: 401, body: { error: 'UNAUTHORIZED' } };
const FORBIDDEN = { status: 403, body: { error: 'FORBIDDEN' } };

describe('a device', () => {
  test('is kept by a cookie of this host that no script reads, for 90 days', async () => {
    const link = await world.link({ userId: 'seller' });
    const { headers } = await world.call('POST', '/v1/page-tokens', { headers: OWN, body: { link, device: true } });

    expect(headers['set-cookie']).toMatch(
      /^__Host-konvert-device=[\w-]+\.[\w-]+\.[\w-]{43}; Max-Age=7776000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
  });

  test('is none in a frame, and none for the settings', async () => {
    const inFrame = await world.spend(await world.link({ userId: 'seller' }));
    const settings = await new Browser().send('POST', '/v1/page-tokens', {
      link: await world.link({ settings: true }),
      device: true,
    });

    for (const answer of [inFrame, settings]) {
      expect(answer.status).toBe(201);
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  test('gets the next token by its cookie, long after the last one ended', async () => {
    const browser = new Browser();
    const first = await browser.signIn();
    world.clock.advance(3 * DAY);
    expect(await statusOf(first)).toBe(401);

    const renewed = await browser.renew();
    expect(contract.pageToken.parse(renewed.body)).toEqual(renewed.body);
    expect(await statusOf(tokenIn(renewed))).toBe(200);
  });

  test('slides 90 days ahead with each day of use, and ends without', async () => {
    const browser = new Browser();
    await browser.signIn();

    for (let week = 0; week < 20; week += 1) {
      world.clock.advance(7 * DAY);
      tokenIn(await browser.renew());
    }
    world.clock.advance(90 * DAY);
    expect(await browser.renew()).toMatchObject(ENDED);
  });

  test('shows another value as time passes, and is never signed out by two tabs or a lost answer', async () => {
    const browser = new Browser();
    await browser.signIn();
    const begun = browser.cookie;
    world.clock.advance(2 * HOUR);
    const tabs = await Promise.all([browser.renew(), browser.renew()]);
    expect(new Set(tabs.map(({ headers }) => headers['set-cookie'])).size).toBe(1);
    expect(browser.cookie).not.toBe(begun);

    const present = browser.cookie;
    tokenIn(await browser.renew());
    // A request that was under way with the value of before.
    browser.cookie = begun;
    tokenIn(await browser.renew());
    expect(browser.cookie).toBe(present);

    world.clock.advance(2 * HOUR);
    tokenIn(await browser.renew());
    tokenIn(await browser.renew());
    browser.cookie = begun;
    expect(await browser.renew()).toMatchObject(ENDED);
  });

  test('is stored as hashes, and in no log', async () => {
    const browser = new Browser();
    const token = await browser.signIn();
    const link = await world.link({ userId: 'seller' });
    const first = browser.cookie!.split('.')[2]!;
    world.clock.advance(2 * HOUR);
    const renewed = tokenIn(await browser.renew());
    const secrets = [token.slice(3), renewed.slice(3), link, first, browser.cookie!.split('.')[2]!];
    await world.spend(link);
    await world.as(token, 'GET', '/v1/devices');
    browser.cookie = 'x'.repeat(10);
    await browser.renew();

    const stored = JSON.stringify(world.db.items('pages'));
    const logged = JSON.stringify(world.logs);
    expect(logged).toContain('/v1/page-tokens/renew');
    for (const secret of secrets) {
      expect(stored).not.toContain(secret);
      expect(logged).not.toContain(secret);
    }
  });

  test.each<[what: string, headers: Record<string, string | undefined>]>([
    ['another page', { origin: 'https://crm.example' }],
    ['a page on another port', { origin: 'https://konvert.example:8443' }],
    ['a page of the same site', { 'sec-fetch-site': 'same-site' }],
    ['nobody who says from where', { origin: undefined }],
    ['a page without an origin', { origin: 'null' }],
  ])('is neither made nor renewed for %s', async (_, changed) => {
    const browser = new Browser();
    await browser.signIn();
    const { cookie = '' } = browser;
    const entries = Object.entries({ ...OWN, cookie, ...changed }).filter(([, value]) => value !== undefined);
    const headers = Object.fromEntries(entries) as Record<string, string>;
    const link = await world.link({ userId: 'seller' });

    expect(await world.call('POST', '/v1/page-tokens/renew', { headers })).toMatchObject(FORBIDDEN);
    const made = await world.call('POST', '/v1/page-tokens', { headers, body: { link, device: true } });
    expect(made.status).toBe(201);
    expect(made.headers).not.toHaveProperty('set-cookie');
  });

  test('opens nothing by its cookie alone', async () => {
    const browser = new Browser();
    await browser.signIn();
    for (const path of ['/v1/me', '/v1/chats', '/v1/devices']) {
      expect(await browser.send('GET', path)).toMatchObject({ status: 401 });
    }
  });

  test.each([
    '',
    'x',
    '..',
    `id-00000001.d.${'k'.repeat(43)}`,
    `id-00000001.__proto__.${'k'.repeat(43)}`,
    `${'a'.repeat(5_000)}`,
  ])('is not what shows %o', async (value) => {
    const browser = new Browser();
    browser.cookie = `__Host-konvert-device=${value}`;
    expect(await browser.renew()).toMatchObject(ENDED);
  });

  test('renews only the page of its own user and account', async () => {
    const browser = new Browser();
    await browser.signIn();
    const { accountId } = world.account;

    tokenIn(await browser.renew({ accountId, userId: 'seller' }));
    expect(await browser.renew({ accountId, userId: 'head' })).toMatchObject(ENDED);
    expect(await browser.renew({ accountId: 'another' })).toMatchObject(ENDED);
    expect(await browser.renew({ accountId: [] })).toMatchObject({ status: 400 });
  });

  test('is signed in once for a user, and anew for another one', async () => {
    const browser = new Browser();
    const [first, second] = [await browser.signIn(), await browser.signIn()];
    expect(await devicesOf(first)).toHaveLength(1);
    const head = await browser.signIn({ userId: 'head' });

    // The other tabs of the browser stay open: two people may share it.
    for (const token of [first, second, head]) expect(await statusOf(token)).toBe(200);
    expect(await browser.renew({ userId: 'seller' })).toMatchObject(ENDED);
    tokenIn(await browser.renew({ userId: 'head' }));
  });

  test('ends when the CRM deletes its user, and waits while the account is disabled', async () => {
    const browser = new Browser();
    await browser.signIn();
    await world.store.accounts.setEnabled(world.account.accountId, false);
    expect(await browser.renew()).toMatchObject({ status: 403, body: { error: 'ACCOUNT_DISABLED' } });
    await world.store.accounts.setEnabled(world.account.accountId, true);
    tokenIn(await browser.renew());

    await world.call('DELETE', '/v3/users/seller', { key: world.account.apiKey });
    expect(await browser.renew()).toMatchObject(ENDED);
  });
});

describe('the list of devices', () => {
  test('holds one’s own; for the settings and the CRM those of all', async () => {
    const own = await new Browser().signIn();
    const other = await new Browser().signIn();
    const head = await new Browser().signIn({ userId: 'head' });

    const mine = await devicesOf(own);
    expect(mine).toMatchObject([
      { userId: 'seller', userAgent: 'Browser 1' },
      { userId: 'seller', userAgent: 'Browser 1' },
    ]);
    expect(mine.filter(({ isThis }) => isThis)).toHaveLength(1);
    expect(await devicesOf(other)).toHaveLength(2);
    expect(await devicesOf(head)).toMatchObject([{ userId: 'head', isThis: true }]);
    for (const token of [await world.tokenOf(undefined), world.account.apiKey])
      expect((await devicesOf(token)).map(({ userId }) => userId).sort()).toEqual(['head', 'seller', 'seller']);
    const asUser = await world.call('GET', '/v1/devices', {
      key: world.account.apiKey,
      headers: { 'konvert-user': 'bare' },
    });
    expect(asUser.body).toEqual({ devices: [] });
  });

  test('has at most 50 of one user: the one that was used longest ago ends', async () => {
    const first = await new Browser().signIn();
    for (let more = 0; more < 50; more += 1) {
      world.clock.advance(1);
      await new Browser().signIn();
    }

    expect(await devicesOf(await world.tokenOf('seller'))).toHaveLength(50);
    world.clock.advance(10_000);
    expect(await statusOf(first)).toBe(401);
  });
});

describe('a device that is signed out', () => {
  test('loses its tokens within 10 s, and its cookie renews nothing', async () => {
    const browser = new Browser();
    const [token, mine] = [await browser.signIn(), await new Browser().signIn()];
    const [lost] = (await devicesOf(token)).filter(({ isThis }) => isThis);

    const ended = await world.as(mine, 'DELETE', `/v1/devices/${lost!.deviceId}`);
    expect(ended).toMatchObject({ status: 200, body: { deviceId: lost!.deviceId } });
    world.clock.advance(10_000);
    expect(await statusOf(token)).toBe(401);
    expect(await browser.renew()).toMatchObject(ENDED);
    expect(await statusOf(mine)).toBe(200);
  });

  test('takes the sockets of its tokens with it, and no others', async () => {
    const browser = new Browser();
    const [token, other] = [await browser.signIn(), await new Browser().signIn()];
    const [page, second] = [await world.openPage({ key: token }), await world.openPage({ key: other })];
    const [{ deviceId } = { deviceId: '' }] = (await devicesOf(token)).filter(({ isThis }) => isThis);

    await world.as(other, 'DELETE', `/v1/devices/${deviceId}`);
    expect(page.said()).toEqual([{ t: 'bye', why: 'signed-out' }]);
    expect(second.said()).toEqual([]);
    await world.as(other, 'DELETE', '/v1/page-tokens');
    expect(second.said()).toEqual([{ t: 'bye', why: 'signed-out' }]);
  });

  test('is one’s own, or any for the settings', async () => {
    const token = await new Browser().signIn();
    const [{ deviceId } = { deviceId: '' }] = await devicesOf(token);
    const unknown = { status: 404, body: { error: 'DEVICE_NOT_FOUND' } };

    for (const [who, id] of [
      [await world.tokenOf('head'), deviceId],
      [token, 'none'],
    ] as const)
      expect(await world.as(who, 'DELETE', `/v1/devices/${id}`)).toMatchObject(unknown);
    expect(await world.as(await world.tokenOf(undefined), 'DELETE', `/v1/devices/${deviceId}`)).toMatchObject({
      status: 200,
    });
    expect(await world.as(await world.tokenOf(undefined), 'DELETE', `/v1/devices/${deviceId}`)).toMatchObject(unknown);
  });

  test('by the page itself: token, device and cookie end', async () => {
    const browser = new Browser();
    const token = await browser.signIn();
    const { cookie } = browser;

    const out = await browser.send('DELETE', '/v1/page-tokens', undefined, { authorization: `Bearer ${token}` });
    expect(out).toMatchObject({ status: 200, body: {} });
    expect(browser.cookie).toBeUndefined();
    expect(await statusOf(token)).toBe(401);
    browser.cookie = cookie;
    expect(await browser.renew()).toMatchObject(ENDED);
  });

  test('by a page whose browser somebody else uses since: their cookie stays', async () => {
    const browser = new Browser();
    const seller = await browser.signIn();
    await browser.signIn({ userId: 'head' });

    await browser.send('DELETE', '/v1/page-tokens', undefined, { authorization: `Bearer ${seller}` });
    tokenIn(await browser.renew({ userId: 'head' }));
  });

  test('in a frame: the token ends, and there is nothing else', async () => {
    const token = await world.tokenOf('seller');
    expect((await world.as(token, 'DELETE', '/v1/page-tokens')).headers).not.toHaveProperty('set-cookie');
    expect(await statusOf(token)).toBe(401);
  });
});
