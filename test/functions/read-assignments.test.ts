import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/assignment-routes';
import { writeCursor } from '#api/cursor';
import type { Assignment } from '#store/clients/assignments';
import { transact } from '#store/dynamo/transaction';
import { type Desk, deskOf } from '#test/functions/company';
import { createWorld, START, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

interface List {
  readonly assignments: readonly { readonly assignmentId: string }[];
  readonly nextCursor?: string;
}

function ask(query = '', { key = world.account.apiKey, headers = {} } = {}) {
  return world.call('GET', `/v1/assignments?${query}`, { key, headers });
}

async function list(query = ''): Promise<List> {
  const { status, body } = await ask(query);
  expect(status).toBe(200);
  return body as List;
}

/** The ids of every page. */
async function pages(query = ''): Promise<string[][]> {
  const found: string[][] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await list(`${query}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
    found.push(page.assignments.map(({ assignmentId }) => assignmentId));
    if (page.nextCursor === undefined) return found;
    cursor = page.nextCursor;
  }
}

async function record(number: number, fields: Partial<Assignment> = {}, account = world.account.accountId) {
  await transact({ send: async (command: never) => world.db.apply(command) } as never, [
    world.store.assignments.write(account, {
      assignmentId: `a${number}`,
      at: START + number,
      channelId: world.channel.channelId,
      chatType: 'telegram',
      chatId: String(number),
      contactId: null,
      userId: 'anna',
      rule: 'round-robin',
      place: 2,
      passedOver: [{ userId: 'boris', reason: 'switched-off' }],
      ...fields,
    }),
  ]);
}

async function records(from: number, to: number, fields: Partial<Assignment> = {}) {
  for (let number = from; number <= to; number += 1) await record(number, fields);
}

const names = (from: number, to: number) => Array.from({ length: from - to + 1 }, (_, index) => `a${from - index}`);

test('the list is empty while nobody was given out', async () => {
  expect(await list()).toEqual({ assignments: [] });
});

test('D9 a record says when, by which rule, who, at which place, and who was passed over and why', async () => {
  await record(1, { contactId: 'contact' });

  const { body } = await ask();

  expect(body).toEqual({
    assignments: [
      {
        assignmentId: 'a1',
        at: new Date(START + 1).toISOString(),
        channelId: world.channel.channelId,
        chatType: 'telegram',
        chatId: '1',
        name: '1',
        contactId: 'contact',
        userId: 'anna',
        rule: 'round-robin',
        place: 2,
        passedOver: [{ userId: 'boris', reason: 'switched-off' }],
      },
    ],
  });
  expect(contract.assignmentList.parse(body)).toEqual(body);
});

describe('pages', () => {
  test.each([
    [49, [names(49, 1)]],
    [51, [names(51, 2), ['a1']]],
    [120, [names(120, 71), names(70, 21), names(20, 1)]],
  ])('hold %i records, the newest first', async (count, expected) => {
    await records(1, count);

    expect(await pages()).toEqual(expected);
  });

  test('are not moved by records that come meanwhile', async () => {
    await records(1, 60);
    const { nextCursor } = await list();
    await records(61, 90);

    const { assignments } = await list(`cursor=${nextCursor}`);

    expect(assignments.map(({ assignmentId }) => assignmentId)).toEqual(names(10, 1));
  });
});

describe('the list of one channel', () => {
  test('holds only its own records, however many of others lie between', async () => {
    const { channelId } = await world.addChannel();
    await records(1, 3, { channelId });
    await records(4, 130);
    await records(131, 132, { channelId });

    expect((await pages(`channelId=${channelId}`)).flat()).toEqual(['a132', 'a131', 'a3', 'a2', 'a1']);
    expect((await pages(`channelId=${world.channel.channelId}`)).flat()).toEqual(names(130, 4));
  });

  test('may have an empty page that is not the last', async () => {
    const { channelId } = await world.addChannel();
    await record(1, { channelId });
    await records(2, 1_020);

    expect(await pages(`channelId=${channelId}`)).toEqual([[], ['a1']]);
  });

  test('can be read after the channel was deleted', async () => {
    const { channelId } = world.channel;
    await record(1);
    await world.call('DELETE', `/v1/channels/${channelId}`, { key: world.account.apiKey });
    world.clock.advance(11_000);

    expect(await pages(`channelId=${channelId}`)).toEqual([['a1']]);
  });
});

describe('the list of a user, or of a rule', () => {
  test('holds those that fit, in whole pages, however many others lie between', async () => {
    for (let number = 1; number <= 360; number += 1) {
      const userId = number % 4 === 0 ? 'boris' : 'anna';
      await record(number, { userId, rule: number % 3 === 0 ? 'handed-over' : 'round-robin' });
    }
    const every = (step: number) => names(360, 1).filter((name) => Number(name.slice(1)) % step === 0);

    expect(await pages('userId=boris')).toEqual([every(4).slice(0, 50), every(4).slice(50)]);
    expect(await pages('rule=handed-over')).toEqual([
      every(3).slice(0, 50),
      every(3).slice(50, 100),
      every(3).slice(100),
    ]);
    expect((await pages('userId=boris&rule=handed-over')).flat()).toEqual(every(12));
    expect((await pages(`channelId=${world.channel.channelId}&userId=boris`)).flat()).toEqual(every(4));
    expect(await list('userId=nobody')).toEqual({ assignments: [] });
  });

  test('looks through a thousand records at most, and goes on behind them', async () => {
    await record(1, { userId: 'boris' });
    await records(2, 1_020);
    let read = 0;
    world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand' && input.TableName === 'assignments') read += Number(input.Limit);
      return false;
    };

    expect(await pages('userId=boris')).toEqual([[], ['a1']]);
    expect(read).toBeLessThanOrEqual(1_000 + 1_000);
  });
});

test('each record says what its client is called by now', async () => {
  await world.say(7, 'hello');
  await record(7);
  await record(8);

  const { assignments } = (await ask()).body as { assignments: { chatId: string; name: string }[] };
  expect(assignments.map(({ chatId, name }) => [chatId, name])).toEqual([
    ['8', '8'],
    ['7', 'Client 7'],
  ]);
});

describe('refused', () => {
  const place = writeCursor(`${START}#a1`);

  test.each([
    ['an unknown channel', 'channelId=none', 404, 'CHANNEL_NOT_FOUND'],
    ['an empty channel id', 'channelId=', 404, 'CHANNEL_NOT_FOUND'],
    ['an unknown rule', 'rule=luck', 400, 'INVALID_REQUEST'],
    ['an empty rule', 'rule=', 400, 'INVALID_REQUEST'],
    ['a user id that is too long', `userId=${'x'.repeat(257)}`, 400, 'INVALID_REQUEST'],
    ['a channel id that is too long', `channelId=${'x'.repeat(257)}`, 400, 'INVALID_REQUEST'],
    ['a text that is no cursor', 'cursor=nonsense', 400, 'INVALID_REQUEST'],
    ['a cursor of another list', `cursor=${writeCursor(['a'])}`, 400, 'INVALID_REQUEST'],
    ['a cursor with an unknown channel', `channelId=none&cursor=${place}`, 404, 'CHANNEL_NOT_FOUND'],
  ])('%s', async (_, query, status, error) => {
    expect(await ask(query)).toMatchObject({ status, body: { error } });
  });

  test('I6 a channel of another account, whose records are not listed either', async () => {
    const stranger = await world.addAccount();
    const other = await world.addChannel(stranger);
    await record(1, { channelId: other.channelId }, stranger.accountId);

    expect(await ask(`channelId=${other.channelId}`)).toMatchObject({ status: 404 });
    expect(await list()).toEqual({ assignments: [] });
  });

  test('a request as a user, and one with a wrong key', async () => {
    expect(await ask('', { headers: { 'Konvert-User': 'anna' } })).toMatchObject({ status: 403 });
    expect(await ask('', { key: 'wrong' })).toMatchObject({ status: 401 });
  });
});

describe('the records of one chat', () => {
  const CLIENT = 501;
  let desk: Desk;

  beforeEach(async () => {
    desk = deskOf(world);
    await desk.push('users', ...['anna', 'boris', 'head', 'control', 'other'].map((id) => ({ id, name: `The ${id}` })));
    await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
    const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
    const userRoles = [
      { userId: 'anna', role: 'seller', allowGetNewClients: true },
      { userId: 'boris', role: 'seller', allowGetNewClients: false },
      { userId: 'head', role: 'manager', allowGetNewClients: false },
      { userId: 'control', role: 'auditor', allowGetNewClients: false },
    ];
    await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
    await world.drain();
    await world.say(CLIENT, 'hello');
  });

  const queryOf = (channel = world.channel, chatId = CLIENT) =>
    `channelId=${channel.channelId}&chatType=telegram&chatId=${chatId}`;
  const asUser = (user: string | undefined, query = queryOf()) =>
    desk.ask('GET', `/v1/assignments?${query}`, undefined, user);
  const toldTo = async (user?: string, query = queryOf()) => {
    const { status, body } = await asUser(user, query);
    expect(status).toBe(200);
    return (body as List).assignments;
  };

  test('are the decision in force and the hand-overs, for everybody who sees the chat (D9)', async () => {
    const [decided] = await list().then(({ assignments }) => assignments);
    expect(await toldTo('anna')).toEqual([decided]);
    expect(decided).toMatchObject({
      userId: 'anna',
      rule: 'round-robin',
      passedOver: expect.arrayContaining([{ userId: 'boris', reason: 'SWITCHED_OFF' }]),
    });
    for (const userId of ['boris', 'anna', 'boris']) {
      world.clock.advance(1_000);
      await desk.ask('PUT', `${world.pathOf(CLIENT)}/responsible`, { userId }, 'head');
    }
    world.clock.advance(1_000);
    await world.say(CLIENT + 1, 'hello');

    const whole = (await list()).assignments;
    expect(whole).toHaveLength(5);
    for (const user of ['boris', 'head', 'control', undefined]) expect(await toldTo(user)).toEqual(whole.slice(1));
    expect(await toldTo('head', `${queryOf()}&userId=boris&rule=handed-over`)).toHaveLength(2);
    expect(await asUser('anna')).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
    expect(await asUser('other')).toMatchObject({ status: 404, body: { error: 'CHAT_NOT_FOUND' } });
  });

  test('leave out a chat of the client that the user does not see (R1)', async () => {
    const second = await world.addChannel();
    await desk.give({ boris: 'seller', anna: 'seller', other: 'manager' }, second);
    await world.say(CLIENT, 'hello', { channel: second });

    expect(await toldTo('anna', queryOf(second))).toHaveLength(1);
    expect(await toldTo('other', queryOf(second))).toEqual([]);
  });

  test('need the whole name of the chat, and the whole log is the CRM’s', async () => {
    expect(await asUser('anna', '')).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
    expect(await asUser('anna', `channelId=${world.channel.channelId}`)).toMatchObject({ status: 403 });
    for (const user of ['anna', undefined]) {
      expect(await asUser(user, 'chatType=telegram')).toMatchObject({
        status: 400,
        body: { error: 'INVALID_REQUEST', data: { fields: ['channelId', 'chatId'] } },
      });
    }
    expect((await asUser(undefined, queryOf(world.channel, 1))).status).toBe(404);
  });
});
