import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { createWorld, START } from '#test/world';

// `take` would go on without an end: it would neither have the lane nor find a holder.
test.each([
  { name: 'is a text', item: { leaseUntil: 'tomorrow', nextAt: START }, outcome: { outcome: 'taken' } },
  {
    name: 'is a text, in a lane that is not due',
    item: { leaseUntil: 'tomorrow', nextAt: START + 1_000, postponed: true },
    outcome: { outcome: 'waiting', until: START + 1_000 },
  },
])('a lease that $name holds no lane', async ({ item, outcome }) => {
  const world = await createWorld();
  onTestFinished(() => world.stop());
  world.db.apply(new PutCommand({ TableName: 'outbox', Item: { l: 'lane', e: '-', ...item } }));

  expect(await world.store.lanes.take('lane', 'token')).toMatchObject(outcome);
});
