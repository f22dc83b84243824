import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createWaitsWorld, type WaitsWorld } from './waits-world.ts';

const HOURS = { zone: 'UTC', week: { mon: [['08:00', '18:00']] }, exceptions: {} };

let world: WaitsWorld;

beforeEach(async () => {
  world = await createWaitsWorld();
  await patch({ schedules: { office: HOURS, night: HOURS, Am: HOURS } });
  await world.choose({ returnAfterMinutes: 15 }, undefined, 'office');
  await world.ask('PUT', '/v1/users/anna/schedule', { schedule: 'office' });
});

afterEach(() => world.stop());

const patch = (body: object) => world.ask('PATCH', '/v1/settings', body);

async function read() {
  const { body } = await world.ask('GET', '/v1/settings');
  const { schedules, channels, version } = body as {
    schedules: object;
    channels: Record<string, { schedule?: string }>;
    version: number;
  };
  return { names: Object.keys(schedules), ofChannel: channels[world.channel.channelId]?.schedule, version };
}

async function scheduleOf(userId: string) {
  const { body } = await world.ask('GET', '/v1/users');
  const { users } = body as { users: { userId: string; schedule?: string }[] };
  return users.find((user) => user.userId === userId)?.schedule;
}

test('schedules are listed by name', async () => {
  expect((await read()).names).toEqual(['Am', 'night', 'office']);
});

describe('a schedule that is renamed', () => {
  test('stays that of its channels and users, with its hours', async () => {
    const { version } = await read();

    const { status, body } = await patch({ renameSchedules: { office: 'Main office' }, version });

    expect(status).toBe(200);
    expect(body).toMatchObject({ schedules: { 'Main office': HOURS }, version: version + 1 });
    expect(await read()).toMatchObject({ names: ['Am', 'Main office', 'night'], ofChannel: 'Main office' });
    expect(await scheduleOf('anna')).toBe('Main office');
    await world.play(1);
    await world.say(1, 'Hello?');
    expect(await world.ownerOf(1)).toBe('anna');
  });

  test('stays as it is if the request comes again', async () => {
    const { version } = await read();
    const body = { renameSchedules: { office: 'Main office' }, version };
    await patch(body);

    expect((await patch(body)).status).toBe(200);
    expect(await read()).toMatchObject({ ofChannel: 'Main office', version: version + 1 });
  });

  test.each([
    [{ office: 'x', x: 'y' }, ['renameSchedules.office', 'renameSchedules.x']],
    [{ office: 'x', x: 'office' }, ['renameSchedules.office', 'renameSchedules.x']],
    [{ office: 'x', night: 'office' }, ['renameSchedules.night']],
  ])('is not renamed twice: %j', async (renameSchedules, fields) => {
    expect(await patch({ renameSchedules })).toMatchObject({ status: 400, body: { data: { fields } } });
    expect(await read()).toMatchObject({ names: ['Am', 'night', 'office'], ofChannel: 'office' });
    expect(await scheduleOf('anna')).toBe('office');
  });

  test('is renamed again if a channel begins to have it meanwhile', async () => {
    const other = await world.addChannel();
    const choose = { newClients: { mode: 'first-reply' }, userRoles: [], schedule: 'office' };
    let isFirst = true;
    world.failing = async ({ input }) => {
      if (!isFirst || !input.TransactItems) return false;
      isFirst = false;
      await world.call('PUT', `/v1/settings/channels/${other.channelId}`, { key: world.account.apiKey, body: choose });
      return false;
    };

    expect((await patch({ renameSchedules: { office: 'Main office' } })).status).toBe(200);

    const { body } = await world.ask('GET', '/v1/settings');
    expect(body).toMatchObject({ channels: { [other.channelId]: { schedule: 'Main office' } } });
    expect((await read()).ofChannel).toBe('Main office');
  });

  test.each([
    ['nobody knows', { renameSchedules: { nothing: 'new' } }, 'renameSchedules.nothing'],
    ['would take another one’s name', { renameSchedules: { office: 'night' } }, 'renameSchedules.office'],
    ['would share its name', { renameSchedules: { office: 'x', night: 'x' } }, 'renameSchedules.night'],
    ['would have no name', { renameSchedules: { office: '' } }, 'renameSchedules.office'],
    ['changes, too', { renameSchedules: { office: 'x' }, schedules: { x: HOURS } }, 'renameSchedules'],
  ])('is refused if it %s', async (_what, body, field) => {
    const { version } = await read();
    expect(await patch(body)).toMatchObject({ status: 400, body: { data: { fields: [field] } } });
    expect(await read()).toMatchObject({ names: ['Am', 'night', 'office'], ofChannel: 'office', version });
  });
});
