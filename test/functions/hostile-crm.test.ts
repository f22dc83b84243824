import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ContactData } from '#domain/directory';
import { type Desk, deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

// What no CRM should say, and some day one does.

const CLIENT = 501;
const OTHER = 502;
const ADDRESS: ContactData = { chatType: 'telegram', chatId: '501' };

let world: World;
let desk: Desk;
let model: CrmModel;

beforeEach(async () => {
  model = new CrmModel(() => world.clock.now());
  world = await createWorld({ crm: model.crm });
  desk = deskOf(world);
  model.users = ['anna', 'boris'].map((id) => ({ id, name: `Name of ${id}`, isActive: true }));
  await desk.push('users', ...['anna', 'boris'].map((id) => ({ id, name: `Name of ${id}` })));
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '11' };
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: true },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
  ];
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '11', name: 'New' }] });
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  await connect();
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const ask = (method: string, path: string, body?: unknown) =>
  world.call(method, path, { key: world.account.apiKey, body });

async function connect(): Promise<void> {
  await connectModel(world);
  world.clock.advance(10_000);
}

async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) await world.pass(15_000);
}

describe('cards', () => {
  const phones = (count: number): ContactData[] =>
    Array.from({ length: count }, (_, at) => ({ chatType: 'whatsapp', chatId: String(79990000000 + at) }));

  test.each([
    ['a name of 10,000 characters', { name: 'Ж'.repeat(10_000) }],
    ['a name of a million characters', { name: '😀'.repeat(500_000) }],
    ['half an emoji at the end', { name: `a${'\ud83d'}` }],
    ['no name', { name: '' }],
    ['a hundred phones before the address of the client', { contactData: [...phones(100), ADDRESS] }],
    ['an address of 5,000 characters', { contactData: [{ chatType: 'telegram', chatId: '9'.repeat(5_000) }, ADDRESS] }],
    ['an address without text', { contactData: [{ chatType: '', chatId: '' }, ADDRESS] }],
    ['a user of 5,000 characters', { responsibleUserId: 'u'.repeat(5_000) }],
  ])('with %s is adopted, and the next client is made', async (_, strange) => {
    const { id } = model.addContact({ name: 'Irina', responsibleUserId: 'boris', contactData: [ADDRESS], ...strange });
    await world.say(CLIENT, 'Hello');
    await wait(30_000);
    await world.say(OTHER, 'Hello');
    await wait(60_000);

    expect(model.contacts.size).toBe(2);
    const responsible = model.contacts.get(id)?.responsibleUserId === 'boris' ? 'boris' : 'anna';
    expect(await desk.seenBy(responsible)).toContain('501');
    expect(await desk.seenBy(responsible === 'boris' ? 'anna' : 'boris')).not.toContain('501');
    expect((await contacts()).map((one) => one.id)).toContain(id);
    expect((await contacts()).every(({ name }) => name.length <= 200)).toBe(true);
    expect(await world.deliveries('state=pending')).toEqual([]);
    expect(await world.deliveries('state=failed')).toEqual([]);
  });

  test.each([
    ['500 contacts', { contacts: Array.from({ length: 500 }, (_, at) => String(9_000 + at)) }],
    ['a name of a million characters', { name: '😀'.repeat(500_000) }],
    ['a user of 5,000 characters', { responsibleUserId: 'u'.repeat(5_000) }],
  ])('a deal with %s is kept, and the next client is made', async (_, strange) => {
    const { id } = model.addContact({ name: 'Irina', responsibleUserId: 'boris', contactData: [ADDRESS] });
    const deal = { name: 'Deal', responsibleUserId: 'boris', contacts: [] as string[], closed: false, ...strange };
    model.addDeal({ ...deal, contacts: [...deal.contacts, id] });
    await world.say(CLIENT, 'Hello');
    await wait(30_000);
    await world.say(OTHER, 'Hello');
    await wait(60_000);

    expect(model.contacts.size).toBe(2);
    expect((await contacts()).map((one) => one.id)).toContain(id);
    expect(await world.deliveries('state=pending')).toEqual([]);
  });
});

describe('a pause', () => {
  test.each([1e300, Number.MAX_SAFE_INTEGER, 1e12, -5, 0, Number.NaN])(
    'of %d seconds ends within a day',
    async (retryAfterSeconds) => {
      model.faultOf = () => ({ kind: 'throttled', retryAfterSeconds });
      await world.say(CLIENT, 'Hello');
      await wait(30_000);
      expect((await ask('GET', '/v1/crm')).status).toBe(200);
      model.faultOf = () => undefined;
      world.clock.advance(23 * 3_600_000);
      await wait(16 * 60_000);
      world.clock.advance(1 * 3_600_000);
      await wait(16 * 60_000);

      expect(model.contacts.size).toBe(1);
    },
  );
});

describe('users', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ id: String(at), name: `User ${at}`, isActive: true }));

  test('more than an account may have are refused in words, and nobody is removed', async () => {
    model.users = [...model.users, ...many(1_200)];

    const refreshed = await ask('POST', '/v1/crm/refresh');
    expect(refreshed.body).toMatchObject({ error: 'CRM_REFUSED' });
    expect(refreshed.text).toContain('1000');
    expect((await ask('GET', '/v3/users/anna')).status).toBe(200);
  });

  test('one with the phone of a user who stays is stored without it', async () => {
    model.users = ['anna', 'boris', 'c', 'd'].map((id) => ({
      id,
      name: id,
      isActive: true,
      phone: `7999000000${id.length}${id.charCodeAt(0)}`,
    }));
    await ask('POST', '/v1/crm/refresh');
    const { phone = '' } = model.users[0] ?? {};
    model.users = [{ id: 'new', name: 'New', phone, isActive: true }];

    expect((await ask('POST', '/v1/crm/refresh')).body).toMatchObject({ users: { added: 1, gone: 0 } });
    expect((await ask('GET', '/v3/users/new')).status).toBe(200);
  });

  test.each([
    ['a name of a million characters', { name: 'Ж'.repeat(1_000_000) }],
    ['a phone of 5,000 digits', { phone: '7'.repeat(5_000) }],
    ['no name', { name: '' }],
    ['no id', { id: '' }],
    ['an id of 5,000 characters', { id: 'u'.repeat(5_000) }],
  ])('one with %s takes no other one away', async (_, strange) => {
    model.users = [
      ...model.users,
      { id: 'strange', name: 'Strange', isActive: true, ...strange },
      { id: 'last', name: 'Last', isActive: true },
    ];

    expect((await ask('POST', '/v1/crm/refresh')).status).toBe(200);
    expect((await ask('GET', '/v3/users/last')).status).toBe(200);
  });
});

describe('what the CRM says', () => {
  test.each([
    [
      'refused',
      { kind: 'refused', code: 'VALIDATION_RULE', description: 'Ж'.repeat(1_000_000), about: 'a'.repeat(1_000_000) },
    ],
    ['unreachable', { kind: 'unreachable', reason: 'Ж'.repeat(1_000_000) }],
    ['unauthorized', { kind: 'unauthorized', code: 'a'.repeat(1_000_000), description: 'b'.repeat(1_000_000) }],
    ['throttled', { kind: 'throttled', retryAfterSeconds: 1_000, description: 'c'.repeat(1_000_000) }],
  ] as const)('at length is kept in part: %s', async (_, failed) => {
    model.faultOf = (call) => (call === 'make' ? failed : undefined);
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    const [delivery] = await world.deliveries('target=crm');
    expect(JSON.stringify(delivery?.lastError ?? {}).length).toBeLessThan(2_000);
    expect((await ask('GET', '/v1/crm')).status).toBe(200);
  });

  test.each([1e300, Number.POSITIVE_INFINITY, Number.NaN, 8e15, -5, 1.5])(
    'a token that ends at %d connects',
    async (goodUntil) => {
      await ask('DELETE', '/v1/crm');
      Object.assign(model.crm, { tokensOf: () => ({ accessToken: 'token', goodUntil }) });

      expect((await ask('POST', '/v1/crm', { crm: 'amocrm', credentials: {} })).status).toBe(201);
      expect((await ask('GET', '/v1/crm')).status).toBe(200);
    },
  );
});
