import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { readEntities } from '#api/read-entities';
import type { RequestError } from '#http/errors';

const MOST = 1000;
const MOST_FAULTS = 100;

/** Reads the array as things with an id and a name. Returns what came of it, and how many elements were looked at. */
function read(values: unknown) {
  let looks = 0;
  const thing = z.object({ id: z.string(), name: z.string() });
  const counting = z.transform((value: unknown) => {
    looks += 1;
    return value;
  });
  const kind = {
    schema: z.pipe(counting, thing),
    code: 'INVALID_USERS_DATA' as const,
    description: 'Wrong.',
    most: MOST,
  };
  try {
    const body = Buffer.from(JSON.stringify(values));
    return { found: readEntities(kind, body, ({ id }) => id), looks };
  } catch (error) {
    return { error: error as RequestError, looks };
  }
}

const many = (count: number, one: (index: number) => unknown) =>
  Array.from({ length: count }, (_, index) => one(index));

test.each([
  ['{}', () => ({})],
  ['[]', () => []],
  ['null', () => null],
  ['entities that are sane', (index: number) => ({ id: String(index), name: 'x' })],
])('of 10,000 × %s no element is looked at', (_name, one) => {
  const { error, looks } = read(many(10_000, one));

  expect(error).toMatchObject({ code: 'TOO_MANY_ENTITIES', data: { count: 10_000, limit: MOST } });
  expect(looks).toBe(0);
});

test.each([
  { name: 'two fields of each', one: () => ({}), looked: 50 },
  { name: 'one field of each', one: (index: number) => ({ id: String(index) }), looked: 100 },
  { name: 'no object', one: () => 7, looked: 100 },
  { name: 'the same id again and again', one: () => ({ id: '1', name: 'x' }), looked: 101 },
])('after 100 faults nothing more is read or told: $name', ({ one, looked }) => {
  const { error, looks } = read(many(MOST, one));

  expect(error).toMatchObject({ status: 400, code: 'INVALID_USERS_DATA' });
  const told = (error!.data as { fields: string[] }[]).flatMap(({ fields }) => fields);
  expect(told).toHaveLength(MOST_FAULTS);
  expect(looks).toBe(looked);
});

test('a fault behind many good entities is found', () => {
  const values = many(MOST, (index) => ({ id: String(index), name: index === MOST - 1 ? 7 : 'x' }));

  expect(read(values).error?.data).toEqual([{ index: MOST - 1, fields: ['name'] }]);
  expect(read(values.slice(0, -1)).found).toHaveLength(MOST - 1);
});

test('100 faults are told although the last entity has more', () => {
  const { error } = read([...many(99, (index) => ({ id: String(index) })), {}, {}]);

  expect(error?.data).toHaveLength(MOST_FAULTS);
  expect((error!.data as unknown[]).at(-1)).toEqual({ index: 99, fields: ['id'] });
});
