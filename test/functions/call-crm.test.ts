import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GIVE_UP_MS } from '#domain/delivery';
import { HEIR_MS } from '#flows/crm/take-contacts';
import { type Desk, deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;
const OTHER = 502;
const HEIR = { name: 'Irina', responsibleUserId: 'boris', contactData: [{ chatType: 'telegram', chatId: '501' }] };

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
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;
const callsOf = (name: string) => model.calls.filter((call) => call === name).length;
const failed = async () => await world.deliveries('state=failed');

/** Lets time pass until nothing is left to do for so long. */
async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 15_000) await world.pass(15_000);
}

describe('a connected CRM has a new client once (D10)', () => {
  test('contact and deal are made there for the user of the turn, and stored as if pushed', async () => {
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    expect([...model.contacts.values()]).toMatchObject([
      { responsibleUserId: 'anna', contactData: [{ chatId: '501' }] },
    ]);
    expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: 'anna' }]);
    expect(await contacts()).toMatchObject([{ id: [...model.contacts.keys()][0], responsibleUserId: 'anna' }]);
    const [id] = [...model.deals.keys()];
    expect(await deals()).toMatchObject([{ id, closed: false, uri: `https://crm.example/deals/${id}` }]);
    expect(await desk.seenBy('anna')).toEqual(['501']);
  });

  test('a contact that the CRM has is adopted, and nothing is made (D8)', async () => {
    model.faultOf = (call) => (call === 'find' ? 'down' : undefined);
    await world.say(CLIENT, 'Hello');
    model.addContact(HEIR);
    model.faultOf = () => undefined;
    await wait(30_000);

    expect(callsOf('make')).toBe(0);
    const [id] = [...model.contacts.keys()];
    expect(await contacts()).toMatchObject([{ name: 'Irina', uri: `https://crm.example/contacts/${id}` }]);
    expect(await desk.seenBy('boris')).toEqual(['501']);
  });

  test.each([
    { name: 'merged, which the CRM tells', tellsHeirs: true },
    { name: 'merged, which the search shows a moment later', tellsHeirs: false },
  ])('one that the search still shows, and that was $name, is not adopted: its heir is', async ({ tellsHeirs }) => {
    model.searchLagMs = 5_000;
    model.tellsHeirs = tellsHeirs;
    const loser = model.addContact(HEIR);
    const heir = model.addContact({ ...HEIR, contactData: [] });
    world.clock.advance(60_000);
    model.merge(loser.id, heir.id);
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    expect([...model.contacts.keys()]).toEqual([heir.id]);
    expect((await contacts()).map(({ id }) => id)).toEqual([heir.id]);
    expect(await desk.seenBy('boris')).toEqual(['501']);
  });

  test('one that the search still shows, and that was deleted, is made anew', async () => {
    model.searchLagMs = HEIR_MS * 100;
    const { id } = model.addContact(HEIR);
    world.clock.advance(model.searchLagMs);
    model.removeContact(id);
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: 'anna' }]);
    expect((await contacts()).map((one) => one.id)).toEqual([...model.contacts.keys()]);
    expect(await desk.seenBy('anna')).toEqual(['501']);
  });

  test.each(['lost', 'late'] as const)(
    'a call of which the answer was %s is not repeated before a look',
    async (fault) => {
      model.faultOf = (call) => (call === 'make' ? fault : undefined);
      await world.say(CLIENT, 'Hello');
      model.faultOf = () => undefined;
      await wait(45_000);

      expect(callsOf('make')).toBe(1);
      model.land();
      await wait(12 * 60_000);

      expect([...model.contacts.values()]).toHaveLength(1);
      expect([...model.deals.values()]).toHaveLength(1);
      expect(await contacts()).toHaveLength(1);
      expect(await world.deliveries('state=pending')).toEqual([]);
    },
  );

  test('a call without an answer holds up no other client', async () => {
    model.faultOf = (call) => (call === 'make' ? 'lost' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(30_000);

    await world.say(OTHER, 'Hello');
    await world.drain();

    expect([...model.contacts.values()].at(-1)).toMatchObject({ contactData: [{ chatId: String(OTHER) }] });
  });

  test('what was made and merged meanwhile is found by the address', async () => {
    model.faultOf = (call) => (call === 'make' ? 'down' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    const heir = model.addContact(HEIR);
    await wait(3 * 60_000);

    expect([...model.contacts.keys()]).toEqual([heir.id]);
    expect([...model.deals.values()]).toMatchObject([{ contacts: [heir.id] }]);
    expect(await contacts()).toMatchObject([{ id: heir.id }]);
  });

  test('a request that lands after the second one leaves no twin', async () => {
    model.faultOf = (call) => (call === 'make' ? 'late' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(3 * 60_000);
    model.land();
    expect([...model.contacts.values()]).toHaveLength(2);
    await wait(12 * 60_000);

    expect([...model.contacts.values()]).toHaveLength(1);
    expect([...model.deals.values()]).toHaveLength(1);
    expect((await contacts()).map(({ id }) => id)).toEqual([...model.contacts.keys()]);
    expect(await failed()).toEqual([]);
  });

  test('a contact that was merged and could not be read is not taken for gone: the twin is seen later', async () => {
    model.tellsHeirs = true;
    model.faultOf = (call) => (call === 'make' ? 'late' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(3 * 60_000);
    const heir = model.addContact({ ...HEIR, contactData: [] });
    model.merge([...model.contacts.keys()][0]!, heir.id);
    model.land();
    let reads = 0;
    model.unread = () => (++reads === 1 ? { kind: 'throttled', retryAfterSeconds: 3 } : undefined);
    await wait(12 * 60_000);

    expect([...model.contacts.keys()]).toEqual([heir.id]);
    expect(model.deals.size).toBe(1);
    expect(await failed()).toEqual([]);
  });

  test('a twin that somebody touched is shown, with links to both', async () => {
    model.faultOf = (call) => (call === 'make' ? 'late' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(3 * 60_000);
    model.land();
    for (const contact of model.contacts.values()) contact.touched = true;
    await wait(12 * 60_000);

    const [one, other] = [...model.contacts.keys()];
    expect(await failed()).toMatchObject([{ lastError: { code: 'TWIN' } }]);
    expect(JSON.stringify(await failed())).toContain(
      `https://crm.example/contacts/${one} https://crm.example/contacts/${other}`,
    );
  });

  test('a CRM that is down for a day loses nothing, and nobody waits', async () => {
    model.faultOf = () => 'down';
    await world.say(CLIENT, 'Hello');
    expect(await desk.seenBy('anna')).toEqual(['501']);
    world.clock.advance(GIVE_UP_MS - 60_000);
    await wait(60_000);
    model.faultOf = () => undefined;
    await wait(30 * 60_000);

    expect([...model.contacts.values()]).toHaveLength(1);
    expect([...model.deals.values()]).toHaveLength(1);
    expect(await failed()).toEqual([]);
  });

  test("without Konvert's field nobody is looked for twice, and no other client waits for that", async () => {
    model.faultOf = (call) => (call === 'make' ? 'lost' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(2 * 60_000);
    model.faultOf = (call) =>
      call === 'look' ? { kind: 'refused', code: 'FIELD_GONE', description: 'No such property' } : undefined;
    await wait(10 * 60_000);
    await world.say(OTHER, 'Hello');
    await wait(15_000);

    expect(callsOf('look')).toBeGreaterThan(1);
    expect([...model.contacts.values()].at(-1)).toMatchObject({ contactData: [{ chatId: String(OTHER) }] });
    expect(callsOf('prepare')).toBeGreaterThan(0);
  });

  test('a contact that could not be read is not taken for gone: no twin of it is removed', async () => {
    model.faultOf = (call) => (call === 'make' ? 'late' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(2 * 60_000);
    model.land();
    const busy = { kind: 'throttled', retryAfterSeconds: 5 } as const;
    const { read } = model.crm;
    model.crm.read = async (_session, refs) => ({ kind: 'ok', value: refs.map(() => busy) });
    await wait(11 * 60_000);
    expect(callsOf('remove')).toBe(0);

    model.crm.read = read;
    await wait(16 * 60_000);
    expect([...model.contacts.values()]).toHaveLength(1);
    expect(await contacts()).toMatchObject([{ id: [...model.contacts.keys()][0] }]);
  });

  test('a user whom the CRM does not know is left out (K14)', async () => {
    model.faultOf = (call) =>
      call === 'make' && callsOf('make') === 1
        ? { kind: 'refused', code: 'USER_GONE', description: 'gone' }
        : undefined;
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: '' }]);
  });

  test('a rule of the CRM that refuses the client fails with the name of the property', async () => {
    const refusal = { kind: 'refused', code: 'VALIDATION_RULE', description: 'is required', about: 'inn' } as const;
    model.faultOf = (call) => (call === 'make' ? refusal : undefined);
    await world.say(CLIENT, 'Hello');
    await wait(15_000);

    const [delivery] = await failed();
    expect(delivery).toMatchObject({ lastError: { code: 'CRM_VALIDATION_RULE' } });
    expect((await world.store.crms.now(account()))?.problems).toMatchObject([
      { code: 'VALIDATION_RULE', about: 'inn' },
    ]);

    model.faultOf = () => undefined;
    await desk.ask('POST', `/v1/deliveries/${delivery?.deliveryId}/retry`);
    await wait(15_000);

    expect([...model.contacts.values()]).toHaveLength(1);
    expect(await failed()).toEqual([]);
  });

  test('one client who is refused costs no other one: each leaves alone (K4)', async () => {
    const refusal = { kind: 'refused', code: 'INVALID', description: 'no' } as const;
    let refusals = 1;
    model.faultOf = (call) => (call === 'make' && refusals-- > 0 ? refusal : undefined);
    for (const client of [CLIENT, CLIENT + 1, CLIENT + 2]) await world.say(client, 'Hello');
    await wait(15_000);

    expect(await failed()).toHaveLength(1);
    expect([...model.contacts.values()]).toHaveLength(2);
  });

  test('the pace is kept from one call to the next, also by the next holder', async () => {
    await world.say(CLIENT, 'Hello');
    const lane = (await world.store.lanes.lanesOf([`connector#${account()}`])).get(`connector#${account()}`);

    expect(Number(lane?.kept?.notBefore)).toBe(Math.max(...model.calledAt) + model.crm.offers.pace);
  });
});

describe('what a connected CRM is told and asked', () => {
  test('a contact that it has belongs to its responsible user, and no turn is drawn (D1)', async () => {
    model.addContact(HEIR);
    await world.say(CLIENT, 'Hello');

    expect(await desk.seenBy('boris')).toEqual(['501']);
    expect(await desk.seenBy('anna')).toEqual([]);
    expect(callsOf('make')).toBe(0);
  });

  test('a contact that it has is stored with its deals, also if they were not told at once (D1)', async () => {
    const { id } = model.addContact(HEIR);
    model.addDeal({ name: 'Sale', responsibleUserId: 'boris', contacts: [id], closed: false });
    model.faultOf = (call) => (call === 'dealsOf' ? 'down' : undefined);
    await world.say(CLIENT, 'Hello');
    model.faultOf = () => undefined;
    await wait(30_000);

    expect(await contacts()).toMatchObject([{ id, responsibleUserId: 'boris' }]);
    expect(await deals()).toMatchObject([{ name: 'Sale' }]);
    expect(await desk.seenBy('boris')).toEqual(['501']);
  });

  test('a hand-over that it does not take fails, whatever it answers', async () => {
    await world.say(CLIENT, 'Hello');
    await wait(15_000);
    model.faultOf = (call) => (call === 'assign' ? { kind: 'taken' } : undefined);
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await wait(15_000);

    expect(await failed()).toMatchObject([{ kind: 'assign' }]);
  });

  test('a hand-over makes the user responsible there, for the contact and its open deal', async () => {
    await world.say(CLIENT, 'Hello');
    await wait(15_000);
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await wait(60_000);

    expect([...model.contacts.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
    expect([...model.deals.values()]).toMatchObject([{ responsibleUserId: 'boris' }]);
    expect(await desk.seenBy('boris')).toEqual(['501']);
    expect(await desk.seenBy('anna')).toEqual([]);
  });

  test('a message that waits for its client holds up nobody, and comes before those after it (C4)', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    model.faultOf = (call) => (call === 'find' ? 'down' : undefined);
    await world.say(CLIENT, 'First');
    await world.pass(1_000);
    await world.say(CLIENT, 'Second');
    model.faultOf = () => undefined;
    await world.pass(30_000);
    expect(model.notes).toEqual([]);

    await world.say(CLIENT, 'Third');
    await world.pass(1_000);

    expect(model.notes.map(({ text }) => text)).toEqual(['First', 'Second', 'Third']);
  });

  test('a message of a contact that was merged waits for the heir (C4)', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    await world.say(CLIENT, 'First');
    await wait(15_000);
    const [id = ''] = model.contacts.keys();
    const heir = model.addContact({ name: 'Irina B.', responsibleUserId: 'boris', contactData: [] });
    model.merge(id, heir.id);
    const { note } = model.crm;
    model.crm.note = async (session, notes) =>
      notes.every(({ refs }) => model.contacts.has(refs[0]?.id ?? ''))
        ? note(session, notes)
        : { kind: 'ok', value: notes.map(() => ({ kind: 'gone' })) };
    await world.say(CLIENT, 'Second');
    await wait(15_000);
    await world.app.listeners['refresh-crm']();
    await wait(2 * 60_000);

    expect(await failed()).toEqual([]);
    expect(model.notes.map(({ text, refs }) => [text, refs[0]?.id])).toEqual([
      ['First', id],
      ['Second', heir.id],
    ]);
  });

  test('what is in its timeline is not written again because another message of the call is not (C4)', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    for (const one of [CLIENT, OTHER]) await world.say(one, 'Hello');
    await wait(15_000);
    model.notes.splice(0);
    model.faultOf = (call) => (call === 'note' ? 'down' : undefined);
    for (const one of [CLIENT, OTHER]) await world.say(one, 'Still me');
    model.faultOf = () => undefined;
    const { note } = model.crm;
    model.crm.note = async (session, notes) => {
      model.crm.note = note;
      await note(session, notes.slice(1));
      const rest = notes.slice(1).map(() => ({ kind: 'ok', value: undefined }) as const);
      return { kind: 'ok', value: [{ kind: 'throttled', retryAfterSeconds: 5 }, ...rest] };
    };
    await wait(60_000);

    expect(model.notes).toHaveLength(2);
    expect(new Set(model.notes.map(({ refs }) => refs[0]?.id)).size).toBe(2);
  });

  test('each message stands in the timeline of contact and deal once, if the option is on (C4)', async () => {
    await desk.ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
    await world.say(CLIENT, 'Hello');
    await wait(2 * 60_000);
    await world.reply(CLIENT, { text: 'Good day', crmUserId: 'anna' });
    await world.drain();
    await wait(60_000);

    const [contact, deal] = [[...model.contacts.keys()][0], [...model.deals.keys()][0]];
    const refs = [
      { type: 'contact', id: contact },
      { type: 'deal', id: deal },
    ];
    expect(model.notes).toMatchObject([
      { text: 'Hello', refs },
      { text: 'Good day', refs },
    ]);
  });
});
