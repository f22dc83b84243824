import { afterEach, beforeEach, expect, test } from 'vitest';
import { createConnectorRows } from '#store/outbox/connector-rows';
import { createFailedRows } from '#store/outbox/failed-rows';
import { connectorLane, creationKey, noteAtCrm } from '#store/outbox/lane-names';
import { type ConnectorRow, isConnectorRow } from '#store/outbox/row-item';
import { deskOf } from '#test/functions/company';
import { connectModel } from '#test/functions/model-crm';
import { CrmModel } from '#test/scheduler/crm-model';
import { createWorld, type World } from '#test/world';

/** What an account says in a while. */
const MANY = 300;

let world: World;
let model: CrmModel;

beforeEach(async () => {
  model = new CrmModel(() => world.clock.now());
  world = await createWorld({ crm: model.crm });
  const desk = deskOf(world);
  await desk.push('users', { id: 'anna', name: 'Anna' });
  await desk.push('pipelines', { id: '1', name: 'Sales', stages: [{ id: '10', name: 'New' }] });
  const userRoles = [{ userId: 'anna', role: 'seller', allowGetNewClients: true }];
  const newClients = { mode: 'round-robin', pipelineId: '1', stageId: '10' };
  await desk.ask('PUT', `/v1/settings/channels/${world.channel.channelId}`, { newClients, userRoles });
  await world.drain();
  await connectModel(world);
  world.clock.advance(10_000);
});

afterEach(() => world.stop());

const account = () => world.account.accountId;
const lane = () => connectorLane(account());

/** Notes that have left, each a second after the one before. */
async function notesLeft(): Promise<void> {
  for (let at = 0; at < MANY; at += 1) {
    const event = noteAtCrm(`${world.clock.now()}#m${at}`);
    const note = { kind: 'note' as const, subject: 's', address: 'a', chat: 'c', fact: event };
    await world.store.rows.add({ ...note, lane: lane(), event, account: account(), storedAt: world.clock.now() });
    await world.store.rows.markDone({ lane: lane(), event });
    world.clock.advance(1_000);
  }
}

/** How many rows of the lane are read while that happens. */
async function rowsRead(happens: () => Promise<unknown>): Promise<number> {
  const { db } = world;
  const apply = db.apply.bind(db);
  let read = 0;
  db.apply = (command, policy) => {
    const answer = apply(command, policy);
    const { ExpressionAttributeValues } = command.input as { ExpressionAttributeValues?: Record<string, unknown> };
    if (ExpressionAttributeValues?.[':lane'] === lane()) read += Number(answer.ScannedCount ?? 0);
    return answer;
  };
  await happens();
  db.apply = apply;
  return read;
}

test('a new client does not make the notes be read that have left (10)', async () => {
  await notesLeft();

  const read = await rowsRead(async () => {
    await world.say(501, 'Hello');
    await world.pass(15_000);
  });

  expect(model.contacts.size).toBe(1);
  expect(read).toBeLessThan(MANY / 3);
});

test('who looks at what waits reads no notes that have left', async () => {
  model.faultOf = () => 'down';
  await notesLeft();
  await world.say(501, 'Hello');
  await world.drain();

  const read = await rowsRead(async () => {
    const { body } = await deskOf(world).ask('GET', '/v1/crm');
    expect(body).toMatchObject({ waiting: 1 });
    expect(await world.deliveries('state=pending&target=crm')).toMatchObject([{ target: 'crm', state: 'pending' }]);
    await deskOf(world).ask('GET', '/v1/health');
  });

  expect(read).toBeLessThan(20);
});

test('notes that begin to wait behind and before others are all found', async () => {
  model.faultOf = () => 'down';
  await deskOf(world).ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
  for (const text of ['First', 'Second']) {
    await world.say(501, text);
    await world.pass(1_000);
  }
  const { lanes } = world.store;
  await lanes.hasten(lane());
  const taken = await lanes.take(lane(), 'token');
  const waiting = await world.store.rows.pendingIn(lane(), '1#', 10);
  const [first, second] = waiting.map(({ event }) => event);
  expect(taken).toMatchObject({ outcome: 'taken', lane: { notesFrom: first } });

  // A holder that had read no older note is told of one that was announced since.
  await lanes.announce(lane(), [String(first)]);
  const renewed = await lanes.renew(lane(), 'token', { from: creationKey(lane(), 1, 'x'), notesFrom: second });

  expect(renewed).toMatchObject({ notesFrom: first });
  // And once it has seen that, nothing is older.
  expect(await lanes.renew(lane(), 'token', { from: creationKey(lane(), 1, 'x'), notesFrom: second })).toMatchObject({
    notesFrom: second,
  });
  // What begins to wait before it lowers the place, with the same write as it is told.
  await lanes.announce(lane(), [String(first)]);
  expect((await lanes.lanesOf([lane()])).get(lane())).toMatchObject({ notesFrom: first });
});

test('a note that is opened again while the lane is read leaves behind an older one of its client', async () => {
  const { lanes, reopenedRows } = world.store;
  await deskOf(world).ask('PATCH', '/v1/settings', { saveMessagesToTimeline: true });
  await world.say(501, 'Hello');
  await world.pass(15_000);
  model.faultOf = (call) => (call === 'note' ? { kind: 'refused', code: 'INVALID', description: 'No' } : undefined);
  for (const text of ['Older', 'Newer']) {
    await world.say(501, text);
    await world.pass(15_000);
    // Others that wait for a time of their own, more than are read together.
    for (let at = 0; text === 'Older' && at < 120; at += 1) await noteThatWaits(at);
    world.clock.advance(1_000);
  }
  model.faultOf = () => undefined;
  const { rows: all } = await createFailedRows(world.deps).pageOf(account(), 10);
  const failing = all.filter(isConnectorRow).toReversed();
  expect(failing).toHaveLength(2);
  const [older] = failing as [ConnectorRow, ConnectorRow];
  await lanes.announce(lane(), [older.event]);
  await lanes.hasten(lane());
  const before = model.notes.length;
  let queries = 0;
  world.failing = async ({ input }) => {
    if (input.FilterExpression !== 'attribute_not_exists(#ttl)') return false;
    queries += 1;
    // Between two pages of what waits.
    if (queries === 5) for (const row of failing) await reopenedRows.reopenFailed(row);
    return false;
  };

  await world.app.listeners['call-crm']({ Records: [{ body: lane() }] });
  world.failing = undefined;
  await lanes.announce(lane(), [older.event]);
  await lanes.hasten(lane());
  await world.app.listeners['call-crm']({ Records: [{ body: lane() }] });

  expect(queries).toBeGreaterThan(4);
  expect(model.notes.slice(before).map(({ text }) => text)).toEqual(['Older', 'Newer']);
});

/** A note of somebody else that is not due for an hour. */
async function noteThatWaits(at: number): Promise<void> {
  const event = noteAtCrm(`${world.clock.now()}#w${String(at).padStart(3, '0')}`);
  const note = { kind: 'note' as const, subject: 's', address: 'a', chat: 'c', fact: event };
  const { rows } = world.store;
  await rows.add({ ...note, lane: lane(), event, account: account(), storedAt: world.clock.now() });
  const row = (await rows.get(lane(), event)) as ConnectorRow;
  await createConnectorRows(world.deps).putOff(row, world.clock.now() + 3_600_000);
}
