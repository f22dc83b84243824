import { afterEach, beforeEach, expect, test } from 'vitest';
import { LEASE_MS } from '#domain/delivery';
import { createWorld, type World } from '#test/world';

const LANE = 'reply#channel#telegram#501';
const STATE = { from: '0' };

let world: World;

beforeEach(async () => {
  world = await createWorld();
  await world.store.lanes.announce(LANE, ['0000000000001#a']);
});

afterEach(() => world.stop());

test('a lease that ended is not renewed over the next holder, and leaves what that one was asked', async () => {
  const { lanes } = world.store;
  expect(await lanes.take(LANE, 'first')).toMatchObject({ outcome: 'taken' });
  world.clock.advance(LEASE_MS);
  expect(await lanes.take(LANE, 'second')).toMatchObject({ outcome: 'taken' });
  expect(await lanes.take(LANE, 'bell')).toEqual({ outcome: 'held' });

  expect(await lanes.renew(LANE, 'first', STATE)).toBe(undefined);

  expect(await lanes.letGo(LANE, 'second', STATE)).toEqual(STATE);
});

test('a lane is not given back if a bell asked to look again', async () => {
  const { lanes } = world.store;
  await lanes.take(LANE, 'first');
  await lanes.take(LANE, 'bell');

  expect(await lanes.letGo(LANE, 'first', STATE)).toEqual(STATE);
});
