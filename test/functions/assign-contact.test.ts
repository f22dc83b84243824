import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { chatKey } from '#domain/message';
import type { Assignment } from '#store/clients/assignments';
import { placeTask, taskName } from '#store/outbox/tasks';
import { type Asked, createWorld, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
  const users = ['anna', 'boris', 'clara', 'head'].map((id) => ({ id, name: `Name of ${id}` }));
  await ask('POST', '/v3/users', users);
  await ask('POST', '/v3/pipelines', [{ id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] }]);
});

afterEach(() => world.stop());

async function ask(method: string, path: string, body?: unknown, user?: string) {
  const headers = user === undefined ? {} : { 'konvert-user': user };
  const answer = await world.call(method, path, { key: world.account.apiKey, body, headers });
  await world.drain();
  return answer;
}

async function settle(mode: string, ...receiving: string[]) {
  const userRoles = ['anna', 'boris', 'clara'].map((userId) => {
    return { userId, role: 'seller', allowGetNewClients: receiving.includes(userId) };
  });
  const head = { userId: 'head', role: 'manager', allowGetNewClients: false };
  const newClients = { mode, pipelineId: '1', stageId: '10' };
  const body = { newClients, userRoles: [...userRoles, head] };
  const { status, text } = await ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, body);
  if (status !== 200) throw new Error(text);
}

async function records(): Promise<Assignment[]> {
  return (await world.store.assignments.page(world.account.accountId, 100)).assignments.reverse();
}

/** Rings for the address of the client, as the stream does. */
async function ring(chatId: number) {
  const a = { S: addressKey(world.account.accountId, 'telegram', String(chatId)) };
  await world.app.listeners['assign-contact']({ Records: [{ eventName: 'MODIFY', dynamodb: { Keys: { a } } }] });
}

async function ownerOf(chatId: number) {
  return (await world.chat(chatId)).responsibleUserId;
}

async function seenBy(user: string) {
  const { body } = await ask('GET', '/v1/chats', undefined, user);
  return (body as { chats: { chatId: string }[] }).chats.map(({ chatId }) => Number(chatId)).sort();
}

function isDraw(input: Asked['input']): boolean {
  return input.UpdateExpression?.startsWith('SET #claim') ?? false;
}

function isOfChat({ Update }: { readonly Update?: Asked['input'] }): boolean {
  return Update?.TableName === 'chats' && Update.UpdateExpression !== undefined;
}

/** The lists in which the only chat stands. */
function whereIsChat(): string {
  const place = world.db.items('chats').find(({ s }) => s === '-')?.v;
  if (place === undefined) return 'nowhere';
  return String(place).includes('#pool#') ? 'in the pool' : `${String(place).split('#').at(-1)}'s`;
}

const replyAs = (crmUserId: string, chatId: number, fields = {}) => world.reply(chatId, { crmUserId, ...fields });

describe('round-robin (D2, D3)', () => {
  test('gives new clients out in turn, each with contact, deal and record, and no other seller sees them', async () => {
    await settle('round-robin', 'anna', 'boris', 'clara');
    for (const client of [1, 2, 3, 4]) {
      await world.say(client, 'hello');
      world.clock.advance(1);
    }

    expect(await Promise.all([1, 2, 3, 4].map(ownerOf))).toEqual(['anna', 'boris', 'clara', 'anna']);
    expect(await seenBy('anna')).toEqual([1, 4]);
    expect(await seenBy('boris')).toEqual([2]);
    expect(await seenBy('head')).toEqual([1, 2, 3, 4]);
    expect(await records()).toMatchObject([
      {
        chatId: '1',
        userId: 'anna',
        rule: 'round-robin',
        place: 1,
        passedOver: [{ userId: 'head', reason: 'SWITCHED_OFF' }],
      },
      { chatId: '2', userId: 'boris', place: 2 },
      { chatId: '3', userId: 'clara', place: 3 },
      { chatId: '4', userId: 'anna', place: 1 },
    ]);
    expect((await records()).map(({ contactId }) => contactId)).toEqual(
      (await Promise.all([1, 2, 3, 4].map((client) => world.chat(client)))).map(({ contactId }) => contactId),
    );
    const { accountId } = world.account;
    expect(await world.store.contacts.page(accountId, 0, 10)).toMatchObject({ count: 4 });
    expect(await world.store.deals.page(accountId, 0, 10)).toMatchObject({ count: 4 });
  });

  test('the chat is made in the list of its responsible user, and stands in no pool before', async () => {
    await settle('round-robin', 'anna');
    const written: string[] = [];
    world.failing = ({ input }) => {
      const writes = input.TransactItems ?? [{ Update: input }];
      written.push(...writes.filter(isOfChat).map(() => whereIsChat()));
      return false;
    };

    await world.say(1, 'hello');

    expect(written).toEqual(['nowhere', "anna's"]);
    expect(whereIsChat()).toBe("anna's");
  });

  test('if drawing a turn fails, the chat is made in the pool, and its client is given out afterwards', async () => {
    await settle('round-robin', 'anna');
    const drawn: string[] = [];
    world.failing = ({ input }) => isDraw(input) && drawn.push(whereIsChat()) === 1;

    await world.say(1, 'hello');

    expect(drawn).toEqual(['nowhere', 'in the pool']);
    expect(whereIsChat()).toBe("anna's");
    expect(await records()).toHaveLength(1);
    expect(world.logs).toContainEqual(expect.objectContaining({ assign: expect.any(String), outcome: 'failed' }));
    expect(world.sent.failedChats).toEqual([]);
  });

  test('of many new clients at once eight draw at a time, so that none waits past its deadline', async () => {
    await settle('round-robin', 'anna', 'boris', 'clara');
    const clients = Array.from({ length: 40 }, (_, index) => 1 + index);
    const { accountId } = world.account;
    const { channelId } = world.channel;
    for (const client of clients) {
      const chat = { channelId, chatType: 'telegram', chatId: String(client) };
      const key = addressKey(accountId, 'telegram', chat.chatId);
      await world.store.addresses.addChat(key, chatKey(chat), { dispenser: channelId });
    }
    let drawing = 0;
    let most = 0;
    world.failing = async ({ input }) => {
      if (!isDraw(input)) return false;
      drawing += 1;
      most = Math.max(most, drawing);
      await new Promise(setImmediate);
      drawing -= 1;
      return false;
    };

    await world.drain();

    expect(most).toBe(8);
    expect((await records()).length).toBe(clients.length);
  });

  test('if nobody is eligible, a client waits in the pool until a user is switched on (D6)', async () => {
    await settle('round-robin');
    await world.say(1, 'first', { at: world.clock.now() - 2_000 });
    await world.say(2, 'second', { at: world.clock.now() - 1_000 });
    expect(await ownerOf(1)).toBeNull();
    expect(await seenBy('boris')).toEqual([1, 2]);

    await settle('round-robin', 'clara', 'anna');

    expect([await ownerOf(1), await ownerOf(2)]).toEqual(['anna', 'clara']);
    const waited = (await records()).toSorted((one, other) => (one.chatId < other.chatId ? -1 : 1));
    expect(waited).toMatchObject([
      { chatId: '1', rule: 'waiting' },
      { chatId: '2', rule: 'waiting' },
    ]);
  });

  test.each(['round-robin', 'first-reply'])(
    'a client who was answered by the CRM in %s is given out on the next message, if somebody is eligible (D2)',
    async (before) => {
      await settle(before);
      await world.say(1, 'hello');
      world.clock.advance(1_000);
      await world.reply(1);
      await world.drain();
      await settle('round-robin', 'anna');
      expect(await ownerOf(1)).toBeNull();

      world.clock.advance(1_000);
      await world.say(1, 'again');

      expect(await ownerOf(1)).toBe('anna');
      expect(await records()).toMatchObject([{ userId: 'anna', rule: 'round-robin' }]);
    },
  );

  test.each([
    ['no message to the address in first-reply, where no turn is drawn', 'first-reply', 0],
    ['only the first message to the address in round-robin', 'round-robin', 1],
  ])('after an answer to an unowned client the chat reports %s', async (_, mode, told) => {
    await settle(mode);
    await world.say(1, 'hello');
    world.clock.advance(1_000);
    await world.reply(1);
    await world.drain();
    const asked: string[] = [];
    world.failing = ({ kind, input }) => {
      if (kind === 'UpdateCommand' && input.TableName === 'addresses') asked.push(kind);
      return false;
    };

    world.clock.advance(1_000);
    await world.say(1, 'again');
    await world.say(1, 'and again');

    expect(asked).toHaveLength(told);
  });

  test('a client who comes after a user was switched on is not recorded as waiting', async () => {
    await settle('round-robin');
    await world.say(1, 'early');
    world.failing = ({ input }) => input.TableName === 'dispensers';
    await settle('round-robin', 'anna', 'boris').catch(() => undefined);
    world.clock.advance(1_000);
    await world.say(2, 'late');
    world.failing = undefined;

    world.sent.tasks.push(placeTask(world.channel.channelId));
    await world.drain();

    const rules = (await records()).map(({ chatId, rule }) => [chatId, rule]).sort();
    expect(rules).toEqual([
      ['1', 'waiting'],
      ['2', 'round-robin'],
    ]);
  });

  test('a failed assignment is tried again after a second', async () => {
    await settle('round-robin', 'anna');
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'assignments';
    await world.say(1, 'hello');
    world.failing = undefined;

    await world.pass(1_000);

    expect(await records()).toMatchObject([{ chatId: '1', userId: 'anna' }]);
    expect(await world.store.tasks.due()).toEqual([]);
  });

  test('a failed task is left to the queue, which brings it back', async () => {
    const task = { kind: 'assign', address: addressKey(world.account.accountId, 'telegram', '1') } as const;
    await world.store.tasks.put(task);
    world.failing = ({ input }) => input.TableName === 'addresses';

    const event = { Records: [{ body: taskName(task) }] };
    await expect(world.app.listeners['do-tasks'](event)).rejects.toThrow('did not answer');
  });

  test('a pool that cannot be drained within one run is drained in several', async () => {
    await settle('round-robin');
    for (const client of [1, 2, 3]) await world.say(client, 'hello');
    const left: unknown[] = [];
    world.failing = ({ kind, input }) => {
      const values = kind === 'UpdateCommand' ? Object.values(input.ExpressionAttributeValues ?? {}) : [];
      if (input.TableName === 'addresses') world.clock.advance(16_000);
      if (input.TableName === 'outbox') left.push(...values.filter((value) => Object(value).placed));
      return false;
    };

    await settle('round-robin', 'anna');

    expect(left).toHaveLength(2);
    expect(await records()).toHaveLength(3);
  });

  test('a contact known to the CRM is never given out (D8)', async () => {
    await settle('round-robin', 'anna');
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    await ask('POST', '/v3/contacts', [{ id: 'c1', name: 'Known', responsibleUserId: 'boris', contactData }]);
    await world.say(1, 'hello');

    expect(await ownerOf(1)).toBe('boris');
    expect(await records()).toEqual([]);
  });

  test('a client whose contact was deleted is new on the next message', async () => {
    await settle('round-robin', 'anna', 'boris');
    await world.say(1, 'hello');
    const { contactId } = await world.chat(1);
    expect(await ask('DELETE', `/v3/contacts/${contactId}`)).toMatchObject({ status: 200 });
    expect(await ownerOf(1)).toBeNull();

    await world.say(1, 'again');

    expect(await ownerOf(1)).toBe('boris');
    expect(await records()).toHaveLength(2);
    expect(await world.store.deals.page(world.account.accountId, 0, 10)).toMatchObject({ count: 1 });
  });

  test('a client who writes in two channels draws once (D7)', async () => {
    await settle('round-robin', 'anna', 'boris');
    const other = await world.addChannel();
    await world.say(1, 'here');
    await world.say(1, 'and there', { channel: other });

    expect(await records()).toHaveLength(1);
    const address = await world.store.addresses.get(addressKey(world.account.accountId, 'telegram', '1'));
    expect(address).toMatchObject({ owner: 'anna', chats: [expect.anything(), expect.anything()] });
  });

  test('when the address of a client who was given out rings again, it is only read', async () => {
    await settle('round-robin', 'anna');
    await world.say(1, 'hello');
    const asked: string[] = [];
    world.failing = ({ kind }) => {
      asked.push(kind);
      return false;
    };

    await ring(1);

    // The address, whether a CRM is connected that would know the client, and whether a receiver is told of assignments.
    expect(asked).toEqual(['GetCommand', 'GetCommand', 'GetCommand']);
  });

  test('a decision has its record (D9) even if the CRM takes the client over before it is written', async () => {
    await settle('round-robin', 'anna');
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'assignments';
    await world.say(1, 'hello');
    world.failing = undefined;
    expect(await records()).toEqual([]);
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    await ask('POST', '/v3/contacts', [{ id: '7', name: 'Client', responsibleUserId: 'boris', contactData }]);

    await ring(1);

    expect(await ownerOf(1)).toBe('boris');
    expect(await records()).toMatchObject([{ userId: 'anna', rule: 'round-robin' }]);
  });

  test('a decision has its record (D9) even if a contact came and went before it is written', async () => {
    await settle('round-robin', 'anna');
    world.failing = ({ kind, input }) => kind === 'PutCommand' && input.TableName === 'assignments';
    await world.say(1, 'hello');
    world.failing = undefined;
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    await ask('POST', '/v3/contacts', [{ id: '7', name: 'Client', responsibleUserId: 'boris', contactData }]);
    await ask('DELETE', '/v3/contacts/7');

    await world.pass(1_000);

    expect(await ownerOf(1)).toBeNull();
    expect(await records()).toMatchObject([{ userId: 'anna', rule: 'round-robin' }]);
  });

  test('a message of the team makes nobody a new client', async () => {
    await settle('round-robin', 'anna');
    await world.reply(1);
    await world.drain();

    expect(await ownerOf(1)).toBeNull();
    expect(await records()).toEqual([]);
  });
});

describe('first reply (D4)', () => {
  beforeEach(async () => {
    await settle('first-reply', 'anna', 'boris');
    await world.say(1, 'hello');
  });

  test('the user who replies first becomes responsible, and the chat leaves the lists of the others', async () => {
    expect(await seenBy('boris')).toEqual([1]);
    expect(await replyAs('anna', 1)).toMatchObject({ status: 201 });
    await world.drain();

    expect(await ownerOf(1)).toBe('anna');
    expect(await seenBy('boris')).toEqual([]);
    expect(await records()).toMatchObject([{ userId: 'anna', rule: 'first-reply', place: null }]);
  });

  test.each([
    ['another seller who receives new clients', 'boris', 409],
    ['a seller who does not receive new clients', 'clara', 403],
    ['a head', 'head', 201],
  ])('%s who replies second does not become responsible: %s, %i', async (_, user, status) => {
    await replyAs('anna', 1);
    expect(await replyAs(user, 1)).toMatchObject({ status });
    await world.drain();

    expect(await replyAs(user, 1)).toMatchObject({ status });
    expect(await ownerOf(1)).toBe('anna');
  });

  test('the reply carries the id and name of its user', async () => {
    await replyAs('anna', 1);
    const { messages } = await world.history(1);
    expect(messages.at(-1)).toMatchObject({ isEcho: true, authorId: 'anna', authorName: 'Name of anna' });
  });

  test('a second user is told who was first, and the second reply is not sent', async () => {
    await replyAs('anna', 1);
    const { body } = await replyAs('boris', 1);
    await world.drain();

    expect(body).toMatchObject({
      error: 'ALREADY_TAKEN',
      data: { responsibleUserId: 'anna', name: 'Name of anna' },
    });
    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(1);
  });

  test('of several users who reply at once, heads among them, one becomes responsible', async () => {
    const answers = await Promise.all(['anna', 'boris', 'head', 'anna'].map((user) => replyAs(user, 1)));
    await world.drain();

    const winner = await ownerOf(1);
    const won = answers.filter(({ status }) => status === 201);
    expect(won).toHaveLength(winner === 'anna' ? 2 : 1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(4 - won.length);
  });

  test.each([
    ['the CRM itself', {}],
    ['automation', { crmUserId: 'anna', clearUnanswered: false }],
  ])('%s makes nobody responsible', async (_, fields) => {
    expect(await world.reply(1, fields)).toMatchObject({ status: 201 });
    await world.drain();
    expect(await ownerOf(1)).toBeNull();
  });

  test('a reply fails, and nothing is sent, if the contact of the client comes and goes without end', async () => {
    const Key = { a: addressKey(world.account.accountId, 'telegram', '1'), s: '-' };
    const UpdateExpression = 'ADD gen :one';
    world.failing = ({ kind, input }) => {
      const decides = kind === 'UpdateCommand' && input.TableName === 'addresses';
      const next = { TableName: 'addresses', Key, UpdateExpression, ExpressionAttributeValues: { ':one': 1 } };
      if (decides) world.db.apply(new UpdateCommand(next));
      return false;
    };

    expect(await replyAs('anna', 1)).toMatchObject({ status: 500 });
    expect(world.bot.calls.filter(({ method }) => method === 'sendMessage')).toEqual([]);
  });

  test('a refused reply makes nobody responsible', async () => {
    expect(await replyAs('anna', 1, { seenUpTo: 'made up' })).toMatchObject({ status: 400 });
    await world.drain();
    expect(await ownerOf(1)).toBeNull();
  });
});
