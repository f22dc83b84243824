import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDataVersions, DATA_VERSION, NewerDataError } from '#store/accounts/data-version';
import { createStoreDeps } from '#store/dynamo/client';
import { createWorld, type World } from '#test/world';

let world: World;

beforeEach(async () => {
  world = await createWorld();
});

afterEach(() => world.stop());

/** What a process of that version sees, which has read nothing yet. */
const versionsOf = (version?: number) => createDataVersions(createStoreDeps(world.deps), version);

test('older data is noted with the newer version, and never with an older one', async () => {
  expect(await versionsOf().stored()).toBe(1);

  await versionsOf(1).note();
  await versionsOf().note();
  await versionsOf().note();

  expect(await versionsOf().check()).toBe(DATA_VERSION);
  await versionsOf(DATA_VERSION + 1).note();
  await expect(versionsOf().note()).rejects.toThrow(NewerDataError);
  expect(await versionsOf(9).stored()).toBe(DATA_VERSION + 1);
});

test('the sweep of an older version says so, and rings nothing', async () => {
  await world.app.listeners['sweep-lanes']();
  expect(await versionsOf().stored()).toBe(DATA_VERSION);
  const older = world.newProcess();
  await versionsOf(DATA_VERSION + 1).note();

  const swept = older.listeners['sweep-lanes']();

  await expect(swept).rejects.toThrow(
    `A newer Konvert has written this data (data version ${DATA_VERSION + 1}, this one knows ${DATA_VERSION})`,
  );
});
