import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { factKey } from '#domain/fact';
import { createIdsOf } from '#flows/identity/ids-of';
import { createLinkIds } from '#flows/identity/link-ids';
import { createKeepContact } from '#flows/sight/keep-contact';
import { createAddresses } from '#store/clients/addresses';
import { taskName } from '#store/outbox/tasks';
import { deskOf } from '#test/functions/company';
import { createSharedWorld, type SharedWorld, said } from '#test/functions/shared-address';
import { createWorld, messageOf, START, type World } from '#test/world';

const PHONE = '491510001';
const USER = 'DE.13491208655302741918';
const PHONE_ID = { chatType: 'whatsapp', chatId: PHONE };
const USER_ID = { chatType: 'whatsapp', chatId: USER };
/** Longer than it takes until what was linked counts for new messages. */
const LATER_MS = 20_000;

describe('a person with a phone and a user id (D1, D7)', () => {
  let shared: SharedWorld;
  let world: World;

  beforeEach(async () => {
    shared = await createSharedWorld();
    world = shared.world;
  });

  afterEach(() => world.stop());

  async function write(providerId: string, ...ids: (typeof PHONE_ID)[]): Promise<void> {
    const answer = await shared.post([said('', providerId, { ids: ids as never, time: world.clock.now() })]);
    expect(answer.status).toBe(200);
    await world.drain();
  }

  function call(method: string, path: string, body?: unknown) {
    return world.call(method, path, { key: shared.number.account.apiKey, body });
  }

  test('is one chat, by whichever of them they write', async () => {
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);

    await write('m2', USER_ID);
    await write('m3', USER_ID, PHONE_ID);

    const messages = await shared.history(PHONE);
    expect(messages?.map(({ messageId }) => messageId)).toHaveLength(3);
    expect(await shared.history(USER)).toEqual(messages);
    expect(world.db.items('chats').filter(({ chat }) => chat !== undefined)).toHaveLength(1);
  });

  test('is shown with their phone in a chat that is named by the user id', async () => {
    await write('m1', USER_ID);
    world.clock.advance(LATER_MS);

    await write('m2', PHONE_ID, USER_ID);

    const messages = await shared.history(USER);
    expect(messages).toHaveLength(2);
    expect(messages?.map(({ chatId, contact }) => ({ chatId, contact }))).toEqual([
      { chatId: USER, contact: { name: 'Anna', phone: PHONE } },
      { chatId: USER, contact: { name: 'Anna', phone: PHONE } },
    ]);
  });

  test('is answered in their chat, whichever id the CRM names', async () => {
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);

    const { channelId } = shared.number;
    const body = { channelId, chatType: 'whatsapp', chatId: USER, text: 'our answer' };
    const answer = await call('POST', '/v3/message', body);
    const chat = await call('GET', `/v1/chats/${channelId}/whatsapp/${USER}`);

    expect(answer).toMatchObject({ status: 201, body: { chatId: PHONE } });
    expect(chat).toMatchObject({ status: 200, body: { chatId: PHONE } });
  });

  test('belongs to the contact that a CRM pushes by the phone, also if they wrote by the user id alone before', async () => {
    await write('m1', USER_ID);
    const contact = { id: '1', name: 'Known', responsibleUserId: '7', contactData: [PHONE_ID] };
    await call('POST', '/v3/contacts', [contact]);
    world.clock.advance(LATER_MS);

    await write('m2', PHONE_ID, USER_ID);

    expect((await shared.chatOf(USER)).body).toMatchObject({ contactId: '1' });
    const { body } = await call('GET', '/v3/contacts');
    expect((body as { data: object[] }).data).toMatchObject([{ id: '1' }]);
  });

  test('keeps the chat with another number, if the messenger says that it changed', async () => {
    await write('m1', PHONE_ID, USER_ID);
    const became = [{ chatType: 'whatsapp', chatId: '491510002' }];
    const content = { type: 'system', kind: 'changed_number' } as const;
    const line = { kind: 'identity', ids: [PHONE_ID, USER_ID], became, providerId: 'i1', time: START, content };
    await shared.post([line]);
    await world.drain();
    world.clock.advance(LATER_MS);

    await write('m2', became[0] as typeof PHONE_ID, USER_ID);

    expect(await shared.history(PHONE)).toHaveLength(3);
    expect(await shared.history('491510002')).toHaveLength(3);
  });

  test('is somebody else if the number comes with another user id', async () => {
    const other = { chatType: 'whatsapp', chatId: 'DE.2' };
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m2', PHONE_ID, other);
    world.clock.advance(LATER_MS);

    await write('m3', USER_ID);

    const ofNumber = await shared.history(PHONE);
    expect(ofNumber?.map(({ type, kind, text }) => text ?? kind ?? type)).toEqual([
      'text of m1',
      'identity_changed',
      'text of m2',
    ]);
    expect((await shared.history(USER))?.map(({ text }) => text)).toEqual(['text of m3']);
  });

  test('takes the new number along, if somebody else writes with the old one later', async () => {
    const [next, heir] = ['491510002', 'DE.2'].map((chatId) => ({ chatType: 'whatsapp', chatId })) as [
      typeof PHONE_ID,
      typeof PHONE_ID,
    ];
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m2', next, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m3', PHONE_ID, heir);

    const address = (chatId: string) => world.db.items('addresses').find(({ a }) => String(a).endsWith(`#${chatId}`));
    const rootOf = (chatId: string) => address(chatId)?.root ?? address(chatId)?.a;

    expect(rootOf(next.chatId)).toBe(rootOf(USER));
    expect(rootOf(heir.chatId)).toBe(rootOf(PHONE));
    expect(rootOf(PHONE)).not.toBe(rootOf(USER));
  });

  test.each([1, 2, 3, 4])('takes the new number along, if write %s of it is cut off', async (place) => {
    const [next, heir] = ['491510002', 'DE.2'].map((chatId) => ({ chatType: 'whatsapp', chatId })) as [
      typeof PHONE_ID,
      typeof PHONE_ID,
    ];
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m2', next, USER_ID);
    world.clock.advance(LATER_MS);
    let left = place;
    world.failing = ({ kind }) => {
      if (!kind.startsWith('TransactWrite')) return false;
      left -= 1;
      return left === 0;
    };
    await write('m3', PHONE_ID, heir);
    world.failing = undefined;
    const Records = world.sent.failedChats.map((body) => ({ body }));
    expect(Records).toHaveLength(1);
    await world.app.listeners['retry-fold']({ Records } as never);
    await world.drain();

    const address = (chatId: string) => world.db.items('addresses').find(({ a }) => String(a).endsWith(`#${chatId}`));
    const rootOf = (chatId: string) => address(chatId)?.root ?? address(chatId)?.a;
    expect(rootOf(next.chatId)).toBe(rootOf(USER));
    expect(rootOf(heir.chatId)).toBe(rootOf(PHONE));
    expect(rootOf(PHONE)).not.toBe(rootOf(USER));
  });

  test('does not share a chat with somebody who takes over the number that they gave up', async () => {
    const [next, heir] = ['491510002', 'DE.2'].map((chatId) => ({ chatType: 'whatsapp', chatId })) as [
      typeof PHONE_ID,
      typeof PHONE_ID,
    ];
    await write('m1', PHONE_ID, USER_ID);
    const content = { type: 'system', kind: 'changed_number' } as const;
    const time = world.clock.now();
    const line = { kind: 'identity', ids: [PHONE_ID, USER_ID], became: [next], providerId: 'i1', time, content };
    await shared.post([line]);
    await world.drain();
    world.clock.advance(LATER_MS);
    await write('m2', next, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m3', PHONE_ID, heir);
    world.clock.advance(LATER_MS);

    await write('m4', next, USER_ID);
    await write('m5', USER_ID);
    await write('m6', PHONE_ID, heir);
    await write('m7', PHONE_ID);

    const textsOf = async (chatId: string) => (await shared.history(chatId))?.map(({ text, kind }) => text ?? kind);
    expect(await textsOf(next.chatId)).toEqual(['text of m4', 'text of m5']);
    expect(await textsOf(PHONE)).toEqual(expect.arrayContaining(['text of m3', 'identity_changed', 'text of m6']));
    const address = (chatId: string) => world.db.items('addresses').find(({ a }) => String(a).endsWith(`#${chatId}`));
    const rootOf = (chatId: string) => address(chatId)?.root ?? address(chatId)?.a;
    expect(rootOf(next.chatId)).toBe(rootOf(USER));
    expect(rootOf(next.chatId)).not.toBe(rootOf(PHONE));
    const idsOf = createIdsOf(world.deps);
    expect((await idsOf(`${shared.number.channelId}#whatsapp#${PHONE}`))[0]).toEqual(PHONE_ID);
    expect((await idsOf(`${shared.number.channelId}#whatsapp#${next.chatId}`))[0]).toEqual(next);
  });

  test('is not written to at a number that is somebody else’s by now', async () => {
    await write('m1', USER_ID);
    world.clock.advance(LATER_MS);
    await write('m2', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);
    await write('m3', PHONE_ID, { chatType: 'whatsapp', chatId: 'DE.2' });
    world.clock.advance(LATER_MS);
    await write('m4', PHONE_ID);
    await write('m5', USER_ID);

    const idsOf = createIdsOf(world.deps);
    const { channelId } = shared.number;
    expect(await idsOf(`${channelId}#whatsapp#${USER}`)).toEqual([USER_ID]);
    expect((await idsOf(`${channelId}#whatsapp#${PHONE}`))[0]).toEqual(PHONE_ID);
    const textsOf = async (chatId: string) => (await shared.history(chatId))?.flatMap(({ text }) => text ?? []);
    expect(await textsOf(USER)).toEqual(['text of m1', 'text of m2', 'text of m5']);
    expect(await textsOf(PHONE)).toEqual(['text of m3', 'text of m4']);
    expect((await shared.history(USER))?.map(({ contact }) => contact)).toEqual(Array(3).fill({ name: 'Anna' }));
  });

  test('is linked later, if a contact is being made for one of their ids', async () => {
    const {
      account: { accountId: account },
      channelId,
    } = shared.number;
    const [ofPhone, ofUser] = [PHONE, USER].map((id) => `${account}#whatsapp#${id}`) as [string, string];
    const addresses = createAddresses(world.deps);
    const chatKey = `${channelId}#whatsapp#${USER}`;
    const { generation } = await addresses.addChat(ofUser, chatKey, {});
    const why = { userId: '7', rule: 'first-reply' as const, chatKey, place: null, passedOver: [] };
    await addresses.decide({ key: ofUser, generation }, why);
    await call('POST', '/v3/contacts', [
      { id: '1', name: 'Known', responsibleUserId: '7', contactData: [{ chatType: 'whatsapp', chatId: PHONE }] },
    ]);
    const rung: string[] = [];
    const linkIds = createLinkIds(world.deps, async (task) => void rung.push(task));
    const fact = { kind: 'client', key: factKey(START, 'm1'), storedAt: START, opens: true, author: {} } as const;
    const told = [{ ...fact, content: { type: 'text', text: 'x' }, ids: [USER_ID] } as const];
    await linkIds({ account, key: `${channelId}#whatsapp#${PHONE}` }, [], told);
    expect(rung).toHaveLength(1);
    expect((await addresses.get(ofUser)).key).toBe(ofUser);

    await createKeepContact(world.deps)(ofUser);
    world.clock.advance(60 * 60_000);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect((await addresses.get(ofUser)).key).toBe(ofPhone);
  });

  test('is not linked later, if somebody else has the number by then', async () => {
    const { account, channelId } = shared.number;
    await write('m1', PHONE_ID, USER_ID);
    await write('m2', PHONE_ID, { chatType: 'whatsapp', chatId: 'DE.2' });
    const chat = `${channelId}#whatsapp#${PHONE}`;
    const id = { ...USER_ID, at: START };
    const task = { kind: 'link' as const, account: account.accountId, chat, id, tries: 0 };
    await world.store.tasks.put(task);
    world.sent.tasks.push(taskName(task));

    await world.drain();

    const [ofPhone, ofUser] = [PHONE, USER].map((one) => `${account.accountId}#whatsapp#${one}`) as [string, string];
    const { addresses } = world.store;
    expect((await addresses.get(ofUser)).key).not.toBe((await addresses.get(ofPhone)).key);
    expect(await world.store.tasks.isThere(taskName(task))).toBe(false);
  });

  test('costs one read more, until their phone is known to the process', async () => {
    await write('m1', PHONE_ID, USER_ID);
    world.clock.advance(LATER_MS);
    let read = 0;
    world.failing = ({ input }) => {
      if (input.RequestItems?.addresses) read += 1;
      return false;
    };
    const reads = async (providerId: string) => {
      const before = read;
      const item = said('', providerId, { ids: [PHONE_ID, USER_ID] as never, time: world.clock.now() });
      await shared.post([item]);
      return read - before;
    };

    expect(await reads('m2')).toBe(1);
    expect(await reads('m3')).toBe(0);
  });
});

describe('a contact that a CRM knows by a @name alone (D1, D8)', () => {
  let world: World;

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(() => world.stop());

  async function write(chatId: number, username: string): Promise<void> {
    const message = messageOf(chatId, 'hello', chatId, world.clock.now());
    const from = { ...(message.from as object), username };
    await world.webhook({ update_id: chatId, message: { ...message, from } });
    await world.drain();
  }

  function known(id: string, username: string) {
    return { id, name: 'Maria', responsibleUserId: '7', contactData: [{ chatType: 'telegram', username }] };
  }

  test('is recognised when that person first writes: no second contact', async () => {
    const desk = deskOf(world);
    await desk.push('contacts', known('1', '@Maria'));

    await write(500, 'maria');

    expect((await world.chat(500)).contactId).toBe('1');
    const { body } = await desk.ask('GET', '/v3/contacts');
    expect(body).toMatchObject({ count: 1, data: [{ contactData: [{ username: '@Maria', chatId: '500' }] }] });
  });

  test('and the CRM may push it again as it was, or delete it', async () => {
    const desk = deskOf(world);
    await desk.push('contacts', known('1', 'maria'));
    await write(500, 'maria');

    await desk.push('contacts', known('1', 'maria'));
    const again = (await world.chat(500)).contactId;
    await desk.remove('contacts', '1');

    expect(again).toBe('1');
    expect((await world.chat(500)).contactId).toBeNull();
  });

  test('is recognised if the person has written before and is nobody’s', async () => {
    await write(500, 'maria');

    await deskOf(world).push('contacts', known('1', 'maria'));

    expect((await world.chat(500)).contactId).toBe('1');
  });

  test('is recognised by the first of two messages that are folded together', async () => {
    await deskOf(world).push('contacts', known('1', 'maria'));
    const first = messageOf(500, 'hello', 500, world.clock.now());
    const from = { ...(first.from as object), username: 'maria' };
    await world.webhook({ update_id: 500, message: { ...first, from } });
    await world.webhook({ update_id: 501, message: messageOf(500, 'again', 501, world.clock.now() + 1_000) });

    await world.drain();

    expect((await world.chat(500)).contactId).toBe('1');
  });

  test('is the last person who had the name', async () => {
    await write(500, 'maria');
    await write(600, 'maria');

    await deskOf(world).push('contacts', known('1', 'maria'));

    expect((await world.chat(500)).contactId).toBeNull();
    expect((await world.chat(600)).contactId).toBe('1');
  });

  test('does not take a person from the contact that has them', async () => {
    await deskOf(world).push('contacts', known('1', 'maria'));
    const contactData = [{ chatType: 'telegram', chatId: '500' }];
    await deskOf(world).push('contacts', { id: '2', name: 'Olga', responsibleUserId: '7', contactData });

    await write(500, 'maria');

    expect((await world.chat(500)).contactId).toBe('2');
  });

  test('uses the name once: a second person with it is a stranger', async () => {
    await deskOf(world).push('contacts', known('1', 'maria'));

    await write(500, 'maria');
    await write(600, 'maria');

    expect((await world.chat(500)).contactId).toBe('1');
    expect((await world.chat(600)).contactId).toBeNull();
  });

  test('keeps the person whose new name the CRM follows', async () => {
    const desk = deskOf(world);
    await desk.push('contacts', known('1', 'maria'));
    await write(500, 'maria');
    const renamed = messageOf(500, 'hello again', 7, world.clock.now() + 1_000);
    await world.webhook({
      update_id: 7,
      message: { ...renamed, from: { ...(renamed.from as object), username: 'mari' } },
    });
    await world.drain();

    await desk.push('contacts', known('1', 'mari'));

    expect((await world.chat(500)).contactId).toBe('1');
  });

  test('does not wait for a name that the CRM has taken away', async () => {
    const desk = deskOf(world);
    await desk.push('contacts', known('1', 'maria'));
    await desk.push('contacts', known('1', 'mari'));

    await write(500, 'maria');
    await write(600, 'mari');

    expect((await world.chat(500)).contactId).toBeNull();
    expect((await world.chat(600)).contactId).toBe('1');
  });

  test('costs one write for each new chat of a person with a name, and nothing after that or without one', async () => {
    const asked: string[] = [];
    world.failing = ({ kind, input }) => {
      const at = input.TableName ?? Object.keys(input.RequestItems ?? {})[0];
      if (at === 'addresses' || at === 'directory') asked.push(`${kind} ${at}`);
      return false;
    };

    await world.webhook({ update_id: 1, message: messageOf(400, 'hello', 1, world.clock.now()) });
    await world.drain();
    const without = asked.splice(0);
    await write(500, 'maria');
    const named = asked.splice(0);
    await world.webhook({ update_id: 2, message: messageOf(500, 'again', 2, world.clock.now() + 1_000) });
    await world.drain();

    expect(named.toSorted()).toEqual(['UpdateCommand directory', ...without].toSorted());
    expect(without.filter((one) => one.endsWith('directory'))).toEqual([]);
    expect(asked).toEqual([]);
  });
});
