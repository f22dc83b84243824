import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyUses, type LimitedWrites, tokenUses } from '#lib/account-writes';
import type { FunctionDefinition } from '#lib/function-definition';
import { functions } from '#lib/functions';
import { routes } from '#lib/routes';
import { createPageWorld, type PageWorld } from '#test/functions/open-page/page-world';

const HOUR = 3_600_000;

let world: PageWorld;
/** The partitions of everything that is updated. */
let updated: string[];

beforeAll(async () => {
  world = await createPageWorld();
  world.failing = ({ kind, input }) => {
    if (kind === 'UpdateCommand') updated.push(String(input.Key?.p));
    return false;
  };
});
afterAll(() => world.stop());

/** The functions that may note such uses. */
function noting(part: 'accountWrites' | 'pageWrites', uses: LimitedWrites): [string][] {
  const all = Object.entries<FunctionDefinition>(functions);
  return all.filter(([, definition]) => definition[part]?.includes(uses)).map(([name]) => [name]);
}

/** Calls the routes of the function until the use of the key, or of the token of a page, is noted. */
async function notesUse(name: string, prefix: 'use#' | 'token#', key: string): Promise<boolean> {
  for (const { method, path } of routes.filter((route) => route.function === name)) {
    world.clock.advance(HOUR);
    updated = [];
    await world.call(method, path.replaceAll(/\{\w+\}/g, 'x'), { key, ...(method !== 'GET' && { body: {} }) });
    if (updated.some((partition) => partition.startsWith(prefix))) return true;
  }
  return false;
}

test.each(noting('accountWrites', keyUses))('%s notes the hour in which an API key was used', async (name) => {
  expect(await notesUse(name, 'use#', world.account.apiKey)).toBe(true);
});

test.each(noting('pageWrites', tokenUses))('%s notes the hour in which a page was used', async (name) => {
  const byUser = await notesUse(name, 'token#', await world.tokenOf('seller'));

  expect(byUser || (await notesUse(name, 'token#', await world.tokenOf(undefined)))).toBe(true);
});
