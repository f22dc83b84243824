import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NO_SUBSCRIPTIONS } from '#domain/receiver';
import { type ReceiverDouble, startReceiver } from '#test/calls/receiver-double';
import { type PushServiceDouble, startPushService } from '#test/doubles/push-service';
import { createWaitsWorld, SELLERS, type WaitsWorld } from './waits-world.ts';

// What is told of clients who wait: to browsers (T7, T8), to the worker that they wake, and to a receiver (C2).

let world: WaitsWorld;
let service: PushServiceDouble;
let receiver: ReceiverDouble;

beforeEach(async () => {
  world = await createWaitsWorld();
  service = await startPushService(() => world.clock.now());
  const { pushKey } = (await world.ask('GET', '/v1/me')).body as { pushKey: string };
  for (const user of [...SELLERS, 'head', 'judge']) {
    const body = { endpoint: service.subscribe(user, pushKey) };
    expect((await world.ask('PUT', '/v1/push-subscriptions/browser', body, user)).status).toBe(200);
  }
  receiver = await startReceiver();
  const { receivers } = world.store;
  const subscriptions = { ...NO_SUBSCRIPTIONS, assignments: true, waiting: true };
  const registration = { uri: receiver.url, subscriptions, signing: [], endedAt: undefined };
  await receivers.save(await receivers.now(world.account.accountId), registration, 'key');
});

afterEach(async () => {
  await service.stop();
  await receiver.stop();
  await world.stop();
});

/** Who was woken since the last time, with topic and time to live. */
function woken(): string[] {
  expect(service.calls.flatMap(({ faults }) => faults)).toEqual([]);
  const all = service.calls.map(({ method, headers }) => `${method} ${isOfChat(headers.topic)} ${headers.ttl}`);
  (service.calls as unknown[]).splice(0);
  return all.sort();
}

const isOfChat = (topic: unknown) => (topic === 'waiting' ? 'waiting' : 'chat');
const toldOf = (name: 'assignments' | 'waiting') => receiver.kept.flatMap(({ body }) => body?.[name] ?? []);
const noticesOf = async (user: string) => (await world.ask('GET', '/v1/me/notices', undefined, user)).body;

test('who is about to lose a client is warned, and who gets them is woken at once (T8)', async () => {
  await world.choose({ returnAfterMinutes: 15 });
  await world.say(1, 'Hello?');
  expect(woken()).toEqual(['anna waiting 3600', 'head waiting 3600']);
  await world.play(14.1);
  expect(woken()).toEqual(['anna chat 60']);

  await world.play(1);
  expect(woken()).toEqual(['boris waiting 3600']);
  expect(toldOf('assignments')).toMatchObject([
    { userId: 'anna', rule: 'round-robin' },
    { userId: 'boris', rule: 'returned', from: 'anna', waitedMinutes: 15 },
  ]);
});

test('a warning that a reply has lifted wakes nobody', async () => {
  await world.choose({ returnAfterMinutes: 15 });
  await world.say(1, 'Hello?');
  await world.play(13.5);
  woken();
  service.answerNext('anna', { status: 503, body: '' });
  await world.play(0.6);
  expect(woken()).toEqual(['anna chat 60']);
  await world.reply(1, { crmUserId: 'anna' });
  await world.play(2);

  // The push service was ill, and would have been tried again.
  expect(woken()).toEqual([]);
});

test('heads are told, whatever they chose of messages, and so is a receiver, once (T7)', async () => {
  await world.ask('PATCH', '/v1/settings', { notifyHeadsAboutAllMessages: false });
  await world.choose({ returnAfterMinutes: null, tellHeadsAfterMinutes: 30 });
  const since = new Date(world.clock.now()).toISOString();
  await world.say(1, 'Hello?');
  await world.play(29.5);
  expect(woken()).toEqual(['anna waiting 3600']);
  expect(await noticesOf('head')).toMatchObject({ clients: 0, late: [] });

  await world.play(1);
  expect(woken()).toEqual(['head waiting 3600']);
  const chat = { channelId: world.channel.channelId, chatType: 'telegram', chatId: '1' };
  expect(toldOf('waiting')).toEqual([{ ...chat, since, responsibleUserId: 'anna' }]);
  expect(await noticesOf('head')).toMatchObject({ clients: 0, late: [chat] });
  await world.play(60);
  expect([woken(), toldOf('waiting').length]).toEqual([[], 1]);
});

test('a device that hears of its user’s own only hears of what heads are told, too (N2, T7)', async () => {
  const { pushKey } = (await world.ask('GET', '/v1/me')).body as { pushKey: string };
  const body = { endpoint: service.subscribe('head', pushKey), notices: 'mine' };
  await world.ask('PUT', '/v1/push-subscriptions/browser', body, 'head');
  await world.choose({ returnAfterMinutes: null, tellHeadsAfterMinutes: 30 });
  await world.say(1, 'Hello?');
  await world.play(29.5);
  expect(woken()).toEqual(['anna waiting 3600']);
  await world.play(1);
  expect(woken()).toEqual(['head waiting 3600']);
});

test('of a client who falls into the pool heads and a receiver hear at once (T7)', async () => {
  await world.choose({ returnAfterMinutes: 15 }, ['anna']);
  await world.say(1, 'Hello?');
  await world.play(14.5);
  woken();
  await world.play(1);

  expect(woken()).toEqual(['head waiting 3600']);
  expect(toldOf('waiting')).toMatchObject([{ chatId: '1' }]);
  expect(toldOf('waiting')[0]).not.toHaveProperty('responsibleUserId');
  // Those who receive new clients are called once more.
  await world.play(15);
  expect(woken()).toEqual(['anna waiting 3600']);
});

test('at the begin of a shift its user is woken once, if anybody waits for them (N2)', async () => {
  await world.choose(null, ['anna']);
  await world.say(1, 'Hello?');
  const hours = { zone: 'UTC', week: { mon: [['10:00', '18:00']] }, exceptions: {} };
  expect((await world.ask('PATCH', '/v1/settings', { schedules: { late: hours } })).status).toBe(200);
  for (const user of ['anna', 'boris']) {
    expect((await world.ask('PUT', `/v1/users/${user}/schedule`, { schedule: 'late' })).status).toBe(200);
  }
  woken();
  await world.play(30);
  await world.say(1, 'Is anybody there?');
  expect(woken()).toEqual(['head waiting 3600']);

  await world.play(35);
  expect(woken()).toEqual(['anna waiting 3600']);
});

test('at the begin of a shift many clients come at once, and their user is woken for all of them (N2, T12)', async () => {
  const hours = { zone: 'UTC', week: { mon: [['10:00', '18:00']] }, exceptions: {} };
  await world.ask('PATCH', '/v1/settings', { schedules: { day: hours } });
  for (const user of ['anna', 'boris']) await world.ask('PUT', `/v1/users/${user}/schedule`, { schedule: 'day' });
  await world.choose({ returnAfterMinutes: 30, outsideHours: 'hold' }, ['anna', 'boris'], 'day');
  for (let client = 1; client <= 8; client += 1) await world.say(client, 'Hello?');
  await world.play(59.5);
  woken();
  await world.play(2);

  expect(await noticesOf('anna')).toMatchObject({ clients: 4 });
  // One as the shift begins, and one for all that came by it.
  const twice = (user: string) => [`${user} waiting 3600`, `${user} waiting 3600`];
  expect(woken()).toEqual([...twice('anna'), ...twice('boris')]);
});

test('whom Konvert has set away is told so, is woken for nothing else, and the heads hear of it (T11)', async () => {
  await world.choose({ returnAfterMinutes: 15, awayAfterReturns: 1 });
  await world.say(1, 'Hello?');
  await world.play(14.5);
  woken();
  await world.play(1);

  expect(woken()).toEqual(['anna waiting 3600', 'boris waiting 3600', 'head waiting 3600']);
  expect(await noticesOf('anna')).toMatchObject({ isSetAway: true, clients: 0 });
  expect(await noticesOf('boris')).not.toHaveProperty('isSetAway');
  // So are the heads of the channel, and nobody else.
  expect(await noticesOf('head')).toMatchObject({ othersSetAway: ['anna'] });
  for (const user of ['anna', 'boris', 'judge']) expect(await noticesOf(user)).not.toHaveProperty('othersSetAway');
});

describe('GET /v1/me/notices', () => {
  const chatOf = (chatId: number) => ({
    channelId: world.channel.channelId,
    chatType: 'telegram',
    chatId: `${chatId}`,
  });

  test('says how many clients wait for the user, which one longest, and who is about to leave', async () => {
    await world.choose({ returnAfterMinutes: 15 }, ['anna']);
    await world.say(1, 'A secret');
    await world.play(13);
    await world.say(2, 'Another');
    await world.say(2, 'And one more');
    await world.play(1.1);

    const answer = await noticesOf('anna');
    const [{ leavesAt }] = (answer as { leaving: [{ leavesAt: string }] }).leaving;
    expect(answer).toEqual({
      accountId: world.account.accountId,
      clients: 2,
      longest: chatOf(1),
      leaving: [{ ...chatOf(1), leavesAt }],
      late: [],
    });
    expect(Date.parse(leavesAt) - world.clock.now()).toBeLessThanOrEqual(60_000);
    expect(JSON.stringify(answer)).not.toMatch(/secret|Client/);
  });

  test('says nothing of what the user does not see, or has no share in (I14)', async () => {
    await world.choose({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 5 }, ['anna']);
    await world.say(1, 'Hello?');
    await world.play(14.1);

    const nothing = { accountId: world.account.accountId, clients: 0, leaving: [], late: [] };
    expect([await noticesOf('boris'), await noticesOf('judge')]).toEqual([nothing, nothing]);
    expect(await noticesOf('head')).toEqual({ ...nothing, clients: 1, longest: chatOf(1), late: [chatOf(1)] });
    // A seller is not told what heads are.
    expect(await noticesOf('anna')).toMatchObject({ late: [] });
    expect(woken().filter((one) => /^(boris|judge|clara)/.test(one))).toEqual([]);
  });

  test('is of users: the CRM has none', async () => {
    expect((await world.ask('GET', '/v1/me/notices')).status).toBe(403);
  });
});
