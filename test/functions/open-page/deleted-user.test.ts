import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPushSubscriptions } from '#store/pages/push-subscriptions';
import { type PushServiceDouble, startPushService } from '#test/doubles/push-service';
import { type Desk, deskOf } from '#test/functions/company';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';
import { OPERATOR_KEY } from '#test/world';

const OWN = { origin: 'https://konvert.example', 'sec-fetch-site': 'same-origin' };
const SELLER = { id: 'seller', name: 'Somebody else' };
const BYE = { t: 'bye', why: 'signed-out' };
const CLIENT = 7;

let world: PageWorld;
let desk: Desk;
let service: PushServiceDouble;

beforeEach(async () => {
  world = await createPageWorld();
  desk = deskOf(world);
  service = await startPushService(() => world.clock.now());
});

afterEach(async () => {
  await service.stop();
  await world.stop();
});

/** The CRM deletes the seller, and pushes them again: it is the same id, and perhaps another person. */
async function makeAnew(): Promise<void> {
  await desk.ask('DELETE', '/v3/users/seller');
  await world.pass(20_000);
  await desk.push('users', SELLER);
  await world.pass(20_000);
}

async function signIn(): Promise<{ token: string; cookie: string }> {
  const link = await world.link({ userId: 'seller' });
  const { headers, body } = await world.call('POST', '/v1/page-tokens', { headers: OWN, body: { link, device: true } });
  return { token: (body as { token: string }).token, cookie: String(headers['set-cookie']).split(';')[0] ?? '' };
}

const statusOf = async (token: string) => (await world.as(token, 'GET', '/v1/me')).status;
const renew = (cookie: string) => world.call('POST', '/v1/page-tokens/renew', { headers: { ...OWN, cookie } });
const devices = async () => (await world.as(world.account.apiKey, 'GET', '/v1/devices')).body;

async function subscribe(token: string): Promise<void> {
  const me = (await world.as(token, 'GET', '/v1/me')).body as { pushKey: string };
  const endpoint = service.subscribe('browser', me.pushKey);
  expect((await world.as(token, 'PUT', '/v1/push-subscriptions/browser', { endpoint })).status).toBe(200);
}

describe('a user who is deleted and pushed again is another one:', () => {
  test('no token, device or link of before comes alive', async () => {
    const { token, cookie } = await signIn();
    const inFrame = await world.tokenOf('seller');
    const link = await world.link({ userId: 'seller' });
    expect(await Promise.all([token, inFrame].map(statusOf))).toEqual([200, 200]);

    await makeAnew();

    expect(await Promise.all([token, inFrame].map(statusOf))).toEqual([401, 401]);
    expect((await renew(cookie)).status).toBe(401);
    const { token: late } = (await world.spend(link)).body as { token: string };
    expect(await statusOf(late)).toBe(401);
    expect(await devices()).toEqual({ devices: [] });
  });

  test('they sign in anew, also in the browser of before', async () => {
    const { cookie } = await signIn();
    await makeAnew();

    const link = await world.link({ userId: 'seller' });
    const headers = { ...OWN, cookie };
    const answer = await world.call('POST', '/v1/page-tokens', { headers, body: { link, device: true } });
    expect(answer.status).toBe(201);
    const next = String(answer.headers['set-cookie']).split(';')[0] ?? '';

    expect(next.split('.')[1]).not.toBe(cookie.split('.')[1]);
    expect(await statusOf((answer.body as { token: string }).token)).toBe(200);
    expect((await renew(next)).status).toBe(201);
    expect(await devices()).toMatchObject({ devices: [{ userId: 'seller' }] });
  });

  test('no socket of before is rung, and no ticket of before opens one', async () => {
    const { token } = await signIn();
    const url = async () => ((await world.as(token, 'POST', '/v1/doorbells')).body as { url: string }).url;
    const page = await world.openPage({ url: await url() });
    const ticket = await url();

    await desk.ask('DELETE', '/v3/users/seller');
    await desk.push('users', SELLER);
    await world.drain();
    expect(page.said()).toEqual([BYE]);
    await world.say(CLIENT, 'hello');

    expect(page.said()).toEqual([]);
    expect(await page.tell({ t: 'ping' })).toEqual(BYE);
    expect((await world.openPage({ url: ticket })).isOpen).toBe(false);
  });

  test('no browser of before is woken, and its subscription ends', async () => {
    const { token } = await signIn();
    await subscribe(token);
    const of = () => createPushSubscriptions(world.deps).of({ account: world.account.accountId, userId: 'seller' });
    expect(await of()).toHaveLength(1);

    await makeAnew();
    await world.say(CLIENT, 'hello');
    await world.pass(60_000);

    expect(service.calls).toEqual([]);
    expect(await of()).toEqual([]);
  });

  test('a push that changes them ends nothing', async () => {
    const { token, cookie } = await signIn();
    await desk.push('users', { ...SELLER, phone: '79001112233' });

    expect(await statusOf(token)).toBe(200);
    expect((await renew(cookie)).status).toBe(201);
  });
});

describe('of a disabled account', () => {
  const enable = (enabled: boolean) =>
    world.call('PATCH', `/v1/accounts/${world.account.accountId}`, { key: OPERATOR_KEY, body: { enabled } });

  test('no browser is woken, and no colleague is told who writes', async () => {
    const { token } = await signIn();
    await subscribe(token);
    await world.say(CLIENT, 'hello');
    expect(service.calls).toHaveLength(1);
    const [seller, head] = [await world.openPage({ as: 'seller' }), await world.openPage({ as: 'head' })];
    const writing = { t: 'writing', chat: [world.channel.channelId, 'telegram', String(CLIENT)] };

    await enable(false);
    await world.pass(60_000);
    await world.say(CLIENT, 'again');
    await world.pass(60_000);
    head.said();
    await seller.tell(writing);
    expect([service.calls.length, head.said()]).toEqual([1, []]);

    await enable(true);
    await world.pass(60_000);
    await seller.tell(writing);
    expect(head.said()).toContainEqual({ ...writing, name: 'Name of seller' });
    await world.say(CLIENT, 'once more');
    expect(service.calls).toHaveLength(2);
  });
});
