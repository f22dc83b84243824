import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as contract from '#api/settings-routes';
import { type Answer, createWorld, type World } from '#test/world';

let world: World;

const seller = { userId: '17', role: 'seller', allowGetNewClients: true };
const head = { userId: '18', role: 'manager', allowGetNewClients: false };
const auditor = { userId: '19', role: 'auditor', allowGetNewClients: false };
const firstReply = { mode: 'first-reply' };
const roundRobin = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
const NOTHING = { newClients: firstReply, userRoles: [] };
const DEFAULTS = {
  notifyHeadsAboutAllMessages: true,
  saveMessagesToTimeline: false,
  frameAncestors: [],
  retentionDays: null,
  schedules: {},
  zone: 'UTC',
};

beforeEach(async () => {
  world = await createWorld();
  const users = ['17', '18', '19'].map((id) => ({ id, name: `User ${id}` }));
  expect(await call('POST', '/v3/users', users)).toMatchObject({ status: 200 });
  const stages = [{ id: '10', name: 'New' }];
  const pipelines = [
    { id: '1', name: 'Sales', stages },
    { id: '2', name: 'No stages' },
  ];
  expect(await call('POST', '/v3/pipelines', pipelines)).toMatchObject({ status: 200 });
});

afterEach(() => world.stop());

function call(method: string, path: string, body?: unknown, key = world.account.apiKey): Promise<Answer> {
  return world.call(method, path, { key, body });
}

const pathOf = (channelId = world.channel.channelId) => `/v1/settings/channels/${channelId}`;
const put = (body: unknown) => call('PUT', pathOf(), body);

async function read(key?: string): Promise<Record<string, unknown>> {
  const { status, body } = await call('GET', '/v1/settings', undefined, key);
  expect(status).toBe(200);
  expect(contract.allSettings.parse(body)).toEqual(body);
  return body as Record<string, unknown>;
}

/** The settings of the channel, without their version. */
async function ofChannel(): Promise<unknown> {
  const { version, ...settings } = ((await read()).channels as Record<string, Record<string, unknown>>)[
    world.channel.channelId
  ]!;
  expect(version).toEqual(expect.any(Number));
  return settings;
}

test('settings that nobody chose have their defaults', async () => {
  expect(await read()).toEqual({
    channels: { [world.channel.channelId]: { ...NOTHING, version: 0 } },
    ...DEFAULTS,
    version: 0,
  });
});

describe('settings are stored, answered and read', () => {
  test.each<{ name: string; body: Record<string, unknown>; stored?: unknown }>([
    { name: 'no roles', body: NOTHING },
    { name: 'round-robin', body: { newClients: roundRobin, userRoles: [seller, head, auditor] } },
    {
      name: 'round-robin in a pipeline without stages',
      body: { newClients: { mode: 'round-robin', pipelineId: '2' }, userRoles: [] },
    },
    {
      name: 'first-reply with a pipeline',
      body: { newClients: { ...firstReply, pipelineId: '1' }, userRoles: [head] },
    },
    { name: 'first-reply with a stage', body: { newClients: { ...roundRobin, mode: 'first-reply' }, userRoles: [] } },
    { name: 'unsorted', body: { newClients: { mode: 'unsorted' }, userRoles: [seller] } },
    {
      name: 'a head who receives new clients',
      body: { newClients: firstReply, userRoles: [{ ...head, allowGetNewClients: true }] },
    },
    {
      name: 'numbers for ids, null for the switch, and unknown fields',
      body: {
        newClients: { mode: 'round-robin', pipelineId: 1, stageId: 10, color: 'red' },
        userRoles: [{ userId: 17, role: 'seller', allowGetNewClients: null, name: 'x' }],
        rolesSaved: true,
      },
      stored: { newClients: roundRobin, userRoles: [{ ...seller, allowGetNewClients: false }] },
    },
  ])('$name', async ({ body, stored = body }) => {
    const answer = await put(body);

    expect([answer.status, answer.body]).toEqual([200, { ...(stored as object), version: 1 }]);
    expect(contract.settings.parse(answer.body)).toEqual(answer.body);
    expect(await ofChannel()).toEqual(stored);
  });

  test('as a whole: what was stored before is replaced', async () => {
    await put({ newClients: roundRobin, userRoles: [seller, head] });
    await put({ newClients: firstReply, userRoles: [auditor] });

    expect(await ofChannel()).toEqual({ newClients: firstReply, userRoles: [auditor] });
  });
});

describe('settings are refused, and what was stored stays', () => {
  const before = { newClients: firstReply, userRoles: [head] };

  test.each<{ name: string; body: unknown; data: Record<string, unknown> }>([
    { name: 'an empty object', body: {}, data: { fields: ['newClients', 'userRoles'] } },
    {
      name: 'an unknown mode',
      body: { newClients: { mode: 'x' }, userRoles: [] },
      data: { fields: ['newClients.mode'] },
    },
    {
      name: 'an unknown role',
      body: { newClients: firstReply, userRoles: [{ ...seller, role: 'boss' }] },
      data: { fields: ['userRoles.0.role'] },
    },
    {
      name: 'a role without a user',
      body: { newClients: firstReply, userRoles: [{ role: 'seller' }] },
      data: { fields: ['userRoles.0.userId'] },
    },
    {
      name: 'a word for the switch',
      body: { newClients: firstReply, userRoles: [{ ...seller, allowGetNewClients: 'yes' }] },
      data: { fields: ['userRoles.0.allowGetNewClients'] },
    },
    {
      name: 'unknown users',
      body: { newClients: firstReply, userRoles: [seller, { ...head, userId: 'x' }, { ...head, userId: 'y' }] },
      data: { fields: ['userRoles.1.userId', 'userRoles.2.userId'], unknownUsers: ['x', 'y'] },
    },
    {
      name: 'a user twice',
      body: { newClients: firstReply, userRoles: [seller, head, { ...head, userId: 17 }] },
      data: { fields: ['userRoles.2.userId'] },
    },
    {
      name: 'an auditor with the switch on',
      body: { newClients: firstReply, userRoles: [{ ...auditor, allowGetNewClients: true }] },
      data: { fields: ['userRoles.0.allowGetNewClients'] },
    },
    {
      name: 'round-robin without a pipeline',
      body: { newClients: { mode: 'round-robin' }, userRoles: [] },
      data: { fields: ['newClients.pipelineId'] },
    },
    {
      name: 'round-robin without a stage',
      body: { newClients: { mode: 'round-robin', pipelineId: '1' }, userRoles: [] },
      data: { fields: ['newClients.stageId'] },
    },
    {
      name: 'a stage without a pipeline',
      body: { newClients: { ...firstReply, stageId: '10' }, userRoles: [] },
      data: { fields: ['newClients.pipelineId'] },
    },
    {
      name: 'an unknown pipeline',
      body: { newClients: { ...roundRobin, pipelineId: '9' }, userRoles: [] },
      data: { fields: ['newClients.pipelineId'], unknownPipelines: ['9'] },
    },
    {
      name: 'an unknown stage',
      body: { newClients: { ...firstReply, pipelineId: '1', stageId: '11' }, userRoles: [] },
      data: { fields: ['newClients.stageId'], unknownStages: ['11'] },
    },
    {
      name: 'a stage of a pipeline that has none',
      body: { newClients: { ...roundRobin, pipelineId: '2' }, userRoles: [] },
      data: { fields: ['newClients.stageId'], unknownStages: ['10'] },
    },
  ])('$name', async ({ body, data }) => {
    await put(before);

    const answer = await put(body);

    expect(answer.status).toBe(400);
    expect(answer.body).toEqual({ error: 'INVALID_SETTINGS', description: expect.any(String), data });
    expect(await ofChannel()).toEqual(before);
  });

  test('a role for a deleted user, who counts as unknown', async () => {
    await call('DELETE', '/v3/users/17');

    expect(await put({ newClients: firstReply, userRoles: [seller] })).toMatchObject({
      status: 400,
      body: { data: { unknownUsers: ['17'] } },
    });
  });

  test.each(['nobody', 'x'.repeat(3_000)])('an unknown channel is a 404', async (id) => {
    expect(await call('PUT', pathOf(id), NOTHING)).toMatchObject({ status: 404 });
  });

  test('a deleted channel is a 404, and no longer listed', async () => {
    await call('DELETE', `/v1/channels/${world.channel.channelId}`);

    expect(await put(NOTHING)).toMatchObject({ status: 404, body: { error: 'CHANNEL_NOT_FOUND' } });
    expect(await read()).toMatchObject({ channels: {} });
  });

  test('I6 a channel of another account is a 404, and users and pipelines of another account are unknown', async () => {
    const other = await world.addAccount();
    const { channelId } = await world.addChannel(other);

    expect(await call('PUT', pathOf(), NOTHING, other.apiKey)).toMatchObject({ status: 404 });
    const answer = await call('PUT', pathOf(channelId), { newClients: roundRobin, userRoles: [seller] }, other.apiKey);
    expect(answer).toMatchObject({ status: 400, body: { data: { unknownUsers: ['17'], unknownPipelines: ['1'] } } });
    expect(Object.keys((await read(other.apiKey)).channels as object)).toEqual([channelId]);
  });
});

describe('of two administrators who have read the same version', () => {
  const ofAnna = { newClients: firstReply, userRoles: [head, seller] };
  const ofBoris = { newClients: firstReply, userRoles: [head] };

  test('the second is told, and nothing of theirs is stored', async () => {
    expect(await put({ ...ofAnna, version: 0 })).toMatchObject({ status: 200, body: { version: 1 } });

    const { status, body } = await put({ ...ofBoris, version: 0 });

    expect([status, body]).toEqual([
      409,
      { error: 'SETTINGS_CHANGED', description: expect.any(String), data: { version: 1 } },
    ]);
    expect(await ofChannel()).toEqual(ofAnna);
    expect(await put({ ...ofBoris, version: 1 })).toMatchObject({ status: 200, body: { version: 2 } });
  });

  test.each([0, 1])('at once, from version %i on, one wins', async (version) => {
    if (version > 0) await put(NOTHING);
    const bodies = [ofAnna, ofBoris, { ...ofAnna, userRoles: [auditor] }].map((body) => ({ ...body, version }));

    const answers = await Promise.all(bodies.map(put));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { version: _, ...won } = bodies[answers.findIndex(({ status }) => status === 200)]!;
    expect(await ofChannel()).toEqual(won);
    expect(answers.map(({ body }) => (body as { data?: object }).data).filter(Boolean)).toEqual([
      { version: version + 1 },
      { version: version + 1 },
    ]);
  });

  test('without a version, the last one wins', async () => {
    const answers = await Promise.all([ofAnna, ofBoris].map(put));

    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await read()).toMatchObject({ channels: { [world.channel.channelId]: { version: 2 } } });
  });

  test('what is sent again, because its answer was lost, is no conflict and changes nothing', async () => {
    await put({ ...ofAnna, version: 0 });

    expect(await put({ ...ofAnna, version: 0 })).toMatchObject({ status: 200, body: { ...ofAnna, version: 1 } });
  });

  test('the same roles in another order are another choice: it is the order of the rotation', async () => {
    await put({ newClients: roundRobin, userRoles: [seller, head], version: 0 });

    const turned = { newClients: roundRobin, userRoles: [head, seller], version: 0 };
    expect(await put(turned)).toMatchObject({ status: 409, body: { data: { version: 1 } } });
  });

  test('a user who was deleted since makes it a conflict, not a fault of the second', async () => {
    await put({ ...ofAnna, version: 0 });
    await call('DELETE', '/v3/users/17');

    expect(await put({ ...ofAnna, version: 1 })).toMatchObject({ status: 409, body: { data: { version: 2 } } });
    expect(await put({ ...ofAnna, version: 2 })).toMatchObject({ status: 400, body: { error: 'INVALID_SETTINGS' } });
  });

  test('a role that rests with its deleted user is not forgotten by a stale save that does not name it', async () => {
    await put({ ...ofAnna, version: 0 });
    await call('DELETE', '/v3/users/17');

    expect(await put({ ...ofBoris, version: 1 })).toMatchObject({ status: 409, body: { data: { version: 2 } } });
    await call('POST', '/v3/users', [{ id: '17', name: 'User 17' }]);
    expect(await ofChannel()).toEqual(ofAnna);
  });

  test.each([-1, 3, 2 ** 53 - 1])('version %i, which was never there, is a conflict', async (version) => {
    expect(await put({ ...ofAnna, version })).toMatchObject({ status: 409, body: { data: { version: 0 } } });
  });

  test.each(['1', 1.5, {}])('version %o is a 400', async (version) => {
    expect(await put({ ...ofAnna, version })).toMatchObject({ status: 400, body: { data: { fields: ['version'] } } });
  });

  test('the other channel is none of theirs', async () => {
    const { channelId } = await world.addChannel(world.account);
    await put({ ...ofAnna, version: 0 });

    expect(await call('PUT', pathOf(channelId), { ...ofAnna, version: 0 })).toMatchObject({ status: 200 });
  });

  test('origins for frames are not replaced unseen either', async () => {
    const patch = (body: object) => call('PATCH', '/v1/settings', body);
    const [one, other] = ['https://one.example', 'https://other.example'];

    const answers = await Promise.all([one, other].map((origin) => patch({ frameAncestors: [origin], version: 0 })));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const { body } = answers.find(({ status }) => status === 409)!;
    expect(body).toMatchObject({ error: 'SETTINGS_CHANGED', data: { version: 1 } });
    const [kept] = (await read()).frameAncestors as string[];
    expect(await patch({ frameAncestors: [kept], version: 0 })).toMatchObject({ status: 200, body: { version: 1 } });
    expect(await patch({ saveMessagesToTimeline: true })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await patch({ frameAncestors: [], version: 1 })).toMatchObject({ status: 409 });
    expect(await patch({ frameAncestors: [], version: 2 })).toMatchObject({ status: 200, body: { version: 3 } });
  });
});

describe('settings that name what the CRM took away say so', () => {
  const stages = [{ id: '10', name: 'New' }];
  const lost = { fields: ['newClients.pipelineId'], unknownPipelines: ['1'] };

  test.each<{ name: string; newClients: object; left: unknown[]; problems?: object }>([
    { name: 'a pipeline', newClients: roundRobin, left: [{ id: '2', name: 'No stages' }], problems: lost },
    { name: 'all pipelines', newClients: roundRobin, left: [], problems: lost },
    { name: 'a pipeline of first-reply', newClients: { ...firstReply, pipelineId: '1' }, left: [], problems: lost },
    {
      name: 'a stage',
      newClients: roundRobin,
      left: [{ id: 1, name: 'Sales', stages: [{ id: 11, name: 'Newer' }] }],
      problems: { fields: ['newClients.stageId'], unknownStages: ['10'] },
    },
    {
      name: 'all stages',
      newClients: roundRobin,
      left: [{ id: 1, name: 'Sales' }],
      problems: { fields: ['newClients.stageId'], unknownStages: ['10'] },
    },
    {
      name: 'a pipeline without stages, which now has some',
      newClients: { mode: 'round-robin', pipelineId: '2' },
      left: [{ id: 2, name: 'With stages', stages }],
      problems: { fields: ['newClients.stageId'] },
    },
    { name: 'a name only', newClients: roundRobin, left: [{ id: 1, name: 'Renamed', stages }] },
    { name: 'a pipeline that nothing names', newClients: firstReply, left: [] },
  ])('$name', async ({ newClients, left, problems }) => {
    await put({ newClients, userRoles: [seller] });
    expect(await call('PUT', '/v1/pipelines', left)).toMatchObject({ status: 200 });

    const now = await ofChannel();
    expect(now).toEqual({ newClients, userRoles: [seller], ...(problems && { problems }) });
    expect(await put(now)).toMatchObject(problems ? { status: 400, body: { data: problems } } : { status: 200 });

    await call('POST', '/v3/pipelines', [
      { id: '1', name: 'Sales', stages },
      { id: '2', name: 'No stages' },
    ]);
    expect(await ofChannel()).toEqual({ newClients, userRoles: [seller] });
  });
});

describe('a user who is deleted', () => {
  test.each([
    { how: 'alone', run: () => call('DELETE', '/v3/users/17') },
    { how: 'with others', run: () => call('PATCH', '/v3/users/bulk_delete', ['17', 'x']) },
  ])('$how has no role, and has it back when pushed again', async ({ run }) => {
    await put({ newClients: firstReply, userRoles: [seller, head] });

    expect(await run()).toMatchObject({ status: 200 });
    expect(await ofChannel()).toEqual({ newClients: firstReply, userRoles: [head] });

    await call('POST', '/v3/users', [{ id: 17, name: 'Back' }]);
    expect(await ofChannel()).toEqual({ newClients: firstReply, userRoles: [seller, head] });
  });

  test('loses the role by the same deletion again, although a 404, if the first crashed before that', async () => {
    await put({ newClients: firstReply, userRoles: [seller, head] });
    world.failing = ({ kind, input }) => kind === 'BatchGetCommand' && 'accounts' in input.RequestItems;
    expect(await call('DELETE', '/v3/users/17')).toMatchObject({ status: 500 });
    world.failing = undefined;

    expect(await call('DELETE', '/v3/users/17')).toMatchObject({ status: 404 });

    expect(await ofChannel()).toEqual({ newClients: firstReply, userRoles: [head] });
  });
});

describe('options for all channels', () => {
  test('only the options that are given change', async () => {
    const patch = (body: unknown) => call('PATCH', '/v1/settings', body);

    expect(await patch({ saveMessagesToTimeline: true })).toMatchObject({
      status: 200,
      body: { notifyHeadsAboutAllMessages: true, saveMessagesToTimeline: true },
    });
    const options = { ...DEFAULTS, notifyHeadsAboutAllMessages: false, saveMessagesToTimeline: true };
    const answer = await patch({ notifyHeadsAboutAllMessages: false, saveMessagesToTimeline: null, more: 1 });
    expect([answer.status, answer.body]).toEqual([200, { ...options, version: 2 }]);
    expect(contract.optionsAnswer.parse(answer.body)).toEqual(answer.body);
    expect((await patch({})).body).toEqual({ ...options, version: 2 });
    expect(await read()).toMatchObject(options);
  });

  test('what is kept for some days is kept for ever again with null, which no other option takes', async () => {
    const patch = (retentionDays: unknown) => call('PATCH', '/v1/settings', { retentionDays, frameAncestors: null });

    expect((await patch(30)).body).toEqual({ ...DEFAULTS, retentionDays: 30, version: 1 });
    expect(await read()).toMatchObject({ retentionDays: 30 });
    expect((await call('PATCH', '/v1/settings', {})).body).toMatchObject({ retentionDays: 30 });
    expect((await patch(null)).body).toEqual({ ...DEFAULTS, version: 2 });
  });

  test('the origins that may show the page in a frame are replaced as a whole', async () => {
    const patch = (...frameAncestors: string[]) => call('PATCH', '/v1/settings', { frameAncestors });

    const given = ['HTTPS://CRM.example/', 'https://*.crm.example', 'https://crm.example', 'http://localhost:3000'];
    const stored = ['https://crm.example', 'https://*.crm.example', 'http://localhost:3000'];
    const answer = await patch(...given);
    expect([answer.status, answer.body]).toEqual([200, { ...DEFAULTS, frameAncestors: stored, version: 1 }]);
    expect(await read()).toMatchObject({ frameAncestors: stored });
    expect((await patch()).body).toMatchObject({ frameAncestors: [] });
  });

  test('each account has its own options', async () => {
    const { apiKey } = await world.addAccount();
    await call('PATCH', '/v1/settings', { saveMessagesToTimeline: true }, apiKey);

    expect(await read()).toMatchObject({ saveMessagesToTimeline: false });
  });

  test.each([
    [{ saveMessagesToTimeline: 'yes' }, ['saveMessagesToTimeline']],
    [{ notifyHeadsAboutAllMessages: 1 }, ['notifyHeadsAboutAllMessages']],
    [{ frameAncestors: ['https://crm.example', 'http://crm.example'] }, ['frameAncestors.1']],
    [{ frameAncestors: ["'self'; script-src *"] }, ['frameAncestors.0']],
    [{ frameAncestors: [`https://${'a'.repeat(300)}.example`] }, ['frameAncestors.0']],
    [{ frameAncestors: Array(21).fill('https://crm.example') }, ['frameAncestors']],
    [{ frameAncestors: 'https://crm.example' }, ['frameAncestors']],
    [{ retentionDays: 0 }, ['retentionDays']],
    [{ retentionDays: 36_501 }, ['retentionDays']],
    [{ retentionDays: 1.5 }, ['retentionDays']],
    [[], []],
  ])('%o is a 400', async (body, fields) => {
    expect(await call('PATCH', '/v1/settings', body)).toMatchObject({
      status: 400,
      body: { error: 'INVALID_SETTINGS', data: { fields } },
    });
  });
});

test.each([
  ['GET', '/v1/settings'],
  ['PATCH', '/v1/settings'],
  ['PUT', '/v1/settings/channels/x'],
])('%s %s without a key is a 401, and as a user a 403', async (method, path) => {
  expect(await world.call(method, path, { body: {} })).toMatchObject({ status: 401, body: { error: 'UNAUTHORIZED' } });
  const asUser = { key: world.account.apiKey, headers: { 'Konvert-User': '18' }, body: {} };
  expect(await world.call(method, path, asUser)).toMatchObject({ status: 403, body: { error: 'FORBIDDEN' } });
});
