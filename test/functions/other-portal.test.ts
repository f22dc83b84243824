import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Desk, deskOf } from '#test/functions/company';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;
const STRANGER = [{ chatType: 'whatsapp', chatId: '79990000000' }];

let world: World;
let desk: Desk;
let model: CrmModel;

beforeEach(async () => {
  model = new CrmModel(() => world.clock.now());
  world = await createWorld({ crm: model.crm });
  desk = deskOf(world);
  await desk.push('users', { id: 'anna', name: 'Anna' });
  model.users = [{ id: 'anna', name: 'Anna', isActive: true }];
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '11', name: 'New' }] });
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '11' };
  const userRoles = [{ userId: 'anna', role: 'seller', allowGetNewClients: true }];
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  await connect('1');
  await world.say(CLIENT, 'Hello');
  await wait(30_000);
  expect(await contacts()).toHaveLength(1);
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;

async function connect(accountId: string): Promise<string> {
  const portal = { accountId, host: 'crm.example', name: 'CRM', connectedAs: 'A', isAdmin: true };
  const given = { crm: 'amocrm' as const, app: {}, baseUrl: 'https://konvert.example', portal };
  const open = await world.store.crms.connect(account(), { ...given, tokens: { accessToken: 'token' } }, 'key-1');
  world.clock.advance(11_000);
  return String(open?.hooksUrl).replace('https://konvert.example', '');
}

async function leave(): Promise<void> {
  const open = await world.store.crms.openNow(account());
  if (open) await world.store.crms.remove(open, 'key-1');
}

async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) await world.pass(5_000);
}

/** The other portal has a stranger by the id of the client's contact. */
async function strangerAt(hooksUrl: string): Promise<void> {
  const [{ id = '' } = {}] = await contacts();
  const known = model.contacts.get(id);
  if (!known) throw new Error('The client has no contact');
  model.contacts.set(id, { ...known, name: 'Stranger', contactData: STRANGER, key: undefined } as never);
  const news = [{ kind: 'changed', ref: { type: 'contact', id } }];
  await world.call('POST', hooksUrl, { headers: { 'x-crm': 'model' }, body: news });
  await wait(30_000);
}

test('contacts of the former portal are forgotten before anything of another one is stored', async () => {
  await leave();
  await strangerAt(await connect('2'));

  // Nobody took the stranger for the client: no address of the client is theirs, here or there.
  expect(await contacts()).toEqual([]);
  expect(await deals()).toEqual([]);
  expect(model.calls).not.toContain('carry');
  expect(await world.store.crms.now(account())).toMatchObject({ former: 'amocrm#2' });

  await world.say(CLIENT, 'Hello again');
  await wait(30_000);

  const [contact, ...others] = await contacts();
  expect(others).toEqual([]);
  expect(contact?.contactData).toMatchObject([{ chatId: String(CLIENT) }]);
  expect(model.contacts.get(contact?.id ?? '')?.name).not.toBe('Stranger');
});

test('the same portal connected again keeps all', async () => {
  const kept = [await contacts(), await deals()];
  await leave();
  await connect('1');
  await world.app.listeners['refresh-crm']();
  await wait(30_000);

  expect([await contacts(), await deals()]).toEqual(kept);
});

test('a portal that was left before it was emptied of the former one leaves nothing to the next', async () => {
  await leave();
  await connect('2');
  await leave();
  await strangerAt(await connect('2'));

  expect(await contacts()).toEqual([]);
  expect(model.calls).not.toContain('carry');
});
