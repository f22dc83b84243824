import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWaitsWorld, WAITING, type WaitsWorld } from './waits-world.ts';

const ODD = ['__proto__', '~__proto__', 'constructor', 'toString'];

let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
});

afterEach(() => world.stop());

async function must(method: string, path: string, body?: unknown, user?: string) {
  const answer = await world.ask(method, path, body, user);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

async function memberOf(id: string) {
  const { users } = (await must('GET', '/v1/users')) as { users: { userId: string }[] };
  return users.find(({ userId }) => userId === id);
}

describe.each(ODD)('the id "%s", which objects know,', (id) => {
  test('of a user keeps their status and their schedule (T10)', async () => {
    await must('POST', '/v3/users', [{ id, name: 'Odd' }]);
    expect(await memberOf(id)).toMatchObject({ status: 'on' });
    await must('PATCH', '/v1/settings', { schedules: { day: { zone: 'UTC', week: { mon: [['08:00', '18:00']] } } } });

    await must('PUT', `/v1/users/${id}/schedule`, { schedule: 'day' });
    await must('PUT', `/v1/users/${id}/status`, { status: 'away', reason: 'Lunch' }, id);

    expect(await memberOf(id)).toMatchObject({ status: 'away', reason: 'Lunch', by: 'user', schedule: 'day' });
    await must('PUT', '/v1/users/anna/status', { status: 'away' });
    expect(await memberOf(id)).toMatchObject({ status: 'away', reason: 'Lunch', by: 'user', schedule: 'day' });
  });

  test('of a user keeps how often clients left them (T11)', async () => {
    await must('POST', '/v3/users', [{ id, name: 'Odd' }]);
    const userRoles = [id, 'boris'].map((userId) => ({ userId, role: 'seller', allowGetNewClients: true }));
    const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
    const waiting = { ...WAITING, awayAfterReturns: 2 };
    await must('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles, waiting });
    for (const client of [1, 2, 3]) await world.say(client, 'Hello?');
    expect(await world.ownerOf(3)).toBe(id);
    await world.reply(2, { crmUserId: 'boris' });

    await world.play(16);

    expect(await world.ownerOf(1)).toBe('boris');
    expect(await memberOf(id)).toMatchObject({ status: 'away', by: 'konvert' });
  });

  test('of a deal shows the chat to who is responsible for it', async () => {
    const contactData = [{ chatType: 'telegram', chatId: '1' }];
    await world.choose(null);
    const contact = { id: 'c', name: 'Client', responsibleUserId: 'anna', contactData };
    await must('POST', '/v3/contacts', [contact]);
    await must('POST', '/v3/deals', [{ id, name: 'Deal', responsibleUserId: 'boris', contacts: ['c'], closed: false }]);
    await must('POST', '/v3/contacts', [{ ...contact, name: 'Client again' }]);
    await world.say(1, 'Hello?');

    expect(await must('GET', world.pathOf(1), undefined, 'boris')).toMatchObject({ chatId: '1' });
  });
});
