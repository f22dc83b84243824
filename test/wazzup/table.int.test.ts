import { readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { NOT_OURS } from './not-ours.ts';
import { play } from './play.ts';
import { REFERENCE } from './reference.ts';
import type { Row } from './row.ts';
import { openShop, type Shop } from './shop.ts';

// What clients that were written for Wazzup send and are answered: one row for each fact of `wazzup-api-v3.md`, a
// collection of public facts about Wazzup and its clients. Every row is played over a socket, in an account of its own.

const folder = new URL('./rows/', import.meta.url);
const rows: readonly Row[] = (
  await Promise.all(readdirSync(folder).map(async (file) => (await import(new URL(file, folder).href)).rows as Row[]))
).flat();

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  return () => shop.stop();
});

for (const [section, ofSection] of Map.groupBy(rows, ({ section }) => section)) {
  describe(`section ${section}`, () => {
    test.each(ofSection.map((row) => [row.says, row] as const))('%s', async (_, row) => play(shop, row));
  });
}

test('no two rows of a section say the same', () => {
  const said = rows.map(({ section, says }) => `${section} ${says}`);

  expect(said.filter((one, index) => said.indexOf(one) !== index)).toEqual([]);
});

test('rows and NOT_OURS name items that the reference has', () => {
  const named = [...rows, ...NOT_OURS].flatMap(({ section, of = [] }) => [of].flat().map((item) => [section, item]));
  const unknown = named.filter(([section = '', item = '']) => !REFERENCE[section]?.includes(item));

  expect(unknown).toEqual([]);
  expect([...rows, ...NOT_OURS].filter(({ section }) => !(section in REFERENCE))).toEqual([]);
});

test('every item of the reference has a row, or a reason to have none', () => {
  const missing = Object.entries(REFERENCE).flatMap(([section, items]) => {
    if (items.length > 0) return items.filter((item) => !isShown(section, item)).map((item) => `${section} ${item}`);
    return [...rows, ...NOT_OURS].some((one) => one.section === section) ? [] : [section];
  });

  expect(missing).toEqual([]);
});

test.each(NOT_OURS.map((one) => [one.section, one.why, one] as const))('%s: %s, as the documents say', (_, __, one) => {
  const [file, words] = one.written;
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');

  expect(text.replaceAll(/\s+/g, ' ')).toContain(words);
});

test('nothing stands in NOT_OURS that a row shows', () => {
  const both = NOT_OURS.flatMap(({ section, of = [] }) => of.filter((item) => isShownByRow(section, item)));

  expect(both).toEqual([]);
});

function isShown(section: string, item: string): boolean {
  if (isShownByRow(section, item)) return true;
  return NOT_OURS.some((one) => one.section === section && (one.of === undefined || one.of.includes(item)));
}

function isShownByRow(section: string, item: string): boolean {
  return rows.some((row) => {
    if (row.section === section && [row.of ?? []].flat().includes(item)) return true;
    if (section === '1.2') return callsRoute(row, item);
    return section.startsWith('16.') && codeOf(row) === item;
  });
}

function callsRoute({ call }: Row, route: string): boolean {
  const ask = typeof call === 'string' ? call : call.ask;
  const pattern = route.replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${pattern}$`).test(ask.replace(/[/]?(\?.*)?$/, ''));
}

function codeOf({ expect: { body } }: Row): unknown {
  const error = (body as { error?: unknown } | undefined)?.error;
  return typeof error === 'object' ? (error as { code?: unknown } | null)?.code : error;
}
