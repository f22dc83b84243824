import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import * as contract from '#api/crm-connection-routes';
import { accountHealth } from '#api/health-routes';
import { GIVE_UP_MS } from '#domain/delivery';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { createNews } from '#store/outbox/news';
import { answer, startReceiver } from '#test/calls/receiver-double';
import { type Desk, deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;
const RULE = { kind: 'refused', code: 'VALIDATION_RULE', description: 'INN is required', about: 'inn' } as const;
const NO_TOKEN = { kind: 'unauthorized', code: '401', description: 'Token has been revoked' } as const;

let world: World;
let desk: Desk;
let model: CrmModel;

beforeEach(async () => {
  model = new CrmModel(() => world.clock.now());
  world = await createWorld({ crm: model.crm });
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris'].map((id) => ({ id, name: `Name of ${id}` })));
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
  ];
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  await connectModel(world);
  world.clock.advance(10_000);
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const channelId = () => world.channel.channelId;
const contactsThere = () => [...model.contacts.values()];

/** Lets time pass until nothing is left to do for so long. */
async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) await world.pass(15_000);
}

async function health() {
  return accountHealth.parse((await world.call('GET', '/v1/health', { key: world.account.apiKey })).body).lanes;
}

/** A client whom the CRM refuses, and what is told of that. */
async function refused(client = CLIENT) {
  model.faultOf = (call) => (call === 'make' ? RULE : undefined);
  await world.say(client, 'Hello');
  await wait(15_000);
}

async function acts() {
  const { body } = await world.call('GET', '/v1/audit', { key: world.account.apiKey });
  return (body as { entries: { act: string; actor: string; subject: string }[] }).entries;
}

describe('what failed for a connected CRM', () => {
  test('is listed with the CRM’s own words, the client and the channel', async () => {
    await refused();

    expect(await world.deliveries()).toMatchObject([
      {
        kind: 'creation',
        target: 'crm',
        name: expect.any(String),
        channelId: channelId(),
        lastError: { code: 'CRM_VALIDATION_RULE', description: 'inn: INN is required' },
      },
    ]);
  });

  test.each([
    ['target=crm', 1],
    ['kind=creation', 1],
    ['target=crm&kind=creation', 1],
    ['target=webhook', 0],
    ['kind=note', 0],
    ['kind=assign', 0],
    ['kind=message', 0],
    ['kind=reply', 0],
  ])('is found by %s: %i', async (query, count) => {
    await refused();

    expect(await world.deliveries(query)).toHaveLength(count);
  });

  test('is sent again all at once, by the target', async () => {
    for (const client of [501, 502]) await refused(client);
    expect(await world.deliveries()).toHaveLength(2);

    model.faultOf = () => undefined;
    const { body } = await desk.ask('POST', '/v1/deliveries/retry', { target: 'crm' });
    expect(body).toEqual({ count: 2 });
    await wait(15_000);

    expect(contactsThere()).toHaveLength(2);
    expect(await world.deliveries()).toEqual([]);
  });

  test('is in the audit if somebody sends it again or loads data, by whom and of which connection', async () => {
    await refused();
    const subject = (await world.store.crms.now(account()))?.connectionId;
    const [failed] = await world.deliveries();

    await desk.ask('POST', `/v1/deliveries/${failed?.deliveryId}/retry`);
    await desk.ask('POST', '/v1/deliveries/retry', { target: 'crm' });
    await desk.ask('POST', '/v1/crm/refresh');

    const actor = expect.not.stringContaining('operator');
    expect((await acts()).slice(0, 3)).toEqual([
      { at: expect.any(String), act: 'crm-refreshed', actor, subject },
      { at: expect.any(String), act: 'crm-retried', actor, subject },
      { at: expect.any(String), act: 'crm-retried', actor, subject },
    ]);
  });
});

describe('what waits for a connected CRM', () => {
  test('is listed with why and until when, and counts as behind', async () => {
    model.faultOf = () => NO_TOKEN;
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    const [waiting] = await world.deliveries('state=pending');
    expect(waiting).toMatchObject({ kind: 'creation', target: 'crm', channelId: channelId() });
    expect(waiting).toMatchObject({ lastError: { code: 'CRM_UNAUTHORIZED' } });
    expect(await health()).toMatchObject([
      { target: 'crm', kind: 'crm', waiting: 1, lastError: { code: 'CRM_UNAUTHORIZED' } },
    ]);
  });

  test('is tried at once if somebody asks for that', async () => {
    model.faultOf = () => ({ kind: 'throttled', retryAfterSeconds: 600 });
    await world.say(CLIENT, 'Hello');
    await wait(15_000);
    model.faultOf = () => undefined;

    const [waiting] = await world.deliveries('state=pending&target=crm');
    await desk.ask('POST', `/v1/deliveries/${waiting?.deliveryId}/retry`);
    await wait(15_000);

    expect(contactsThere()).toHaveLength(1);
  });

  test('says of a call without an answer that it is looked for, and not that it failed', async () => {
    model.faultOf = (call) => (call === 'make' ? 'lost' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(3 * 60_000);

    expect(await world.deliveries('state=pending')).toMatchObject([{ lastError: { code: 'CRM_LOOKS_FOR_TWINS' } }]);
    expect(await health()).toEqual([]);
  });

  test('shows a hand-over by the name of the contact, and messages for the timeline', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    await world.say(CLIENT, 'Hello');
    await wait(2 * 60_000);
    model.faultOf = () => 'down';
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await world.say(CLIENT, 'Are you there?');
    await wait(15_000);

    const kinds = (await world.deliveries('state=pending')).map(({ kind, target }) => `${kind} ${target}`);
    expect(kinds).toEqual(['assign crm', 'note crm']);
    expect(await world.deliveries('state=pending&kind=assign')).toMatchObject([{ name: expect.any(String) }]);
    expect(await world.deliveries('state=pending&kind=note')).toMatchObject([{ channelId: channelId() }]);
  });
});

describe('what has to be read from a connected CRM', () => {
  beforeEach(async () => {
    model.faultOf = () => ({ kind: 'unreachable', reason: 'status 502' });
    await createNews(world.deps).mark(account(), [
      { type: 'contact', id: '7' },
      { type: 'deal', id: '8' },
    ]);
    world.sent.news.push(`news#${account()}`);
    await wait(15_000);
  });

  test('is listed as news, and counts as behind', async () => {
    expect(await world.deliveries('state=pending&kind=news')).toMatchObject([
      { kind: 'news', target: 'crm', lastError: { code: 'CRM_UNREACHABLE', description: 'status 502' } },
      { kind: 'news', target: 'crm' },
    ]);
    expect(await world.deliveries('state=pending&kind=creation')).toEqual([]);
    expect(await health()).toMatchObject([{ target: 'crm', kind: 'news', waiting: 2 }]);
  });

  test('is read at once if somebody asks for that', async () => {
    model.faultOf = () => undefined;
    const [waiting] = await world.deliveries('state=pending&kind=news');

    await desk.ask('POST', `/v1/deliveries/${waiting?.deliveryId}/retry`);
    await wait(30_000);

    expect(await world.deliveries('state=pending&kind=news')).toEqual([]);
  });
});

describe('how the connection stands', () => {
  const crm = async () =>
    contract.crmConnection.parse((await world.call('GET', '/v1/crm', { key: world.account.apiKey })).body);

  test('counts the clients who wait, also those that failed because nobody is let in, and says since when and why', async () => {
    model.faultOf = () => NO_TOKEN;
    await world.say(CLIENT, 'Hello');
    await wait(30_000);
    const since = new Date((await world.store.crms.now(account()))?.endedAt ?? 0).toISOString();
    world.clock.advance(GIVE_UP_MS);
    await wait(30_000);
    await world.say(502, 'Hello');
    await wait(15_000);

    expect(await crm()).toMatchObject({
      state: 'unauthorized',
      noAccess: { since, because: NO_TOKEN.description },
      waiting: 1,
      failed: 1,
      clientsWaiting: 2,
      held: { code: 'CRM_UNAUTHORIZED' },
    });
  });

  test('counts no client who is there, and none of a CRM that was left', async () => {
    model.faultOf = (call) => (call === 'make' ? 'lost' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(3 * 60_000);
    expect(await crm()).toMatchObject({ waiting: 1, clientsWaiting: 0, failed: 0 });
    await refused(502);
    expect(await crm()).toMatchObject({ failed: 1 });

    await world.call('DELETE', '/v1/crm', { key: world.account.apiKey });
    await wait(30_000);
    await connectModel(world);

    expect(await crm()).toMatchObject({ waiting: 0, clientsWaiting: 0, failed: 0 });
  });
});

describe('what waits for a CRM that changes hands', () => {
  const call = (method: string, body?: unknown) => world.call(method, '/v1/crm', { key: world.account.apiKey, body });

  /** A hand-over and a message for the timeline that the CRM was not told. */
  async function untold(): Promise<void> {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    await world.say(CLIENT, 'Hello');
    await wait(2 * 60_000);
    model.faultOf = () => 'down';
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await world.say(CLIENT, 'Are you there?');
    await world.say(502, 'Hello');
    await wait(15_000);
  }

  test('what failed because it let nobody in leaves by itself with new credentials, and nothing else does', async () => {
    await refused(502);
    model.faultOf = () => NO_TOKEN;
    await world.say(CLIENT, 'Hello');
    await wait(30_000);
    world.clock.advance(GIVE_UP_MS);
    await wait(30_000);
    expect((await world.deliveries()).map(({ lastError }) => lastError?.code)).toEqual([
      'CRM_UNAUTHORIZED',
      'CRM_VALIDATION_RULE',
    ]);

    model.faultOf = () => undefined;
    expect((await call('PATCH', { credentials: { token: 'other' } })).status).toBe(200);
    await wait(15_000);

    expect(contactsThere()).toMatchObject([{ contactData: [{ chatId: String(CLIENT) }] }]);
    expect((await world.deliveries()).map(({ lastError }) => lastError?.code)).toEqual(['CRM_VALIDATION_RULE']);
    expect((await acts())[0]).toMatchObject({ act: 'crm-changed' });
  });

  test('switched off it waits for days, and goes on at once when it is switched on', async () => {
    expect((await call('PATCH', { enabled: false })).status).toBe(200);
    await world.say(CLIENT, 'Hello');
    await wait(15_000);
    world.clock.advance(2 * GIVE_UP_MS);
    await wait(6 * 60_000);
    expect(await world.deliveries('state=pending')).toMatchObject([{ lastError: { code: 'CRM_DISABLED' } }]);

    model.faultOf = () => 'down';
    await call('PATCH', { enabled: true });
    await wait(15_000);
    expect(await world.deliveries()).toEqual([]);
    model.faultOf = () => undefined;
    await wait(15_000);

    expect(contactsThere()).toHaveLength(1);
  });

  test('disconnected, it ends: new clients are kept by Konvert, the rest fails and says why', async () => {
    await untold();
    await world.store.crms.noteNews((await world.store.crms.now(account()))!);

    expect((await call('DELETE')).status).toBe(200);
    await wait(30_000);

    const failed = await world.deliveries();
    expect(failed.map(({ kind, lastError }) => `${kind} ${lastError?.code}`).sort()).toEqual([
      'assign CRM_DISCONNECTED',
      'note CRM_DISCONNECTED',
      'note CRM_DISCONNECTED',
    ]);
    expect(await world.deliveries('state=pending')).toEqual([]);
    const own = await world.store.contacts.page(account(), 0, 100);
    expect(own.data).toHaveLength(2);
    expect([...world.sent.crm, ...world.later.filter(({ queue }) => queue === 'crm' || queue === 'news')]).toEqual([]);
    const lanes = await world.store.lanes.lanesOf([`connector#${account()}`, `news#${account()}`]);
    expect([...lanes.values()].filter(({ rests }) => !rests)).toEqual([]);
    expect((await acts())[0]).toMatchObject({ act: 'crm-left' });
  });

  test('disconnected, a new client goes to the receiver that makes contacts, and is made there once (D10)', async () => {
    const receiver = await startReceiver();
    onTestFinished(() => receiver.stop());
    receiver.rule = ({ body }) =>
      body.createContact || body.createDeal ? answer(200, { id: 'made-there' }) : undefined;
    const subscriptions = { ...NO_SUBSCRIPTIONS, contactsAndDealsCreation: true };
    const registration = { uri: receiver.url, subscriptions, signing: [], endedAt: undefined };
    await world.store.receivers.save(await world.store.receivers.now(account()), registration, 'key-1');
    model.faultOf = () => 'down';
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    await call('DELETE');
    await wait(60_000);

    expect(receiver.calls.filter(({ body }) => 'createContact' in body)).toHaveLength(1);
    expect((await world.store.contacts.page(account(), 0, 100)).data).toMatchObject([{ id: 'made-there' }]);
    expect(await world.deliveries()).toEqual([]);
  });

  test('what failed in a CRM that was left is not told to another one', async () => {
    await untold();
    await call('DELETE');
    await wait(30_000);
    const [failed] = await world.deliveries('kind=assign');
    const retry = () => world.call('POST', `/v1/deliveries/${failed?.deliveryId}/retry`, { key: world.account.apiKey });
    expect(await retry()).toMatchObject({ status: 404, body: { error: 'CRM_NOT_CONNECTED' } });

    model.faultOf = () => undefined;
    await connectModel(world);
    const before = model.calls.length;

    expect(await retry()).toMatchObject({ status: 404, body: { error: 'DELIVERY_NOT_FOUND' } });
    expect((await desk.ask('POST', '/v1/deliveries/retry', { target: 'crm' })).body).toEqual({ count: 0 });
    expect(model.calls).toHaveLength(before);
    expect(await world.deliveries()).toHaveLength(3);
  });
});
