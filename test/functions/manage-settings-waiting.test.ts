import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/settings-routes';
import { createLooks } from '#store/accounts/looks';
import { createWorld, type World } from '#test/world';

const BODY = { newClients: { mode: 'first-reply' }, userRoles: [] };
const DEFAULTS = {
  returnAfterMinutes: null,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: null,
  awayAfterReturns: 2,
  outsideHours: 'give',
};
const OFFERED = { ...DEFAULTS, returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 };

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

const call = (method: string, path: string, body?: unknown) =>
  world.call(method, path, { key: world.account.apiKey, body });
const pathOf = () => `/v1/settings/channels/${world.channel.channelId}`;

async function put(waiting?: unknown) {
  const answer = await call('PUT', pathOf(), { ...BODY, ...(waiting !== undefined && { waiting }) });
  if (answer.status === 200) expect(contract.settings.parse(answer.body)).toEqual(answer.body);
  return answer;
}

const listed = async () => (await createLooks(world.deps).read()).channels;
const stored = async () => (await world.store.settings.read(world.channel.channelId)).settings.waiting;

describe('what is done about clients who wait', () => {
  test('is nothing until it is chosen', async () => {
    expect((await put()).body).not.toHaveProperty('waiting');
    expect(await listed()).toEqual([]);
  });

  test('is stored, answered, read and listed, with what is left out as most want it', async () => {
    expect((await put({ returnAfterMinutes: 15, tellHeadsAfterMinutes: 30 })).body).toMatchObject({ waiting: OFFERED });
    const { body } = await call('GET', '/v1/settings');
    expect(contract.allSettings.parse(body).channels[world.channel.channelId]?.waiting).toEqual(OFFERED);
    expect(await listed()).toEqual([{ channelId: world.channel.channelId, dueAfterMinutes: 14 }]);
  });

  test('stays as it is for who does not know it, and ends with null', async () => {
    await put(OFFERED);
    expect((await put()).body).toMatchObject({ waiting: OFFERED });
    expect((await put(null)).body).not.toHaveProperty('waiting');
    expect(await listed()).toEqual([]);
    expect((await put()).body).not.toHaveProperty('waiting');
  });

  test('counts from the save that changed the minutes of the return (T13)', async () => {
    await put(OFFERED);
    const { from } = (await stored()) ?? {};
    world.clock.advance(60_000);
    await put({ ...OFFERED, then: 'keep' });
    expect(await stored()).toMatchObject({ then: 'keep', from });
    await put({ ...OFFERED, returnAfterMinutes: 10 });
    expect((await stored())?.from).toBe((from ?? 0) + 60_000);
  });

  test('may be nothing but the hours, and is looked at by nobody then', async () => {
    expect((await put({ outsideHours: 'hold' })).body).toMatchObject({
      waiting: { ...DEFAULTS, outsideHours: 'hold' },
    });
    expect(await listed()).toEqual([]);
  });

  test('is no conflict if it is sent again, and one if it says something else', async () => {
    await put(OFFERED);
    const again = (waiting: unknown) => call('PUT', pathOf(), { ...BODY, waiting, version: 0 });
    expect(await again(OFFERED)).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await again({ ...OFFERED, returnsAtMost: 2 })).toMatchObject({ status: 409 });
    expect(await again(null)).toMatchObject({ status: 409 });
  });

  test('follows its channel: a deleted one is looked at no more', async () => {
    await put(OFFERED);
    await call('DELETE', `/v1/channels/${world.channel.channelId}`);
    expect(await listed()).toEqual([]);
  });

  test('is warned of, in a save and in its preview, and stored all the same', async () => {
    const waiting = { ...OFFERED, tellHeadsAfterMinutes: 10 };
    const warnings = ['TOLD_BEFORE_RETURN'];
    expect((await call('POST', `${pathOf()}/preview`, { ...BODY, waiting })).body).toMatchObject({ warnings });
    expect((await put(waiting)).body).toMatchObject({ waiting, warnings });
    expect((await put()).body).toMatchObject({ warnings });
    expect((await put(OFFERED)).body).not.toHaveProperty('warnings');
  });
});

describe('is a 400 that names the field, and nothing is stored, if', () => {
  test.each<[string, unknown, string]>([
    ['a return comes at once', { returnAfterMinutes: 1 }, 'waiting.returnAfterMinutes'],
    ['a return takes longer than a day', { returnAfterMinutes: 1_441 }, 'waiting.returnAfterMinutes'],
    ['minutes are no whole number', { tellHeadsAfterMinutes: 2.5 }, 'waiting.tellHeadsAfterMinutes'],
    ['a client is returned never', { returnsAtMost: 0 }, 'waiting.returnsAtMost'],
    ['a client is returned too often', { returnsAtMost: 21 }, 'waiting.returnsAtMost'],
    ['nobody knows what then', { then: 'away' }, 'waiting.then'],
    ['lapses are less than none', { awayAfterReturns: -1 }, 'waiting.awayAfterReturns'],
    ['nobody knows what outside hours', { outsideHours: 'sell' }, 'waiting.outsideHours'],
    ['it is a text', 'often', 'waiting'],
  ])('%s', async (_, waiting, field) => {
    await put(OFFERED);
    expect(await put(waiting)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_SETTINGS', data: { fields: [field] } },
    });
    expect((await put()).body).toMatchObject({ waiting: OFFERED });
  });
});
