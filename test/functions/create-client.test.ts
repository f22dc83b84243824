import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { addressKey } from '#domain/address';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { ownIds } from '#flows/sight/own-records';
import { taskName } from '#store/outbox/tasks';
import { answer, type Behaviour, type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type Desk, deskOf } from '#test/functions/company';
import { PATIENCE_MS } from '#test/patience';
import { createWorld, type World } from '#test/world';

const CLIENT = 501;

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...['anna', 'boris', 'clara', 'head'].map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give({ anna: 'seller with switch', boris: 'seller with switch', clara: 'seller', head: 'manager' });
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const keyOf = (client: number) => addressKey(account(), 'telegram', String(client));
const contacts = async () => (await world.store.contacts.page(account(), 0, 100)).data;
const deals = async () => (await world.store.deals.page(account(), 0, 100)).data;
const telegram = (client: number) => ({ chatType: 'telegram', chatId: String(client) });

/** A CRM by API: it makes contacts and deals when it is asked, each once, and answers with them. */
function crmOf(receiver: ReceiverDouble) {
  const made = new Map<string, { readonly id: string }>();
  const answers: { contact: object; deal: object } = { contact: {}, deal: {} };
  receiver.rule = ({ id, body }) => {
    const kind = body.createContact ? 'contact' : body.createDeal ? 'deal' : undefined;
    if (!kind) return undefined;
    if (!made.has(id)) made.set(id, { id: `${kind}-${[...made.keys()].length + 1}`, ...answers[kind] });
    return answer(200, made.get(id));
  };
  return {
    /** What the CRM answers besides the id. */
    answers,
    made: (kind: 'contact' | 'deal') => [...made.values()].filter(({ id }) => id.startsWith(kind)),
  };
}

describe('a CRM that listens makes contact and deal, once (D10)', () => {
  let receiver: ReceiverDouble;
  let crm: ReturnType<typeof crmOf>;

  beforeEach(async () => {
    receiver = await startReceiver();
    crm = crmOf(receiver);
    await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
    await settle('round-robin');
    await listen(true);
  });

  afterEach(() => receiver.stop());

  async function listen(contactsAndDealsCreation: boolean, messagesAndStatuses = false) {
    const before = await world.store.receivers.now(account());
    const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses, contactsAndDealsCreation };
    const registration = { uri: receiver.url, subscriptions, signing: [], endedAt: undefined };
    await world.store.receivers.save(before, registration, 'key-1');
    // Until then other processes remember the registration before.
    world.clock.advance(10_000);
  }

  async function settle(mode: string, channel = world.channel) {
    const newClients = { mode, pipelineId: '1', stageId: '10' };
    const userRoles = ['anna', 'boris'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    const head = { userId: 'head', role: 'manager', allowGetNewClients: false };
    const body = { newClients, userRoles: [...userRoles, head] };
    const { status } = await desk.ask('PUT', `/v1/settings/channels/${channel.channelId}`, body);
    expect(status).toBe(200);
    await world.drain();
  }

  /** Lets a minute pass and rings what is due, as often as that. */
  async function waitFor(minutes: number) {
    for (let minute = 0; minute < minutes; minute += 1) {
      await world.pass(60_000);
      await world.app.listeners['sweep-lanes']();
      await world.drain();
    }
  }

  const asked = () => receiver.calls.map(({ id, body }) => ({ id, ...body }));
  const failed = async () => (await world.store.failedRows.pageOf(account(), 10)).rows;

  async function expectOne(responsible: string) {
    const [contact, deal] = [crm.made('contact'), crm.made('deal')];
    expect([contact.length, deal.length]).toEqual([1, 1]);
    const responsibleUserId = responsible;
    expect(await contacts()).toMatchObject([
      { id: contact[0]!.id, responsibleUserId, contactData: [telegram(CLIENT)] },
    ]);
    expect(await deals()).toMatchObject([{ id: deal[0]!.id, responsibleUserId, contacts: [contact[0]!.id] }]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: contact[0]!.id, responsibleUserId });
    const { assignments } = await world.store.assignments.page(account(), 10);
    expect(assignments).toMatchObject([{ contactId: contact[0]!.id }]);
  }

  test('on the first message in round-robin, with the stage of the channel (D2)', async () => {
    await world.say(CLIENT, 'hello');

    const { key, generation, decidedAt } = await world.store.addresses.get(keyOf(CLIENT));
    const ids = ownIds({ key, generation }, decidedAt!);
    const common = { responsibleUserId: 'anna', source: 'auto' };
    expect(asked()).toEqual([
      { id: ids.contact, createContact: { ...common, name: 'Client 501', contactData: [telegram(CLIENT)] } },
      { id: ids.deal, createDeal: { ...common, contacts: ['contact-1'], pipelineId: '1', stageId: '10' } },
    ]);
    await expectOne('anna');
  });

  test('on the first reply, and the others do not see the chat any more (D4)', async () => {
    await settle('first-reply');
    await world.say(CLIENT, 'hello');
    expect(asked()).toEqual([]);
    await receiver.goDown();
    await world.reply(CLIENT, { crmUserId: 'boris' });
    await world.drain();
    expect([await desk.seenBy('anna'), await desk.seenBy('boris')]).toEqual([[], ['501']]);

    await receiver.comeBack();
    await waitFor(1);

    await expectOne('boris');
  });

  test('when a client without an owner is handed over', async () => {
    await settle('first-reply');
    await world.say(CLIENT, 'hello');
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await world.drain();

    expect(crm.made('contact')).toHaveLength(1);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'contact-1', responsibleUserId: 'boris' });
  });

  test('for the user who is responsible when the CRM can be reached again', async () => {
    await receiver.goDown();
    await world.say(CLIENT, 'hello');
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    await receiver.comeBack();
    await waitFor(1);

    expect(asked()).toMatchObject([
      { createContact: { responsibleUserId: 'boris' } },
      { createDeal: { responsibleUserId: 'boris' } },
    ]);
    expect(await contacts()).toMatchObject([{ id: 'contact-1', responsibleUserId: 'boris' }]);
  });

  test('for one person on two channels, also if each first message comes twice (D7)', async () => {
    const second = await world.addChannel();
    await settle('round-robin', second);
    const at = world.clock.now();
    for (const channel of [world.channel, second, world.channel, second]) {
      await world.say(CLIENT, 'hello', { id: 77, at, channel });
    }
    await waitFor(2);

    expect(asked()).toHaveLength(2);
    await expectOne('anna');
  });

  test.each([
    ['500', answer(500)],
    ['503', answer(503)],
    ['429', answer(429)],
    ['a reset connection', { kind: 'reset' } as const],
    ['a reset connection, although it made them', { kind: 'reset', keeps: true } as const],
  ])('after %s to either call, under the same ids', async (_, behaviour) => {
    const { rule } = receiver;
    const seen = new Set<string>();
    receiver.rule = (call) => {
      const usual = rule?.(call);
      if (seen.has(call.id)) return usual;
      seen.add(call.id);
      return behaviour;
    };
    await world.say(CLIENT, 'hello');
    await waitFor(10);

    const [contact, deal] = [...seen];
    expect(asked().map(({ id }) => id)).toEqual([contact, contact, deal, deal]);
    await expectOne('anna');
  });

  test('the client has the contact while the deal waits', async () => {
    const { rule } = receiver;
    receiver.rule = (call) => (call.body.createDeal ? answer(503) : rule?.(call));
    await world.say(CLIENT, 'hello');

    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'contact-1', responsibleUserId: 'anna' });
    expect(await deals()).toEqual([]);
  });

  test.each([
    ['HTML', answer(200, '<!doctype html>')],
    ['nothing', answer(204)],
    ['no id', answer(200, { ok: true })],
    ['an id that is too long', answer(200, { id: 'x'.repeat(101) })],
  ])('an answer with %s has failed: no deal is asked, and nothing is repeated by itself', async (_, behaviour) => {
    receiver.rule = () => behaviour;
    await world.say(CLIENT, 'hello');
    await waitFor(3);

    expect(asked()).toMatchObject([{ createContact: {} }]);
    expect(await failed()).toMatchObject([{ kind: 'creation', lastError: { code: 'NO_ID' } }]);
    expect(await world.deliveries()).toMatchObject([{ kind: 'creation', name: `Client ${CLIENT}` }]);
    expect([await contacts(), await deals()]).toEqual([[], []]);
    expect(await desk.seenBy('anna')).toEqual(['501']);
  });

  test('a deal without an id has failed, and its contact stays', async () => {
    const { rule } = receiver;
    receiver.rule = (call) => (call.body.createDeal ? answer(200, 'OK') : rule?.(call));
    await world.say(CLIENT, 'hello');
    await waitFor(3);

    expect(asked()).toMatchObject([{ createContact: {} }, { createDeal: {} }]);
    expect(await failed()).toMatchObject([{ kind: 'creation', lastError: { code: 'NO_ID' } }]);
    expect(await contacts()).toMatchObject([{ id: 'contact-1' }]);
  });

  test.each([
    ['both', 'createContact', ['createContact', 'createContact', 'createDeal']],
    ['the deal only, if that has failed', 'createDeal', ['createContact', 'createDeal', 'createDeal']],
  ])('sending it again asks for %s, under the same id', async (_, failing, calls) => {
    const { rule } = receiver;
    receiver.rule = (call) => (call.body[failing] ? answer(200, 'OK') : rule?.(call));
    await world.say(CLIENT, 'hello');
    const [{ deliveryId } = { deliveryId: '' }] = await world.deliveries('kind=creation');
    receiver.rule = rule;
    const { status } = await desk.ask('POST', `/v1/deliveries/${encodeURIComponent(deliveryId)}/retry`);
    await world.drain();

    expect(status).toBe(202);
    expect(receiver.calls.map(({ body }) => Object.keys(body)[0])).toEqual(calls);
    expect(new Set(receiver.calls.map(({ id }) => id)).size).toBe(2);
    expect(await failed()).toEqual([]);
    await expectOne('anna');
  });

  test('sending it again when the CRM listens to messages only lets Konvert keep both', async () => {
    receiver.rule = () => answer(200, 'OK');
    await world.say(CLIENT, 'hello');
    const [{ deliveryId } = { deliveryId: '' }] = await world.deliveries('kind=creation');
    await listen(false, true);
    await desk.ask('POST', `/v1/deliveries/${encodeURIComponent(deliveryId)}/retry`);
    await world.drain();

    expect([(await contacts()).length, (await deals()).length]).toEqual([1, 1]);
    expect(receiver.calls.filter(({ body }) => body.createContact)).toHaveLength(1);
  });

  test('the chat follows the user whom the CRM names, and so does the deal (R2, D8)', async () => {
    crm.answers.contact = { responsibleUserId: 'boris', name: 'Bob' };
    await world.say(CLIENT, 'hello');

    expect(asked()).toMatchObject([{}, { createDeal: { responsibleUserId: 'boris' } }]);
    await expectOne('boris');
    expect(await desk.seenBy('anna')).toEqual([]);
  });

  test('a contact that the CRM had keeps its user, its other addresses, and its open deal as the only one', async () => {
    const contactData = [{ chatType: 'whatsapp', chatId: '79001112233' }];
    await desk.push('contacts', { id: 'c-5', name: 'Old friend', responsibleUserId: 'boris', contactData });
    const deal = { id: 'd-5', name: 'Sale', responsibleUserId: 'boris', contacts: ['c-5'], closed: false, uri: 'x' };
    await desk.push('deals', deal);
    crm.answers.contact = { id: 'c-5' };
    await world.say(CLIENT, 'hello');

    expect(asked()).toMatchObject([{ createContact: {} }]);
    expect(await contacts()).toMatchObject([{ id: 'c-5', contactData: [telegram(CLIENT), ...contactData] }]);
    expect(await deals()).toEqual([deal]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-5', responsibleUserId: 'boris' });
  });

  test.each(['before', 'after'])('the CRM pushes contact and deal %s its answer', async (when) => {
    const { rule } = receiver;
    const pushed: Promise<void>[] = [];
    receiver.rule = (call) => {
      const usual = rule?.(call);
      const card = { name: 'Pushed', responsibleUserId: 'anna' };
      const push = call.body.createContact
        ? () => desk.push('contacts', { ...card, id: 'contact-1', contactData: [telegram(CLIENT)] })
        : () => desk.push('deals', { ...card, id: 'deal-2', contacts: ['contact-1'], closed: false });
      if (when === 'after') setTimeout(() => pushed.push(push()), 50);
      else pushed.push(push());
      return when === 'after' ? usual : ({ ...usual, delayMs: 50 } as Behaviour);
    };
    await world.say(CLIENT, 'hello');
    await vi.waitFor(() => expect(pushed).toHaveLength(2), { timeout: PATIENCE_MS });
    await Promise.all(pushed);
    await waitFor(2);

    expect(asked()).toHaveLength(2);
    await expectOne('anna');
  });

  test('a contact that is pushed in the place of a lost answer gets its deal, and is not asked again', async () => {
    const { rule } = receiver;
    receiver.rule = (call) => {
      const usual = rule?.(call);
      return call.body.createContact ? { kind: 'reset' } : usual;
    };
    await world.say(CLIENT, 'hello');
    const card = { id: 'contact-1', name: 'Pushed', responsibleUserId: 'anna', contactData: [telegram(CLIENT)] };
    await desk.push('contacts', card);
    await waitFor(2);

    expect(asked()).toMatchObject([{ createContact: {} }, { createDeal: { contacts: ['contact-1'] } }]);
    await expectOne('anna');
  });

  test('a contact that is pushed before anything was asked ends the creation (D8)', async () => {
    await receiver.goDown();
    await world.say(CLIENT, 'hello');
    // The lane waits for its receiver, and so does the row of this client.
    await world.say(502, 'hello');
    await desk.push('contacts', {
      id: 'c-9',
      name: 'Pushed',
      responsibleUserId: 'boris',
      contactData: [telegram(502)],
    });
    await receiver.comeBack();
    await waitFor(2);

    expect(asked()).toMatchObject([{ createContact: { contactData: [telegram(CLIENT)] } }, { createDeal: {} }]);
    expect(await world.chat(502)).toMatchObject({ contactId: 'c-9', responsibleUserId: 'boris' });
  });

  test.each(['switches it off', 'answers 410'])('if the CRM %s, Konvert keeps contact and deal itself', async (how) => {
    if (how === 'answers 410') receiver.rule = () => answer(410);
    else await receiver.goDown();
    await world.say(CLIENT, 'hello');
    if (how !== 'answers 410') {
      await listen(false);
      await receiver.comeBack();
    }
    await waitFor(2);

    const { key, generation, decidedAt } = await world.store.addresses.get(keyOf(CLIENT));
    const ids = ownIds({ key, generation }, decidedAt!);
    expect([await contacts(), await deals()]).toMatchObject([[{ id: ids.contact }], [{ id: ids.deal }]]);
    expect(await failed()).toEqual([]);
    expect(crm.made('contact')).toEqual([]);
  });

  test.each([
    ['is in the making', [answer(503)], ['createContact', 'createDeal', 'createDeal']],
    ['was made', [], ['createContact', 'createDeal']],
  ])('a crash while the deal %s makes neither of them anew, also if the CRM knows no ids', async (_, deals, calls) => {
    const { rule } = receiver;
    const rest = [...deals];
    receiver.rule = (call) => (call.body.createDeal && rest.shift()) || rule?.(call);
    let adoptions = 0;
    world.failing = ({ input }) => {
      if (input.Item?.task?.kind === 'adopt') adoptions += 1;
      return input.Item?.task?.kind === 'adopt' && adoptions === 1;
    };
    await expect(world.say(CLIENT, 'hello')).rejects.toThrow();
    await waitFor(4);

    expect(receiver.calls.map(({ body }) => Object.keys(body)[0])).toEqual(calls);
    await expectOne('anna');
  });

  test.each([
    ['before it was asked', 0],
    ['while it was asked', 1],
  ])('a contact that another process kept %s ends the creation', async (_, calls) => {
    const { rule } = receiver;
    const isOurs = ({ body }: { readonly body: { createContact?: { contactData: unknown } } }) =>
      isDeepStrictEqual(body.createContact?.contactData, [telegram(CLIENT)]);
    receiver.rule = (call) => (isOurs(call) ? { kind: 'reset' } : rule?.(call));
    // Then the lane waits for its receiver.
    if (calls === 0) await receiver.goDown();
    if (calls === 0) await world.say(502, 'hello');
    await world.say(CLIENT, 'hello');
    const keep = { kind: 'keep' as const, address: keyOf(CLIENT) };
    await world.store.tasks.put(keep);
    world.sent.tasks.push(taskName(keep));
    await world.drain();
    const { contactId } = await world.chat(CLIENT);
    await desk.remove('deals', (await deals())[0]!.id);
    if (calls === 0) await receiver.comeBack();
    await waitFor(3);

    expect(receiver.calls.filter(isOurs)).toHaveLength(calls);
    expect(receiver.calls.filter(({ body }) => body.createDeal?.contacts[0] === contactId)).toEqual([]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId });
  });

  test('a contact that the CRM merged into another while the deal waits does not come back', async () => {
    const { rule } = receiver;
    let isReady = false;
    receiver.rule = (call) => (call.body.createDeal && !isReady ? answer(503) : rule?.(call));
    await world.say(CLIENT, 'hello');
    const card = { name: 'Heir', responsibleUserId: 'boris', contactData: [telegram(CLIENT)] };
    await desk.push('contacts', { ...card, id: 'c-9' });
    await desk.remove('contacts', 'contact-1');
    isReady = true;
    await waitFor(2);

    expect(asked().at(-1)).toMatchObject({ createDeal: { contacts: ['c-9'], responsibleUserId: 'boris' } });
    expect(await contacts()).toMatchObject([{ id: 'c-9', name: 'Heir' }]);
    expect(await deals()).toMatchObject([{ contacts: ['c-9'] }]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-9', responsibleUserId: 'boris' });
  });

  test('sending it again after the CRM has pushed the contact that its answer did not name asks for the deal', async () => {
    const { rule } = receiver;
    receiver.rule = () => answer(200, 'OK');
    await world.say(CLIENT, 'hello');
    const card = { id: 'c-9', name: 'Pushed', responsibleUserId: 'anna', contactData: [telegram(CLIENT)] };
    await desk.push('contacts', card);
    const [{ deliveryId } = { deliveryId: '' }] = await world.deliveries('kind=creation');
    receiver.rule = rule;
    await desk.ask('POST', `/v1/deliveries/${encodeURIComponent(deliveryId)}/retry`);
    await world.drain();

    expect(asked()).toMatchObject([{ createContact: {} }, { createDeal: { contacts: ['c-9'] } }]);
    expect(await deals()).toMatchObject([{ contacts: ['c-9'] }]);
  });

  test('sending it again asks for nothing if nothing was asked before the CRM pushed the contact (D8)', async () => {
    await receiver.goDown();
    // So many fail together, and the next one begins the lane, which has called in vain.
    for (let client = 600; client < 700; client += 1) await world.say(client, 'hello');
    world.clock.advance(10);
    await world.say(CLIENT, 'hello');
    world.clock.advance(25 * 60 * 60_000);
    await waitFor(2);
    const contactData = [telegram(CLIENT)];
    await desk.push('contacts', { id: 'c-9', name: 'Pushed', responsibleUserId: 'anna', contactData });
    await receiver.comeBack();
    const [newest] = await world.deliveries('kind=creation&limit=100');
    await desk.ask('POST', `/v1/deliveries/${encodeURIComponent(newest!.deliveryId)}/retry`);
    await waitFor(2);

    expect(asked()).toEqual([]);
    expect(await world.deliveries('kind=creation&state=pending')).toEqual([]);
  });

  test('a person whom the CRM finds again by another address keeps the first one', async () => {
    const contact = { id: 'contact-1', name: 'Ivan', responsibleUserId: 'anna' };
    const { rule } = receiver;
    // It answers with what it was told just now.
    receiver.rule = (call) =>
      call.body.createContact
        ? answer(200, { ...contact, contactData: call.body.createContact.contactData })
        : rule?.(call);
    await world.say(CLIENT, 'hello');
    await world.say(502, 'hello');
    await waitFor(1);

    expect(await contacts()).toMatchObject([{ id: 'contact-1', contactData: [telegram(502), telegram(CLIENT)] }]);
    for (const client of [CLIENT, 502]) expect(await world.chat(client)).toMatchObject({ contactId: 'contact-1' });
    expect(asked()).toMatchObject([{ createContact: {} }, { createDeal: {} }, { createContact: {} }]);
  });

  test.each([
    ['the id that the call had', (call: { id: string }) => ({ id: call.id })],
    ['the same id for everything', () => ({ id: 1 })],
    ['a user whom no one knows', (call: { id: string }) => ({ id: call.id, responsibleUserId: 'ghost' })],
    ['names that objects have', () => JSON.parse('{"id":"constructor","__proto__":{"id":"x"},"name":"__proto__"}')],
  ])('a CRM that answers with %s has one contact and one deal', async (_, made) => {
    receiver.rule = (call) => (call.body.createContact || call.body.createDeal ? answer(200, made(call)) : undefined);
    await world.say(CLIENT, 'hello');
    await waitFor(2);
    await world.reply(CLIENT, { crmUserId: 'anna' });
    await world.say(CLIENT, 'again');
    await waitFor(2);

    expect(asked()).toHaveLength(2);
    const [contact] = await contacts();
    expect(await contacts()).toHaveLength(1);
    expect(await deals()).toMatchObject([{ contacts: [contact?.id] }]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: contact?.id });
  });

  test('no deal is asked for a contact that was deleted meanwhile', async () => {
    const { rule } = receiver;
    receiver.rule = (call) => (call.body.createDeal ? answer(503) : rule?.(call));
    await world.say(CLIENT, 'hello');
    await desk.remove('contacts', 'contact-1');
    const calls = receiver.calls.length;
    await waitFor(3);

    expect(receiver.calls).toHaveLength(calls);
    expect([await contacts(), await deals()]).toEqual([[], []]);
  });

  test('contacts that Konvert kept before stay, and a CRM that does not listen is not asked', async () => {
    await listen(false);
    await world.say(CLIENT, 'hello');
    const kept = await contacts();
    expect(kept).toHaveLength(1);

    await listen(true);
    world.clock.advance(1_000);
    await world.say(CLIENT, 'again');

    expect([await contacts(), asked()]).toEqual([kept, []]);
  });

  test('a client whose contact was deleted, and who writes again, is created once more, under other ids', async () => {
    await world.say(CLIENT, 'hello');
    await desk.remove('contacts', 'contact-1');
    world.clock.advance(1_000);
    await world.say(CLIENT, 'again');

    const ids = asked().map(({ id }) => id);
    expect([ids.length, new Set(ids).size]).toEqual([4, 4]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'contact-3' });
  });

  test('a row that has ended holds no name', async () => {
    crm.answers.contact = { name: 'Secret name', uri: 'https://crm/1' };
    crm.answers.deal = { name: 'Secret deal' };
    await world.say(CLIENT, 'hello');

    expect(await contacts()).toMatchObject([{ name: 'Secret name' }]);
    const [row] = world.db.items('outbox').filter(({ kind }) => kind === 'creation');
    expect(row).toMatchObject({
      doneAt: expect.any(Number),
      made: { contact: { id: 'contact-1' }, deal: { id: 'deal-2' } },
    });
    expect(JSON.stringify(row)).not.toContain('Secret');
  });

  test('whichever write fails once, and whatever crash it stands for, it ends in one contact and one deal', async () => {
    const WRITES = /^(Put|Update|Delete|TransactWrite)Command$/;
    for (let lost = 0; ; lost += 1) {
      const client = 600 + lost;
      let writes = -1;
      world.failing = ({ kind, input }) => {
        if (!WRITES.test(kind)) return false;
        // From the moment at which the decision is followed.
        if (writes < 0 && input.Item?.kind === 'creation') writes = 0;
        if (writes < 0) return false;
        writes += 1;
        return writes === lost + 1;
      };
      await world.say(client, 'hello').catch(() => {});
      for (let minute = 0; minute < 4; minute += 1) await waitFor(1).catch(() => {});
      const isDone = writes <= lost;
      world.failing = undefined;

      const known = await world.chat(client);
      const own = (await deals()).filter(({ contacts: of }) => of.includes(known.contactId ?? ''));
      expect({ lost, contact: known.contactId, deals: own.length }).toEqual({
        lost,
        contact: expect.stringMatching(/^contact-/),
        deals: 1,
      });
      const count = lost + 1;
      expect([crm.made('contact').length, crm.made('deal').length, (await contacts()).length]).toEqual([
        count,
        count,
        count,
      ]);
      if (isDone) break;
    }
  });
});

describe('a CRM that listens is asked (D10)', () => {
  const rows = () => world.db.items('outbox').filter(({ kind }) => kind === 'creation');

  async function listen(contactsAndDealsCreation: boolean, endedAt?: number) {
    const before = await world.store.receivers.now(account());
    const subscriptions = { ...NO_SUBSCRIPTIONS, messagesAndStatuses: true, contactsAndDealsCreation };
    const registration = { uri: 'http://127.0.0.1:9/hook', subscriptions, signing: [], endedAt };
    await world.store.receivers.save(before, registration, 'key-1');
    // Until then other processes remember the registration before.
    world.clock.advance(10_000);
  }

  test('by one row for each decision, however often it is followed, and the chats follow at once (R2)', async () => {
    await listen(true);
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT, { crmUserId: 'boris' });
    await world.drain();
    expect([await desk.seenBy('anna'), await desk.seenBy('boris')]).toEqual([[], ['501']]);
    world.clock.advance(5_000);
    await world.store.tasks.put({ kind: 'assign', address: keyOf(CLIENT) });
    world.sent.tasks.push(taskName({ kind: 'assign', address: keyOf(CLIENT) }));
    await world.drain();

    const { key, generation, decidedAt } = await world.store.addresses.get(keyOf(CLIENT));
    const ids = ownIds({ key, generation }, decidedAt!);
    expect(rows()).toEqual([
      expect.objectContaining({ l: `event#${account()}`, address: key, decidedAt, ids, createdAt: decidedAt }),
    ]);
    expect(rows()[0]).not.toHaveProperty('name');
    expect(await contacts()).toEqual([]);
  });

  test.each([
    ['nothing is registered', undefined],
    ['it listens to messages only', () => listen(false)],
    ['it has ended its registration', () => listen(true, 1)],
  ])('not if %s: Konvert keeps contact and deal', async (_, prepare) => {
    await prepare?.();
    await world.say(CLIENT, 'hello');
    await world.reply(CLIENT, { crmUserId: 'boris' });
    await world.drain();

    expect(rows()).toEqual([]);
    expect([(await contacts()).length, (await deals()).length]).toEqual([1, 1]);
  });
});
