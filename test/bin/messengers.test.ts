import { describe, expect, test } from 'vitest';
import type * as z from 'zod/mini';
import { credentialSchemas } from '#channels/registry/credentials';
import { flagOf } from '../../bin/commands/credentials.ts';
import { MESSENGERS } from '../../bin/commands/messengers.ts';

const schemas: Readonly<Record<string, z.ZodMiniType>> = credentialSchemas;

/** The fields of a schema, with whether it takes an object without them. */
function fieldsIn(schema: z.ZodMiniType | undefined): Record<string, boolean> {
  const { shape } = schema as unknown as { shape: Record<string, z.ZodMiniType> };
  return Object.fromEntries(
    Object.entries(shape)
      .filter(([name]) => name !== 'apiBaseUrl')
      .map(([name, field]) => [name, field.safeParse(undefined).success]),
  );
}

function takesTrue(schema: z.ZodMiniType | undefined, name: string): boolean {
  const { shape } = schema as unknown as { shape: Record<string, z.ZodMiniType> };
  return shape[name]?.safeParse(true).success ?? false;
}

describe('the command line connects', () => {
  test('every messenger that Konvert speaks', () => {
    expect(MESSENGERS.map(({ transport }) => transport)).toEqual(expect.arrayContaining(Object.keys(schemas)));
  });

  test.each(
    MESSENGERS.filter(({ transport }) => Object.hasOwn(schemas, transport)).map((one) => [one.word, one] as const),
  )(
    '%s, with all that its channel takes, and asks for what it needs',
    (_, { transport, fields, hasNoApiAddress = false }) => {
      const asked = Object.fromEntries(fields.map(({ name, isOptional = false }) => [name, isOptional]));

      expect(asked).toEqual(fieldsIn(schemas[transport]));
      expect('apiBaseUrl' in (schemas[transport] as unknown as { shape: object }).shape).toBe(!hasNoApiAddress);
      expect(new Set(fields.map(flagOf)).size).toBe(fields.length);
      for (const { name, isSwitch = false } of fields) expect(takesTrue(schemas[transport], name)).toBe(isSwitch);
    },
  );
});
