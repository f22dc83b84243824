import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { described } from '#api/described';
import { routes } from '#lib/routes';
import { saneBody } from '#test/hostile/requests';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly type?: string;
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly most: number | undefined;
}

/** The arrays in a schema, an array's first element standing for all. */
function arraysIn(schema: Schema, path: Place['path'] = []): Place[] {
  const inner = [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) => arraysIn(one, [...path, name])),
    ...(schema.items ? arraysIn(schema.items, [...path, 0]) : []),
  ];
  return schema.type === 'array' ? [{ path, most: schema.maxItems }, ...inner] : inner;
}

/** The value with another one at the path. */
function withValue(value: unknown, [step, ...rest]: Place['path'], put: unknown): unknown {
  if (step === undefined) return put;
  if (typeof step === 'number') return [withValue((value as unknown[])[step], rest, put)];
  return { ...(value as object), [step]: withValue((value as Record<string, unknown>)[step], rest, put) };
}

const arrays = routes.flatMap((route) => {
  const schema = described[`${route.method} ${route.path}` as keyof typeof described]?.body;
  if (!schema) return [];
  const places = arraysIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema);
  return places.map((place) => ({
    name: `${route.method} ${route.path} ${place.path.join('.')}`,
    route,
    schema,
    ...place,
  }));
});

describe('an array in a body', () => {
  test('is found in several routes, also within others', () => {
    expect(arrays.length).toBeGreaterThan(10);
    expect(arrays.some(({ path }) => path.length > 1)).toBe(true);
  });

  test.each(arrays)('has a length: $name', ({ most }) => {
    expect(most).toBeGreaterThan(0);
  });

  // An element that is looked at has a fault of its own.
  test.each(arrays)(
    'that is too long has this one fault, its elements none: $name',
    ({ route, schema, path, most }) => {
      for (const element of [{}, [], null, true, { id: {} }]) {
        const tooLong = Array(most! + 1).fill(element);

        const { issues } = schema.safeParse(withValue(saneBody(route), path, tooLong)).error!;

        expect(issues.map(({ code, path }) => ({ code, path }))).toEqual([{ code: 'too_big', path }]);
      }
    },
  );
});
