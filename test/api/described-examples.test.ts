import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { dereferenced } from '#test/described';

interface Place {
  readonly name: string;
  readonly schema: object;
  readonly value: unknown;
}

/** Every example in the description, with the schema beside it. */
function* examplesIn(value: unknown, name = ''): Generator<Place> {
  if (typeof value !== 'object' || value === null) return;
  const { schema, example, examples } = value as { schema?: object; example?: unknown; examples?: object };
  if (schema && example !== undefined) yield { name, schema, value: example };
  for (const [one, { value: inner }] of Object.entries(schema && examples ? examples : {}))
    yield { name: `${name} ${one}`, schema: schema as object, value: inner };
  for (const [key, inner] of Object.entries(value)) yield* examplesIn(inner, `${name}/${key}`);
}

test('each example in the description, those of errors too, is of the schema that stands beside it', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const { paths, webhooks } = dereferenced();
  const all = [...examplesIn(paths), ...examplesIn(webhooks)];

  const wrong = all.flatMap(({ name, schema, value }) =>
    ajv.validate(schema, value) ? [] : [`${name}: ${ajv.errorsText()}`],
  );

  expect(wrong).toEqual([]);
  expect(all.length).toBeGreaterThan(500);
});

test('each answer that is JSON has an example, and so has each body', () => {
  const { paths, webhooks } = dereferenced();
  const bare = [...contentsIn({ paths, webhooks })].filter(({ media }) => !('example' in media || 'examples' in media));

  expect(bare.map(({ name }) => name)).toEqual([]);
});

function* contentsIn(value: unknown, name = ''): Generator<{ name: string; media: object }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (key === 'application/json' && 'schema' in (inner as object)) yield { name, media: inner as object };
    else yield* contentsIn(inner, `${name}/${key}`);
  }
}
