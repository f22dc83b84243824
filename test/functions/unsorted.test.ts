import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { enquiryIds } from '#domain/enquiry';
import { shortHash } from '#domain/hash';
import { enquiryKey } from '#flows/ask-enquiry';
import { createEnquiries } from '#store/clients/enquiries';
import { connectorLane } from '#store/outbox/lane-names';
import { problem } from '#test/crms/doubles/amocrm/index';
import { type AmoRig, openAmocrm } from '#test/crms/doubles/amocrm/rig';
import { createVirtualClock } from '#test/doubles/virtual-clock';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

// Mode `unsorted` (D5, D6), from the client's message to amoCRM's inbox and back.

const CLIENT = 501;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const UNSORTED = { mode: 'unsorted' };
const FORMS = 'POST /leads/unsorted/forms';
const NO_ANSWER = problem(504, 'Gateway Timeout');

let world: World;
let desk: Desk;
let rig: AmoRig;
let anna: string;
let boris: string;
let heard: number;
/** What goes on in the CRM right before it is asked whether a request is open. */
let beforeIsOpen: () => Promise<void>;

beforeEach(async () => {
  rig = openAmocrm(createVirtualClock(START));
  beforeIsOpen = async () => undefined;
  const unsorted = rig.crm.unsorted!;
  const isOpen: typeof unsorted.isOpen = async (session, uid) => {
    await beforeIsOpen();
    return unsorted.isOpen(session, uid);
  };
  world = await createWorld({ crm: { ...rig.crm, unsorted: { ...unsorted, isOpen } } });
  desk = deskOf(world);
  [anna, boris] = [rig.hands.addUser({ name: 'Anna' }), rig.hands.addUser({ name: 'Boris' })];
  const { credentials } = rig;
  expect((await desk.ask('POST', '/v1/crm', { crm: 'amocrm', credentials })).status).toBe(201);
  await choose(UNSORTED);
  await wait(10_000);
  heard = rig.double.hooks.length;
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const inbox = () => rig.double.state.unsorted;
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;
const records = async () =>
  ((await desk.ask('GET', '/v1/assignments')).body as { assignments: { rule: string; userId: string }[] }).assignments;

/** Chooses what becomes of new clients; both users are sellers, and Anna gets new clients if the mode gives turns. */
async function choose(newClients: object, switched: readonly string[] = [anna, boris]): Promise<void> {
  const userRoles = [anna, boris].map((userId) => ({
    userId,
    role: 'seller',
    allowGetNewClients: switched.includes(userId),
  }));
  const answer = await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  expect(answer.text).toContain('"newClients"');
  await world.drain();
}

/** What has changed since the last time is read. */
async function prove(): Promise<void> {
  await world.app.listeners['refresh-crm']();
  await wait(60_000);
}

async function wait(ms: number): Promise<void> {
  for (let passed = 0; passed < ms; passed += 5_000) {
    rig.clock.pass(5_000);
    await world.pass(5_000);
  }
}

/** amoCRM posts the hooks that it has rung since the last time. */
async function hooks(waitMs = 10_000): Promise<void> {
  const rung = rig.double.hooks.slice(heard);
  heard = rig.double.hooks.length;
  for (const { destination, body } of rung) {
    const path = destination.replace('https://konvert.example', '');
    expect((await world.call('POST', path, { headers: FORM, body })).status).toBe(200);
  }
  await world.drain();
  await wait(waitMs);
}

const reply = (user: string) => world.reply(CLIENT, { crmUserId: user, text: 'Good day' });

/** The last call of that name comes to pass once more. */
async function again(name: string): Promise<void> {
  const { url, body } = rig.double.calls.findLast((call) => call.name === name)!;
  await post(url.pathname, body);
}

/** Somebody adds it in the CRM, long enough ago to be found. Its id. */
async function add(path: string, entity: unknown): Promise<number> {
  const { _embedded } = (await post(`/api/v4${path}`, [entity])) as { _embedded: Record<string, { id: number }[]> };
  await wait(15_000);
  return Object.values(_embedded)[0]![0]!.id;
}

async function post(path: string, body: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${rig.double.oauth.longLived}` };
  const url = `https://demo.amocrm.ru${path}`;
  return (await rig.double.fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })).json();
}

async function enquiry(): Promise<string> {
  await world.say(CLIENT, 'Hello');
  await wait(10_000);
  await hooks();
  expect(inbox()).toHaveLength(1);
  return inbox()[0]!.uid;
}

/** Contact and deal of the client in amoCRM and in Konvert, and by whom their chat is seen. */
async function belongsTo(user: string): Promise<void> {
  const { contacts: there, leads } = rig.double.state;
  const others = [anna, boris].filter((one) => one !== user);
  expect(there.map(({ responsibleUserId }) => String(responsibleUserId))).toEqual([user]);
  expect(leads.map(({ responsibleUserId }) => String(responsibleUserId))).toEqual([user]);
  expect(await contacts()).toMatchObject([{ id: String(there[0]?.id), responsibleUserId: user }]);
  expect(await deals()).toMatchObject([{ id: String(leads[0]?.id), responsibleUserId: user, closed: false }]);
  expect(await desk.seenBy(user)).toEqual([String(CLIENT)]);
  for (const other of others) expect(await desk.seenBy(other)).toEqual([]);
  expect(await world.deliveries('state=pending')).toEqual([]);
  expect(await world.deliveries('state=failed')).toEqual([]);
}

describe('a new client in mode unsorted (D5)', () => {
  test('becomes one request in the inbox, is nobody’s contact yet, and waits in the pool', async () => {
    await enquiry();
    await world.say(CLIENT, 'Are you there?');
    await wait(3_600_000);

    expect(inbox()).toMatchObject([{ sourceName: expect.any(String) }]);
    expect(rig.double.state.contacts).toHaveLength(1);
    expect(await contacts()).toEqual([]);
    for (const user of [anna, boris]) expect(await desk.seenBy(user)).toEqual([String(CLIENT)]);
  });

  test('belongs to who accepts the request in the CRM', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    await hooks();

    await belongsTo(boris);
    expect(await records()).toMatchObject([{ rule: 'unsorted', userId: boris }]);
  });

  test('belongs to who accepts the request there, whomever the account makes responsible for it', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.double.state.leads[0]!.responsibleUserId = 9001;
    await hooks();

    await belongsTo(boris);
    expect(await records()).toMatchObject([{ rule: 'unsorted', userId: boris }]);
  });

  test('belongs to who accepts the request there, also if the hook is lost', async () => {
    const uid = await enquiry();
    // Longer than proofs overlap: what is listed then is the deal alone.
    await wait(20 * 60_000);
    await prove();
    await wait(3_600_000);
    await rig.hands.settle(uid, 'accept', boris);
    heard = rig.double.hooks.length;
    await prove();

    await belongsTo(boris);
  });

  test('belongs to who replies first: the request is accepted for that user', async () => {
    await enquiry();
    expect((await reply(anna)).status).toBe(201);
    await wait(10_000);
    await hooks();

    expect(inbox()).toEqual([]);
    await belongsTo(anna);
    expect(await records()).toMatchObject([{ rule: 'first-reply', userId: anna }]);
  });
});

/** Whom amoCRM makes responsible for what nobody was named for. */
const ROBOT = 9001;

test('who accepts a request while it is read is found, and not whom the deal had until then', async () => {
  const uid = await enquiry();
  rig.hands.touch({ type: 'deal', id: String(inbox()[0]!.leadId) });
  beforeIsOpen = () => {
    beforeIsOpen = async () => undefined;
    return rig.hands.settle(uid, 'accept', boris);
  };
  await hooks();

  await belongsTo(boris);
  expect(await records()).toMatchObject([{ rule: 'unsorted', userId: boris }]);
});

describe('two who take a request at once', () => {
  test('in the CRM and by a reply: who was faster in the CRM gets it, and the chat follows', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    heard = rig.double.hooks.length;
    await reply(anna);
    await wait(10_000);

    await belongsTo(boris);
  });

  test('and nothing is made anew because the CRM does not show at once what became of the request', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    heard = rig.double.hooks.length;
    rig.double.answer({ status: 204, body: '' }, 'GET /leads');
    rig.double.answer(NO_ANSWER, 'GET /leads/{id}');
    await reply(anna);
    await wait(60_000);

    await belongsTo(boris);
  });

  test('the hook that tells of it comes after the reply: nothing moves back', async () => {
    const uid = await enquiry();
    await reply(anna);
    await wait(10_000);
    await rig.hands.settle(uid, 'accept', boris);
    await hooks();

    await belongsTo(anna);
  });

  test('the answer to the accept is lost: it is ours nevertheless', async () => {
    const uid = await enquiry();
    rig.double.loseAnswer(`POST /leads/unsorted/${uid}/accept`);
    await reply(anna);
    await wait(60_000);

    expect(rig.double.calls.filter(({ name }) => name.endsWith('/accept'))).toHaveLength(2);
    await belongsTo(anna);
  });

  test('and the client is handed over before it is known: they stay with who got them', async () => {
    const uid = await enquiry();
    rig.double.loseAnswer(`POST /leads/unsorted/${uid}/accept`);
    await reply(anna);
    await world.drain();
    const { status } = await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: boris });
    expect(status).toBe(200);
    await wait(60_000);
    await world.app.listeners['sweep-lanes']();
    await wait(60_000);

    await belongsTo(boris);
  });
});

test('a hand-over is told though the CRM does not show the contact at once', async () => {
  await enquiry();
  await reply(anna);
  await wait(10_000);
  rig.double.answer({ status: 204, body: '' }, 'GET /contacts');
  rig.double.answer(NO_ANSWER, 'GET /contacts/{id}');
  await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: boris });
  await wait(60_000);

  await belongsTo(boris);
});

describe('a request that was accepted there', () => {
  test('and merged into a contact of somebody else: that user gets the client (D8)', async () => {
    const uid = await enquiry();
    const { contactId } = inbox()[0]!;
    await rig.hands.settle(uid, 'accept', boris);
    rig.hands.merge(String(contactId), rig.hands.addContact({ name: 'Ivan', responsibleUserId: anna }));
    const { fields } = rig.double.state.contacts[0]!;
    const { id: field_id } = rig.double.state.fields.contacts.find(({ code }) => code === 'KONVERT_CHATS')!;
    fields.push({ field_id, values: [{ value: `telegram:${CLIENT}` }] });
    await hooks();

    expect(await contacts()).toMatchObject([{ name: 'Ivan', responsibleUserId: anna }]);
    expect(rig.double.state.contacts).toHaveLength(1);
    expect(rig.double.state.leads).toHaveLength(1);
    expect(await desk.seenBy(anna)).toEqual([String(CLIENT)]);
  });

  test('and handed over here before its contact is known: the client stays with who got them', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.double.answer(NO_ANSWER, 'PATCH /contacts/{id}');
    await hooks(0);
    expect(await desk.seenBy(boris)).toEqual([String(CLIENT)]);
    const { status } = await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: anna });
    expect(status).toBe(200);
    await wait(60_000);
    await world.app.listeners['sweep-lanes']();
    await wait(60_000);

    await belongsTo(anna);
  });

  test('and decided for another user before it is known who did: nobody gets back who was handed over', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.double.state.leads[0]!.responsibleUserId = ROBOT;
    const told = heard;
    heard = rig.double.hooks.length;
    rig.hands.touch({ type: 'deal', id: String(rig.double.state.leads[0]!.id) });
    beforeIsOpen = async () => rig.double.answer(NO_ANSWER, 'GET /contacts');
    await hooks(0);
    expect((await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: anna })).status).toBe(200);
    heard = told;
    await hooks(60_000);
    await world.app.listeners['sweep-lanes']();
    await wait(60_000);

    await belongsTo(anna);
    expect(await records()).toMatchObject([
      { rule: 'handed-over', userId: anna },
      { rule: 'unsorted', userId: String(ROBOT) },
    ]);
  });

  test('by a user who is gone since: the client stays with whom the CRM has, and users are loaded anew', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.hands.dismissUser(boris);
    await hooks(60_000);

    expect(await contacts()).toMatchObject([{ responsibleUserId: String(ROBOT) }]);
    expect(await deals()).toMatchObject([{ responsibleUserId: boris }]);
    expect((await world.store.users.list(account())).map(({ id }) => id)).not.toContain(boris);
    expect(await world.deliveries('state=failed')).toEqual([]);
  });

  test('by a user who is gone since, and handed over here: the client stays with who got them', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.hands.dismissUser(boris);
    beforeIsOpen = async () => rig.double.answer(NO_ANSWER, 'GET /contacts');
    await hooks(0);
    expect((await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: anna })).status).toBe(200);
    await wait(60_000);
    await world.app.listeners['sweep-lanes']();
    await wait(60_000);

    expect(rig.double.state.contacts).toMatchObject([{ responsibleUserId: Number(anna) }]);
    expect(await contacts()).toMatchObject([{ responsibleUserId: anna }]);
    expect(await desk.seenBy(anna)).toEqual([String(CLIENT)]);
  });

  test('and cannot be given to who did: that is shown', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'accept', boris);
    rig.double.answer(problem(400, 'No'), 'PATCH /contacts/{id}');
    await hooks();
    const [failed] = await world.deliveries('state=failed');
    expect(failed?.lastError).toMatchObject({ code: 'CRM_INVALID' });
    await desk.ask('POST', `/v1/deliveries/${failed?.deliveryId}/retry`);
    await wait(10_000);

    await belongsTo(boris);
  });
});

describe('a request that was declined', () => {
  test('leaves the client in the pool, and no second one is made of what they write', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'decline', boris);
    await hooks();
    await world.say(CLIENT, 'Please');
    await wait(60_000);

    expect(inbox()).toEqual([]);
    expect(rig.double.state.leads).toEqual([]);
    for (const user of [anna, boris]) expect(await desk.seenBy(user)).toEqual([String(CLIENT)]);
  });

  test('does not keep the first reply from making contact and deal', async () => {
    const uid = await enquiry();
    await rig.hands.settle(uid, 'decline', boris);
    await hooks();
    await reply(anna);
    await wait(10_000);

    await belongsTo(anna);
  });
});

test('a field that somebody took away is made again, and the request then', async () => {
  rig.hands.deleteFields();
  await world.say(CLIENT, 'Hello');
  await wait(5_000);
  expect(inbox()).toEqual([]);
  const problems = (await world.store.crms.now(account()))?.problems ?? [];
  expect(problems.map(({ code }) => code)).toContain('FIELD_GONE');
  await wait(5 * 60_000);

  expect(inbox()).toHaveLength(1);
  expect(await world.deliveries('state=failed')).toEqual([]);
});

describe('a request is made once (D7)', () => {
  test('if the answer was lost', async () => {
    rig.double.loseAnswer(FORMS);
    await world.say(CLIENT, 'Hello');
    await wait(12 * 60_000);

    expect(rig.double.calls.filter(({ name }) => name === FORMS)).toHaveLength(1);
    await rig.hands.settle(await enquiry(), 'accept', boris);
    await hooks();
    await belongsTo(boris);
  });

  test('if there was no answer because nothing had come there', async () => {
    rig.double.answer(NO_ANSWER, FORMS);
    await world.say(CLIENT, 'Hello');
    await wait(30_000);
    expect(inbox()).toEqual([]);
    await wait(12 * 60_000);

    await reply(anna);
    await wait(10_000);
    await belongsTo(anna);
  });

  test('and shown if a call without an answer came to pass after all', async () => {
    rig.double.answer(NO_ANSWER, FORMS);
    await world.say(CLIENT, 'Hello');
    await wait(3 * 60_000);
    await again(FORMS);
    expect(inbox()).toHaveLength(2);
    await wait(12 * 60_000);

    const [first, second] = inbox().map(({ contactId }) => contactId);
    const [failed] = await world.deliveries('state=failed');
    expect(failed?.lastError).toMatchObject({ code: 'TWIN' });
    expect(failed?.lastError?.description).toContain(
      `https://demo.amocrm.ru/contacts/detail/${first} https://demo.amocrm.ru/contacts/detail/${second}`,
    );
  });

  test('if a list did not show it yet, and the CRM refuses the same request twice', async () => {
    rig.double.loseAnswer(FORMS);
    rig.double.answer(problem(400, 'Such an enquiry is there'), FORMS);
    rig.double.answer({ status: 204, body: '' }, 'GET /leads/unsorted');
    await world.say(CLIENT, 'Hello');
    await wait(12 * 60_000);

    await reply(anna);
    await wait(10_000);
    await belongsTo(anna);
  });

  test('and followed if somebody accepted it before its answer was known', async () => {
    rig.double.loseAnswer(FORMS);
    await world.say(CLIENT, 'Hello');
    await rig.hands.settle(inbox()[0]!.uid, 'accept', boris);
    await hooks();
    await wait(12 * 60_000);

    await belongsTo(boris);
  });

  test('and shown, each time anew, if it came to pass after the client had a contact without it', async () => {
    rig.double.answer(NO_ANSWER, FORMS);
    await world.say(CLIENT, 'Hello');
    await reply(anna);
    await wait(3 * 60_000);
    await again(FORMS);
    await wait(12 * 60_000);
    const told = async () => (await world.deliveries('state=failed')).map(({ lastError }) => lastError?.code);
    expect(await told()).toEqual(['TWIN']);

    const [{ deliveryId } = { deliveryId: '' }] = await world.deliveries('state=failed');
    expect((await desk.ask('POST', `/v1/deliveries/${deliveryId}/retry`)).status).toBeLessThan(300);
    await wait(12 * 60_000);
    expect(await told()).toEqual(['TWIN']);
    expect(inbox()).toHaveLength(1);
  });

  test('or never, if somebody replied before the CRM could be asked', async () => {
    rig.double.down(NO_ANSWER);
    await world.say(CLIENT, 'Hello');
    await reply(anna);
    await wait(30_000);
    rig.double.up();
    await wait(5 * 60_000);

    expect(rig.double.calls.filter(({ name }) => name === FORMS)).toEqual([]);
    await belongsTo(anna);
  });

  test('while a reply waits for what became of the call that made it', async () => {
    rig.double.answer(NO_ANSWER, FORMS);
    await world.say(CLIENT, 'Hello');
    await reply(anna);
    await wait(30_000);
    await again(FORMS);
    await wait(3 * 60_000);

    expect(inbox()).toEqual([]);
    expect(rig.double.calls.filter(({ name }) => name === 'POST /leads/complex')).toEqual([]);
    await wait(12 * 60_000);
    await belongsTo(anna);
  });
});

test('a reply is not held up by a request of which the lane was not told, because who wrote it was cut off', async () => {
  await choose({ mode: 'first-reply' });
  await world.say(CLIENT, 'Hello');
  const at = world.clock.now();
  const address = await world.store.addresses.get(addressKey(account(), 'telegram', String(CLIENT)));
  const { key, generation, wrote } = address;
  const enquiry = { at, chatKey: wrote[0]!, portal: rig.hands.portal.accountId, ids: enquiryIds(key, generation, at) };
  expect(await createEnquiries(world.deps).begin(address, enquiry)).toBe(true);
  const lane = connectorLane(account());
  const about = { kind: 'creation' as const, isEnquiry: true, subject: shortHash(key), address: key, decidedAt: at };
  const event = enquiryKey(lane, enquiry);
  await world.store.rows.add({ ...about, ids: enquiry.ids, lane, event, account: account(), storedAt: at });
  world.clock.advance(1_000);
  await reply(anna);
  await wait(60_000);

  await belongsTo(anna);
});

describe('what stands in the inbox', () => {
  test('is no contact, also if a hook tells of it and somebody changes it', async () => {
    await enquiry();
    const { contactId, leadId } = inbox()[0]!;
    rig.hands.touch({ type: 'contact', id: String(contactId) });
    rig.hands.touch({ type: 'deal', id: String(leadId) });
    await hooks();

    expect(await contacts()).toEqual([]);
    expect(await deals()).toEqual([]);
    expect(await desk.seenBy(boris)).toEqual([String(CLIENT)]);
  });

  test('is accepted for nobody if the user is gone in the CRM (K14)', async () => {
    await enquiry();
    rig.hands.dismissUser(anna);
    await reply(anna);
    await wait(10_000);

    expect(inbox()).toEqual([]);
    expect(await contacts()).toHaveLength(1);
  });

  test('of an account that is no longer connected is not asked for in another one', async () => {
    await enquiry();
    await desk.ask('DELETE', '/v1/crm');
    rig.double.state.account.id += 1;
    await desk.ask('POST', '/v1/crm', { crm: 'amocrm', credentials: rig.credentials });
    await wait(10_000);
    await reply(anna);
    await wait(10_000);

    expect(inbox()).toHaveLength(1);
    expect(await deals()).toMatchObject([{ responsibleUserId: anna }]);
    expect(rig.double.calls.filter(({ name }) => name.endsWith('/accept'))).toEqual([]);
  });

  test('is no client whom the CRM has, though it did not answer the first question (D1, D8)', async () => {
    const { id: field_id } = rig.double.state.fields.contacts.find(({ code }) => code === 'KONVERT_CHATS')!;
    const chats = { field_id, values: [{ value: `telegram:${CLIENT}` }] };
    const id = await add('/contacts', {
      name: 'Ivan',
      responsible_user_id: Number(boris),
      custom_fields_values: [chats],
    });
    rig.double.answer(NO_ANSWER, 'GET /contacts');
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    expect(rig.double.calls.filter(({ name }) => name === FORMS)).toEqual([]);
    expect(await contacts()).toMatchObject([{ id: String(id), responsibleUserId: boris }]);
    expect(await desk.seenBy(anna)).toEqual([]);
  });

  test('is nobody’s any more once another CRM, or none, is connected: Konvert keeps the client (D10)', async () => {
    await enquiry();
    expect((await desk.ask('DELETE', '/v1/crm')).status).toBe(200);
    world.clock.advance(10_000);
    await reply(anna);
    await wait(10_000);

    expect(inbox()).toHaveLength(1);
    expect(await contacts()).toMatchObject([{ responsibleUserId: anna }]);
    expect(await desk.seenBy(boris)).toEqual([]);
  });
});

describe('round-robin with nobody eligible (D6)', () => {
  const stage = { pipelineId: '620011', stageId: '7400102' };

  test('falls back to the inbox; who becomes eligible gets the client, and the request is accepted for them', async () => {
    await choose({ mode: 'round-robin', ...stage }, []);
    await enquiry();
    await choose({ mode: 'round-robin', ...stage }, [anna]);
    await wait(60_000);
    await hooks();

    await belongsTo(anna);
    expect(await records()).toMatchObject([{ rule: 'waiting', userId: anna }]);
    expect(rig.double.state.leads).toMatchObject([{ statusId: 7_400_102 }]);
  });

  test('with somebody eligible nothing comes into the inbox', async () => {
    await choose({ mode: 'round-robin', ...stage }, [boris]);
    await world.say(CLIENT, 'Hello');
    await wait(60_000);

    expect(rig.double.calls.filter(({ name }) => name === FORMS)).toEqual([]);
    await belongsTo(boris);
  });

  test('a stage that is gone there does not keep a client waiting', async () => {
    await choose({ mode: 'unsorted', ...stage });
    await enquiry();
    rig.hands.removeStage(stage.pipelineId, stage.stageId);
    await reply(anna);
    await wait(10_000);

    await belongsTo(anna);
    const { problems } = (await desk.ask('GET', '/v1/crm')).body as { problems: { code: string }[] };
    expect(problems).toMatchObject([{ code: 'STAGE_GONE' }]);
  });
});
