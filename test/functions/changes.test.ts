import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Desk, deskOf, type Given } from '#test/functions/company';
import { type ChatAnswer, createWorld, START, type World } from '#test/world';

const CHAT = 501;
const PEOPLE = ['anna', 'boris', 'cara', 'head', 'control'];
const ROLES: Readonly<Record<string, Given>> = {
  anna: 'seller with switch',
  boris: 'seller',
  cara: 'seller',
  head: 'manager',
  control: 'auditor',
};

let world: World;
let desk: Desk;

beforeEach(async () => {
  world = await createWorld();
  desk = deskOf(world);
  await desk.push('users', ...PEOPLE.map((id) => ({ id, name: `Name of ${id}` })));
  await desk.give(ROLES);
});

afterEach(() => world.stop());

const telegram = (chatId: number | string = CHAT) => ({ chatType: 'telegram', chatId: String(chatId) });
const contact = (responsibleUserId: string, fields: object = {}) => ({
  id: 'c1',
  name: 'Client of the CRM',
  responsibleUserId,
  contactData: [telegram()],
  ...fields,
});
const deal = (responsibleUserId: string, fields: object = {}) => ({
  id: 'd1',
  name: 'Sale',
  responsibleUserId,
  contacts: ['c1'],
  closed: false,
  ...fields,
});

/** The sellers who see the chat. Checks that the head and quality control see it too. */
async function sellersWhoSee(chatId = CHAT): Promise<string[]> {
  const { body } = await desk.ask('GET', '/v3/users');
  const users = (body as { id: string }[]).map(({ id }) => id).sort();
  const lists = await Promise.all(users.map(async (user) => [user, await desk.seenBy(user)] as const));
  const seeing = lists.filter(([, ids]) => ids.includes(String(chatId))).map(([user]) => user);
  expect(seeing).toEqual(expect.arrayContaining(['head', 'control']));
  return seeing.filter((user) => user !== 'head' && user !== 'control');
}

const replyAs = (crmUserId: string, chatId = CHAT, fields: object = {}) =>
  world.reply(chatId, { crmUserId, ...fields });
const handOver = (userId: string, user?: string) =>
  desk.ask('PUT', `${world.pathOf(CHAT)}/responsible`, { userId }, user);

async function read<T>(path: string): Promise<T> {
  const { status, body } = await desk.ask('GET', path);
  expect(status).toBe(200);
  return body as T;
}

const contacts = async () => (await read<{ data: Record<string, unknown>[] }>('/v3/contacts')).data;
const deals = async () => (await read<{ data: Record<string, unknown>[] }>('/v3/deals')).data;

describe('R2 a contact that is pushed after the client wrote gets the client’s chats (D10)', () => {
  test('in all channels, before the CRM gets its 2xx', async () => {
    const other = await world.addChannel();
    await desk.give({ ...ROLES, anna: 'seller' }, other);
    await world.say(CHAT, 'hello');
    await world.say(CHAT, 'hello?');
    await world.say(CHAT, 'and here', { channel: other });
    expect(await desk.seenBy('anna')).toEqual(['501', '501']);

    await desk.push('contacts', contact('boris'));

    expect(await desk.seenBy('boris')).toEqual(['501', '501']);
    expect(await desk.seenBy('anna')).toEqual([]);
    expect(await world.chat(CHAT)).toMatchObject({
      name: 'Client of the CRM',
      contactId: 'c1',
      responsibleUserId: 'boris',
      unanswered: true,
      unansweredCount: 2,
    });
    expect(await desk.counterOf('boris')).toMatchObject({ counterV2: 3, type: 'red' });
    expect(await desk.counterOf('anna')).toMatchObject({ counterV2: 0, type: null });
  });

  test('and a contact that was pushed before has the chat from its first message on', async () => {
    await desk.push('contacts', contact('boris'));
    await world.say(CHAT, 'hello');

    expect(await sellersWhoSee()).toEqual(['boris']);
    expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', responsibleUserId: 'boris' });
  });

  test('at all its addresses', async () => {
    await world.say(CHAT, 'hello');
    await world.say(502, 'me again');

    await desk.push('contacts', contact('boris', { contactData: [telegram(), telegram(502)] }));

    expect((await desk.seenBy('boris')).sort()).toEqual(['501', '502']);
    expect(await desk.seenBy('anna')).toEqual([]);
  });
});

describe('R2, R3 the chat is seen by the right sellers after a change:', () => {
  beforeEach(async () => {
    await world.say(CHAT, 'hello');
    await desk.push('contacts', contact('boris'));
  });

  const twoDeals = () => desk.push('deals', deal('cara'), deal('anna', { id: 'd2' }));

  const rows: [string, string[], string | null, () => Promise<unknown>][] = [
    ['no change', ['boris'], 'boris', async () => undefined],
    ['another user becomes responsible', ['cara'], 'cara', () => desk.push('contacts', contact('cara'))],
    [
      'another user becomes responsible, then the first again',
      ['boris'],
      'boris',
      () => desk.push('contacts', contact('cara')).then(() => desk.push('contacts', contact('boris'))),
    ],
    ['the contact is renamed', ['boris'], 'boris', () => desk.push('contacts', contact('boris', { name: 'New' }))],
    ['an unknown user becomes responsible: the pool', ['anna'], null, () => desk.push('contacts', contact('stranger'))],
    ['a head becomes responsible', [], 'head', () => desk.push('contacts', contact('head'))],
    ['quality control becomes responsible: the pool', ['anna'], null, () => desk.push('contacts', contact('control'))],
    [
      'the contact loses the address: the pool',
      ['anna'],
      null,
      () => desk.push('contacts', contact('boris', { contactData: [] })),
    ],
    ['the contact is deleted: the pool', ['anna'], null, () => desk.remove('contacts', 'c1')],
    [
      'the contact is deleted and pushed again',
      ['boris'],
      'boris',
      () => desk.remove('contacts', 'c1').then(() => desk.push('contacts', contact('boris'))),
    ],
    ['the user is deleted: the pool', ['anna'], null, () => desk.remove('users', 'boris')],
    [
      'the user is deleted, and pushed again',
      ['boris'],
      'boris',
      () => desk.remove('users', 'boris').then(() => desk.push('users', { id: 'boris', name: 'Boris' })),
    ],
    ['the user’s role is taken: the pool', ['anna'], null, () => desk.give({ ...without('boris') })],
    [
      'the user’s role is taken, and given again',
      ['boris'],
      'boris',
      () => desk.give(without('boris')).then(() => desk.give(ROLES)),
    ],
    [
      'another user gets an open deal: both see the chat',
      ['boris', 'cara'],
      'boris',
      () => desk.push('deals', deal('cara')),
    ],
    ['another user gets a closed deal', ['boris'], 'boris', () => desk.push('deals', deal('cara', { closed: true }))],
    ['several users get open deals', ['anna', 'boris', 'cara'], 'boris', twoDeals],
    [
      'the deal is closed',
      ['boris'],
      'boris',
      () => desk.push('deals', deal('cara')).then(() => desk.push('deals', deal('cara', { closed: true }))),
    ],
    [
      'the deal is opened again',
      ['boris', 'cara'],
      'boris',
      () => desk.push('deals', deal('cara', { closed: true })).then(() => desk.push('deals', deal('cara'))),
    ],
    [
      'the deal is deleted',
      ['boris'],
      'boris',
      () => desk.push('deals', deal('cara')).then(() => desk.remove('deals', 'd1')),
    ],
    [
      'another user becomes responsible for the deal',
      ['anna', 'boris'],
      'boris',
      () => desk.push('deals', deal('cara')).then(() => desk.push('deals', deal('anna'))),
    ],
    [
      'the deal moves to another contact',
      ['boris'],
      'boris',
      () => desk.push('deals', deal('cara')).then(() => desk.push('deals', deal('cara', { contacts: ['c9'] }))),
    ],
    [
      'a deal has two contacts',
      ['boris', 'cara'],
      'boris',
      () => desk.push('deals', deal('cara', { contacts: ['c9', 'c1'] })),
    ],
    [
      'the user of the contact is deleted, that of a deal is not',
      ['cara'],
      'cara',
      () => desk.push('deals', deal('cara')).then(() => desk.remove('users', 'boris')),
    ],
    [
      'the user of the deal is deleted',
      ['boris'],
      'boris',
      () => desk.push('deals', deal('cara')).then(() => desk.remove('users', 'cara')),
    ],
    [
      'the contact is deleted, its deal is not: the pool',
      ['anna'],
      null,
      () => desk.push('deals', deal('cara')).then(() => desk.remove('contacts', 'c1')),
    ],
    [
      'another contact takes the address (D10)',
      ['cara'],
      'cara',
      () => desk.push('contacts', contact('cara', { id: 'c2' })),
    ],
    [
      'another contact takes the address, then the first is pushed again',
      ['boris'],
      'boris',
      () => desk.push('contacts', contact('cara', { id: 'c2' })).then(() => desk.push('contacts', contact('boris'))),
    ],
    [
      'another contact takes the address, then the first is deleted',
      ['cara'],
      'cara',
      () => desk.push('contacts', contact('cara', { id: 'c2' })).then(() => desk.remove('contacts', 'c1')),
    ],
    [
      'another contact takes the address, then is deleted: the pool',
      ['anna'],
      null,
      () => desk.push('contacts', contact('cara', { id: 'c2' })).then(() => desk.remove('contacts', 'c2')),
    ],
    [
      'another contact takes the address, then the first gets a deal',
      ['cara'],
      'cara',
      () => desk.push('contacts', contact('cara', { id: 'c2' })).then(() => desk.push('deals', deal('anna'))),
    ],
    ['the client is handed over', ['cara'], 'cara', () => handOver('cara', 'head')],
    [
      'the client is handed over, then the contact is pushed again',
      ['boris'],
      'boris',
      () => handOver('cara').then(() => desk.push('contacts', contact('boris'))),
    ],
    [
      'the client is handed over, then another user gets an open deal',
      ['anna', 'cara'],
      'cara',
      () => handOver('cara').then(() => desk.push('deals', deal('anna'))),
    ],
    [
      'another user gets an open deal, then the client is handed over',
      ['anna', 'cara'],
      'cara',
      () => desk.push('deals', deal('anna')).then(() => handOver('cara')),
    ],
    [
      'the client is handed over, then the new user is deleted: the pool',
      ['anna'],
      null,
      () => handOver('cara').then(() => desk.remove('users', 'cara')),
    ],
  ];

  test.each(rows)('%s', async (_, sellers, responsibleUserId, change) => {
    await change();

    // Chats that a role gives may come later. Chats that it takes are gone at once.
    expect(sellers).toEqual(expect.arrayContaining(await sellersWhoSee()));
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId, unanswered: true, unansweredCount: 1 });

    await world.drain();
    expect(await sellersWhoSee()).toEqual(sellers);
    await world.pass(60_000);
    expect(await sellersWhoSee()).toEqual(sellers);
    await expectFullyListed(sellers);
  });

  test('a hand-over leaves the CRM’s own contact as it is', async () => {
    await handOver('cara', 'boris');

    expect(await contacts()).toMatchObject([{ id: 'c1', responsibleUserId: 'boris' }]);
  });

  test('a seller who hands a chat over no longer sees it', async () => {
    expect(await handOver('cara', 'boris')).toMatchObject({ status: 200, body: { responsibleUserId: 'cara' } });

    expect(await handOver('cara', 'boris')).toMatchObject({ status: 404 });
    expect((await desk.ask('GET', world.pathOf(CHAT), undefined, 'boris')).status).toBe(404);
  });
});

function without(user: string): Record<string, Given> {
  const { [user]: _, ...others } = ROLES;
  return others;
}

/** Checks that the unanswered list of the head and of each of the sellers holds the chat, once. */
async function expectFullyListed(sellers: readonly string[]): Promise<void> {
  for (const user of [...sellers, 'head']) {
    const { body } = await desk.ask('GET', '/v1/chats?view=unanswered&limit=1', undefined, user);
    expect((body as { chats: ChatAnswer[] }).chats.map(({ chatId }) => chatId)).toEqual([String(CHAT)]);
  }
}

describe('deals that are pushed before their contacts (D10)', () => {
  test('count once the contact is pushed', async () => {
    await desk.push('deals', deal('cara'));
    await world.say(CHAT, 'hello');
    expect(await sellersWhoSee()).toEqual(['anna']);

    await desk.push('contacts', contact('boris'));
    expect(await sellersWhoSee()).toEqual(['boris', 'cara']);
  });

  test('do not count if they were closed meanwhile', async () => {
    await desk.push('deals', deal('cara'));
    await desk.push('deals', deal('cara', { closed: true }));
    await desk.push('contacts', contact('boris'));
    await world.say(CHAT, 'hello');

    expect(await sellersWhoSee()).toEqual(['boris']);
  });

  test('and users that are pushed after both see the chat then', async () => {
    await desk.remove('users', 'boris');
    await desk.push('contacts', contact('boris'));
    await world.say(CHAT, 'hello');
    expect(await sellersWhoSee()).toEqual(['anna']);

    await desk.push('users', { id: 'boris', name: 'Boris' });
    await world.drain();
    expect(await sellersWhoSee()).toEqual(['boris']);
  });
});

describe('a client whose contact was deleted is new (R3)', () => {
  test('and is seen in the pool, and taken by a first reply', async () => {
    await desk.push('contacts', contact('boris'));
    await world.say(CHAT, 'hello');
    await desk.remove('contacts', 'c1');
    await world.say(CHAT, 'anybody?');
    expect(await sellersWhoSee()).toEqual(['anna']);

    expect(await replyAs('anna')).toMatchObject({ status: 201 });
    await world.drain();

    expect(await contacts()).toMatchObject([{ name: 'Client 501', responsibleUserId: 'anna' }]);
    expect(await world.chat(CHAT)).toMatchObject({ responsibleUserId: 'anna', name: 'Client 501' });
  });
});

describe('the contact and the deal that Konvert keeps (D10)', () => {
  beforeEach(async () => {
    await world.say(CHAT, 'hello');
    await replyAs('anna');
    await world.drain();
  });

  const own = async () => ({ contact: (await contacts())[0]!, deal: (await deals())[0]! });

  test('are shown as those of the CRM are', async () => {
    const { contactId } = await world.chat(CHAT);

    expect(await contacts()).toEqual([
      {
        id: contactId,
        name: 'Client 501',
        responsibleUserId: 'anna',
        contactData: [{ ...telegram(), username: null, phone: null }],
      },
    ]);
    expect(await deals()).toMatchObject([
      { name: 'Client 501', responsibleUserId: 'anna', contacts: [contactId], closed: false },
    ]);
  });

  /** The client writes under that name, after everything before. */
  async function writeAs(person: object, { fold = true } = {}): Promise<void> {
    world.clock.advance(1_000);
    const from = { id: CHAT, is_bot: false, ...person };
    const said = { ...message(CHAT, 'renamed'), message_id: ++messages, date: world.clock.now() / 1000, from };
    const chat = { id: CHAT, type: 'private' };
    expect((await world.webhook({ update_id: messages, message: { ...said, chat } })).status).toBe(200);
    if (fold) await world.drain();
  }
  let messages = 100;

  test('follow the client’s name and username, and the deal keeps its name', async () => {
    await writeAs({ first_name: 'Zoe', last_name: 'K', username: 'zoe_k' });

    expect(await world.chat(CHAT)).toMatchObject({ name: 'Zoe K', responsibleUserId: 'anna' });
    expect(await contacts()).toMatchObject([
      { name: 'Zoe K', responsibleUserId: 'anna', contactData: [{ ...telegram(), username: 'zoe_k' }] },
    ]);
    expect(await deals()).toMatchObject([{ name: 'Client 501', responsibleUserId: 'anna' }]);

    await writeAs({ first_name: 'Zoe' });
    expect(await contacts()).toMatchObject([{ name: 'Zoe', contactData: [{ username: null }] }]);
  });

  test.each([
    ['no name', {}],
    ['an invisible name', { first_name: '\u3164', last_name: '\u200d' }],
    ['only a username', { username: 'zoe_k' }],
  ])('keep their name when the client then has %s', async (_name, person) => {
    await writeAs(person);

    expect(await contacts()).toMatchObject([{ name: 'Client 501', contactData: [{ username: null }] }]);
  });

  test('follow also what a "no reply needed" folds first', async () => {
    await world.say(CHAT, 'open, so that the request reads from here on', { at: world.clock.now() + 500 });
    await writeAs({ first_name: 'Zoe' }, { fold: false });
    const { seenUpTo } = await world.chat(CHAT);
    expect(await world.noReplyNeeded(CHAT, { noReplyNeeded: true, seenUpTo })).toMatchObject({ status: 200 });
    await world.drain();

    expect(await contacts()).toMatchObject([{ name: 'Zoe' }]);
  });

  test('follow within a minute although the bell of the change is lost', async () => {
    await writeAs({ first_name: 'Zoe' }, { fold: false });
    const isTask = (key: string) => key.startsWith('task#profile#');
    world.failing = ({ kind, input }) =>
      kind === 'UpdateCommand' && input.TableName === 'outbox' && isTask(input.Key.l);
    await expect(world.drain()).rejects.toThrow();
    world.failing = undefined;
    expect(await contacts()).toMatchObject([{ name: 'Client 501' }]);

    world.clock.advance(60_000);
    await world.app.listeners['sweep-lanes']();
    await world.drain();
    expect(await contacts()).toMatchObject([{ name: 'Zoe' }]);
  });

  test('do not follow once the CRM has pushed the contact, even under the same name', async () => {
    const { contact } = await own();
    await desk.push('contacts', { ...contact, contactData: [telegram()] });
    await writeAs({ first_name: 'Zoe', username: 'zoe_k' });

    expect(await contacts()).toMatchObject([{ name: 'Client 501', contactData: [{ username: null }] }]);
    expect(await world.chat(CHAT)).toMatchObject({ name: 'Client 501' });
  });

  test('are not followed by a contact of the CRM, whose name is shown unless nothing of it can be seen', async () => {
    await desk.push('contacts', contact('boris', { name: 'Known' }));
    await writeAs({ first_name: 'Zoe' });
    expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', name: 'Known' });

    await desk.push('contacts', contact('boris', { name: '\u3164' }));
    expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', name: 'Zoe' });
  });

  test('cost nothing more while the client keeps their name', async () => {
    const written: string[] = [];
    await writeAs({ first_name: 'Zoe' });
    world.failing = ({ kind, input }) => {
      if (kind === 'TransactWriteCommand') written.push('transaction');
      else if (/^(Put|Update|Delete)/.test(kind)) written.push(input.TableName);
      return false;
    };
    await writeAs({ first_name: 'Zoe' });

    expect(written).toEqual(['messages', 'chats']);
    expect(world.sent.tasks).toEqual([]);
  });

  test('go with a hand-over', async () => {
    expect((await handOver('cara', 'anna')).status).toBe(200);

    expect(await contacts()).toMatchObject([{ responsibleUserId: 'cara' }]);
    expect(await deals()).toMatchObject([{ responsibleUserId: 'cara' }]);
    expect(await sellersWhoSee()).toEqual(['cara']);
  });

  test('are removed when a contact of the CRM takes their last address', async () => {
    await desk.push('contacts', contact('boris'));

    expect((await contacts()).map(({ id }) => id)).toEqual(['c1']);
    expect(await deals()).toEqual([]);
    expect(await sellersWhoSee()).toEqual(['boris']);
    expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', name: 'Client of the CRM' });
  });

  test('may be deleted by the CRM: the chat is in the pool, and the client is new on the next message', async () => {
    const { contact } = await own();
    await desk.remove('contacts', String(contact.id));
    expect(await contacts()).toEqual([]);
    expect(await deals()).toEqual([]);
    expect(await sellersWhoSee()).toEqual(['anna']);

    await world.say(CHAT, 'hello again');
    await replyAs('anna');
    await world.drain();

    const again = await contacts();
    expect(again).toMatchObject([{ responsibleUserId: 'anna' }]);
    expect(again[0]?.id).not.toBe(contact.id);
  });

  test('may be changed by the CRM', async () => {
    const { contact: made, deal: sale } = await own();
    await desk.push('deals', { ...sale, responsibleUserId: 'cara' });
    expect(await sellersWhoSee()).toEqual(['anna', 'cara']);

    await desk.push('deals', { ...sale, closed: true });
    await desk.push('contacts', { ...made, contactData: [telegram()], responsibleUserId: 'boris', name: 'Known' });
    expect(await sellersWhoSee()).toEqual(['boris']);
    expect(await world.chat(CHAT)).toMatchObject({ contactId: made.id, name: 'Known' });
  });
});

function message(chatId: number, text: string) {
  return {
    message_id: 77,
    date: Math.floor(START / 1000),
    chat: { id: chatId, type: 'private', first_name: 'Zoe' },
    text,
  };
}

describe('R6 starting a chat', () => {
  test.each<[string, string | undefined, number, string | null, boolean?]>([
    ['a seller, who becomes responsible', 'boris', 201, 'boris'],
    ['a seller with clearUnanswered: false, which is for replies (D4)', 'boris', 201, 'boris', false],
    ['a seller who receives new clients', 'anna', 201, 'anna'],
    ['a head, and nobody is responsible', 'head', 201, null],
    ['quality control, who may not', 'control', 403, null],
    ['a user without a role, who may not', 'idle', 403, null],
    ['an id that no user has, for which the CRM itself acts (R4)', 'stranger', 201, null],
    ['the CRM itself, and nobody is responsible', undefined, 201, null],
  ])('as %s', async (_, crmUserId, status, responsibleUserId, clearUnanswered = true) => {
    await desk.push('users', { id: 'idle', name: 'Without a role' });
    const fields = { clearUnanswered, ...(crmUserId !== undefined && { crmUserId }) };
    expect(await world.reply(CHAT, fields)).toMatchObject({ status });
    await world.drain();

    const { body } = await desk.ask('GET', world.pathOf(CHAT));
    if (status === 201) expect(body).toMatchObject({ responsibleUserId, unanswered: false });
    else expect(body).toMatchObject({ error: 'CHAT_NOT_FOUND' });
    expect(await contacts()).toHaveLength(responsibleUserId === null ? 0 : 1);
  });

  test('as two sellers at once makes one of them responsible, and the other is told who', async () => {
    const answers = await Promise.all(['boris', 'cara'].map((user) => replyAs(user)));
    await world.drain();

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const { responsibleUserId } = await world.chat(CHAT);
    const lost = answers.find(({ status }) => status === 409);
    expect(lost?.body).toMatchObject({
      error: 'ALREADY_TAKEN',
      data: { responsibleUserId, name: `Name of ${responsibleUserId}` },
    });
    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
  });

  test.each([
    ['the responsible user of the contact', 'boris', 201],
    ['the responsible user of an open deal', 'cara', 201],
    ['another seller, even one who receives new clients', 'anna', 403],
    ['a head', 'head', 201],
    ['quality control', 'control', 403],
  ])('with a contact of the CRM as %s: %s, %i', async (_, user, status) => {
    await desk.push('contacts', contact('boris'));
    await desk.push('deals', deal('cara'));

    expect(await replyAs(user)).toMatchObject({ status });
    await world.drain();
    if (status === 201) expect(await world.chat(CHAT)).toMatchObject({ contactId: 'c1', responsibleUserId: 'boris' });
  });

  test('in a channel without roles makes nobody responsible, and nobody loses, by any crmUserId (R4)', async () => {
    const channelId = (await world.addChannel()).channelId;

    const answers = await Promise.all(['boris', 'cara', 'nobody'].map((user) => replyAs(user, CHAT, { channelId })));
    await world.drain();

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(await contacts()).toEqual([]);
  });
});

describe('U8 the counter', () => {
  beforeEach(async () => {
    await desk.push('contacts', contact('boris'), contact('head', { id: 'c2', contactData: [telegram(502)] }));
    await world.say(CHAT, 'one');
    await world.say(CHAT, 'two');
    await world.say(503, 'a new one');
  });

  const notifyHeads = (on: boolean) => desk.ask('PATCH', '/v1/settings', { notifyHeadsAboutAllMessages: on });
  const at = (user: string) => desk.counterOf(user).then(({ counterV2, type }) => [counterV2, type]);

  test.each([
    ['boris', 2, 'red'],
    ['cara', 0, null],
    ['anna', 1, 'red'],
    ['head', 3, 'grey'],
    ['control', 3, 'grey'],
  ])('of %s is %i, %s', async (user, count, type) => {
    expect(await at(user)).toEqual([count, type]);
  });

  test('of a head is red as soon as one message is their own to answer', async () => {
    await world.say(502, 'for the head');

    expect(await at('head')).toEqual([4, 'red']);
  });

  test('N1 of a head counts only their own messages if "notify heads about all messages" is off', async () => {
    await notifyHeads(false);
    expect(await at('head')).toEqual([0, null]);
    expect(await at('boris')).toEqual([2, 'red']);
    expect(await at('control')).toEqual([3, 'grey']);

    await world.say(502, 'for the head');
    expect(await at('head')).toEqual([1, 'red']);
    await notifyHeads(true);
    expect(await at('head')).toEqual([4, 'red']);
  });

  test('of a head with the switch counts the pool', async () => {
    await desk.give({ ...ROLES, head: 'manager', anna: 'seller' });
    expect(await at('head')).toEqual([3, 'grey']);
    const userRoles = Object.keys(ROLES).map((userId) => ({
      userId,
      role: userId === 'head' ? 'manager' : userId === 'control' ? 'auditor' : 'seller',
      allowGetNewClients: userId === 'head',
    }));
    const path = `/v1/settings/channels/${world.channel.channelId}`;
    expect((await desk.ask('PUT', path, { newClients: { mode: 'first-reply' }, userRoles })).status).toBe(200);
    await notifyHeads(false);

    expect(await at('head')).toEqual([1, 'red']);
    expect(await at('cara')).toEqual([1, 'red']);
  });

  test('tells the time of the newest client message, and null if nothing waits', async () => {
    expect(await desk.counterOf('boris')).toMatchObject({ lastMsgDateTime: new Date(START).toISOString() });
    await replyAs('boris');
    await world.drain();

    expect(await desk.counterOf('boris')).toEqual({ counterV2: 0, type: null, lastMsgDateTime: null });
  });

  test('is exact up to 200 messages in a chat', async () => {
    for (let id = 1; id <= 201; id += 1) {
      const from = { id: 502, is_bot: false, first_name: 'Zoe' };
      const { message_id: _, ...rest } = message(502, `m${id}`);
      await world.webhook({ update_id: id, message: { message_id: 10_000 + id, from, ...rest } });
    }
    await world.drain();
    await notifyHeads(false);

    expect(await at('head')).toEqual([200, 'red']);
  });

  test('is exact up to 500 waiting chats, and each further chat counts as one message', async () => {
    world.clock.advance(10_000);
    for (let id = 1; id <= 500; id += 1) await arrives(1_000 + id, START + 1_000);
    await arrives(2_000, START + 2_000);
    await arrives(2_000, START + 2_000);
    await desk.push('contacts', contact('head', { id: 'c3', contactData: [telegram(2_000)] }));
    await world.drain();

    // The first two chats hold three messages. The next 498 are exact. Each of the last three counts as one message,
    // although one of them has two.
    expect(await at('control')).toEqual([3 + 498 + 3, 'grey']);
    expect(await at('anna')).toEqual([1 + 499 + 1, 'red']);
    await notifyHeads(false);
    expect(await at('head')).toEqual([2, 'red']);
  });

  let lastId = 50_000;
  async function arrives(chatId: number, time: number): Promise<void> {
    lastId += 1;
    const person = { id: chatId, first_name: `Client ${chatId}` };
    const body = {
      message_id: lastId,
      date: time / 1000,
      text: 'hello',
      from: { ...person, is_bot: false },
      chat: { ...person, type: 'private' },
    };
    expect((await world.webhook({ update_id: lastId, message: body })).status).toBe(200);
  }
});

describe('a contact with 40 addresses in three channels, more than a transaction holds,', () => {
  const IDS = Array.from({ length: 40 }, (_, index) => 600 + index);
  const many = (responsibleUserId: string, ids = IDS) =>
    contact(responsibleUserId, { contactData: ids.map((id) => telegram(id)) });

  beforeEach(async () => {
    for (const channel of [world.channel, await world.addChannel(), await world.addChannel()]) {
      await desk.give(ROLES, channel);
      for (const id of IDS) await world.say(id, 'hello', { channel });
    }
    await desk.push('contacts', many('boris'));
  });

  const seen = async () => ({
    anna: (await all('anna')).length,
    boris: (await all('boris')).length,
    cara: (await all('cara')).length,
  });

  async function all(user: string): Promise<ChatAnswer[]> {
    const found: ChatAnswer[] = [];
    for (let cursor = ''; ; ) {
      const { status, body } = await desk.ask('GET', `/v1/chats?view=unanswered&limit=100${cursor}`, undefined, user);
      expect(status).toBe(200);
      const { chats, nextCursor } = body as { chats: ChatAnswer[]; nextCursor?: string };
      found.push(...chats);
      if (nextCursor === undefined) return found;
      cursor = `&cursor=${nextCursor}`;
    }
  }

  test.each<[string, Record<string, number>, () => Promise<unknown>]>([
    ['is pushed', { anna: 0, boris: 120, cara: 0 }, async () => undefined],
    ['goes to another user', { anna: 0, boris: 0, cara: 120 }, () => desk.push('contacts', many('cara'))],
    [
      'loses half of its addresses',
      { anna: 60, boris: 60, cara: 0 },
      () => desk.push('contacts', many('boris', IDS.slice(20))),
    ],
    ['gets an open deal', { anna: 0, boris: 120, cara: 120 }, () => desk.push('deals', deal('cara'))],
    ['is deleted', { anna: 120, boris: 0, cara: 0 }, () => desk.remove('contacts', 'c1')],
    [
      'loses half of its addresses to another contact',
      { anna: 0, boris: 60, cara: 60 },
      () => desk.push('contacts', { ...many('cara', IDS.slice(20)), id: 'c2' }),
    ],
  ])('%s', async (_, expected, change) => {
    await change();

    expect(await seen()).toEqual(expected);
  });

  test.each([1, 2, 3])('is changed in full by a sweep after a crash behind part %i', async (part) => {
    let transactions = 0;
    world.failing = ({ kind }) => kind === 'TransactWriteCommand' && ++transactions > part;
    expect((await desk.ask('POST', '/v3/contacts', [many('cara')])).status).toBe(500);
    world.failing = undefined;
    // By then the request must have ended, and the sweep rings its task.
    world.clock.advance(120_000);
    world.sent.tasks.push(...(await world.store.tasks.due()).map(({ name }) => name));
    await world.drain();

    expect(await seen()).toEqual({ anna: 0, boris: 0, cara: 120 });
  });
});
