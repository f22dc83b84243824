import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PRESS_MS } from '#domain/delivery';
import { createWorld, START, type World } from '#test/world';

const CHAT = 5;
const DAY = 24 * 3_600_000;

let world: World;
let lastUpdate = 0;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

function pressUpdate(id: string, { message = {}, ...fields }: Record<string, unknown> = {}) {
  lastUpdate += 1;
  const person = { id: CHAT, is_bot: false, first_name: 'Timur' };
  const chat = { id: CHAT, type: 'private', first_name: 'Timur' };
  const button = { text: 'Yes, confirm', callback_data: 'ok:17' };
  const asked = { message_id: 12, date: START / 1000, chat, reply_markup: { inline_keyboard: [[button]] } };
  const press = { id, from: person, chat_instance: '1', data: 'ok:17', message: { ...asked, ...(message as object) } };
  return { update_id: lastUpdate, callback_query: { ...press, ...fields } };
}

function acknowledged(): unknown[] {
  return world.bot.calls.filter(({ method }) => method === 'answerCallbackQuery').map(({ body }) => body);
}

function pressRows(): Record<string, unknown>[] {
  return world.db.items('outbox').filter(({ kind }) => kind === 'press');
}

async function press(id: string, fields?: Record<string, unknown>): Promise<void> {
  expect(await world.webhook(pressUpdate(id, fields))).toMatchObject({ status: 200 });
}

describe('a pressed button', () => {
  test('is acknowledged, after the webhook was answered', async () => {
    await press('219001');
    expect(acknowledged()).toEqual([]);

    await world.drain();

    expect(acknowledged()).toEqual([{ callback_query_id: '219001' }]);
    expect(await world.chat(CHAT)).toMatchObject({ unanswered: true, preview: 'Yes, confirm' });
  });

  test.each([
    { name: 'of a message that is out of reach', fields: { message: { date: 0, reply_markup: undefined } } },
    { name: 'without a known message', fields: { message: undefined } },
    { name: 'without data', fields: { data: undefined } },
    { name: 'in a business chat', fields: { message: { business_connection_id: 'bcX1' } } },
  ])('$name is acknowledged', async ({ fields }) => {
    await press('219002', fields);
    await world.drain();

    expect(acknowledged()).toEqual([{ callback_query_id: '219002' }]);
  });

  test('that is delivered three times, also at once, has one row and is acknowledged once', async () => {
    const update = pressUpdate('219003');
    await Promise.all([world.webhook(update), world.webhook(update)]);
    await world.drain();
    await world.webhook(update);
    await world.drain();

    expect(pressRows()).toHaveLength(1);
    expect(acknowledged()).toHaveLength(1);
  });

  test('is acknowledged once if the stream repeats', async () => {
    await press('219004');
    const [{ c, k }] = world.db.items('messages').filter(({ kind }) => kind === 'client') as [Record<string, string>];
    await world.drain();
    const Keys = { c: { S: c }, k: { S: k } };
    await world.app.listeners['publish-events']({ Records: [{ eventName: 'INSERT', dynamodb: { Keys } }] });
    await world.drain();

    expect(acknowledged()).toHaveLength(1);
  });

  test.each([
    { name: 'is refused', status: 400, body: { ok: false, error_code: 400, description: 'query is too old' } },
    { name: 'is unauthorized', status: 401, body: { ok: false, error_code: 401, description: 'Unauthorized' } },
    { name: 'is not answered', status: 502, body: 'Bad gateway' },
    { name: 'is throttled', status: 429, body: { ok: false, error_code: 429, parameters: { retry_after: 3 } } },
  ])('that $name is not tried again and listed nowhere', async ({ status, body }) => {
    world.bot.answerNext('answerCallbackQuery', { status, body });
    await press('219005');
    await world.drain();
    await world.pass(DAY);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(acknowledged()).toHaveLength(1);
    expect(await world.deliveries()).toEqual([]);
    expect(await world.deliveries('state=pending')).toEqual([]);
    expect(pressRows()).toEqual([expect.not.objectContaining({ o: expect.anything() })]);
  });

  test('that a crash interrupted is not tried again', async () => {
    world.failing = ({ kind, input }) => kind === 'UpdateCommand' && /REMOVE o/.test(String(input.UpdateExpression));
    await press('219006');
    await world.drain().catch(() => undefined);
    world.failing = undefined;
    await world.pass(61_000);
    await world.app.listeners['sweep-lanes']();
    await world.drain();

    expect(acknowledged()).toHaveLength(1);
    expect(pressRows()).toEqual([expect.not.objectContaining({ o: expect.anything() })]);
  });

  test('is too old for a call after fifteen seconds, before its row is made', async () => {
    await press('219007');
    world.clock.advance(PRESS_MS + 1);
    await world.drain();

    expect(pressRows()).toEqual([expect.not.objectContaining({ o: expect.anything() })]);
    expect(acknowledged()).toEqual([]);
  });

  test('is too old for a call after fifteen seconds, while its row waits', async () => {
    await press('219008');
    await world.drain({ deliver: false });
    expect(pressRows()).toHaveLength(1);
    expect(await world.deliveries('state=pending')).toEqual([]);
    world.clock.advance(PRESS_MS + 1);
    await world.drain();

    expect(acknowledged()).toEqual([]);
    expect(pressRows()).toEqual([expect.not.objectContaining({ o: expect.anything() })]);
  });

  test('is not acknowledged by a channel that is switched off', async () => {
    await press('219009');
    await world.call('PATCH', `/v1/channels/${world.channel.channelId}`, {
      key: world.account.apiKey,
      body: { enabled: false },
    });
    await world.drain();

    expect(acknowledged()).toEqual([]);
    expect(await world.deliveries()).toEqual([]);
  });

  test('neither waits for the replies of its chat nor holds them up', async () => {
    world.bot.answerNext('sendMessage', { status: 502, body: 'Bad gateway' });
    await world.say(CHAT, 'hello');
    await world.reply(CHAT, { text: 'waits' });
    await world.drain();
    await press('219010');
    await world.drain();

    expect(acknowledged()).toHaveLength(1);
    expect(await world.deliveries('state=pending')).toMatchObject([{ kind: 'reply' }]);
  });
});

test('a press whose bell was lost does not wait for ever', async () => {
  await press('219011');
  const { c, k } = world.db.items('messages').find(({ kind }) => kind === 'client') as Record<string, string>;
  await world.drain({ deliver: false });
  world.sent.lanes.splice(0);
  world.clock.advance(DAY / 2);
  const Keys = { c: { S: c }, k: { S: k } };
  await world.app.listeners['publish-events']({ Records: [{ eventName: 'INSERT', dynamodb: { Keys } }] });
  await world.drain();

  expect(pressRows()).toEqual([expect.not.objectContaining({ o: expect.anything() })]);
});

test('a text of the client makes no row', async () => {
  await world.say(CHAT, 'hello');

  expect(world.db.items('outbox').filter(({ kind }) => kind !== undefined)).toEqual([]);
});
