import { afterEach, beforeEach, expect, test } from 'vitest';
import { addressKey } from '#domain/address';
import { timeKey } from '#domain/time-key';
import { createConnectorRows } from '#store/outbox/connector-rows';
import { connectorLane } from '#store/outbox/lane-names';
import type { RowOf } from '#store/outbox/row-item';
import { createWorld, type World } from '#test/world';

// Two holders of one lane: the first one slept through its lease, and knows less than the second.

let world: World;
let marks: ReturnType<typeof createConnectorRows>;
let row: RowOf<'creation'>;

beforeEach(async () => {
  world = await createWorld();
  marks = createConnectorRows(world.deps);
  const account = world.account.accountId;
  const lane = connectorLane(account);
  const address = addressKey(account, 'telegram', '501');
  const at = world.clock.now();
  const about = { kind: 'creation', subject: address, account, address, decidedAt: at } as const;
  const ids = { contact: 'contact-1', deal: 'deal-1' };
  await world.store.rows.add({ ...about, ids, lane, event: timeKey(at, 'creation'), storedAt: at });
  const [added] = (await world.store.rows.pendingPage(lane, '0', 1)).rows;
  row = added as RowOf<'creation'>;
});

afterEach(() => world.stop());

const stored = async () => (await world.store.rows.get(row.lane, row.event)) as RowOf<'creation'>;

test('a mark is taken back by whom it is of', async () => {
  const first = await marks.markMaking(row);
  world.clock.advance(70_000);
  const second = await marks.markMaking(first);
  await marks.takeBack(first, second);
  expect(await stored()).toMatchObject({ firstSendingAt: first.firstSendingAt, sendingAt: first.sendingAt });

  await marks.takeBack(row, first);
  expect(await stored()).not.toHaveProperty('sendingAt');
  expect(await stored()).not.toHaveProperty('firstSendingAt');
});

test('the mark of the next holder stays', async () => {
  const late = await marks.markMaking(row);
  world.clock.advance(70_000);
  const next = await marks.markMaking(late);
  await marks.takeBack(row, late);

  expect(await stored()).toMatchObject({ firstSendingAt: late.firstSendingAt, sendingAt: next.sendingAt });
});

test('a row is not brought forward', async () => {
  const until = world.clock.now() + 600_000;
  await marks.putOff(row, until, true);
  await marks.putOff(row, until - 540_000);

  expect(await stored()).toMatchObject({ dueAt: until, isKept: true });
});
