import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { answer, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'head', 'control'].map((id) => ({ id, name: id })));
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
  const userRoles = [
    { userId: 'anna', role: 'seller', allowGetNewClients: false },
    { userId: 'boris', role: 'seller', allowGetNewClients: false },
    { userId: 'head', role: 'manager', allowGetNewClients: false },
    { userId: 'control', role: 'auditor', allowGetNewClients: false },
  ];
  const newClients = { mode: 'first-reply', pipelineId: '1', stageId: '10' };
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  const contactData = [{ chatType: 'telegram', chatId: String(CLIENT) }];
  await desk.push('contacts', { id: 'c1', name: 'Olga', responsibleUserId: 'anna', contactData });
  await world.say(CLIENT, 'hello');
});

afterEach(() => world.stop());

const press = (user: string | undefined = 'anna', client = CLIENT) =>
  desk.ask('POST', `${world.pathOf(client)}/deals`, undefined, user);

async function pressAndFollow(user?: string): Promise<void> {
  expect(await press(user)).toMatchObject({ status: 202, body: {} });
  await world.drain();
}

async function dealsOf(user = 'anna') {
  const { body } = await desk.ask('GET', `${world.pathOf(CLIENT)}/deals`, undefined, user);
  return (body as { deals: { id: string; name: string; link?: string; closed: boolean }[] }).deals;
}

describe('a CRM that listens makes the deal (C5)', () => {
  let receiver: ReceiverDouble;
  const deals = new Map<string, object>();

  beforeEach(async () => {
    deals.clear();
    receiver = await startReceiver();
    receiver.rule = ({ id, body }) => {
      if (!body.createDeal) return undefined;
      if (!deals.has(id)) deals.set(id, { id: `deal-${deals.size + 1}`, uri: 'https://crm.example/deals/1' });
      return answer(200, deals.get(id));
    };
    await listen(true);
  });

  afterEach(() => receiver.stop());

  async function listen(contactsAndDealsCreation: boolean): Promise<void> {
    const { accountId } = world.account;
    const before = await world.store.receivers.now(accountId);
    const subscriptions = { ...NO_SUBSCRIPTIONS, contactsAndDealsCreation };
    await world.store.receivers.save(
      before,
      { uri: receiver.url, subscriptions, signing: [], endedAt: undefined },
      'key-1',
    );
    world.clock.advance(10_000);
  }

  test('is asked in the name of the user, and what it answers is in their briefcase', async () => {
    await pressAndFollow();

    const asked = { responsibleUserId: 'anna', contacts: ['c1'], pipelineId: '1', stageId: '10', source: 'byUser' };
    expect(receiver.calls.map(({ body }) => body)).toEqual([{ createDeal: asked }]);
    expect(await dealsOf()).toEqual([
      { id: 'deal-1', name: 'Olga', link: 'https://crm.example/deals/1', closed: false },
    ]);
    expect(await dealsOf('head')).toEqual([]);
  });

  test('is asked once for two presses within a minute, and again after that', async () => {
    await Promise.all([press(), press()]);
    await world.drain();
    await world.pass(59_999);
    await pressAndFollow();
    expect(receiver.calls).toHaveLength(1);

    await world.pass(1);
    await pressAndFollow();
    expect(receiver.calls).toHaveLength(2);
    expect(await dealsOf()).toHaveLength(2);
  });

  test('is asked for each user by themself', async () => {
    await pressAndFollow('anna');
    await pressAndFollow('head');

    expect([(await dealsOf('anna')).length, (await dealsOf('head')).length]).toEqual([1, 1]);
  });

  test('is asked when it can be reached again, under the same id', async () => {
    await receiver.goDown();
    await pressAndFollow();
    expect(await dealsOf()).toEqual([]);

    await receiver.comeBack();
    for (let minute = 0; minute < 3; minute += 1) {
      await world.pass(60_000);
      await world.app.listeners['sweep-lanes']();
      await world.drain();
    }

    expect(deals.size).toBe(1);
    expect(await dealsOf()).toHaveLength(1);
  });

  test('is asked also if the request died before it rang', async () => {
    expect((await press()).status).toBe(202);
    world.sent.tasks.splice(0);
    await world.pass(60_000);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(await dealsOf()).toHaveLength(1);
  });

  test('that answers without an id is a failed delivery, which can be sent again', async () => {
    receiver.rule = () => answer(200, {});
    await pressAndFollow();

    const [failed] = await world.deliveries();
    expect(failed).toMatchObject({ kind: 'creation', state: 'failed', lastError: { code: 'NO_ID' } });
    receiver.rule = () => answer(200, { id: 'late' });
    await desk.ask('POST', `/v1/deliveries/${failed!.deliveryId}/retry`);
    await world.drain();
    expect(await dealsOf()).toMatchObject([{ id: 'late' }]);
  });

  test('that stops listening leaves the deal to Konvert (D10)', async () => {
    await receiver.goDown();
    await pressAndFollow();
    await listen(false);
    await receiver.comeBack();
    for (let minute = 0; minute < 3; minute += 1) {
      await world.pass(60_000);
      await world.app.listeners['sweep-lanes']();
      await world.drain();
    }

    expect(receiver.calls.filter(({ body }) => body.createDeal)).toEqual([]);
    expect(await dealsOf()).toMatchObject([{ name: 'Olga', closed: false }]);
  });
});

describe('if nobody listens', () => {
  test('Konvert keeps the deal itself (D10), once for two presses', async () => {
    await Promise.all([press(), press()]);
    await world.drain();

    const [deal, ...more] = await dealsOf();
    expect([deal, more]).toMatchObject([{ name: 'Olga', closed: false }, []]);
    expect((await desk.ask('GET', `/v3/deals/${deal!.id}`)).body).toMatchObject({
      responsibleUserId: 'anna',
      contacts: ['c1'],
    });
  });
});

test('there is no deal without a contact, without a user, and without the right to write', async () => {
  await world.say(502, 'hello');

  expect(await press('head', 502)).toMatchObject({ status: 409, body: { error: 'NO_CONTACT' } });
  expect(await desk.ask('POST', `${world.pathOf(CLIENT)}/deals`)).toMatchObject({ status: 403 });
  expect(await press('control')).toMatchObject({ status: 403, body: { error: 'CHAT_NO_ACCESS' } });
  expect(await press('boris')).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
});
