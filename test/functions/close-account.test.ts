import { afterEach, beforeEach, expect, test } from 'vitest';
import { WEEKDAYS } from '#domain/schedule';
import { tables } from '#lib/tables';
import { createRoutes } from '#store/accounts/routes';
import { createWatch } from '#store/chats/watch';
import { transact } from '#store/dynamo/transaction';
import { createFiles } from '#store/files/files';
import { createTasks, type Task } from '#store/outbox/tasks';
import { createWakes } from '#store/pages/wakes';
import { createDayCounts } from '#store/waits/day-counts';
import { deskOf } from '#test/functions/company';
import { type Account, type ConnectedChannel, createWorld, OPERATOR_KEY, type World } from '#test/world';

const ALWAYS = { zone: 'UTC', week: Object.fromEntries(WEEKDAYS.map((day) => [day, [['00:00', '24:00']]])) };
/** It is never called: the browser wants no notices. */
const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/1';
const WAITING = {
  returnAfterMinutes: 2,
  returnsAtMost: 3,
  then: 'pool',
  tellHeadsAfterMinutes: 1440,
  awayAfterReturns: 2,
  outsideHours: 'give',
};
const TABLES = Object.keys(tables).filter((table) => table !== 'bells') as (keyof typeof tables)[];

let world: World;
let account: Account;
let channel: ConnectedChannel;

beforeEach(async () => {
  world = await createWorld();
  account = await world.addAccount();
  channel = await world.addChannel(account);
});

afterEach(() => world.stop());

function close() {
  return world.call('DELETE', `/v1/accounts/${account.accountId}`, { key: OPERATOR_KEY });
}

async function disable(enabled = false) {
  return world.call('PATCH', `/v1/accounts/${account.accountId}`, { key: OPERATOR_KEY, body: { enabled } });
}

/** Plays a company: users, contacts, deals, settings, options, messages, replies, a draft, quick replies, pages. */
async function play(own: Account, on: ConnectedChannel, client: number): Promise<void> {
  const desk = deskOf(world, own);
  await desk.push('users', { id: 'anna', name: 'Anna' }, { id: 'boris', name: 'Boris' });
  await desk.push('pipelines', { id: 'p1', name: 'Sales', stages: [{ id: 's1', name: 'New' }] });
  await desk.give({ anna: 'seller with switch', boris: 'manager' }, on);
  const contactData = [{ chatType: 'telegram', chatId: String(client) }];
  await desk.push('contacts', { id: 'c1', name: 'Olga', responsibleUserId: 'anna', contactData });
  const deal = { responsibleUserId: 'anna', contacts: ['c1'] };
  await desk.push(
    'deals',
    { ...deal, id: 'd1', name: 'Doors', closed: false },
    { ...deal, id: 'd2', name: 'Windows', closed: true },
  );
  const ask = async (method: string, path: string, body?: unknown, user?: string) => {
    const answer = await desk.ask(method, path, body, user);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
  };
  await ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true, retentionDays: 400 });
  await ask('PUT', '/v1/quick-replies', { quickReplies: [] });
  await ask('POST', '/v1/account/keys');
  await world.say(client + 2, 'forget me', { channel: on });
  await ask('DELETE', `/v1/people/telegram/${client + 2}`);
  await world.say(client, 'hello', { channel: on });
  await world.say(client + 1, 'hello as well', { channel: on });
  const chat = { channelId: on.channelId, chatType: 'telegram', chatId: String(client) };
  await ask('POST', '/v3/message', { ...chat, text: 'our answer', crmMessageId: `m${client}`, crmUserId: 'anna' });
  await world.drain();
  const path = `/v1/chats/${on.channelId}/telegram/${client}`;
  await ask('PUT', `${path}/still-owed`, { stillOwed: true }, 'anna');
  await ask('PUT', `/v1/drafts/${on.channelId}/telegram/${client}`, { text: 'not sent' }, 'anna');
  await ask('POST', '/v3/iframe', { user: { id: 'anna', name: 'Anna' }, scope: 'global' });
  await world.openPage({ key: own.apiKey, as: 'anna' });
  await ask('POST', `${path}/deals`, {}, 'anna');
  await ask('PUT', `${path}/responsible`, { userId: 'boris' }, 'boris');
  await ask('POST', '/v1/files', { name: 'a.txt', type: 'text/plain', size: 5 });
  await ask('PATCH', '/v1/settings', { schedules: { always: ALWAYS } });
  const roles = { anna: 'seller', boris: 'manager' };
  const userRoles = Object.entries(roles).map(([userId, role]) => {
    return { userId, role, allowGetNewClients: role === 'seller' };
  });
  await ask('PUT', `/v1/settings/channels/${on.channelId}`, {
    newClients: { mode: 'round-robin', pipelineId: 'p1', stageId: 's1' },
    userRoles,
    schedule: 'always',
    waiting: WAITING,
  });
  // A sign of life is noted where a timer runs.
  const again = { ...chat, text: 'once more', crmMessageId: `again${client}`, crmUserId: 'boris' };
  await ask('POST', '/v3/message', again);
  await ask('PUT', '/v1/users/boris/schedule', { schedule: 'always' });
  // By then who wrote second is Anna's client.
  await world.drain();
  const until = new Date(world.clock.now() + 30 * 86_400_000).toISOString();
  await ask('PUT', '/v1/users/anna/status', { status: 'away', until }, 'anna');
  await ask('PUT', '/v1/push-subscriptions/browser', { endpoint: ENDPOINT, notices: 'none' }, 'boris');
  await createWakes(world.deps).plan({ account: own.accountId, userId: 'boris' }, 'all', 60_000);
  await putTasks(own, on, client);
  await putDay(on);
  for (const part of ['in', 'out'] as const) await putFile(own, on, client, part);
  await putLeads(own, on);
  await createWatch(world.deps).recordGoodRun({
    startedAt: 0,
    left: [{ chatKey: `${on.channelId}#telegram#1`, key: '1' }],
  });
  await world.drain();
}

/** Stores tasks that are done in a moment, as a process leaves them that died. They are due when all is over. */
async function putTasks({ accountId: account }: Account, { channelId }: ConnectedChannel, client: number) {
  const chat = `${channelId}#telegram#${client}`;
  const left: readonly Task[] = [
    { kind: 'late', channelId },
    { kind: 'give-back', account, userId: 'anna' },
    { kind: 'recount', chat, from: '0' },
    { kind: 'wait', chatKey: chat },
  ];
  await transact(
    world.deps.client,
    left.map((task) => createTasks(world.deps).write(task, 30 * 86_400_000)),
  );
}

/** Stores what was counted of a day that is over, as it is done where there are very many waits. */
async function putDay({ channelId }: ConnectedChannel): Promise<void> {
  await createDayCounts(world.deps).put(channelId, '2026-01-01', { cells: [], schedule: 'always' }, undefined);
}

/** What issue after issue has added to an account. Each of it has to be there before it can go. */
const KINDS = [
  '"s":"team"',
  '"s":"seen#boris"',
  '"p":"waiting"',
  '"stretch":',
  'task#shift#',
  'task#wait#',
  'task#late#',
  'task#give-back#',
  'task#recount#',
  '"p":"push#',
  '"p":"wake#',
  '"ch":"days#',
  '"how":"answered"',
];

type Part = 'in' | 'out';
const keyOf = ({ accountId }: Account, part: Part) => `${part}/${accountId}/2026-10/f1/a.txt`;

/** Stores the rows that lead from a CRM, and from the app of a messenger, to the account. */
async function putLeads({ accountId: account }: Account, { channelId }: ConnectedChannel): Promise<void> {
  const connectionId = `crm-of-${account}`;
  const ofApp = { transport: 'instagram', channelId, before: [], after: [`page-of-${account}`] };
  await transact(world.deps.client, [
    { Put: { TableName: 'accounts', Item: { p: `crm#${connectionId}`, s: '-', account } } },
    { Put: { TableName: 'accounts', Item: { p: 'crms', s: account, connectionId } } },
    ...createRoutes(world.deps).writesOf(ofApp),
  ]);
}

/** Stores a file as `store-file` does with those of clients, and `record-reply` with those of the team. */
async function putFile(own: Account, { channelId }: ConnectedChannel, client: number, part: Part): Promise<void> {
  async function* bytes() {
    yield Buffer.from('hello');
  }
  const about = { type: 'text/plain', disposition: 'inline', maxBytes: 10 };
  const stored = await world.blobs.put(keyOf(own, part), bytes(), about);
  const place = { account: own.accountId, chat: `${channelId}#telegram#${client}`, fact: '1', part: 0 };
  await createFiles(world.deps).putStored(
    { ...place, file: `${part} ${own.accountId}`, name: 'a.txt' },
    { ...stored, key: keyOf(own, part) },
  );
}

/** Lets tasks run for some minutes. */
async function pass(minutes = 8): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    await world.app.listeners['sweep-lanes']();
    await world.drain();
    await world.pass(61_000);
  }
}

/** The same while one in twenty deletions is not done, and what asked for it dies. The bell of that run is lost. */
async function passWithFaults(): Promise<void> {
  let deletions = 0;
  world.failing = ({ kind }) => {
    if (kind === 'DeleteCommand') deletions += 1;
    return kind === 'DeleteCommand' && deletions % 20 === 0;
  };
  for (let runs = 0; runs < 12; runs += 1) await pass(1).catch(() => undefined);
  expect(deletions).toBeGreaterThan(40);
  world.failing = undefined;
}

/** The rows that name one of the ids, by table. */
function naming(...ids: readonly string[]): string[] {
  return TABLES.flatMap((table) =>
    world.db
      .items(table)
      .map((item) => JSON.stringify(item, (_, value) => (value instanceof Set ? [...value] : value)))
      .filter((text) => ids.some((id) => text.includes(id)))
      .map((text) => `${table}: ${text}`),
  );
}

test('an enabled account is not closed, nor one that nobody made', async () => {
  expect(await close()).toMatchObject({ status: 409, body: { error: 'ACCOUNT_ENABLED' } });
  const other = await world.call('DELETE', '/v1/accounts/none', { key: OPERATOR_KEY });
  expect(other).toMatchObject({ status: 404, body: { error: 'ACCOUNT_NOT_FOUND' } });
  expect(await world.call('DELETE', `/v1/accounts/${account.accountId}`, { key: account.apiKey })).toMatchObject({
    status: 401,
  });
});

test('a closed account goes whole, and its neighbour stays as it was', async () => {
  await play(world.account, world.channel, 600);
  await play(account, channel, 500);
  await pass(20);
  const ids = [account.accountId, channel.channelId];
  expect(new Set(naming(...ids).map((row) => row.split(':')[0]))).toEqual(new Set(TABLES));
  const rows = naming(...ids);
  expect(KINDS.filter((kind) => !rows.some((row) => row.includes(kind)))).toEqual([]);
  const neighbour = naming(world.account.accountId, world.channel.channelId);
  await disable();

  const { status, body } = await close();
  expect(status).toBe(202);
  const { erasureId } = body as { erasureId: string };
  expect((await close()).body).toEqual({ erasureId });
  expect(await disable(true)).toMatchObject({ status: 404 });
  expect(await world.call('GET', `/v1/erasures/${erasureId}`, { key: OPERATOR_KEY })).toMatchObject({
    body: { kind: 'account', state: 'pending' },
  });
  await passWithFaults();
  await pass();

  const left = naming(...ids, account.apiKey);
  expect(left.filter((row) => !row.includes('audit#operator'))).toEqual([]);
  expect(naming(world.account.accountId, world.channel.channelId)).toEqual(neighbour);
  for (const part of ['in', 'out'] as const) {
    expect(await world.blobs.get(keyOf(account, part))).toBeUndefined();
    expect(await world.blobs.get(keyOf(world.account, part))).toBeDefined();
  }
  expect((await world.call('GET', `/v1/erasures/${erasureId}`, { key: OPERATOR_KEY })).body).toMatchObject({
    kind: 'account',
    state: 'done',
  });
  expect(await world.call('GET', '/v1/settings', { key: account.apiKey })).toMatchObject({ status: 401 });
  expect(await close()).toMatchObject({ status: 404 });
  const audit = (await world.call('GET', '/v1/audit', { key: OPERATOR_KEY })).body as { entries: object[] };
  expect(audit.entries).toContainEqual(expect.objectContaining({ act: 'account-closed', subject: account.accountId }));
  const late = { update_id: 9, message: { message_id: 9, date: 1, chat: { id: 1, type: 'private' }, text: 'late' } };
  expect((await world.webhook(late, { channel })).status).toBe(404);
});

test('its report says how much there was', async () => {
  await play(account, channel, 500);
  await pass();
  await disable();
  const { erasureId } = (await close()).body as { erasureId: string };
  // What a run erased that was cut short may be missing, so none is.
  await pass();

  expect((await world.call('GET', `/v1/erasures/${erasureId}`, { key: OPERATOR_KEY })).body).toMatchObject({
    state: 'done',
    erased: { chats: 2, files: 2, contacts: 2, deals: 4 },
  });
});
