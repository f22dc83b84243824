import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import type { MadeContact, MadeDeal } from '#domain/creation';
import { ownIds } from '#flows/sight/own-records';
import { taskName } from '#store/outbox/tasks';
import { type Desk, deskOf } from '#test/functions/company';
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

/** Makes the user responsible for the client, as a first reply does, without anything that follows. */
async function decide(userId: string, client = CLIENT) {
  await world.say(client, 'hello');
  const address = await world.store.addresses.get(keyOf(client));
  const why = { userId, rule: 'first-reply' as const, chatKey: address.chats[0]!, place: null, passedOver: [] };
  const decided = await world.store.addresses.decide(address, why);
  world.dropBells();
  return ownIds(decided.address, decided.address.decidedAt!).contact;
}

/** Does the task that follows when a CRM has made something, or does it again. */
async function adopt(creation: string, contact: MadeContact, deal?: MadeDeal, askedFor = 'anna') {
  const address = keyOf(CLIENT);
  const task = { kind: 'adopt' as const, address, creation, made: { askedFor, contact, ...(deal && { deal }) } };
  await world.store.tasks.put(task);
  world.sent.tasks.push(taskName(task));
  await world.drain();
}

describe('what a CRM made becomes contact and deal, as if pushed (D10)', () => {
  test('with what was asked for, if the CRM tells ids only, and with one record (D9)', async () => {
    await adopt(await decide('anna'), { id: 'c-5' }, { id: 'd-7' });

    const made = { name: 'Client 501', responsibleUserId: 'anna' };
    expect(await contacts()).toEqual([{ id: 'c-5', ...made, contactData: [telegram(CLIENT)] }]);
    expect(await deals()).toEqual([{ id: 'd-7', ...made, contacts: ['c-5'], closed: false }]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-5', responsibleUserId: 'anna' });
    const { assignments } = await world.store.assignments.page(account(), 10);
    expect(assignments).toMatchObject([{ contactId: 'c-5', userId: 'anna', rule: 'first-reply' }]);
  });

  test('the chat follows the responsible user that the CRM names (R2, D8)', async () => {
    await adopt(await decide('anna'), { id: 'c-5', responsibleUserId: 'clara' }, { id: 'd-7' });

    expect(await world.chat(CLIENT)).toMatchObject({ responsibleUserId: 'clara' });
    expect([await desk.seenBy('clara'), await desk.seenBy('anna')]).toEqual([['501'], []]);
    expect(await deals()).toMatchObject([{ responsibleUserId: 'clara' }]);
  });

  test('a contact that the CRM had already gets the address and keeps its others, and its user gets the chat', async () => {
    const card = { id: 'c-5', name: 'Old friend', responsibleUserId: 'clara', uri: 'https://crm/5' };
    await desk.push('contacts', { ...card, contactData: [telegram(900)] });

    await adopt(await decide('anna'), { id: 'c-5' });

    expect(await contacts()).toEqual([{ ...card, contactData: [telegram(CLIENT), telegram(900)] }]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-5', responsibleUserId: 'clara' });
  });

  test('so does one that named the address when another contact took it, which is gone', async () => {
    const card = { name: 'Pushed', responsibleUserId: 'boris', contactData: [telegram(CLIENT)] };
    await desk.push('contacts', { ...card, id: 'c-5' });
    await desk.push('contacts', { ...card, id: 'c-9' });
    await desk.remove('contacts', 'c-9');

    await adopt(await decide('anna'), { id: 'c-5' });

    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-5', responsibleUserId: 'boris' });
  });

  test.each(['before', 'after'])('a push %s the answer counts, whatever the answer said', async (when) => {
    const creation = await decide('anna');
    const card = { id: 'c-5', name: 'Pushed', responsibleUserId: 'clara', contactData: [telegram(CLIENT)] };
    const deal = { id: 'd-7', name: 'Pushed', responsibleUserId: 'clara', contacts: ['c-5'], closed: true };
    const push = async () => {
      await desk.push('contacts', card);
      await desk.push('deals', deal);
    };
    if (when === 'before') await push();
    await adopt(creation, { id: 'c-5', name: 'Answered' }, { id: 'd-7', name: 'Answered', closed: false });
    if (when === 'after') await push();
    await adopt(creation, { id: 'c-5', name: 'Answered' }, { id: 'd-7', name: 'Answered', closed: false });

    expect([await contacts(), await deals()]).toEqual([[card], [deal]]);
    expect(await world.chat(CLIENT)).toMatchObject({ responsibleUserId: 'clara' });
  });

  test('a contact of another id that was pushed meanwhile keeps the address', async () => {
    const creation = await decide('anna');
    const other = { id: 'c-9', name: 'Other', responsibleUserId: 'boris', contactData: [telegram(CLIENT)] };
    await desk.push('contacts', other);

    await adopt(creation, { id: 'c-5' }, { id: 'd-7' });

    expect(await contacts()).toEqual([other]);
    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-9', responsibleUserId: 'boris' });
  });

  test('a contact that was deleted meanwhile does not come back', async () => {
    const creation = await decide('anna');
    await desk.push('contacts', { id: 'c-5', name: 'A', responsibleUserId: 'anna', contactData: [telegram(CLIENT)] });
    await desk.remove('contacts', 'c-5');

    await adopt(creation, { id: 'c-5' }, { id: 'd-7' });

    expect([await contacts(), await deals()]).toEqual([[], []]);
    expect(await world.chat(CLIENT)).toMatchObject({ responsibleUserId: null, contactId: null });
  });

  test.each([
    ['stays, if the CRM says nothing else', {}, 'boris'],
    ['stays, if the CRM repeats who was asked for', { responsibleUserId: 'anna' }, 'boris'],
    ['yields to a user that the CRM chose itself', { responsibleUserId: 'clara' }, 'clara'],
  ])('the user to whom the client was handed over while the CRM was asked %s', async (_, answer, responsible) => {
    const creation = await decide('anna');
    await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId: 'boris' });
    world.dropBells();

    await adopt(creation, { id: 'c-5', ...answer }, { id: 'd-7' });

    expect(await world.chat(CLIENT)).toMatchObject({ contactId: 'c-5', responsibleUserId: responsible });
  });

  test("Konvert's own contact and deal, if they were kept meanwhile, end", async () => {
    const creation = await decide('anna');
    await world.store.tasks.put({ kind: 'assign', address: keyOf(CLIENT) });
    world.sent.tasks.push(taskName({ kind: 'assign', address: keyOf(CLIENT) }));
    await world.drain();
    expect(await contacts()).toMatchObject([{ id: creation }]);

    await adopt(creation, { id: 'c-5' }, { id: 'd-7' });

    expect([await contacts(), await deals()]).toMatchObject([[{ id: 'c-5' }], [{ id: 'd-7', contacts: ['c-5'] }]]);
  });
});
