import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { TeamUser } from '#domain/team';
import { createTeams } from '#store/accounts/teams';
import { createPushSubscriptions, MOST_SUBSCRIPTIONS } from '#store/pages/push-subscriptions';
import { type PushServiceDouble, startPushService } from '#test/doubles/push-service';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;

let world: World;
let desk: Desk;
let service: PushServiceDouble;
let serverKey: string;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  service = await startPushService(() => world.clock.now());
  serverKey = ((await world.call('GET', '/v1/me', { key: world.account.apiKey })).body as { pushKey: string }).pushKey;
  await desk.push('users', ...['anna', 'boris', 'head', 'control'].map((id) => ({ id, name: id })));
  await desk.give({ anna: 'seller', boris: 'seller', head: 'manager', control: 'auditor' });
  await contact(CLIENT, 'anna');
  for (const user of ['anna', 'boris', 'head', 'control']) await subscribe(user);
});

afterEach(async () => {
  await service.stop();
  await world.stop();
});

const put = (user: string | undefined, id: string, body: unknown) =>
  desk.ask('PUT', `/v1/push-subscriptions/${id}`, body, user);
const subscribe = (user: string, id = 'browser', name = `${user}-${id}`) =>
  put(user, id, { endpoint: service.subscribe(name, serverKey) });
const subscriptionsOf = async (userId: string) =>
  (await createPushSubscriptions(world.deps).of({ account: world.account.accountId, userId })).map(({ id }) => id);

async function contact(chatId: number, responsibleUserId: string): Promise<void> {
  const contactData = [{ chatType: 'telegram', chatId: String(chatId) }];
  await desk.push('contacts', { id: `c${chatId}`, name: 'Olga', responsibleUserId, contactData });
}

/** The browsers that were woken since the last time. */
function woken(): string[] {
  expect(service.calls.flatMap(({ faults }) => faults)).toEqual([]);
  const all = service.calls.map(({ method }) => method).sort();
  (service.calls as unknown[]).splice(0);
  return all;
}

describe('a message of a client wakes (N1, N2)', () => {
  test('the responsible seller and heads, and neither other sellers nor quality control', async () => {
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['anna-browser', 'head-browser']);
  });

  test('no head who does not want to hear of all', async () => {
    await desk.ask('PATCH', '/v1/settings', { notifyHeadsAboutAllMessages: false });
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['anna-browser']);
  });

  test('whoever sees the pool', async () => {
    await world.say(502, 'hello');

    expect(woken()).toEqual(['anna-browser', 'boris-browser', 'head-browser']);
  });

  test('all browsers of a user', async () => {
    await subscribe('anna', 'phone');
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['anna-browser', 'anna-phone', 'head-browser']);
  });

  test('nobody any more after they have ended it', async () => {
    await desk.ask('DELETE', '/v1/push-subscriptions/browser', undefined, 'anna');
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['head-browser']);
  });

  test('no answer, no edit and no reply of the team does', async () => {
    await world.say(CLIENT, 'hello');
    await world.pass(60_000);
    woken();
    await world.reply(CLIENT, { seenUpTo: (await world.chat(CLIENT)).seenUpTo });
    await world.drain();
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await world.pass(60_000);

    expect(woken()).toEqual([]);
  });
});

describe('a user is woken once in a minute', () => {
  test('whatever comes meanwhile, and then once more for it', async () => {
    await contact(502, 'anna');
    await world.say(502, 'hello');
    await world.say(CLIENT, 'one');
    await world.pass(120_000);
    woken();
    await world.say(CLIENT, 'two');
    expect(woken()).toEqual(['anna-browser', 'head-browser']);
    for (const client of [CLIENT, 502, CLIENT]) await world.say(client, 'more');
    expect(woken()).toEqual([]);

    await world.pass(59_999);
    expect(woken()).toEqual([]);
    await world.pass(1);
    expect(woken()).toEqual(['anna-browser', 'head-browser']);
    await world.pass(60_000);
    expect(woken()).toEqual([]);
  });

  test('also if many chats of one batch call them', async () => {
    for (const client of [502, 503, 504]) await contact(client, 'anna');
    await Promise.all([CLIENT, 502, 503, 504].map((client) => world.say(client, 'hello')));

    expect(woken().filter((name) => name === 'anna-browser')).toHaveLength(1);
  });
});

describe('a client who comes to somebody', () => {
  async function handOver(userId: string, by?: string): Promise<void> {
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId }, by);
    await world.drain();
  }

  beforeEach(async () => {
    await world.say(CLIENT, 'hello');
    await world.pass(120_000);
    woken();
  });

  test('by a hand-over wakes them, and nobody else', async () => {
    await handOver('boris', 'head');
    await world.pass(3_000);

    expect(woken()).toEqual(['boris-browser']);
  });

  test('wakes nobody who has answered by then, or has lost them again', async () => {
    await handOver('boris', 'head');
    await handOver('anna', 'head');
    await world.reply(CLIENT, { crmUserId: 'anna' });
    await world.pass(10_000);

    expect(woken()).toEqual([]);
  });

  test('by their own first reply does not wake them', async () => {
    await world.say(503, 'hello');
    await world.pass(120_000);
    woken();
    await world.reply(503, { crmUserId: 'boris' });
    await world.pass(10_000);

    expect(woken()).toEqual([]);
  });
});

describe('a device', () => {
  const choose = (user: string, choice: object, id = 'browser') =>
    put(user, id, { endpoint: service.subscribe(`${user}-${id}`, serverKey), ...choice });

  test('says what is chosen for it, and keeps that when its page tells of it again', async () => {
    expect((await choose('head', {})).body).toEqual({ id: 'browser', notices: 'all', outsideHours: false });
    await choose('head', { notices: 'mine', outsideHours: true });

    expect((await choose('head', {})).body).toEqual({ id: 'browser', notices: 'mine', outsideHours: true });
  });

  test('of a head hears of their own only, if it wants that', async () => {
    await choose('head', { notices: 'mine' });
    await contact(502, 'head');
    await world.say(CLIENT, 'hello');
    expect(woken()).toEqual(['anna-browser']);

    await world.say(502, 'hello');
    expect(woken()).toEqual(['head-browser']);
  });

  test('hears nothing, if it wants that, and the others of its user do', async () => {
    await choose('anna', { notices: 'none' });
    await choose('anna', {}, 'phone');
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['anna-phone', 'head-browser']);
  });

  test.each([{ notices: 'some' }, { outsideHours: 'yes' }])('with the choice %o is 400', async (choice) => {
    const fields = Object.keys(choice);
    expect(await choose('anna', choice)).toMatchObject({ status: 400, body: { data: { fields } } });
  });

  test('is left alone while somebody looks at its page, for a minute after that was said', async () => {
    const page = await world.openPage({ as: 'anna' });
    await page.tell({ t: 'visible', id: 'browser', is: true });
    await world.say(CLIENT, 'hello');
    expect(woken()).toEqual(['head-browser']);

    await world.pass(60_000);
    await world.say(CLIENT, 'more');
    expect(woken()).toEqual(['anna-browser', 'head-browser']);
  });

  test('is woken as soon as nobody looks any more', async () => {
    const page = await world.openPage({ as: 'anna' });
    await page.tell({ t: 'visible', id: 'browser', is: true });
    await page.tell({ t: 'visible', id: 'browser', is: false });
    await page.tell({ t: 'visible', id: 'no-such-browser', is: true });
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual(['anna-browser', 'head-browser']);
    expect(await subscriptionsOf('anna')).toEqual(['browser']);
  });
});

describe('a user who is not there', () => {
  /** What is said about Anna. */
  async function say(user: TeamUser): Promise<void> {
    const hours = { from: 0, zone: 'UTC', week: { mon: [['20:00', '21:00'] as const] }, exceptions: {} };
    const team = { schedules: { night: [hours] }, users: { anna: user } };
    await createTeams(world.deps).change(world.account.accountId, () => ({ team, others: [] }));
  }

  test.each<[string, TeamUser, string[]]>([
    ['because they are away', { away: true, by: 'user' }, []],
    ['because it is not their hours', { schedule: 'night' }, ['anna-phone']],
    [
      'and says that they are there, out of their hours',
      { schedule: 'night', away: false, by: 'user' },
      ['anna-browser', 'anna-phone'],
    ],
  ])('%s', async (_, user, expected) => {
    await put('anna', 'phone', { endpoint: service.subscribe('anna-phone', serverKey), outsideHours: true });
    await say(user);
    await world.say(CLIENT, 'hello');

    expect(woken()).toEqual([...expected, 'head-browser']);
  });
});

describe('a push service that', () => {
  test.each([404, 410])('answers %i has its subscription ended', async (status) => {
    service.answerNext('anna-browser', { status, body: '' });
    await world.say(CLIENT, 'hello');

    expect(await subscriptionsOf('anna')).toEqual([]);
    expect(await subscriptionsOf('head')).toEqual(['browser']);
  });

  test('is ill is tried again, and nobody else is woken twice', async () => {
    service.answerNext('anna-browser', { status: 503, body: '' });
    await world.say(CLIENT, 'hello');
    expect(woken()).toEqual(['anna-browser', 'head-browser']);

    await world.pass(10_000);
    expect(woken()).toEqual(['anna-browser']);
    await world.pass(600_000);
    expect(woken()).toEqual([]);
  });

  test('stays ill is left alone after three more tries', async () => {
    for (let index = 0; index < 9; index += 1) service.answerNext('anna-browser', { status: 500, body: '' });
    await world.say(CLIENT, 'hello');
    for (let index = 0; index < 20; index += 1) await world.pass(60_000);

    expect(woken().filter((name) => name === 'anna-browser')).toHaveLength(4);
    expect(await subscriptionsOf('anna')).toEqual(['browser']);
  });

  test('asks to wait gets its time', async () => {
    service.answerNext('anna-browser', { status: 429, body: '', headers: { 'retry-after': '100' } });
    await world.say(CLIENT, 'hello');
    woken();
    await world.pass(99_999);
    expect(woken()).toEqual([]);
    await world.pass(1);
    expect(woken()).toEqual(['anna-browser']);
  });
});

describe('a subscription of a device that is signed in', () => {
  const headers = { origin: 'https://konvert.example', 'sec-fetch-site': 'same-origin' };

  async function signIn(userId: string): Promise<string> {
    const { body } = await desk.ask('POST', '/v1/page-links', { userId });
    const link = (body as { url: string }).url.split('#k=')[1];
    const answer = await world.call('POST', '/v1/page-tokens', { headers, body: { link, device: true } });
    return (answer.body as { token: string }).token;
  }

  test('is woken, and ends with the device', async () => {
    const key = await signIn('anna');
    const endpoint = service.subscribe('anna-device', serverKey);
    const body = { endpoint };
    expect((await world.call('PUT', '/v1/push-subscriptions/device', { key, body })).status).toBe(200);
    await world.say(CLIENT, 'hello');
    expect(woken()).toEqual(['anna-browser', 'anna-device', 'head-browser']);

    await world.call('DELETE', '/v1/page-tokens', { key, headers });
    await world.pass(60_000);
    await world.say(CLIENT, 'more');
    expect(woken()).toEqual(['anna-browser', 'head-browser']);
    expect(await subscriptionsOf('anna')).toEqual(['browser']);
  });
});

describe('subscriptions', () => {
  test('are those of users: the CRM has none', async () => {
    const endpoint = 'https://fcm.googleapis.com/fcm/send/1';
    expect(await put(undefined, 'b', { endpoint })).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect((await desk.ask('DELETE', '/v1/push-subscriptions/b')).status).toBe(403);
  });

  test('replace each other by their id, and expire', async () => {
    await put('anna', 'browser', { endpoint: 'https://fcm.googleapis.com/fcm/send/2' });

    const [item] = world.db
      .items('pages')
      .filter(({ endpoint }) => endpoint === 'https://fcm.googleapis.com/fcm/send/2');
    expect(item?.ttl).toBe(world.clock.now() / 1000 + 90 * 24 * 3600);
    expect(await subscriptionsOf('anna')).toEqual(['browser']);
  });

  test('are one’s own, also of a user whose id begins with that of another', async () => {
    await desk.push('users', { id: 'anna#2', name: 'Anna' });
    await subscribe('anna#2', 'phone');
    await desk.ask('DELETE', '/v1/push-subscriptions/phone', undefined, 'anna');

    expect([await subscriptionsOf('anna'), await subscriptionsOf('anna#2')]).toEqual([['browser'], ['phone']]);
  });

  test('are twenty at most, and the oldest makes way', async () => {
    for (let index = 0; index < MOST_SUBSCRIPTIONS; index += 1) {
      world.clock.advance(1_000);
      await subscribe('anna', `b${index}`);
    }

    const ids = await subscriptionsOf('anna');
    expect(ids).toHaveLength(MOST_SUBSCRIPTIONS);
    expect(ids).not.toContain('browser');
  });

  test.each([
    ['http://push.example/1', 'endpoint'],
    ['https://user:secret@push.example/1', 'endpoint'],
    ['ftp://push.example/1', 'endpoint'],
    ['javascript:alert(1)', 'endpoint'],
    [`https://fcm.googleapis.com/fcm/send/${'x'.repeat(1_000)}`, 'endpoint'],
    [undefined, 'endpoint'],
  ])('with the endpoint %s are 400', async (endpoint, field) => {
    expect(await put('anna', 'b', { endpoint })).toMatchObject({ status: 400, body: { data: { fields: [field] } } });
  });

  test.each(['a b', 'x'.repeat(65), 'a%23b'])('with the id %s are 400', async (id) => {
    const answer = await put('anna', id.replaceAll(' ', '%20'), { endpoint: 'https://fcm.googleapis.com/fcm/send/1' });
    expect(answer).toMatchObject({ status: 400, body: { data: { fields: ['id'] } } });
  });
});

test('the log tells no endpoint', async () => {
  await world.say(CLIENT, 'hello');

  expect(world.logs).toContainEqual({ push: 'sent', kind: 'waiting', tries: 0 });
  expect(JSON.stringify(world.logs)).not.toContain(service.baseUrl);
});
