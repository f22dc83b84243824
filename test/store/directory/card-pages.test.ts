import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, type World } from '#test/world';

let world: World;
/** The rows that queries have read since this was last set to 0; `counted` are those of them that were only counted. */
let read = 0;
let counted = 0;

beforeEach(async () => {
  world = await createWorld();
  const apply = world.db.apply.bind(world.db);
  world.db.apply = ((command: Parameters<typeof apply>[0]) => {
    const answer = apply(command) as { ScannedCount?: number };
    if (command.input.Select === 'COUNT') counted += answer.ScannedCount ?? 0;
    else read += answer.ScannedCount ?? 0;
    return answer;
  }) as typeof apply;
});
afterEach(() => world.stop());

const KINDS = [
  { path: '/v3/contacts', fields: { contactData: [] }, isCounted: true },
  { path: '/v3/deals', fields: { contacts: [] }, isCounted: false },
] as const;

async function push(path: string, first: number, count: number, fields: object): Promise<void> {
  for (let id = first; id < first + count; id += 100) {
    const body = Array.from({ length: Math.min(100, first + count - id) }, (_, index) => ({
      ...{ id: idOf(id + index), responsibleUserId: '17', name: 'Anna' },
      ...fields,
    }));
    const answer = await world.call('POST', path, { key: world.account.apiKey, body });
    if (answer.status !== 200) throw new Error(answer.text);
  }
  read = 0;
  counted = 0;
}

async function page(path: string, offset: number): Promise<{ count: number; ids: string[] }> {
  const { body } = await world.call('GET', `${path}?offset=${offset}`, { key: world.account.apiKey });
  const { count, data } = body as { count: number; data: { id: string }[] };
  return { count, ids: data.map(({ id }) => id) };
}

const idOf = (index: number) => String(10_000 + index);
const idsFrom = (first: number, count = 100) => Array.from({ length: count }, (_, index) => idOf(first + index));

test.each(KINDS)('$path, page after page, reads each row once', async ({ path, fields, isCounted }) => {
  await push(path, 0, 730, fields);

  for (let offset = 0; offset <= 700; offset += 100) {
    const shown = Math.min(100, 730 - offset);
    expect(await page(path, offset)).toEqual({ count: isCounted ? 730 : shown, ids: idsFrom(offset, shown) });
  }

  expect(read).toBe(730);
  expect(counted).toBe(isCounted ? 730 : 0);
});

test.each(KINDS)('$path, a page out of order, reads no further than the page', async ({ path, fields }) => {
  await push(path, 0, 730, fields);

  expect((await page(path, 300)).ids).toEqual(idsFrom(300));
  expect(read).toBe(400);
  expect((await page(path, 250)).ids).toEqual(idsFrom(250));
  expect(read).toBe(750);
  expect((await page(path, 400)).ids).toEqual(idsFrom(400));
  expect(read).toBe(850);
  expect((await page(path, 5_000)).ids).toEqual([]);
});

test.each(KINDS)('$path, all on one page, are not counted apart', async ({ path, fields }) => {
  await push(path, 0, 99, fields);

  expect(await page(path, 0)).toEqual({ count: 99, ids: idsFrom(0, 99) });
  expect([read, counted]).toEqual([99, 0]);
});

test.each(KINDS)('$path shows what came and went since the last page', async ({ path, fields, isCounted }) => {
  await push(path, 100, 250, fields);
  await page(path, 0);

  await push(path, 0, 10, fields);
  expect(await page(path, 100)).toEqual({ count: isCounted ? 260 : 100, ids: idsFrom(190) });
  await world.call('DELETE', `${path}/${idOf(0)}`, { key: world.account.apiKey });
  expect((await page(path, 100)).ids).toEqual(idsFrom(191));
});

test.each(KINDS)('$path begins anew after ten seconds', async ({ path, fields }) => {
  await push(path, 0, 250, fields);
  await page(path, 0);
  world.clock.advance(10_000);
  read = 0;

  expect((await page(path, 100)).ids).toEqual(idsFrom(100));
  expect(read).toBe(200);
});

test('contacts that only a deal names are neither shown nor counted', async () => {
  const { path, fields } = KINDS[0];
  await push(path, 0, 150, fields);
  const deals = Array.from({ length: 40 }, (_, id) => ({
    ...{ id, responsibleUserId: '17', name: 'Sale' },
    contacts: Array.from({ length: 5 }, (_, index) => `1${idOf(id * 5 + index)}`),
  }));
  await world.call('POST', '/v3/deals', { key: world.account.apiKey, body: deals });

  expect(await page(path, 0)).toEqual({ count: 150, ids: idsFrom(0) });
  expect(await page(path, 100)).toEqual({ count: 150, ids: idsFrom(100, 50) });
  expect(await page(path, 200)).toEqual({ count: 150, ids: [] });
});

test('I6 places are kept for each account and kind', async () => {
  for (const { path, fields } of KINDS) await push(path, 0, 150, fields);
  const other = await world.addAccount();
  for (const { path } of KINDS) await page(path, 0);

  for (const { path } of KINDS) {
    const { body } = await world.call('GET', `${path}?offset=100`, { key: other.apiKey });
    expect(body).toEqual({ count: 0, data: [] });
    expect((await page(path, 100)).ids).toEqual(idsFrom(100, 50));
  }
});
