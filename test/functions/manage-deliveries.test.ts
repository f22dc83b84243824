import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { writeCursor } from '#api/cursor';
import { deliveryList } from '#api/delivery-routes';
import { replyLane } from '#store/outbox/lane-names';
import { createWorld, START, type World } from '#test/world';

const CHAT = 5;
const BLOCKED = { ok: false, error_code: 403, description: 'Forbidden: bot was blocked by the user' };

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

async function refused(chatId = CHAT): Promise<void> {
  world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });
  await world.reply(chatId);
  await world.drain();
}

async function unreachable(): Promise<void> {
  world.bot.answerNext('sendMessage', { status: 502, body: 'Bad gateway' });
  await world.reply(CHAT);
  await world.drain();
}

function retry(deliveryId: string, key = world.account.apiKey) {
  return world.call('POST', `/v1/deliveries/${deliveryId}/retry`, { key });
}

function sends(): number {
  return world.bot.calls.filter(({ method }) => method === 'sendMessage').length;
}

describe('C1 the list of deliveries', () => {
  test('is empty while nothing failed and nothing waits', async () => {
    expect(await world.deliveries()).toEqual([]);
    expect(await world.deliveries('state=pending')).toEqual([]);
  });

  test('holds what failed, with the messenger’s words', async () => {
    await refused();

    const { body } = await world.call('GET', '/v1/deliveries', { key: world.account.apiKey });

    expect(body).toEqual({
      deliveries: [
        {
          deliveryId: expect.any(String),
          state: 'failed',
          kind: 'reply',
          target: `${world.channel.channelId}#telegram#5`,
          name: '5',
          channelId: world.channel.channelId,
          attempts: 1,
          lastError: { reason: 'BAD_CONTACT', code: '403', description: BLOCKED.description },
          createdAt: new Date(START).toISOString(),
        },
      ],
    });
    expect(deliveryList.parse(body)).toEqual(body);
    expect(await world.deliveries('state=failed')).toEqual((body as { deliveries: unknown }).deliveries);
    expect(await world.deliveries('state=pending')).toEqual([]);
  });

  test('names the client as a chat does, also of what waits', async () => {
    await world.say(5, 'hello');
    await refused();
    const [failed] = await world.deliveries();
    expect(failed!.name).toBe((await world.chat(5)).name);
    expect(failed!.name).toBe('Client 5');

    await world.call('POST', '/v3/contacts', {
      key: world.account.apiKey,
      body: [{ id: 'c', name: 'Anna', responsibleUserId: '1', contactData: [{ chatType: 'telegram', chatId: '5' }] }],
    });
    await unreachable();
    expect(await world.deliveries('state=pending')).toMatchObject([{ name: 'Anna' }]);
  });

  test('keeps what failed in a channel that was deleted; sent again, it fails for that', async () => {
    await refused();
    await world.call('DELETE', `/v1/channels/${world.channel.channelId}`, { key: world.account.apiKey });
    world.clock.advance(11_000);
    const [failed] = await world.deliveries();
    expect(failed).toMatchObject({ kind: 'reply', name: '5', lastError: { code: '403' } });

    expect(await retry(failed!.deliveryId)).toMatchObject({ status: 202 });
    await world.drain();
    const again = await world.deliveries();
    expect(again).toMatchObject([{ target: failed!.target, lastError: { code: 'CHANNEL_BLOCKED' } }]);
    // A retry leaves alone what failed after it began.
    world.clock.advance(1);
    const all = { key: world.account.apiKey, body: { target: failed!.target } };
    expect(await world.call('POST', '/v1/deliveries/retry', all)).toMatchObject({ status: 202, body: { count: 1 } });
    await world.drain();
    expect(sends()).toBe(1);
  });

  test('holds what waits, with the reason and the time of the next attempt', async () => {
    await unreachable();

    expect(await world.deliveries('state=pending')).toMatchObject([
      {
        state: 'pending',
        attempts: 1,
        lastError: { code: 'UNREACHABLE' },
        nextAttemptAt: new Date(START + 5_000).toISOString(),
      },
    ]);
    expect(await world.deliveries()).toEqual([]);
  });

  test('has 120 failed deliveries in pages, the newest first, each once', async () => {
    const { rows } = world.store;
    const lane = replyLane(`${world.channel.channelId}#telegram#5`);
    for (let index = 0; index < 120; index += 1) {
      const event = `${START + index}#r${index}`;
      const { accountId: account } = world.account;
      const reply = { lane, event, account, chat: 'c', attempt: 1, storedAt: START + index };
      world.clock.advance(1);
      world.db.apply(
        new TransactWriteCommand({ TransactItems: [rows.failing(reply, 1, { code: 'X', description: 'x' })] }),
      );
    }

    const created: string[] = [];
    let cursor: string | undefined = '';
    while (cursor !== undefined) {
      const { body } = await world.call('GET', `/v1/deliveries${cursor && `?cursor=${cursor}`}`, {
        key: world.account.apiKey,
      });
      const page = body as { deliveries: { createdAt: string }[]; nextCursor?: string };
      created.push(...page.deliveries.map(({ createdAt }) => createdAt));
      cursor = page.nextCursor;
    }

    expect(new Set(created).size).toBe(120);
    expect(created).toEqual([...created].sort().reverse());
    expect(created).toHaveLength(120);
  });

  test('looks at some lanes for a page, also if a whole channel waits since the messenger asked for it', async () => {
    const chats = Array.from({ length: 300 }, (_, index) => 1_000 + index);
    for (const chatId of chats) await world.reply(chatId);
    world.bot.answerNext('sendMessage', {
      status: 429,
      body: { ok: false, error_code: 429, parameters: { retry_after: 60 } },
    });
    await world.drain();
    expect(sends()).toBe(1);
    const other = await world.addAccount();
    let looks = 0;
    world.failing = ({ kind, input }) => {
      if (kind === 'QueryCommand' && input.TableName === 'messages') looks += 1;
      return false;
    };

    const { body } = await world.call('GET', '/v1/deliveries?state=pending', { key: other.apiKey });

    expect(body).toEqual({ deliveries: [], nextCursor: expect.any(String) });
    expect(looks).toBeLessThan(120);
  });

  describe('of what waits, in pages', () => {
    /** Puts replies into the chats of a channel. Each lane is due at its time. */
    async function wait(
      { channelId }: { readonly channelId: string },
      prefix: string,
      lanes: readonly { readonly rows: number; readonly at: number }[],
    ) {
      for (const [number, { rows, at }] of lanes.entries()) {
        const chat = `${channelId}#telegram#${number}`;
        const keys = Array.from({ length: rows }, (_, index) => `${START + index}#${prefix}-${number}-${index}`);
        for (const key of keys) {
          const content = { type: 'text', text: 'x' } as const;
          await world.store.facts.put(chat, { kind: 'reply', key, author: {}, content, attempt: 1 });
        }
        const lane = replyLane(chat);
        await world.store.lanes.announce(lane, [keys[0]!]);
        await world.store.lanes.take(lane, 'token');
        // Quick and slow lanes stand apart in the index.
        const tried = { attempts: 1, calls: 1, waits: 0, slow: number % 2 === 0 };
        await world.store.lanes.postpone(lane, 'token', at, tried, { from: keys[0]! });
      }
      world.dropBells();
    }

    /** Reads all pages. Returns what was shown, how many items each page may have read, and the cursors. */
    async function readAll() {
      const apply = vi.spyOn(world.db, 'apply');
      const [shown, reads, cursors]: [string[], number[], string[]] = [[], [], []];
      for (let cursor: string | undefined = ''; cursor !== undefined; cursors.push(cursor ?? '')) {
        apply.mockClear();
        const path = `/v1/deliveries?state=pending${cursor && `&cursor=${cursor}`}`;
        const { status, body } = await world.call('GET', path, { key: world.account.apiKey });
        const page = body as { deliveries: { deliveryId: string }[]; nextCursor?: string };
        expect(status).toBe(200);
        expect(page.deliveries.length).toBeLessThanOrEqual(50);
        shown.push(...page.deliveries.map(({ deliveryId }) => eventOf(deliveryId)));
        reads.push(apply.mock.results.reduce((sum, { value }) => sum + (value.Items?.length ?? 1), 0));
        cursor = page.nextCursor;
      }
      apply.mockRestore();
      return { shown, reads, cursors };
    }

    const eventOf = (deliveryId: string) =>
      JSON.parse(Buffer.from(deliveryId, 'base64url').toString())[1].slice(String(START).length + 1);

    const times = (count: number, rows: number, at: (index: number) => number) =>
      Array.from({ length: count }, (_, index) => ({ rows, at: at(index) }));

    test.each([
      { name: 'one long lane', own: times(1, 130, () => START + 70), others: times(120, 2, (index) => START + index) },
      {
        name: 'many lanes',
        own: times(70, 2, (index) => START + 2 * index),
        others: times(60, 1, (index) => START + index),
      },
      { name: 'many lanes at the same time', own: times(70, 1, () => START), others: times(70, 1, () => START) },
      {
        name: 'lanes of 50',
        own: times(3, 50, (index) => START + index),
        others: times(3, 9, (index) => START + index),
      },
      { name: 'none of our own', own: [], others: times(120, 1, (index) => START + index) },
    ])('shows each once, reads about a page, and names nobody else: $name', async ({ own, others }) => {
      const stranger = await world.addAccount();
      await wait(await world.addChannel(stranger), 'other', others);
      await wait(world.channel, 'own', own);

      const { shown, reads, cursors } = await readAll();

      const expected = own.flatMap(({ rows }, lane) =>
        Array.from({ length: rows }, (_, index) => `own-${lane}-${index}`),
      );
      expect(shown.toSorted()).toEqual(expected.toSorted());
      expect(cursors.map((cursor) => Buffer.from(cursor, 'base64url').toString()).join()).not.toContain('other');
      // The lanes, the oldest row of each, and the rows that are shown; a row takes its index and itself.
      const together = Math.max(
        ...[...own, ...others].map(({ at }) => [...own, ...others].filter((lane) => lane.at === at).length),
      );
      expect(Math.max(...reads)).toBeLessThan(10 + 3 * Math.max(51, together) + 2 * 51);
    });

    test.each([
      [[-1]],
      [[1.5]],
      [[1, 'lane']],
      [[1, 'lane', 'x']],
      [[1, 'l'.repeat(2_000), `${START}#x`]],
      ['x'],
      [[]],
    ])('refuses the cursor %j', async (place) => {
      const path = `/v1/deliveries?state=pending&cursor=${writeCursor(place)}`;

      expect(await world.call('GET', path, { key: world.account.apiKey })).toMatchObject({ status: 400 });
    });

    test('I6 shows nothing of another account to a cursor that names its lane', async () => {
      const channel = await world.addChannel(await world.addAccount());
      await wait(
        channel,
        'other',
        times(2, 2, () => START),
      );

      const cursor = writeCursor([START, replyLane(`${channel.channelId}#telegram#0`), `${String(START)}#`]);
      const { body } = await world.call('GET', `/v1/deliveries?state=pending&cursor=${cursor}`, {
        key: world.account.apiKey,
      });

      expect(body).toEqual({ deliveries: [] });
    });
  });

  test('I6 holds no deliveries of another account', async () => {
    await refused();
    await unreachable();
    const { apiKey } = await world.addAccount();

    for (const state of ['failed', 'pending']) {
      const { body } = await world.call('GET', `/v1/deliveries?state=${state}`, { key: apiKey });
      expect(body).toEqual({ deliveries: [] });
    }
  });

  test.each([
    { name: 'an unknown state', query: 'state=done', fields: ['state'] },
    { name: 'a cursor that is no JSON', query: 'cursor=AAAA', fields: ['cursor'] },
    ...[null, 5, '', {}, [], 'x'].map((place) => ({
      name: `a cursor of ${JSON.stringify(place)}`,
      query: `cursor=${writeCursor(place)}`,
      fields: ['cursor'],
    })),
  ])('is a 400 that names the field for $name', async ({ query, fields }) => {
    expect(await world.call('GET', `/v1/deliveries?${query}`, { key: world.account.apiKey })).toMatchObject({
      status: 400,
      body: { error: 'INVALID_REQUEST', data: { fields } },
    });
  });
});

describe('C1 a retry', () => {
  test('sends a failed delivery at once and takes it off the list', async () => {
    await refused();
    const [failed] = await world.deliveries();

    const answer = await retry(failed!.deliveryId);

    expect(answer.status).toBe(202);
    expect(answer.body).toEqual({ deliveryId: failed!.deliveryId });
    expect(await world.deliveries('state=pending')).toEqual([]);
    await world.drain();
    expect(sends()).toBe(2);
    expect(await world.deliveries()).toEqual([]);
    expect(await world.deliveries('state=pending')).toEqual([]);
  });

  test('that is refused again is listed again', async () => {
    await refused();
    const [failed] = await world.deliveries();
    world.bot.answerNext('sendMessage', { status: 403, body: BLOCKED });

    await retry(failed!.deliveryId);
    await world.drain();

    expect(await world.deliveries()).toMatchObject([{ deliveryId: failed!.deliveryId, attempts: 2 }]);
  });

  test('that is asked for twice sends once', async () => {
    await refused();
    const [failed] = await world.deliveries();

    await Promise.all([retry(failed!.deliveryId), retry(failed!.deliveryId)]);
    await world.drain();

    expect(sends()).toBe(2);
  });

  test('is sent although the process crashes before the request is done', async () => {
    await refused();
    const [failed] = await world.deliveries();

    // Everything else follows from the reply.
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && input.TableName === 'outbox';
    expect(await retry(failed!.deliveryId)).toMatchObject({ status: 500 });
    world.failing = undefined;
    await world.drain();

    expect((await world.history(CHAT)).messages).toMatchObject([{ status: 'sent' }]);
    expect(await world.deliveries()).toEqual([]);
  });

  test('sends a waiting delivery now instead of later', async () => {
    await unreachable();
    const [pending] = await world.deliveries('state=pending');

    expect(await retry(pending!.deliveryId)).toMatchObject({ status: 202 });
    await world.drain();

    expect(sends()).toBe(2);
    expect(await world.deliveries('state=pending')).toEqual([]);
  });

  test('of a delivery that was sent is a 404, and sends nothing', async () => {
    await unreachable();
    const [pending] = await world.deliveries('state=pending');
    await world.pass(5_000);

    expect(await retry(pending!.deliveryId)).toMatchObject({ status: 404, body: { error: 'DELIVERY_NOT_FOUND' } });
    expect(sends()).toBe(2);
  });

  test('I6 of a delivery of another account is a 404, and sends nothing', async () => {
    await refused();
    const [failed] = await world.deliveries();
    const { apiKey } = await world.addAccount();

    expect(await retry(failed!.deliveryId, apiKey)).toMatchObject({ status: 404 });
    await world.drain();
    expect(sends()).toBe(1);
  });

  test.each([
    { name: 'random bytes', id: '%00%ff' },
    { name: 'no JSON', id: 'AAAA' },
    ...[
      null,
      5,
      {},
      [],
      ['', ''],
      [1, 2],
      ['reply#x', ''],
      ['reply#x', '-'],
      ['reply#x', '1791190800000#r'],
      ['reply#x', `1791190800000#${'x'.repeat(1_100)}`],
      ['crm#a#b', '-'],
      ['hold#c', '-'],
    ].map((name) => ({ name: JSON.stringify(name).slice(0, 40), id: writeCursor(name) })),
    { name: '3,000 characters', id: 'x'.repeat(3_000) },
  ])('with an id of $name is a 404', async ({ id }) => {
    expect(await retry(id.replaceAll('%', '%25'))).toMatchObject({ status: 404 });
  });

  test('of another item of the outbox, a lane or a claim, is a 404', async () => {
    await unreachable();
    await world.reply(CHAT, { crmMessageId: 'crm-1' });
    const lane = replyLane(`${world.channel.channelId}#telegram#5`);
    const names = [lane, `crm#${world.account.accountId}#crm-1`].map((name) => writeCursor([name, '-']));

    for (const name of names) expect(await retry(name)).toMatchObject({ status: 404 });
  });
});

test.each([
  ['GET', '/v1/deliveries'],
  ['POST', '/v1/deliveries/x/retry'],
])('%s %s without a key is a 401', async (method, path) => {
  expect(await world.call(method, path)).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
});
